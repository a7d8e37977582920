"""Numbers: constants, arithmetic, rounding."""

from __future__ import annotations

from compiler.plan import (
    Arithmetic,
    ArithmeticOperator,
    Literal,
    Negate,
    Rounding,
    RoundPlaces,
    ToDecimal,
    ToWhole,
    Variable,
)
from compiler.targets.wasm import forms
from compiler.targets.wasm.writer import FunctionWriter, emits
from compiler.types import NumberKind, NumberType, Type

_PARTS = {
    ArithmeticOperator.ADD: "add",
    ArithmeticOperator.SUBTRACT: "subtract",
    ArithmeticOperator.MULTIPLY: "multiply",
    ArithmeticOperator.DIVIDE: "divide",
    ArithmeticOperator.REMAINDER: "remainder",
}

_ROUNDINGS = {Rounding.HALF_EVEN: 0, Rounding.HALF_UP: 1, Rounding.UP: 2, Rounding.DOWN: 3}


def is_whole(type_: Type) -> bool:
    """Whether a number is held as a whole number."""
    return isinstance(type_, NumberType) and type_.kind is NumberKind.WHOLE


@emits(Literal)
def literal(writer: FunctionWriter, node: Literal) -> None:
    writer.constant(forms.to_slots(node.value, node.type, writer.module.data.place), node.type)


@emits(Variable)
def variable(writer: FunctionWriter, node: Variable) -> None:
    writer.read(node.name, node.type)


@emits(Arithmetic)
def arithmetic(writer: FunctionWriter, node: Arithmetic) -> None:
    writer.value(node.left)
    writer.value(node.right)
    kind = "whole" if is_whole(node.left.type) else "decimal"
    writer.call(f"{kind}_{_PARTS[node.operator]}", faults=True)


@emits(Negate)
def negate(writer: FunctionWriter, node: Negate) -> None:
    writer.value(node.value)
    if is_whole(node.value.type):
        writer.add("i64.const -1", "i64.mul")
        return
    with writer.locals("i32") as (exponent,):
        writer.set([exponent])
        writer.add("i64.const -1", "i64.mul")
        writer.get([exponent])


@emits(ToDecimal)
def to_decimal(writer: FunctionWriter, node: ToDecimal) -> None:
    writer.value(node.value)
    writer.add("i32.const 0")


@emits(RoundPlaces)
def round_places(writer: FunctionWriter, node: RoundPlaces) -> None:
    writer.value(node.value)
    writer.add(f"i32.const {node.places}", f"i32.const {_ROUNDINGS[node.rounding]}")
    writer.call("decimal_round_places")


@emits(ToWhole)
def to_whole(writer: FunctionWriter, node: ToWhole) -> None:
    writer.value(node.value)
    writer.call("decimal_to_whole", faults=True)
