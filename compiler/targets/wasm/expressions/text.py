"""Texts, and every type of value as text."""

from __future__ import annotations

import struct

from compiler.plan import ChangeCase, Join, Length, Show, TestText, TextTest
from compiler.targets.wasm import forms
from compiler.targets.wasm.expressions.lists import each, make
from compiler.targets.wasm.writer import FunctionWriter, emits
from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from compiler.values.show import NOTHING, number_format

_TESTS = {
    TextTest.CONTAINS: "text_contains",
    TextTest.STARTS_WITH: "text_starts_with",
    TextTest.ENDS_WITH: "text_ends_with",
}


def constant_text(writer: FunctionWriter, text: str) -> None:
    """Pushes a constant text."""
    content = text.encode()
    writer.add(f"i32.const {writer.module.data.place(content)}", f"i32.const {len(content)}")


@emits(Join)
def join(writer: FunctionWriter, node: Join) -> None:
    with writer.locals("i32", "i32") as (texts, at):
        writer.add(f"i32.const {8 * len(node.parts)}")
        make(writer, texts)
        for index, part in enumerate(node.parts):
            writer.value(part)
            writer.add(f"local.get {texts}", f"i32.const {8 * index}", "i32.add", f"local.set {at}")
            writer.store(part.type, at)
        writer.add(f"local.get {texts}", f"i32.const {len(node.parts)}")
        writer.call("texts_join", faults=True)


@emits(Show)
def show(writer: FunctionWriter, node: Show) -> None:
    writer.value(node.value)
    show_slots(writer, node.value.type)


def show_slots(writer: FunctionWriter, type_: Type) -> None:
    """Replaces the slots of a value on the stack by its text."""
    match type_:
        case TextType():
            return
        case NumberType():
            _show_number(writer, type_)
        case YesNoType():
            writer.call("show_yes_no")
        case DateType():
            writer.call("show_date", faults=True)
        case TimeType():
            writer.call("show_time", faults=True)
        case MomentType():
            writer.call("show_moment", faults=True)
        case ChoiceType(options=options):
            writer.add(f"i32.const {writer.module.data.place(_options_table(options))}")
            writer.call("show_choice")
        case OptionalType(of=of):
            _show_optional(writer, of)
        case ListType(item=item):
            _show_list(writer, item)
        case _:
            raise TypeError("records are not shown inside texts")


def _show_number(writer: FunctionWriter, type_: NumberType) -> None:
    form = number_format(type_)
    if type_.kind is NumberKind.WHOLE:
        writer.add("i32.const 0")
    if form.duration:
        writer.call("show_duration", faults=True)
        return
    writer.add(f"i32.const {form.shift}", f"i32.const {form.least_decimals}")
    constant_text(writer, form.before)
    constant_text(writer, form.after_one)
    constant_text(writer, form.after)
    writer.call("show_number", faults=True)


def _options_table(options: tuple[str, ...]) -> bytes:
    """For each option the offset of its text from the table and its bytes; then the texts."""
    texts = [option.encode() for option in options]
    offset = 8 * len(texts)
    table = b""
    for text in texts:
        table += struct.pack("<ii", offset, len(text))
        offset += len(text)
    return table + b"".join(texts)


def _show_optional(writer: FunctionWriter, of: Type) -> None:
    with writer.locals(*forms.slots(of)) as names:
        writer.set(names)
        writer.add("if (result i32 i32)")
        writer.get(names)
        show_slots(writer, of)
        writer.add("else")
        constant_text(writer, NOTHING)
        writer.add("end")


def _show_list(writer: FunctionWriter, item: Type) -> None:
    with writer.locals(*["i32"] * 5) as (address, count, total, texts, end):
        writer.set([address, count])
        writer.add(f"local.get {count}", f"local.tee {total}", "i32.const 8", "i32.mul")
        make(writer, texts)
        writer.add(f"local.get {texts}", f"local.set {end}")
        with each(writer, item, address, count):
            writer.load(item, address)
            show_slots(writer, item)
            writer.store(TextType(), end)
            writer.add(f"local.get {end}", "i32.const 8", "i32.add", f"local.set {end}")
        writer.get([texts, total])
        writer.call("texts_list", faults=True)


@emits(ChangeCase)
def change_case(writer: FunctionWriter, node: ChangeCase) -> None:
    writer.value(node.value)
    writer.call("text_upper" if node.capitals else "text_lower", faults=True)


@emits(Length)
def length(writer: FunctionWriter, node: Length) -> None:
    writer.value(node.value)
    writer.call("text_length")


@emits(TestText)
def test_text(writer: FunctionWriter, node: TestText) -> None:
    writer.value(node.value)
    writer.value(node.part)
    writer.call(_TESTS[node.test])
