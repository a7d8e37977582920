"""Declaring: what a function needs and gives, what records are made of, formulas and other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import plan, units
from compiler.checking.type_words import parse_type
from compiler.nodes import Name, Phrase, Sentence, phrase, sentence
from compiler.phrases.conditions import condition
from compiler.reading.lexer import Quote, TypeWords
from compiler.reading.plurals import singular
from compiler.reading.spans import Misread, Problem
from compiler.types import TEXT, YES_NO, ChoiceType, ListType, OptionalType, TextType, Type, YesNoType

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker
    from compiler.checking.scope import Scope


class Declared(Phrase):
    """A name with its type, as part of a list of such."""

    name: Name

    def type_in(self, page: PageChecker) -> Type:
        """The type that it says; raises `Misread` when it says none that is known."""
        raise TypeError(type(self).__name__)


def _typed(words: TypeWords, page: PageChecker) -> Type:
    return parse_type(words.text, words.span, page.currency, page.record_named)


@phrase
class Declaration(Declared):
    level = "declaration"
    pattern = "a {name:NAME} {type:TYPE}"
    name: Name
    type: TypeWords

    def type_in(self, page: PageChecker) -> Type:
        return _typed(self.type, page)


@phrase
class RecordDeclaration(Declared):
    level = "declaration"
    pattern = "a {name:NAME}"
    name: Name

    def type_in(self, page: PageChecker) -> Type:
        record = page.record_named(self.name.key)
        if record is None:
            raise Misread(Problem("N215", self.span, {"name": self.name.words}))
        return record


@phrase
class SeveralDeclaration(Declared):
    level = "declaration"
    pattern = "several {name:NAME}"
    name: Name

    def type_in(self, page: PageChecker) -> Type:
        record = page.record_named(singular(self.name.key))
        if record is None:
            raise Misread(Problem("N216", self.span, {"name": self.name.words, "one": singular(self.name.words)}))
        return ListType(record)


@phrase
class SeveralTypedDeclaration(Declared):
    level = "declaration"
    pattern = "several {name:NAME} {type:TYPE}"
    name: Name
    type: TypeWords

    def type_in(self, page: PageChecker) -> Type:
        return ListType(_typed(self.type, page))


@phrase
class OptionalDeclaration(Declared):
    level = "declaration"
    pattern = "an optional {name:NAME} {type:TYPE}"
    name: Name
    type: TypeWords

    def type_in(self, page: PageChecker) -> Type:
        inner = _typed(self.type, page)
        return inner if isinstance(inner, OptionalType) else OptionalType(inner)


@sentence
class Needs(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What a function needs"
    summary = "Names what has to be given, each with its type in brackets. People get a form with these fields."
    example = "Needs a price (money) and a quantity (whole number)."
    pattern = "Needs {inputs:declaration list}"
    inputs: tuple[Declared, ...]

    def declare(self, page: PageChecker) -> None:
        for item in self.inputs:
            page.declare_input(item.name, item.span, item.type_in)


@sentence
class Gives(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What a function gives"
    summary = "Names what comes out, each with its type in brackets. Every one of them must be set before the end."
    example = "Gives a discount (money)."
    pattern = "Gives {outputs:declaration list}"
    outputs: tuple[Declared, ...]

    def declare(self, page: PageChecker) -> None:
        for item in self.outputs:
            page.declare_output(item.name, item.span, item.type_in)


@sentence
class Has(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What a thing is made of"
    summary = "Describes a kind of thing with its parts, so that lists of such things can be needed or given."
    example = "An item has a name (text), a price (money) and a quantity (whole number)."
    pattern = "A {record:NAME} has {fields:declaration list}"
    record: Name
    fields: tuple[Declared, ...]

    def declare(self, page: PageChecker) -> None:
        page.declare_record(self.record, self.span, [(f.name, f.span, f.type_in) for f in self.fields])


@sentence
class BelongsTo(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What a thing belongs to"
    summary = "Gives every thing of a kind a part that is a thing of another kind."
    example = "Each line belongs to a product."
    pattern = "Each {record:NAME} belongs to a {owner:NAME}"
    also = ("Every {record:NAME} belongs to a {owner:NAME}",)
    record: Name
    owner: Name

    def declare(self, page: PageChecker) -> None:
        owner = RecordDeclaration(name=self.owner, span=self.span)
        page.extend_record(self.record, self.span, self.owner, owner.type_in)


@sentence
class IsOptional(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What may be left out"
    summary = "Says that something needed may be left empty. Everything else must be given."
    example = "The discount code is optional."
    pattern = "The {name:NAME} is|optional"
    name: Name

    def declare(self, page: PageChecker) -> None:
        page.retype(self.name, self.span, lambda t: t if isinstance(t, OptionalType) else OptionalType(t))


@sentence
class IsRequired(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What must not be empty"
    summary = "Says that a text or list must not be empty."
    example = "The name is required."
    pattern = "The {name:NAME} is|required"
    name: Name

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        value = scope.value_of(self.name, self.span)
        if not isinstance(value.type, TextType | ListType | OptionalType):
            return None
        filled = plan.Not(plan.IsEmpty(value, YES_NO), YES_NO)
        text = plan.Literal(f"Please fill in the {self.name.words}.", TEXT)
        return plan.Require(filled, text, page.place(self))


@sentence
class IsUnique(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What may occur only once"
    summary = "Says that no two records have the same value here. It is for pages of documents."
    example = "The code is unique."
    pattern = "The {name:NAME} is|unique"
    name: Name

    def declare(self, page: PageChecker) -> None:
        raise Misread(Problem("N217", self.span, {"name": self.name.words}))


@sentence
class IsOneOf(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What something can be"
    summary = "Lists the words that something can be."
    example = "The size is one of small, medium or large."
    pattern = "The {name:NAME} is|one of {options:CHOICE choice}"
    name: Name
    options: tuple[str, ...]

    def declare(self, page: PageChecker) -> None:
        page.declare_choice(self.name, self.span, ChoiceType(self.options))


@sentence
class Formula(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What something always is"
    summary = "Gives a name to a formula. It is worked out anew wherever the name is used, so it is always up to date."
    example = "The amount is the price times the quantity."
    pattern = "The {name:NAME} is {value:expression}"
    introduces = "name"
    name: Name
    value: Phrase

    def declare(self, page: PageChecker) -> None:
        page.declare_formula(self.name, self.span, lambda scope: self.value.check(scope), self)


@sentence
class Means(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "What a word means"
    summary = 'Gives a word of your own to a condition, to be used after "is yes" or in another condition.'
    example = '"Big order" means the quantity is at least 100.'
    pattern = "{word:TEXT} means {meaning:condition}"
    word: Quote
    meaning: Phrase

    def declare(self, page: PageChecker) -> None:
        words = "".join(part for part in self.word.parts if isinstance(part, str))
        name = Name(words.lower(), words)
        page.declare_formula(name, self.span, lambda scope: _meaning(self.meaning, scope), self)


def _meaning(meaning: Phrase, scope: Scope) -> plan.Expression:
    value = meaning.check(scope)
    return condition(meaning, scope) if isinstance(value.type, YesNoType) else value


@sentence
class MoneyIsIn(Sentence):
    level = "declaration_sentence"
    family = "Declaring"
    title = "The currency of the page"
    summary = "Says in which currency plain money is. Without it, money is in US dollars."
    example = "Money is in EUR."
    pattern = "Money is in {currency:UNKNOWN}"
    currency: str

    def declare(self, page: PageChecker) -> None:
        unit = units.unit_named(self.currency)
        if unit is None or not units.is_currency(unit):
            raise Misread(Problem("U407", self.span, {"words": self.currency}))
        page.currency = unit
