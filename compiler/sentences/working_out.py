"""Working out: giving names values and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.comparing import compare
from compiler.checking.numbers import changed_by
from compiler.checking.scope import Scope
from compiler.nodes import Name, Phrase, Sentence, sentence
from compiler.phrases.names import list_named
from compiler.plan import Comparison
from compiler.reading.spans import Misread, Problem, Span
from compiler.types import YES_NO, ListType, NumberType

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker


@sentence
class SetTo(Sentence):
    level = "statement"
    family = "Working out"
    title = "Give a name a value"
    summary = "Works out a value and keeps it under a name. A new name needs no declaration."
    example = "Set the discount to 15% of the price times the quantity."
    pattern = "Set the {target:NAME} to {value:expression}"
    introduces = "target"
    target: Name
    value: Phrase

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        return page.assign(self, self.target, self.span, self.value.span, self.value.check(scope), scope)


@sentence
class LetBe(Sentence):
    level = "statement"
    family = "Working out"
    title = "Call a value by a name"
    summary = "The same as Set, for a value that only the following sentences need."
    example = "Let the line be its price times its quantity."
    pattern = "Let the {target:NAME} be {value:expression}"
    introduces = "target"
    target: Name
    value: Phrase

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        return page.assign(self, self.target, self.span, self.value.span, self.value.check(scope), scope)


def _changed(
    node: Sentence, target: Name, amount: Phrase, down: bool, page: PageChecker, scope: Scope
) -> plan.Statement:
    """The statement that makes a number more or less by an amount, or by a percentage of itself."""
    current = scope.value_of(target, node.span)
    value = changed_by(current, amount.check(scope), down, (node.span, amount.span))
    return page.assign(node, target, node.span, amount.span, value, scope)


def _is_number(target: Name, span: Span, scope: Scope) -> bool:
    """Whether something is added to a number ("add $5 to the cost") rather than put into a list."""
    return isinstance(scope.value_of(target, span).type, NumberType)


class _ChangeBy(Sentence):
    target: Name
    amount: Phrase

    def down(self) -> bool:
        """Whether it makes less of it."""
        return False

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        current = scope.value_of(self.target, self.span)
        try:
            value = changed_by(current, self.amount.check(scope), self.down(), (self.span, self.amount.span))
        except Misread as misread:
            raise Misread(misread.problem.saying("first", f"the {self.target.words}")) from None
        return page.assign(self, self.target, self.span, self.amount.span, value, scope)


@sentence
class Increase(_ChangeBy):
    level = "statement"
    family = "Working out"
    title = "Make something more"
    summary = "Adds an amount to a value, or a percentage of itself."
    example = "Increase the subtotal by the line."
    pattern = "Increase the {target:NAME} by {amount:expression}"
    target: Name
    amount: Phrase


@sentence
class Decrease(_ChangeBy):
    level = "statement"
    family = "Working out"
    title = "Make something less"
    summary = "Takes an amount away from a value, or a percentage of itself."
    example = "Decrease the price by 10%."
    pattern = "Decrease the {target:NAME} by {amount:expression}"
    target: Name
    amount: Phrase

    def down(self) -> bool:
        return True


@sentence
class AddTo(Sentence):
    level = "statement"
    family = "Working out"
    title = "Put something into a list, or add to a number"
    summary = "Puts a value at the end of a list. With a number, adds to it, as Increase does."
    example = "Add the name of the item to the names."
    pattern = "Add {value:sum} to the {target:NAME}"
    target: Name
    value: Phrase

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        if _is_number(self.target, self.span, scope):
            return _changed(self, self.target, self.value, False, page, scope)
        items = page.list_variable(self.target, self.span, scope)
        return page.append(self, items, self.value.span, self.value.check(scope))


@sentence
class RemoveFrom(Sentence):
    level = "statement"
    family = "Working out"
    title = "Take something out of a list, or away from a number"
    summary = "Takes every value that is the same out of a list. With a number, takes away from it, as Decrease does."
    example = 'Remove "pen" from the names.'
    pattern = "Remove {value:sum} from the {target:NAME}"
    target: Name
    value: Phrase

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        if _is_number(self.target, self.span, scope):
            return _changed(self, self.target, self.value, True, page, scope)
        items = page.list_variable(self.target, self.span, scope)
        assert isinstance(items.type, ListType)
        item = plan.Variable(f"(item {len(scope.subjects) + 1})", items.type.item)
        same = compare(Comparison.EQUAL, item, self.value.check(scope), (self.span, self.value.span))
        kept = plan.Filter(items, item, plan.Not(same, YES_NO), items.type)
        return plan.Assign(items, kept, page.place(self))


@sentence
class KeepOnly(Sentence):
    level = "statement"
    family = "Working out"
    title = "Keep only some of a list"
    summary = "Replaces a list by those of its items for which something is true."
    example = "Keep only the items where its price is more than $5."
    pattern = "Keep only {items:primary}"
    items: Phrase

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        kept = list_named(self.items, scope, "keep only")
        base = kept
        while isinstance(base, plan.Filter | plan.Sort):
            base = base.list
        if not isinstance(base, plan.Variable) or base is kept:
            raise Misread(Problem("T323", self.items.span))
        page.must_be_changeable(Name(base.name, base.name), self.span)
        return plan.Assign(base, kept, page.place(self))
