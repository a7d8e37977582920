"""Arithmetic: plus, minus, times, divided by, remainders, percentages, the larger and the smaller."""

from __future__ import annotations

from compiler import plan
from compiler.checking.coercion import needed, to_decimal
from compiler.checking.comparing import matched
from compiler.checking.numbers import arithmetic, changed_by, negated, number, percent_of
from compiler.checking.scope import Scope
from compiler.checking.type_words import type_words
from compiler.nodes import Phrase, phrase
from compiler.pattern import Slot
from compiler.plan import ArithmeticOperator
from compiler.reading.literals import Constant
from compiler.reading.spans import Misread, Problem
from compiler.types import DateType, MomentType, NumberType, TimeType


def _combine(operator: ArithmeticOperator, left: Phrase, right: Phrase, scope: Scope) -> plan.Expression:
    return arithmetic(operator, left.check(scope), right.check(scope), (left.span, right.span))


@phrase
class Plus(Phrase):
    level = "sum"
    pattern = "{left:sum} plus {right:product}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _combine(ArithmeticOperator.ADD, self.left, self.right, scope)


@phrase
class Minus(Phrase):
    level = "sum"
    pattern = "{left:sum} minus {right:product}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _combine(ArithmeticOperator.SUBTRACT, self.left, self.right, scope)


@phrase
class IncreasedBy(Phrase):
    level = "sum"
    pattern = "{left:sum} increased by {right:product}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return changed_by(self.left.check(scope), self.right.check(scope), False, (self.left.span, self.right.span))


@phrase
class ReducedBy(Phrase):
    level = "sum"
    pattern = "{left:sum} reduced by {right:product}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return changed_by(self.left.check(scope), self.right.check(scope), True, (self.left.span, self.right.span))


@phrase
class Times(Phrase):
    level = "product"
    pattern = "{left:product} times {right:unary}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _combine(ArithmeticOperator.MULTIPLY, self.left, self.right, scope)


@phrase
class DividedBy(Phrase):
    level = "product"
    pattern = "{left:product} divided by {right:unary}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _combine(ArithmeticOperator.DIVIDE, self.left, self.right, scope)


def _starts_with_number(part: Phrase) -> bool:
    """Whether the text of a phrase starts with a number or another constant."""
    first = part.wording[0]
    value = getattr(part, first.field) if isinstance(first, Slot) else None
    if isinstance(value, Phrase):
        return _starts_with_number(value)
    return isinstance(value, Constant)


@phrase
class Negative(Phrase):
    level = "unary"
    pattern = "minus {value:unary}"
    value: Phrase

    def puts_in_brackets(self, part: Phrase) -> bool:
        return _starts_with_number(part)  # "minus 5" is a number below zero

    def check(self, scope: Scope) -> plan.Expression:
        return negated(number(self.value.check(scope), self.value.span, "minus"))


@phrase
class PercentOf(Phrase):
    level = "primary"
    pattern = "{percent:PERCENT} of {whole:primary}"
    percent: Constant
    whole: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        percent = plan.Literal(self.percent.value, self.percent.type)
        return percent_of(percent, self.whole.check(scope), (self.span, self.whole.span))


@phrase
class RemainderOf(Phrase):
    level = "primary"
    pattern = "the remainder of {left:unary} divided by {right:unary}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _combine(ArithmeticOperator.REMAINDER, self.left, self.right, scope)


def _larger(left: Phrase, right: Phrase, smaller: bool, scope: Scope) -> plan.Expression:
    a, b = matched(needed(left.check(scope)), needed(right.check(scope)), (left.span, right.span))
    if not isinstance(a.type, NumberType | DateType | TimeType | MomentType):
        raise Misread(
            Problem(
                "T307", left.span, {"what": "the smaller" if smaller else "the larger", "found": type_words(a.type)}
            )
        )
    result = a.type
    if isinstance(result, NumberType) and a.type != b.type:
        a, b = to_decimal(a), to_decimal(b)
        result = NumberType(unit=result.unit)
    return plan.Larger(a, b, smaller, result)


@phrase
class LargerOf(Phrase):
    level = "primary"
    pattern = "the larger of {left:sum} and {right:sum}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _larger(self.left, self.right, False, scope)


@phrase
class SmallerOf(Phrase):
    level = "primary"
    pattern = "the smaller of {left:sum} and {right:sum}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> plan.Expression:
        return _larger(self.left, self.right, True, scope)
