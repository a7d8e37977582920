"""Comparing two values: they must be of one sort, in one unit."""

from __future__ import annotations

from decimal import Decimal

from compiler import plan, units
from compiler.checking.coercion import convert, fit, needed, to_decimal
from compiler.checking.type_words import type_words
from compiler.plan import Comparison, Expression
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import (
    YES_NO,
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    RecordType,
    TextType,
    TimeType,
    YesNoType,
)
from compiler.values.show import show


def matched(left: Expression, right: Expression, spans: tuple[Span, Span]) -> tuple[Expression, Expression]:
    """Both values in a form in which they can be compared; raises `Misread` (T313 to T315, U406) when there is none."""
    a, b = left.type, right.type
    if isinstance(a, NumberType) and isinstance(b, NumberType):
        return _numbers(left, right, spans)
    if isinstance(a, ChoiceType) and isinstance(b, ChoiceType):
        if isinstance(left, plan.Literal) and not isinstance(right, plan.Literal):
            return fit(left, b, spans[0], "it"), right
        return left, fit(right, a, spans[1], "it")
    if isinstance(a, TextType) and isinstance(b, ChoiceType):
        return left, plan.Show(right, a) if not isinstance(right, plan.Literal) else plan.Literal(right.value, a)
    if isinstance(a, ChoiceType) and isinstance(b, TextType) and isinstance(right, plan.Literal):
        return left, fit(plan.Literal(right.value, ChoiceType((str(right.value),))), a, spans[1], "it")
    if isinstance(a, MomentType) and isinstance(b, DateType):
        return plan.DateOf(left, b), right
    if isinstance(a, DateType) and isinstance(b, MomentType):
        return left, plan.DateOf(right, a)
    if isinstance(a, RecordType | ListType) or isinstance(b, RecordType | ListType):
        raise Misread(
            Problem("T314", Span(spans[0].start, spans[1].end), {"left": type_words(a), "right": type_words(b)})
        )
    if type(a) is not type(b):
        raise Misread(
            Problem(
                "T313",
                Span(spans[0].start, spans[1].end),
                {"left": type_words(a), "right": type_words(b), "first": spans[0], "second": spans[1]},
            )
        )
    return left, right


def _numbers(left: Expression, right: Expression, spans: tuple[Span, Span]) -> tuple[Expression, Expression]:
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    if a.unit != b.unit:
        if not a.unit or not b.unit or units.dimension(a.unit) != units.dimension(b.unit):
            raise Misread(_unit_problem(left, right, spans))
        right = convert(right, a.unit, spans[1], "it")
        return to_decimal(left), right
    if NumberKind.PERCENTAGE in (a.kind, b.kind) and a.kind is not b.kind:
        for side, span in ((left, spans[0]), (right, spans[1])):
            if isinstance(side, plan.Literal) and side.type.kind is not NumberKind.PERCENTAGE:  # type: ignore[union-attr]
                at_end = Span(span.end, span.end)
                raise Misread(Problem("T315", span, {}, (Suggestion("Make it a percentage", at_end, "%"),)))
    if a.kind is NumberKind.WHOLE and b.kind is NumberKind.WHOLE:
        return left, right
    return to_decimal(left), to_decimal(right)


def _unit_problem(left: Expression, right: Expression, spans: tuple[Span, Span]) -> Problem:
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    fixes: tuple[Suggestion, ...] = ()
    if isinstance(right, plan.Literal) and a.unit:
        words = show(Decimal(str(right.value)), a)
        fixes = (Suggestion(f"Write {words}", spans[1], words),)
    meant = f" Did you mean {words}?" if fixes else ""
    details: dict[str, str | Span] = {
        "left": measured(a),
        "right": type_words(b),
        "first": spans[0],
        "second": spans[1],
        "meant": meant,
    }
    return Problem("U406", spans[1], details, fixes)


def measured(type_: NumberType) -> str:
    """What a number is measured in, said of it: "measured in °C", "money in USD", "a plain number"."""
    if not type_.unit or units.is_currency(type_.unit) or type_.unit == "s":
        return type_words(type_)
    return f"measured in {units.unit_words(type_.unit)}"


def compare(comparison: Comparison, left: Expression, right: Expression, spans: tuple[Span, Span]) -> Expression:
    """`left comparison right` as a condition."""
    if comparison is Comparison.EQUAL and isinstance(right, plan.Literal) and right.value is None:
        return plan.IsEmpty(left, YES_NO)
    left, right = matched(needed(left), needed(right), spans)
    if comparison is not Comparison.EQUAL and isinstance(left.type, YesNoType | ChoiceType):
        raise Misread(Problem("T316", Span(spans[0].start, spans[1].end), {"found": type_words(left.type)}))
    return plan.Compare(comparison, left, right, YES_NO)


def ordered(value: Expression) -> bool:
    """Whether values of this type come one after the other."""
    return isinstance(value.type, NumberType | DateType | TimeType | MomentType | TextType)
