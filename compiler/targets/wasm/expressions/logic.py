"""Conditions, comparisons, optional values and calls of other functions."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.plan import (
    And,
    Call,
    Compare,
    Comparison,
    Expression,
    Fault,
    IsEmpty,
    Larger,
    Not,
    Or,
    Required,
    Some,
)
from compiler.targets.wasm import forms
from compiler.targets.wasm.writer import FunctionWriter, emits
from compiler.types import ListType, OptionalType, TextType, Type

_SUFFIX = {Comparison.EQUAL: "eq", Comparison.LESS: "lt_s", Comparison.AT_MOST: "le_s"}


def compare_slots(writer: FunctionWriter, type_: Type, comparison: Comparison) -> None:
    """Replaces the slots of two values of a scalar type on the stack by whether the comparison holds."""
    suffix = _SUFFIX[comparison]
    match forms.slots(type_):
        case ("i64",):
            writer.add(f"i64.{suffix}")
        case ("i32",):
            writer.add(f"i32.{suffix}")
        case ("i64", "i32"):
            writer.call("decimal_compare")
            writer.add("i32.const 0", f"i32.{suffix}")
        case _:
            writer.call("text_equal" if comparison is Comparison.EQUAL else "text_compare")
            if comparison is not Comparison.EQUAL:
                writer.add("i32.const 0", f"i32.{suffix}")


@emits(Compare)
def compare(writer: FunctionWriter, node: Compare) -> None:
    writer.value(node.left)
    writer.value(node.right)
    compare_slots(writer, node.left.type, node.comparison)


@emits(Not)
def negation(writer: FunctionWriter, node: Not) -> None:
    writer.value(node.value)
    writer.add("i32.eqz")


def _chain(writer: FunctionWriter, parts: Sequence[Expression], decided: bool) -> None:
    """The parts in turn, as long as none gives the value that decides."""
    label = writer.label()
    writer.add(f"block {label} (result i32)")
    for part in parts:
        writer.add(f"i32.const {int(decided)}")
        writer.value(part)
        if not decided:
            writer.add("i32.eqz")
        writer.add(f"br_if {label}", "drop")
    writer.add(f"i32.const {int(not decided)}", "end")


@emits(And)
def conjunction(writer: FunctionWriter, node: And) -> None:
    _chain(writer, node.parts, decided=False)


@emits(Or)
def disjunction(writer: FunctionWriter, node: Or) -> None:
    _chain(writer, node.parts, decided=True)


@emits(Larger)
def larger(writer: FunctionWriter, node: Larger) -> None:
    kinds = forms.slots(node.type)
    with writer.locals(*kinds) as left, writer.locals(*kinds) as right:
        writer.value(node.left)
        writer.set(left)
        writer.value(node.right)
        writer.set(right)
        choose_larger(writer, node.type, left, right, node.smaller)


def choose_larger(
    writer: FunctionWriter, type_: Type, left: Sequence[str], right: Sequence[str], smaller: bool
) -> None:
    """Pushes the larger (or smaller) of two values in locals; the first when they are equal."""
    low, high = (right, left) if smaller else (left, right)
    writer.get(low)
    writer.get(high)
    compare_slots(writer, type_, Comparison.LESS)
    writer.add(f"if (result {' '.join(forms.slots(type_))})")
    writer.get(right)
    writer.add("else")
    writer.get(left)
    writer.add("end")


@emits(Some)
def some(writer: FunctionWriter, node: Some) -> None:
    writer.add("i32.const 1")
    writer.value(node.value)


@emits(Required)
def required(writer: FunctionWriter, node: Required) -> None:
    writer.value(node.value)
    with writer.locals(*forms.slots(node.type)) as names:
        writer.set(names)
        writer.add("i32.eqz")
        writer.stop_if(Fault.EMPTY)
        writer.get(names)


@emits(IsEmpty)
def is_empty(writer: FunctionWriter, node: IsEmpty) -> None:
    type_ = node.value.type
    writer.value(node.value)
    with writer.locals(*forms.slots(type_)) as names:
        writer.set(names)
        if isinstance(type_, TextType | ListType):
            writer.add(f"local.get {names[1]}", "i32.eqz")
            return
        writer.add(f"local.get {names[0]}", "i32.eqz")
        if isinstance(type_, OptionalType) and isinstance(type_.of, TextType):
            writer.add(f"local.get {names[2]}", "i32.eqz", "i32.or")


@emits(Call)
def call(writer: FunctionWriter, node: Call) -> None:
    for argument in node.arguments:
        writer.value(argument)
    function = writer.module.functions[node.function]
    writer.add(f"call $f{writer.module.number(node.function)}")
    writer.check()
    before: list[str] = []
    after: list[str] = []
    side = before
    for output in function.outputs:
        if output.name == node.output:
            side = after
        else:
            side += forms.slots(output.type)
    writer.add(*("drop" for _ in after))
    if before:
        with writer.locals(*forms.slots(node.type)) as names:
            writer.set(names)
            writer.add(*("drop" for _ in before))
            writer.get(names)
    writer.at_place()
