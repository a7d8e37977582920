"""Lists and records: sums and counts, the items where …, sorted by …, the first one, a new record."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import ClassVar

from compiler import plan
from compiler.checking.coercion import fit, join, needed, to_decimal
from compiler.checking.scope import Scope, field_of
from compiler.checking.type_words import type_words
from compiler.nodes import Name, Node, Phrase, phrase
from compiler.phrases.conditions import condition
from compiler.phrases.names import Its, NamePhrase, Of, item_of, list_named
from compiler.plan import Aggregation, Expression
from compiler.reading.spans import Misread, Problem
from compiler.types import (
    TEXT,
    WHOLE,
    DateType,
    ListType,
    MomentType,
    NumberType,
    TextType,
    TimeType,
)


class _Aggregate(Phrase):
    aggregation: ClassVar[Aggregation]
    values: Phrase

    def check(self, scope: Scope) -> Expression:
        values = values_of(self.values, scope, f"the {self.aggregation.value}")
        assert isinstance(values.type, ListType)
        item = values.type.item
        if not isinstance(item, NumberType) and (
            self.aggregation in (Aggregation.SUM, Aggregation.AVERAGE)
            or not isinstance(item, DateType | TimeType | MomentType)
        ):
            details = {"what": f"the {self.aggregation.value}", "found": type_words(item)}
            raise Misread(Problem("T307", self.values.span, details))
        if self.aggregation is Aggregation.AVERAGE and item == WHOLE:
            one = plan.Variable("(value)", WHOLE)
            values = plan.Map(values, one, to_decimal(one), ListType(NumberType()))
            item = NumberType()
        return plan.Aggregate(self.aggregation, values, item)


def values_of(phrase_: Phrase, scope: Scope, what: str) -> Expression:
    """A list of values: "the prices of the items", or "the price times the quantity of the items", worked out for each."""
    rightmost = _rightmost(phrase_)
    if isinstance(rightmost, Of) and rightmost is not phrase_:
        items = list_named(rightmost.whole, scope, what)
        item, inner = item_of(items, scope)
        name = replace(rightmost.name, plural=False)
        each = _with_rightmost(phrase_, Its(name=name, span=rightmost.span)).check(inner)
        return plan.Map(items, item, each, ListType(each.type))
    return list_named(phrase_, scope, what)


def _last_operand(phrase_: Phrase) -> str:
    """The field of an operation that holds its last operand, or "" when it is none."""
    names = [field.name for field in fields(phrase_)]
    return "right" if "right" in names and "left" in names else ""


def _rightmost(phrase_: Phrase) -> Phrase:
    while name := _last_operand(phrase_):
        phrase_ = getattr(phrase_, name)
    return phrase_


def _with_rightmost(phrase_: Phrase, leaf: Phrase) -> Phrase:
    name = _last_operand(phrase_)
    return replace(phrase_, **{name: _with_rightmost(getattr(phrase_, name), leaf)}) if name else leaf  # type: ignore[arg-type]


@phrase
class SumOf(_Aggregate):
    level = "unary"
    pattern = "the sum of {values:product}"
    aggregation = Aggregation.SUM
    values: Phrase


@phrase
class AverageOf(_Aggregate):
    level = "primary"
    pattern = "the average of {values:primary}"
    aggregation = Aggregation.AVERAGE
    values: Phrase


@phrase
class HighestOf(_Aggregate):
    level = "primary"
    pattern = "the highest of {values:primary}"
    aggregation = Aggregation.HIGHEST
    values: Phrase


@phrase
class LowestOf(_Aggregate):
    level = "primary"
    pattern = "the lowest of {values:primary}"
    aggregation = Aggregation.LOWEST
    values: Phrase


@phrase
class NumberOf(Phrase):
    level = "primary"
    pattern = "the number of {items:primary}"
    bare = "items"
    items: Phrase

    def check(self, scope: Scope) -> Expression:
        return plan.Count(list_named(self.items, scope, "the number"), WHOLE)


@phrase
class Where(Phrase):
    level = "primary"
    pattern = "{items:primary} where {condition:condition}"
    items: Phrase
    condition: Phrase

    def check(self, scope: Scope) -> Expression:
        if isinstance(self.items, Of):  # the prices of the items where …: the items are chosen, then their prices
            whole = list_named(self.items.whole, scope, '"where"') if _names_list(self.items.whole, scope) else None
            if whole is not None:
                item, inner = item_of(whole, scope)
                chosen = plan.Filter(whole, item, condition(self.condition, inner), whole.type)
                value = field_of(item, self.items.name)
                if value is None:
                    self.items.check(scope)
                    raise Misread(Problem("N210", self.items.span, {"name": self.items.name.words}))
                return plan.Map(chosen, item, value, ListType(value.type))
        items = list_named(self.items, scope, '"where"')
        item, inner = item_of(items, scope)
        return plan.Filter(items, item, condition(self.condition, inner), items.type)


def _names_list(phrase_: Phrase, scope: Scope) -> bool:
    if isinstance(phrase_, NamePhrase) and scope.list_of(phrase_.name) is not None:
        return True
    return isinstance(phrase_.check(scope).type, ListType)


def _sorted(items_phrase: Phrase, key_phrase: Phrase, descending: bool, scope: Scope) -> Expression:
    items = list_named(items_phrase, scope, '"sorted by"')
    item, inner = item_of(items, scope)
    own = field_of(item, key_phrase.name) if isinstance(key_phrase, NamePhrase) else None
    key = needed(own or key_phrase.check(inner))
    if not isinstance(key.type, NumberType | TextType | DateType | TimeType | MomentType):
        raise Misread(Problem("T316", key_phrase.span, {"found": type_words(key.type)}))
    return plan.Sort(items, item, key, descending, items.type)


@phrase
class Sorted(Phrase):
    level = "primary"
    pattern = "{items:primary}, sorted by {key:primary}"
    items: Phrase
    key: Phrase

    def check(self, scope: Scope) -> Expression:
        return _sorted(self.items, self.key, False, scope)


@phrase
class SortedDown(Phrase):
    level = "primary"
    pattern = "{items:primary}, sorted by {key:primary} from highest to lowest"
    items: Phrase
    key: Phrase

    def check(self, scope: Scope) -> Expression:
        return _sorted(self.items, self.key, True, scope)


@phrase
class FirstItem(Phrase):
    level = "primary"
    pattern = "the first {items:primary}"
    bare = "items"
    items: Phrase

    def normal(self) -> Node:
        return _end_of_each(self)

    def check(self, scope: Scope) -> Expression:
        return _end(self.items, False, scope)


@phrase
class LastItem(Phrase):
    level = "primary"
    pattern = "the last {items:primary}"
    bare = "items"
    items: Phrase

    def normal(self) -> Node:
        return _end_of_each(self)

    def check(self, scope: Scope) -> Expression:
        return _end(self.items, True, scope)


def _end_of_each(node: FirstItem | LastItem) -> Phrase:
    """The first of the prices of the items is the price of the first of the items."""
    values = node.items
    if not isinstance(values, Of):
        return node
    return replace(values, whole=_end_of_each(replace(node, items=values.whole)), span=node.span)


def _end(items_phrase: Phrase, last: bool, scope: Scope) -> Expression:
    items = list_named(items_phrase, scope, "the last" if last else "the first")
    assert isinstance(items.type, ListType)
    return plan.First(items, last, items.type.item)


@phrase
class FieldValue(Phrase):
    """One field of a new record: "$3 as its price"."""

    level = "field"
    pattern = "{value:sum} as its {name:NAME}"
    value: Phrase
    name: Name


@phrase
class NewRecord(Phrase):
    level = "primary"
    pattern = "a new {record:NAME} with {values:field list}"
    record: Name
    values: tuple[FieldValue, ...]

    def check(self, scope: Scope) -> Expression:
        record = scope.page.record_named(self.record.key)
        if record is None:
            raise Misread(Problem("N211", self.span, {"name": self.record.words}))
        given = {value.name.key: value for value in self.values}
        for value in self.values:
            if all(value.name.key != known.name for known in record.fields):
                names = ", ".join(known.name for known in record.fields)
                details = {"noun": record.name, "name": value.name.words, "fields": names}
                raise Misread(Problem("N207", value.span, details))
        missing = [known.name for known in record.fields if known.name not in given]
        if missing:
            raise Misread(Problem("T320", self.span, {"record": record.name, "field": missing[0]}))
        values = [
            fit(given[f.name].value.check(scope), f.type, given[f.name].value.span, f"the {f.name}")
            for f in record.fields
        ]
        return plan.MakeRecord(tuple(values), record)


@phrase
class EmptyList(Phrase):
    level = "primary"
    pattern = "an empty list"

    def check(self, scope: Scope) -> Expression:
        return plan.MakeList((), ListType(TEXT))


@phrase
class ListOf(Phrase):
    level = "primary"
    pattern = "the list of {items:sum list}"
    items: tuple[Phrase, ...]

    def check(self, scope: Scope) -> Expression:
        values = [needed(item.check(scope)) for item in self.items]
        type_ = values[0].type
        for value, item in zip(values, self.items, strict=True):
            joined = join(type_, value.type)
            if joined is None:
                details = {"what": "the list", "wanted": type_words(type_), "found": type_words(value.type)}
                raise Misread(Problem("T301", item.span, details))
            type_ = joined
        fitted = [fit(value, type_, item.span, "the list") for value, item in zip(values, self.items, strict=True)]
        return plan.MakeList(tuple(fitted), ListType(type_))
