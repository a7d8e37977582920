"""The meaning of arithmetic: decimals by `compiler.decimals.CONTEXT`, whole numbers exactly."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal

from compiler import plan
from compiler.decimals import CONTEXT, WHOLE_LIMIT
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.plan import ArithmeticOperator, Fault, Rounding

_DECIMAL_OPERATIONS: dict[ArithmeticOperator, Callable[[Decimal, Decimal], Decimal]] = {
    ArithmeticOperator.ADD: CONTEXT.add,
    ArithmeticOperator.SUBTRACT: CONTEXT.subtract,
    ArithmeticOperator.MULTIPLY: CONTEXT.multiply,
    ArithmeticOperator.DIVIDE: CONTEXT.divide,
    ArithmeticOperator.REMAINDER: CONTEXT.remainder,
}
_ROUNDINGS = {
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.UP: decimal.ROUND_CEILING,
    Rounding.DOWN: decimal.ROUND_FLOOR,
}


def decimal_result(operator: ArithmeticOperator, left: Decimal, right: Decimal) -> Decimal:
    """Two decimals combined.

    Halts with DIVISION_BY_ZERO for every zero divisor and OUT_OF_RANGE for a result that cannot be held.
    """
    if operator in (ArithmeticOperator.DIVIDE, ArithmeticOperator.REMAINDER) and not right:
        raise Halt(Fault.DIVISION_BY_ZERO)
    try:
        result = _DECIMAL_OPERATIONS[operator](left, right)
    except decimal.DecimalException as error:
        raise Halt(Fault.OUT_OF_RANGE) from error
    return without_minus_zero(result)


def without_minus_zero(number: Decimal) -> Decimal:
    """The number, or zero with the same exponent for minus zero, which the language does not have."""
    return number if number else number.copy_abs()


def whole_result(operator: ArithmeticOperator, left: int, right: int) -> int:
    """Two whole numbers combined; halts with OUT_OF_RANGE at 19 digits."""
    match operator:
        case ArithmeticOperator.ADD:
            result = left + right
        case ArithmeticOperator.SUBTRACT:
            result = left - right
        case ArithmeticOperator.MULTIPLY:
            result = left * right
        case ArithmeticOperator.REMAINDER:
            if right == 0:
                raise Halt(Fault.DIVISION_BY_ZERO)
            rest = abs(left) % abs(right)
            result = -rest if left < 0 else rest
        case ArithmeticOperator.DIVIDE:
            raise TypeError("whole numbers are made decimals before they are divided")
    return checked_whole(result)


def checked_whole(number: int) -> int:
    """The number, if it has fewer than 19 digits; halts with OUT_OF_RANGE otherwise."""
    if abs(number) >= WHOLE_LIMIT:
        raise Halt(Fault.OUT_OF_RANGE)
    return number


def rounded(number: Decimal, places: int, rounding: Rounding) -> Decimal:
    """A decimal with at most `places` decimals; one that has no more than that stays as it is."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -places:
        return number
    context = CONTEXT.copy()
    return without_minus_zero(number.quantize(Decimal(1).scaleb(-places), _ROUNDINGS[rounding], context))


@meaning_of(plan.Arithmetic)
def _arithmetic(node: plan.Arithmetic, frame: Frame) -> Decimal | int:
    left = evaluate(node.left, frame)
    right = evaluate(node.right, frame)
    if isinstance(left, Decimal):
        return decimal_result(node.operator, left, right)
    return whole_result(node.operator, left, right)


@meaning_of(plan.Negate)
def _negate(node: plan.Negate, frame: Frame) -> Decimal | int:
    value = evaluate(node.value, frame)
    return CONTEXT.minus(value) if isinstance(value, Decimal) else -value


@meaning_of(plan.ToDecimal)
def _to_decimal(node: plan.ToDecimal, frame: Frame) -> Decimal:
    return Decimal(evaluate(node.value, frame))


@meaning_of(plan.RoundPlaces)
def _round_places(node: plan.RoundPlaces, frame: Frame) -> Decimal:
    return rounded(evaluate(node.value, frame), node.places, node.rounding)


@meaning_of(plan.ToWhole)
def _to_whole(node: plan.ToWhole, frame: Frame) -> int:
    return checked_whole(int(evaluate(node.value, frame)))


@meaning_of(plan.Larger)
def _larger(node: plan.Larger, frame: Frame) -> object:
    left = evaluate(node.left, frame)
    right = evaluate(node.right, frame)
    second = right < left if node.smaller else right > left
    return right if second else left
