"""Constants and names: "$20", "the price", "its price", "the price of the item", "it"."""

from __future__ import annotations

from typing import Any

from compiler import plan
from compiler.checking.numbers import percent_of
from compiler.checking.scope import Scope, Subject, field_of, noun_of
from compiler.nodes import Name, Phrase, phrase
from compiler.reading.lexer import Quote
from compiler.reading.literals import Constant
from compiler.reading.plurals import singular
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import (
    TEXT,
    ChoiceType,
    ListType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
)


@phrase
class ConstantPhrase(Phrase):
    level = "primary"
    pattern = "{value:NUMBER}"
    also = ("{value:QUANTITY}", "{value:DATE}", "{value:TIME}", "{value:YES_NO}", "{value:PERCENT}")
    value: Constant

    def check(self, scope: Scope) -> plan.Expression:
        return plan.Literal(self.value.value, self.value.type)


@phrase
class TextPhrase(Phrase):
    level = "primary"
    pattern = "{value:TEXT}"
    value: Quote

    def check(self, scope: Scope) -> plan.Expression:
        return text_of(self.value, scope)


def text_of(quote: Quote, scope: Scope) -> plan.Expression:
    """A text in quotes as an expression: its parts one after the other."""
    parts: list[plan.Expression] = []
    for part in quote.parts:
        if isinstance(part, str):
            parts.append(plan.Literal(part, TEXT))
            continue
        value = part.check(scope)
        parts.append(shown(value, part.span))
    if not parts:
        return plan.Literal("", TEXT)
    return parts[0] if len(parts) == 1 else plan.Join(tuple(parts), TEXT)


def shown(value: plan.Expression, span: Span) -> plan.Expression:
    """A value as text; raises `Misread` for records, which have no one way to be written."""
    inner: Any = value.type
    while isinstance(inner, OptionalType | ListType):
        inner = inner.of if isinstance(inner, OptionalType) else inner.item
    if isinstance(inner, RecordType):
        first = inner.fields[0].name if inner.fields else "name"
        raise Misread(Problem("T311", span, {"record": inner.name, "field": first}))
    return value if value.type == TEXT else plan.Show(value, TEXT)


@phrase
class NothingPhrase(Phrase):
    level = "primary"
    pattern = "nothing"

    def check(self, scope: Scope) -> plan.Expression:
        return plan.Literal(None, OptionalType(TEXT))


@phrase
class ChoicePhrase(Phrase):
    level = "primary"
    pattern = "{word:CHOICE}"
    word: str

    def check(self, scope: Scope) -> plan.Expression:
        return plan.Literal(self.word, ChoiceType((self.word,)))


@phrase
class NamePhrase(Phrase):
    level = "primary"
    pattern = "the {name:NAME}"
    name: Name

    def check(self, scope: Scope) -> plan.Expression:
        return scope.value_of(self.name, self.span)


@phrase
class AdjectivePhrase(Phrase):
    """ "exempt" in "the item is exempt", which is short for its exempt mark."""

    level = "primary"
    pattern = "{name:ADJECTIVE}"
    name: Name

    def check(self, scope: Scope) -> plan.Expression:
        return scope.value_of(self.name, self.span)


@phrase
class It(Phrase):
    level = "primary"
    pattern = "it"

    def check(self, scope: Scope) -> plan.Expression:
        return scope.it(self.span)


@phrase
class Its(Phrase):
    level = "primary"
    pattern = "its {name:NAME}"
    name: Name

    def check(self, scope: Scope) -> plan.Expression:
        return scope.its(self.name, self.span)


@phrase
class Of(Phrase):
    """A field of a record, the fields of all records of a list, or a percentage of a number."""

    level = "primary"
    pattern = "the {name:NAME} of {whole:primary}"
    also = ("{whole:primary}'s {name:NAME}",)
    name: Name
    whole: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        whole = self._whole(scope)
        readings = [
            found for found in (parts_of(whole, self.name), self._percentage(whole, scope)) if found is not None
        ]
        if readings:
            return readings[0]
        raise Misread(self._problem(whole))

    def _whole(self, scope: Scope) -> plan.Expression:
        if isinstance(self.whole, NamePhrase):
            items = scope.list_of(self.whole.name)
            if items is not None and self.whole.name.plural:
                return items
        return self.whole.check(scope)

    def _percentage(self, whole: plan.Expression, scope: Scope) -> plan.Expression | None:
        type_ = scope.variables.get(self.name.key)
        if not isinstance(whole.type, NumberType) or self.name.plural:
            return None
        if isinstance(type_, NumberType) and type_.kind is NumberKind.PERCENTAGE:
            return percent_of(plan.Variable(self.name.key, type_), whole, (self.span, self.whole.span))
        if self.name.key in scope.page.broken:
            scope.value_of(self.name, self.span)
        return None

    def _problem(self, whole: plan.Expression) -> Problem:
        if isinstance(whole.type, RecordType):
            fields = ", ".join(candidate.name for candidate in whole.type.fields)
            return Problem("N207", self.span, {"noun": whole.type.name, "name": self.name.words, "fields": fields})
        fix = Suggestion('Write "times"', Span(self.span.start, self.whole.span.start), f"the {self.name.words} times ")
        fixes = (fix,) if isinstance(whole.type, NumberType) else ()
        return Problem("N210", self.span, {"name": self.name.words}, fixes)


def parts_of(whole: plan.Expression, name: Name) -> plan.Expression | None:
    """The field of a record, or of each record of a list, that a name means; None when there is none."""
    if isinstance(whole.type, ListType) and isinstance(whole.type.item, RecordType):
        noun = whole.type.item.name
        item = plan.Variable(f"({noun})", whole.type.item)
        value = field_of(item, name)
        return None if value is None else plan.Map(whole, item, value, ListType(value.type))
    return field_of(whole, name)


def item_of(items: plan.Expression, scope: Scope) -> tuple[plan.Variable, Scope]:
    """A variable for the items of a list, and the scope in which it is what "it" means."""
    assert isinstance(items.type, ListType)
    name = items.name if isinstance(items, plan.Variable | plan.FieldOf) else "items"
    noun = noun_of(name, items.type)
    variable = plan.Variable(f"({noun} {len(scope.subjects) + 1})", items.type.item)
    return variable, scope.inside(Subject(noun, variable))


def list_named(phrase_: Phrase, scope: Scope, what: str) -> plan.Expression:
    """A list, named in the plural or by its items ("every item"); raises `Misread` when it is none."""
    if isinstance(phrase_, Of) and isinstance(phrase_.whole, NamePhrase):  # "the first item's name"
        items = scope.list_of(phrase_.whole.name)
        values = parts_of(items, phrase_.name) if items is not None else None
        if values is not None:
            return values
    if isinstance(phrase_, NamePhrase):
        items = scope.list_of(phrase_.name) or scope.list_of(Name(singular(phrase_.name.key), phrase_.name.words))
        if items is not None:
            return items
    value = phrase_.check(scope)
    if not isinstance(value.type, ListType) and isinstance(phrase_, NamePhrase):
        value = scope.list_of_items(phrase_.name) or value
    if not isinstance(value.type, ListType):
        raise Misread(Problem("T312", phrase_.span, {"what": what}))
    return value
