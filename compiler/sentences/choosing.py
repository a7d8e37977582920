"""Choosing: if and otherwise, tables, what must be, and stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.tables import lower_table
from compiler.nodes import Block, Name, Phrase, Sentence, sentence
from compiler.phrases.names import text_of
from compiler.phrases.tests import Test
from compiler.reading.lexer import Quote
from compiler.reading.spans import Misread, Problem
from compiler.types import TEXT, YES_NO

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker
    from compiler.checking.scope import Scope


@sentence
class If(Sentence):
    """With the sentences that start with "otherwise" after it, which the page puts together with it."""

    level = "statement"
    family = "Choosing"
    title = "Do something only if"
    summary = "Does what follows only when a condition is true. Add an Otherwise for all other cases."
    example = "If the quantity is at least 100, set the discount to 15% of the price times the quantity."
    bullets = "statement_bullet"
    pattern = "If {condition:condition}{body:block}[OTHERWISE_THEN {otherwise:body}]"
    condition: Phrase
    body: Block
    otherwise: tuple[Sentence, ...] = ()

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        return page.chain([self], scope)


@sentence
class OtherwiseIf(Sentence):
    level = "statement"
    family = "Choosing"
    title = "Otherwise, if something else"
    summary = "Comes after an If: is looked at when that was not true."
    example = "Otherwise if the quantity is at least 10, set the discount to 5% of the price."
    bullets = "statement_bullet"
    pattern = "Otherwise if {condition:condition}{body:block}"
    condition: Phrase
    body: Block

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        raise Misread(Problem("R119", self.span))


@sentence
class Otherwise(Sentence):
    level = "statement"
    family = "Choosing"
    title = "In all other cases"
    summary = "Comes after an If: is done when nothing before was true."
    example = "Otherwise set the discount to $0."
    bullets = "statement_bullet"
    pattern = "Otherwise {body:otherwise_block}"
    body: Block

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        raise Misread(Problem("R119", self.span))


@sentence
class ChooseByTable(Sentence):
    level = "statement"
    family = "Choosing"
    title = "Choose by a table"
    summary = (
        "Looks a value up in a table. The first row that fits counts; a cell is a value, a range such as "
        '"10 to 20" or "at least 10", or "any".'
    )
    example = "Choose the tax rate by table:\n| state | tax rate |\n| Texas | 6.25% |\n| any | 5% |"
    introduces = "target"
    takes_table = True
    pattern = "Choose the {target:NAME} by table"
    also = ("Choose the {target:NAME} from table", "Choose the {target:NAME} by this table")
    target: Name

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        if self.table is None:
            raise Misread(Problem("R120", self.span))
        return lower_table(self, self.table, page, scope)


@sentence
class StopWith(Sentence):
    level = "statement"
    family = "Choosing"
    title = "Stop with a message"
    summary = "Ends the run at once. Whoever ran it reads the message instead of a result."
    example = 'Stop with "We do not deliver there."'
    pattern = "Stop with {text:TEXT}"
    text: Quote

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        return plan.Stop(text_of(self.text, scope), page.place(self))


class _Must(Sentence):
    subject: Phrase
    test: Test
    text: Quote | None

    def denied(self) -> bool:
        """Whether it says "must not"."""
        return False

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        held = self.test.ask(self.subject.check(scope), self.subject.span, scope)
        if self.denied():
            held = plan.Not(held, YES_NO)
        text = text_of(self.text, scope) if self.text else plan.Literal(page.wording(self), TEXT)
        return plan.Require(held, text, page.place(self))


@sentence
class MustBe(_Must):
    level = "statement"
    family = "Choosing"
    title = "What must be so"
    summary = "Stops the run with a message when something is not as it must be."
    example = 'The quantity must be at least 1, otherwise "Order at least one."'
    pattern = "{subject:sum} must be {test:test}[, otherwise {text:TEXT}]"
    subject: Phrase
    test: Test
    text: Quote | None = None


@sentence
class MustNotBe(_Must):
    level = "statement"
    family = "Choosing"
    title = "What must not be so"
    summary = "Stops the run with a message when something is as it must not be."
    example = 'The name must not be empty, otherwise "What is your name?"'
    pattern = "{subject:sum} must not be {test:test}[, otherwise {text:TEXT}]"
    subject: Phrase
    test: Test
    text: Quote | None = None

    def denied(self) -> bool:
        return True


@sentence
class MustDo(_Must):
    level = "statement"
    family = "Choosing"
    title = "What a text must contain"
    summary = "Stops the run with a message when a text does not contain, start with or end with something."
    example = 'The e-mail address must contain "@", otherwise "That is no e-mail address."'
    pattern = "{subject:sum} must {test:verb}[, otherwise {text:TEXT}]"
    subject: Phrase
    test: Test
    text: Quote | None = None


@sentence
class MustNotDo(_Must):
    level = "statement"
    family = "Choosing"
    title = "What a text must not contain"
    summary = "Stops the run with a message when a text contains, starts with or ends with something."
    example = 'The name must not contain "@", otherwise "Please write your name."'
    pattern = "{subject:sum} must not {test:verb}[, otherwise {text:TEXT}]"
    subject: Phrase
    test: Test
    text: Quote | None = None

    def denied(self) -> bool:
        return True
