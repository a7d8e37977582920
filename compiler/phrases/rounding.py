"""Rounding: to decimals, to whole numbers, to the nearest step; half-even unless the page says otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from compiler import plan
from compiler.checking.coercion import convert, to_decimal
from compiler.checking.numbers import number
from compiler.checking.scope import Scope
from compiler.nodes import Phrase, phrase
from compiler.plan import ArithmeticOperator, Expression, Rounding
from compiler.reading.literals import Constant
from compiler.reading.spans import Misread, Problem
from compiler.types import WHOLE, NumberKind, NumberType

_MOST_PLACES = 18


class _Places(Phrase):
    rounding: ClassVar[Rounding]
    value: Phrase
    places: Constant

    def check(self, scope: Scope) -> Expression:
        value = number(self.value.check(scope), self.value.span, "rounded")
        places = self.places.value
        if not isinstance(places, int) or places > _MOST_PLACES:
            raise Misread(Problem("T321", self.span, {"limit": str(_MOST_PLACES)}))
        assert isinstance(value.type, NumberType)
        if value.type.kind is NumberKind.WHOLE:
            return value
        if value.type.kind is NumberKind.PERCENTAGE:
            places += 2  # 12.5% has one decimal, and is held as 0.125
        return plan.RoundPlaces(value, min(places, _MOST_PLACES), self.rounding, value.type)


@phrase
class RoundedTo(_Places):
    level = "expression"
    pattern = "{value:expression}, rounded to {places:NUMBER} decimals"
    rounding = Rounding.HALF_EVEN
    value: Phrase
    places: Constant


@phrase
class RoundedHalfUpTo(_Places):
    level = "expression"
    pattern = "{value:expression}, rounded half up to {places:NUMBER} decimals"
    rounding = Rounding.HALF_UP
    value: Phrase
    places: Constant


@phrase
class RoundedUpTo(_Places):
    level = "expression"
    pattern = "{value:expression}, rounded up to {places:NUMBER} decimals"
    rounding = Rounding.UP
    value: Phrase
    places: Constant


@phrase
class RoundedDownTo(_Places):
    level = "expression"
    pattern = "{value:expression}, rounded down to {places:NUMBER} decimals"
    rounding = Rounding.DOWN
    value: Phrase
    places: Constant


class _Whole(Phrase):
    rounding: ClassVar[Rounding]
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        value = number(self.value.check(scope), self.value.span, "rounded")
        assert isinstance(value.type, NumberType)
        if value.type.kind is NumberKind.WHOLE:
            return value
        places = 2 if value.type.kind is NumberKind.PERCENTAGE else 0
        rounded = plan.RoundPlaces(value, places, self.rounding, value.type)
        plain = value.type.kind is NumberKind.NUMBER and not value.type.unit
        return plan.ToWhole(rounded, WHOLE) if plain else rounded


@phrase
class RoundedWhole(_Whole):
    level = "expression"
    pattern = "{value:expression}, rounded to a whole number"
    rounding = Rounding.HALF_EVEN
    value: Phrase


@phrase
class RoundedUp(_Whole):
    level = "expression"
    pattern = "{value:expression}, rounded up"
    rounding = Rounding.UP
    value: Phrase


@phrase
class RoundedDown(_Whole):
    level = "expression"
    pattern = "{value:expression}, rounded down"
    rounding = Rounding.DOWN
    value: Phrase


class _Step(Phrase):
    rounding: ClassVar[Rounding]
    value: Phrase
    step: Phrase

    def check(self, scope: Scope) -> Expression:
        value = number(self.value.check(scope), self.value.span, "rounded")
        step = number(self.step.check(scope), self.step.span, "the nearest")
        assert isinstance(value.type, NumberType) and isinstance(step.type, NumberType)
        whole = value.type.kind is NumberKind.WHOLE and step.type.kind is NumberKind.WHOLE
        unit = value.type.unit
        if isinstance(step, plan.Literal) and not _unit_of(step):
            step = plan.Literal(Decimal(str(step.value)), NumberType(value.type.kind, unit))
        elif _unit_of(step) != unit:
            step = convert(step, unit, self.step.span, "the nearest")
        if isinstance(step, plan.Literal) and step.value == 0:
            raise Misread(Problem("T322", self.step.span))
        plain = NumberType()
        quotient = plan.Arithmetic(ArithmeticOperator.DIVIDE, to_decimal(value), _decimal(step), plain)
        steps = plan.RoundPlaces(quotient, 0, self.rounding, plain)
        result_type = value.type if value.type.kind is NumberKind.PERCENTAGE else NumberType(unit=unit)
        result = plan.Arithmetic(ArithmeticOperator.MULTIPLY, steps, _decimal(step), result_type)
        if whole:
            return plan.ToWhole(plan.RoundPlaces(result, 0, Rounding.HALF_EVEN, plain), WHOLE)
        return result


def _unit_of(value: Expression) -> str:
    return value.type.unit if isinstance(value.type, NumberType) else ""


def _decimal(step: Expression) -> Expression:
    if isinstance(step, plan.Literal):
        return plan.Literal(Decimal(str(step.value)), NumberType(unit=step.type.unit))  # type: ignore[union-attr]
    return to_decimal(step)


@phrase
class RoundedToNearest(_Step):
    level = "expression"
    pattern = "{value:expression}, rounded to the nearest {step:primary}"
    rounding = Rounding.HALF_EVEN
    value: Phrase
    step: Phrase


@phrase
class RoundedUpToNearest(_Step):
    level = "expression"
    pattern = "{value:expression}, rounded up to the nearest {step:primary}"
    rounding = Rounding.UP
    value: Phrase
    step: Phrase


@phrase
class RoundedDownToNearest(_Step):
    level = "expression"
    pattern = "{value:expression}, rounded down to the nearest {step:primary}"
    rounding = Rounding.DOWN
    value: Phrase
    step: Phrase
