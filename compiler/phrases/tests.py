"""What is asked of a value after "is", "must be" or a verb: "at least 3", "one of …", "contains …"."""

from __future__ import annotations

from typing import ClassVar

from compiler import plan
from compiler.checking.coercion import fit, needed
from compiler.checking.comparing import compare
from compiler.checking.scope import Scope, field_of
from compiler.checking.type_words import type_words
from compiler.nodes import Phrase, phrase
from compiler.phrases.names import AdjectivePhrase, NamePhrase
from compiler.plan import Comparison, Expression
from compiler.reading.spans import Misread, Problem, Span
from compiler.types import (
    TEXT,
    YES_NO,
    DateType,
    ListType,
    MomentType,
    OptionalType,
    TextType,
    TimeType,
    YesNoType,
)


class Test(Phrase):
    """A phrase that asks something of a value."""

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        """The condition that it makes of `value`, which stands at `span`."""
        raise TypeError(f"{type(self).__name__} asks nothing")


@phrase
class Equals(Test):
    level = "test"
    pattern = "{value:sum}"
    value: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        adjective = self._adjective(value, scope)
        if adjective is not None:
            return adjective
        return compare(Comparison.EQUAL, value, self.value.check(scope), (span, self.value.span))

    def _adjective(self, value: Expression, scope: Scope) -> Expression | None:
        """ "exempt" in "the item is exempt", when that is a yes/no field of the item."""
        if not isinstance(self.value, NamePhrase | AdjectivePhrase):
            return None
        found = field_of(value, self.value.name)
        if found is not None and isinstance(found.type, YesNoType):
            return found
        return None


class _Ordering(Test):
    swapped: ClassVar[bool]
    comparison: ClassVar[Comparison]
    value: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        other = self.value.check(scope)
        if self.swapped:
            made = compare(self.comparison, value, other, (span, self.value.span))
            assert isinstance(made, plan.Compare)
            return plan.Compare(self.comparison, made.right, made.left, YES_NO)
        return compare(self.comparison, value, other, (span, self.value.span))


@phrase
class AtLeast(_Ordering):
    level = "limit"
    pattern = "at least {value:sum}"
    swapped = True
    comparison = Comparison.AT_MOST
    value: Phrase


@phrase
class AtMost(_Ordering):
    level = "limit"
    pattern = "at most {value:sum}"
    swapped = False
    comparison = Comparison.AT_MOST
    value: Phrase


@phrase
class MoreThan(_Ordering):
    level = "limit"
    pattern = "more than {value:sum}"
    swapped = True
    comparison = Comparison.LESS
    value: Phrase


@phrase
class LessThan(_Ordering):
    level = "limit"
    pattern = "less than {value:sum}"
    swapped = False
    comparison = Comparison.LESS
    value: Phrase


def _in_time(value: Expression, span: Span, what: str) -> None:
    if not isinstance(needed(value).type, DateType | TimeType | MomentType):
        raise Misread(Problem("T317", span, {"what": what, "found": type_words(value.type)}))


@phrase
class Before(_Ordering):
    level = "test"
    pattern = "before {value:sum}"
    swapped = False
    comparison = Comparison.LESS
    value: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        _in_time(value, span, "before")
        return _Ordering.ask(self, value, span, scope)


@phrase
class After(_Ordering):
    level = "test"
    pattern = "after {value:sum}"
    swapped = True
    comparison = Comparison.LESS
    value: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        _in_time(value, span, "after")
        return _Ordering.ask(self, value, span, scope)


@phrase
class Between(Test):
    level = "test"
    pattern = "between {low:sum} and {high:sum}"
    low: Phrase
    high: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        above = compare(Comparison.AT_MOST, value, self.low.check(scope), (span, self.low.span))
        below = compare(Comparison.AT_MOST, value, self.high.check(scope), (span, self.high.span))
        assert isinstance(above, plan.Compare)
        return plan.And((plan.Compare(Comparison.AT_MOST, above.right, above.left, YES_NO), below), YES_NO)


@phrase
class BothTests(Test):
    """Two limits in one: "at least 1 and less than 5"."""

    level = "test"
    pattern = "{first:limit} AND_TEST {second:limit}"
    first: Test
    second: Test

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        return plan.And((self.first.ask(value, span, scope), self.second.ask(value, span, scope)), YES_NO)


@phrase
class OneOf(Test):
    level = "test"
    pattern = "one of {options:sum choice}"
    options: tuple[Phrase, ...]

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        parts = [compare(Comparison.EQUAL, value, o.check(scope), (span, o.span)) for o in self.options]
        return plan.Or(tuple(parts), YES_NO)


@phrase
class InList(Test):
    level = "test"
    pattern = "in {items:primary}"
    items: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        items = self.items.check(scope)
        if not isinstance(items.type, ListType):
            raise Misread(Problem("T312", self.items.span, {"what": "in"}))
        item = plan.Variable(f"(item {len(scope.subjects) + 1})", items.type.item)
        same = compare(Comparison.EQUAL, item, value, (self.items.span, span))
        return plan.Holds(plan.Quantity.ANY, items, item, same, YES_NO)


@phrase
class Empty(Test):
    level = "test"
    pattern = "empty"

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        if not isinstance(value.type, OptionalType | TextType | ListType):
            raise Misread(Problem("T318", span, {"found": type_words(value.type)}))
        return plan.IsEmpty(value, YES_NO)


class _TextTest(Test):
    test: ClassVar[plan.TextTest]
    part: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        value = fit(needed(value), TEXT, span, self.test.value)
        part = fit(self.part.check(scope), TEXT, self.part.span, self.test.value)
        return plan.TestText(self.test, value, part, YES_NO)


@phrase
class Contains(_TextTest):
    level = "verb"
    pattern = "contains {part:sum}"
    test = plan.TextTest.CONTAINS
    part: Phrase

    def ask(self, value: Expression, span: Span, scope: Scope) -> Expression:
        if isinstance(value.type, ListType):
            item = plan.Variable(f"(item {len(scope.subjects) + 1})", value.type.item)
            same = compare(Comparison.EQUAL, item, self.part.check(scope), (span, self.part.span))
            return plan.Holds(plan.Quantity.ANY, value, item, same, YES_NO)
        return _TextTest.ask(self, value, span, scope)


@phrase
class StartsWith(_TextTest):
    level = "verb"
    pattern = "starts with {part:sum}"
    test = plan.TextTest.STARTS_WITH
    part: Phrase


@phrase
class EndsWith(_TextTest):
    level = "verb"
    pattern = "ends with {part:sum}"
    test = plan.TextTest.ENDS_WITH
    part: Phrase
