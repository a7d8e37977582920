"""Making a value fit a type: units are converted, whole numbers become decimals, and what does not fit is a problem."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from compiler import plan, units
from compiler.checking.type_words import type_words
from compiler.plan import ArithmeticOperator
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import (
    TEXT,
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    Type,
)


def needed(value: plan.Expression) -> plan.Expression:
    """The value of an optional one, which must be there; other values as they are."""
    if isinstance(value.type, OptionalType):
        return plan.Required(value, value.type.of)
    return value


def fit(value: plan.Expression, target: Type, span: Span, what: str) -> plan.Expression:
    """`value` as a value of type `target`. `what` names the place it is for ("the discount") in messages.

    Raises `Misread` (T301 to T306) when it does not fit.
    """
    if isinstance(target, OptionalType):
        if isinstance(value, plan.Literal) and value.value is None:
            return plan.Literal(None, target)
        if value.type == target:
            return value
        if isinstance(value.type, OptionalType):
            raise Misread(mismatch(value, target, span, what))
        return plan.Some(fit(value, target.of, span, what), target)
    if isinstance(value, plan.Literal) and value.value is None:
        raise Misread(Problem("T302", span, {"what": what}))
    value = needed(value)
    source = value.type
    if source == target:
        return value
    if isinstance(source, NumberType) and isinstance(target, NumberType):
        return _fit_number(value, source, target, span, what)
    if isinstance(source, ChoiceType) and isinstance(target, ChoiceType) and isinstance(value, plan.Literal):
        for option in target.options:
            if option.lower() == str(value.value).lower():
                return plan.Literal(option, target)
        raise Misread(Problem("T303", span, {"what": what, "word": str(value.value), "options": type_words(target)}))
    if isinstance(source, ListType) and isinstance(target, ListType) and isinstance(value, plan.MakeList):
        items = tuple(fit(item, target.item, span, what) for item in value.items)
        return plan.MakeList(items, target)
    if isinstance(source, ChoiceType) and not isinstance(value, plan.Literal) and target == TEXT:
        return plan.Show(value, target)
    if isinstance(source, MomentType) and isinstance(target, DateType):
        return plan.DateOf(value, target)
    raise Misread(mismatch(value, target, span, what))


def mismatch(value: plan.Expression, target: Type, span: Span, what: str) -> Problem:
    """The problem that a value of one type stands where another is wanted."""
    details: dict[str, str | Span] = {
        "what": what,
        "wanted": type_words(target),
        "found": type_words(value.type),
        "text": span,
    }
    return Problem("T301", span, details)


def _fit_number(
    value: plan.Expression, source: NumberType, target: NumberType, span: Span, what: str
) -> plan.Expression:
    if source.unit != target.unit:
        value = convert(value, target.unit, span, what)
        source = value.type  # type: ignore[assignment]
    if target.kind is NumberKind.WHOLE:
        if source.kind is NumberKind.WHOLE:
            return value
        at_end = Span(span.end, span.end)
        fix = Suggestion("Round it to a whole number", at_end, ", rounded to a whole number")
        raise Misread(Problem("T304", span, {"what": what}, (fix,)))
    if target.kind is NumberKind.PERCENTAGE and source.kind is not NumberKind.PERCENTAGE:
        if isinstance(value, plan.Literal | plan.ToDecimal) or source.kind is NumberKind.WHOLE:
            at_end = Span(span.end, span.end)
            raise Misread(Problem("T305", span, {"what": what}, (Suggestion("Make it a percentage", at_end, "%"),)))
        return retyped(value, target)
    if source.kind is NumberKind.WHOLE:
        return to_decimal(value, target)
    return retyped(value, target)


def retyped(value: plan.Expression, target: NumberType) -> plan.Expression:
    """The same decimal under another type of the same unit: percentages are held as numbers are."""
    if isinstance(value, plan.Literal):
        return plan.Literal(value.value, target)
    if isinstance(value, plan.Arithmetic | plan.RoundPlaces | plan.Negate):
        return replace(value, type=target)
    return plan.Arithmetic(ArithmeticOperator.ADD, value, plan.Literal(Decimal(0), target), target)


def to_decimal(value: plan.Expression, target: NumberType | None = None) -> plan.Expression:
    """A number as a decimal: whole numbers are turned into one, others stay."""
    if not isinstance(value.type, NumberType) or value.type.kind is not NumberKind.WHOLE:
        return value
    wanted = target or NumberType(unit=value.type.unit)
    if isinstance(value, plan.Literal):
        assert isinstance(value.value, int)
        return plan.Literal(Decimal(value.value), wanted)
    return plan.ToDecimal(value, wanted)


def convert(value: plan.Expression, unit: str, span: Span, what: str) -> plan.Expression:
    """A number in another unit of the same dimension; raises `Misread` (U401, U402) when there is no such thing."""
    source = value.type
    assert isinstance(source, NumberType)
    if source.unit == unit:
        return value
    if not source.unit or not unit or units.dimension(source.unit) != units.dimension(unit):
        raise Misread(unit_problem(value, unit, span, what))
    steps = units.conversion(source.unit, unit)
    target = NumberType(unit=unit)
    value = to_decimal(value)
    for operator, amount, neutral in (
        (ArithmeticOperator.ADD, steps.add_before, 0),
        (ArithmeticOperator.MULTIPLY, steps.multiply, 1),
        (ArithmeticOperator.DIVIDE, steps.divide, 1),
        (ArithmeticOperator.ADD, steps.add_after, 0),
    ):
        if amount != neutral:
            value = plan.Arithmetic(operator, value, plan.Literal(amount, target), target)
    return value


def unit_problem(value: plan.Expression, unit: str, span: Span, what: str) -> Problem:
    """The problem that a number is in a unit that does not go with another."""
    source = value.type
    assert isinstance(source, NumberType)
    if not source.unit and isinstance(value, plan.Literal | plan.ToDecimal):
        sign = units.SIGNS.get(unit)
        place = Span(span.start, span.start) if sign else Span(span.end, span.end)
        words = sign or f" {units.unit_words(unit, True)}"
        fix = Suggestion(f"Write it as {units.dimension_words(unit)}", place, words)
        return Problem("U401", span, {"what": what, "measure": units.dimension_words(unit)}, (fix,))
    found = units.dimension_words(source.unit) if source.unit else "a plain number"
    wanted = units.dimension_words(unit) if unit else "a plain number"
    return Problem("U409", span, {"what": what, "wanted": wanted, "found": found, "text": span})


def join(first: Type, second: Type) -> Type | None:
    """The type that can hold values of both, when a name is given both; None when there is none."""
    if first == second:
        return first
    if isinstance(first, OptionalType) or isinstance(second, OptionalType):
        inner = join(
            first.of if isinstance(first, OptionalType) else first,
            second.of if isinstance(second, OptionalType) else second,
        )
        return OptionalType(inner) if inner is not None else None
    if isinstance(first, NumberType) and isinstance(second, NumberType) and first.unit == second.unit:
        return NumberType(unit=first.unit)
    if isinstance(first, ChoiceType) and isinstance(second, ChoiceType):
        return ChoiceType(tuple(dict.fromkeys((*first.options, *second.options))))
    return None
