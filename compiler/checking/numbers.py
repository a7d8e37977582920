"""Arithmetic with types and units: which operations mean something, and what type their result has."""

from __future__ import annotations

from decimal import Decimal

from compiler import plan, units
from compiler.checking.coercion import convert, needed, to_decimal
from compiler.checking.type_words import type_words
from compiler.plan import ArithmeticOperator, Expression
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import (
    DATE,
    MOMENT,
    PERCENTAGE,
    WHOLE,
    DateType,
    MomentType,
    NumberKind,
    NumberType,
    TextType,
)
from compiler.values.show import show

_TEMPERATURES = ("degC", "degF")


def number(value: Expression, span: Span, what: str) -> Expression:
    """A value that must be a number of some sort."""
    value = needed(value)
    if not isinstance(value.type, NumberType):
        raise Misread(Problem("T307", span, {"what": what, "found": type_words(value.type)}))
    return value


def arithmetic(
    operator: ArithmeticOperator, left: Expression, right: Expression, spans: tuple[Span, Span]
) -> Expression:
    """`left operator right`; raises `Misread` when it means nothing."""
    left, right = needed(left), needed(right)
    if isinstance(left.type, DateType | MomentType):
        return _with_date(operator, left, right, spans)
    if isinstance(left.type, TextType) and operator is ArithmeticOperator.ADD:
        raise Misread(Problem("T308", Span(spans[0].start, spans[1].end)))
    left = number(left, spans[0], operator.value)
    right = number(right, spans[1], operator.value)
    if operator in (ArithmeticOperator.ADD, ArithmeticOperator.SUBTRACT, ArithmeticOperator.REMAINDER):
        return _same_unit(operator, left, right, spans)
    return _product(operator, left, right)


def _with_date(
    operator: ArithmeticOperator, left: Expression, right: Expression, spans: tuple[Span, Span]
) -> Expression:
    if operator not in (ArithmeticOperator.ADD, ArithmeticOperator.SUBTRACT):
        raise Misread(Problem("T307", spans[0], {"what": operator.value, "found": type_words(left.type)}))
    if isinstance(right.type, DateType | MomentType):
        raise Misread(Problem("T309", Span(spans[0].start, spans[1].end)))
    return later(left, number(right, spans[1], "after"), operator is ArithmeticOperator.SUBTRACT, spans[1])


def later(start: Expression, amount: Expression, earlier: bool, span: Span) -> Expression:
    """A date or moment some time later (or earlier)."""
    assert isinstance(amount.type, NumberType)
    unit = amount.type.unit
    if isinstance(start.type, DateType) or unit in ("month", "year"):
        _must_be_whole(amount, span)
    if earlier:
        amount = negated(amount)
    if unit in ("month", "year"):
        months = amount
        if unit == "year":
            months = plan.Arithmetic(
                ArithmeticOperator.MULTIPLY, amount, plan.Literal(Decimal(12), amount.type), amount.type
            )
        return plan.AddMonths(start, _whole(months), start.type)
    if not unit or units.dimension(unit) != units.dimension("s"):
        raise Misread(Problem("U403", span, {"found": type_words(amount.type)}))
    if isinstance(start.type, DateType):
        if unit not in ("day", "week") and not isinstance(amount, plan.Variable | plan.FieldOf | plan.Call):
            raise Misread(Problem("U404", span, {"found": units.unit_words(unit, True)}))
        return plan.AddDays(start, _whole(convert(amount, "day", span, "the date")), DATE)
    return plan.AddSeconds(start, convert(to_decimal(amount), "s", span, "the moment"), MOMENT)


def _must_be_whole(amount: Expression, span: Span) -> None:
    """Refuses "1.5 months" and "0.5 days"; half a year is six months."""
    type_ = amount.type
    if isinstance(amount, plan.Literal) and isinstance(amount.value, Decimal) and isinstance(type_, NumberType):
        parts = {"year": 12, "week": 7}.get(type_.unit, 1)
        if type_.unit in ("day", "week", "month", "year") and (amount.value * parts) % 1:
            raise Misread(Problem("U408", span, {"found": show(amount.value, type_)}))


def _whole(value: Expression) -> Expression:
    if isinstance(value.type, NumberType) and value.type.kind is NumberKind.WHOLE:
        return value
    plain = plan.RoundPlaces(to_decimal(value), 0, plan.Rounding.DOWN, value.type)
    return plan.ToWhole(plain, WHOLE)


def _same_unit(
    operator: ArithmeticOperator, left: Expression, right: Expression, spans: tuple[Span, Span]
) -> Expression:
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    if (a.kind is NumberKind.PERCENTAGE) != (b.kind is NumberKind.PERCENTAGE):
        raise Misread(_percentage_problem(operator, a, spans))
    if a.unit != b.unit:
        if a.unit in _TEMPERATURES and b.unit in _TEMPERATURES:
            raise Misread(Problem("U405", Span(spans[0].start, spans[1].end)))
        if not a.unit or not b.unit or units.dimension(a.unit) != units.dimension(b.unit):
            raise Misread(_together_problem(operator, a, b, right, spans))
        right = convert(right, a.unit, spans[1], "it")
    if a.kind is NumberKind.WHOLE and b.kind is NumberKind.WHOLE:
        return plan.Arithmetic(operator, left, right, WHOLE)
    result = a if a.kind is NumberKind.PERCENTAGE else NumberType(unit=a.unit)
    return plan.Arithmetic(operator, to_decimal(left), to_decimal(right), result)


def _together_problem(
    operator: ArithmeticOperator, a: NumberType, b: NumberType, right: Expression, spans: tuple[Span, Span]
) -> Problem:
    """The problem that a length of time is added to an amount of money."""
    details: dict[str, str | Span] = {
        "left": type_words(a), "right": type_words(b), "first": spans[0], "second": spans[1], "operator": operator.value
    }  # fmt: skip
    fixes: tuple[Suggestion, ...] = ()
    if isinstance(right, plan.Literal) and a.unit:
        words = show(Decimal(str(right.value)), NumberType(unit=a.unit))
        fixes = (Suggestion(f"Write {words}", spans[1], words),)
    return Problem("U402", spans[1], details, fixes)


def _percentage_problem(operator: ArithmeticOperator, left: NumberType, spans: tuple[Span, Span]) -> Problem:
    by = "increased by" if operator is ArithmeticOperator.ADD else "reduced by"
    between = Span(spans[0].end, spans[1].start)
    fixes: tuple[Suggestion, ...] = ()
    if left.kind is not NumberKind.PERCENTAGE and operator is not ArithmeticOperator.REMAINDER:
        fixes = (Suggestion(f'Write "{by}"', between, f" {by} "),)
    return Problem("T310", Span(spans[0].start, spans[1].end), {"operator": operator.value, "by": by}, fixes)


def _product(operator: ArithmeticOperator, left: Expression, right: Expression) -> Expression:
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    multiply = operator is ArithmeticOperator.MULTIPLY
    if multiply and a.kind is NumberKind.WHOLE and b.kind is NumberKind.WHOLE:
        return plan.Arithmetic(operator, left, right, WHOLE)
    left, right, unit = _matched(left, right, multiply)
    kind = NumberKind.NUMBER
    if not unit and a.kind is NumberKind.PERCENTAGE and (b.kind is NumberKind.PERCENTAGE) == multiply:
        kind = NumberKind.PERCENTAGE  # 10% of 20%, or 10% divided by 2
    return plan.Arithmetic(operator, to_decimal(left), to_decimal(right), NumberType(kind, unit))


def _matched(left: Expression, right: Expression, multiply: bool) -> tuple[Expression, Expression, str]:
    """The operands of a product or quotient, with the unit of the result."""
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    if a.unit and b.unit and a.unit != b.unit and not multiply and units.dimension(a.unit) == units.dimension(b.unit):
        right = convert(right, a.unit, Span(0, 0), "the divisor")
        return left, right, ""
    combine = units.product if multiply else units.quotient
    return left, right, combine(a.unit, b.unit)


def negated(value: Expression) -> Expression:
    """Minus a number; a constant is negated at once."""
    if isinstance(value, plan.Literal) and isinstance(value.value, int | Decimal):
        return plan.Literal(-value.value, value.type) if value.value else value
    return plan.Negate(value, value.type)


def changed_by(value: Expression, amount: Expression, down: bool, spans: tuple[Span, Span]) -> Expression:
    """`value` increased or reduced by an amount, or by a percentage of itself."""
    value, amount = number(value, spans[0], "increased"), number(amount, spans[1], "by")
    assert isinstance(value.type, NumberType) and isinstance(amount.type, NumberType)
    operator = ArithmeticOperator.SUBTRACT if down else ArithmeticOperator.ADD
    if amount.type.kind is NumberKind.PERCENTAGE and value.type.kind is not NumberKind.PERCENTAGE:
        one = plan.Literal(Decimal(1), PERCENTAGE)
        factor = plan.Arithmetic(operator, one, amount, PERCENTAGE)
        return plan.Arithmetic(ArithmeticOperator.MULTIPLY, to_decimal(value), factor, NumberType(unit=value.type.unit))
    return arithmetic(operator, value, amount, spans)


def percent_of(percent: Expression, whole: Expression, spans: tuple[Span, Span]) -> Expression:
    """A percentage of a number."""
    whole = number(whole, spans[1], "of")
    return arithmetic(ArithmeticOperator.MULTIPLY, percent, whole, spans)
