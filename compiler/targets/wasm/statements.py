"""The code of statements. Each counts one operation and says where the run is before it does anything."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.plan import (
    Assign,
    Choose,
    Expression,
    Fault,
    ForEach,
    If,
    Repeat,
    RepeatUntil,
    Require,
    Statement,
    Stop,
)
from compiler.targets.wasm.expressions.lists import items
from compiler.targets.wasm.writer import FunctionWriter


def block(writer: FunctionWriter, statements: Sequence[Statement]) -> None:
    """The code of statements one after the other."""
    for one in statements:
        statement(writer, one)


def statement(writer: FunctionWriter, node: Statement) -> None:
    """The code of a statement."""
    writer.place = node.place
    writer.at_place()
    writer.add("global.get $left", "i64.eqz")
    writer.stop_if(Fault.OPERATIONS)
    writer.add("global.get $left", "i64.const 1", "i64.sub", "global.set $left")
    match node:
        case Assign(variable=variable, value=value):
            writer.value(value)
            writer.assign(variable.name, variable.type)
        case If():
            _if(writer, node)
        case Choose():
            _choose(writer, node)
        case Require(condition=condition, text=text):
            writer.value(condition)
            writer.add("i32.eqz", "if")
            _stop(writer, text)
            writer.add("end")
        case Stop(text=text):
            _stop(writer, text)
        case ForEach():
            with items(writer, node.list, node.item.name):
                block(writer, node.body)
        case Repeat():
            _repeat(writer, node)
        case RepeatUntil():
            _repeat_until(writer, node)


def _stop(writer: FunctionWriter, text: Expression) -> None:
    writer.value(text)
    writer.add("global.set $text_bytes", "global.set $text_address")
    writer.stop(Fault.STOPPED)


def _if(writer: FunctionWriter, node: If) -> None:
    end = writer.label()
    writer.add(f"block {end}")
    for condition, body in node.branches:
        writer.value(condition)
        writer.add("if")
        block(writer, body)
        writer.add(f"br {end}", "end")
        writer.place = node.place
    block(writer, node.otherwise)
    writer.add("end")


def _choose(writer: FunctionWriter, node: Choose) -> None:
    end = writer.label()
    writer.add(f"block {end}")
    for condition, value in node.rows:
        writer.value(condition)
        writer.add("if")
        writer.value(value)
        writer.assign(node.variable.name, node.variable.type)
        writer.add(f"br {end}", "end")
    writer.stop(Fault.NO_ROW)
    writer.add("end")


def _repeat(writer: FunctionWriter, node: Repeat) -> None:
    end, again = writer.label(), writer.label()
    with writer.locals("i64") as (left,):
        writer.value(node.times)
        writer.add(f"local.set {left}", f"block {end}", f"loop {again}")
        writer.add(f"local.get {left}", "i64.const 0", "i64.le_s", f"br_if {end}")
        writer.add(f"local.get {left}", "i64.const 1", "i64.sub", f"local.set {left}")
        block(writer, node.body)
        writer.add(f"br {again}", "end", "end")


def _repeat_until(writer: FunctionWriter, node: RepeatUntil) -> None:
    end, again = writer.label(), writer.label()
    writer.add(f"block {end}", f"loop {again}")
    writer.place = node.place
    # Said again in each round: the body was somewhere else.
    writer.at_place()
    writer.value(node.condition)
    writer.add(f"br_if {end}")
    block(writer, node.body)
    writer.add(f"br {again}", "end", "end")
