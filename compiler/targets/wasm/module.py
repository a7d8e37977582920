"""A plan as a WebAssembly module: bytes that any engine runs, and the layout by which a host calls them."""

from __future__ import annotations

from dataclasses import dataclass

import wasmtime

from compiler.plan import Function, Plan
from compiler.targets.wasm import expressions, forms
from compiler.targets.wasm.layout import (
    COLUMN_BYTES,
    HEADER_BYTES,
    MAXIMUM_PAGES,
    ROW_MEMORY,
    FunctionLayout,
    Layout,
    layout_of,
)
from compiler.targets.wasm.linking import StaticData, link
from compiler.targets.wasm.statements import block
from compiler.targets.wasm.tables import TABLES
from compiler.targets.wasm.writer import FunctionWriter, ModuleParts

__all__ = ["WasmModule", "compile_wasm", "expressions", "module_text"]

_DATA_BASE = 16
"""Where static data begins; no text or list of a run has the address 0."""

_SPARE = 64 * 1024
"""Bytes of memory beyond the static data with which a module starts, so that most runs need not ask for more."""


_GROWING = ("texts_join", "list_with")
"""The parts that leave room behind what they make."""


@dataclass(frozen=True, slots=True)
class WasmModule:
    """A compiled plan. The same plan always gives the same bytes."""

    bytes: bytes
    layout: Layout


def compile_wasm(plan: Plan) -> WasmModule:
    """Compiles all functions of a plan."""
    text, layout = module_text(plan)
    return WasmModule(bytes(wasmtime.wat2wasm(text)), layout)


def module_text(plan: Plan) -> tuple[str, Layout]:
    """The module of a plan in WebAssembly's text format, and its layout."""
    module = ModuleParts(plan.functions, StaticData(_DATA_BASE))
    layouts = {function.name: layout_of(function, number) for number, function in enumerate(plan.functions.values())}
    written = [_function(function, module) for function in plan.functions.values()]
    grows = any(f"call ${part}" in text for text in written for part in _GROWING)
    exported = [_run(number, layout, grows) for number, layout in enumerate(layouts.values())]
    exported += [f'(export "{name}" (global ${name}))' for name in ("place", "left")]
    linked = link("\n".join([*module.extra.values(), *written, *exported]), module.data, TABLES)
    heap_base = -(-(_DATA_BASE + len(module.data.content)) // 16) * 16
    pages = -(-(heap_base + _SPARE) // 65536)
    text = "\n".join(
        [
            "(module",
            '(import "env" "effect" (func $effect (param i32 i32) (result i32)))',
            f'(memory (export "memory") {pages} {MAXIMUM_PAGES})',
            f'(global (export "heap_base") i32 (i32.const {heap_base}))',
            linked,
            module.data.wat(),
            ")",
        ]
    )
    return text, Layout(layouts, heap_base)


def _function(function: Function, module: ModuleParts) -> str:
    writer = FunctionWriter(function, module)
    block(writer, function.body)
    # An output without a value is missing as a whole: no sentence is to blame.
    writer.place = -1
    if any(writer.variable(output.name, output.type).flag for output in function.outputs):
        writer.at_place()
    for output in function.outputs:
        writer.read(output.name, output.type)
    return writer.text()


def _run(number: int, layout: FunctionLayout, grows: bool) -> str:
    """The export that runs a function on many rows; see `layout` for what it is given.

    `grows` says that the module has texts or lists with room behind them, which a new row must not find.
    """
    columns = layout.columns
    inputs = sum(len(value.slots) for value in layout.inputs)
    outputs = sum(len(value.slots) for value in layout.outputs)

    def address(column: int) -> str:
        at = HEADER_BYTES + COLUMN_BYTES * column
        return (
            f"(i32.add (i32.load offset={at} (local.get $block)) "
            f"(i32.mul (local.get $row) (i32.load offset={at + 4} (local.get $block))))"
        )

    def store(column: int, value: str) -> str:
        return f"({columns[column]}.store {address(column)} {value})"

    results = columns[inputs : inputs + outputs]
    fault = inputs + outputs
    keeps = any(forms.has_pointers(value.type) for value in layout.outputs)
    return "\n".join(
        [
            f'(func (export "{layout.export}") (param $block i32) (param $row i32) (param $rows i32) (result i32)',
            "(local $arena i32) (local $start i32)",
            *(f"(local $r{index} {kind})" for index, kind in enumerate(results)),
            "(global.set $now (i64.load (local.get $block)))",
            "(global.set $today (i32.load offset=16 (local.get $block)))",
            "(local.set $arena (i32.load offset=20 (local.get $block)))",
            "(global.set $free (local.get $arena))",
            "(block $done (loop $next",
            "(br_if $done (i32.ge_u (local.get $row) (local.get $rows)))",
            "(local.set $start (global.get $free))",
            f"(global.set $row_end (i32.add (local.get $start) (i32.const {ROW_MEMORY})))",
            "(global.set $fault (i32.const 0))",
            "(global.set $place (i32.const -1))",
            "(global.set $text_address (i32.const 0))",
            "(global.set $text_bytes (i32.const 0))",
            "(global.set $grown (i32.const 0))" if grows else "",
            "(global.set $left (i64.load offset=8 (local.get $block)))",
            *(f"({columns[index]}.load {address(index)})" for index in range(inputs)),
            f"(call $f{number})",
            *(f"(local.set $r{index})" for index in reversed(range(outputs))),
            *(store(inputs + index, f"(local.get $r{index})") for index in range(outputs)),
            store(fault, "(global.get $fault)"),
            store(fault + 1, "(select (global.get $place) (i32.const -1) (global.get $fault))"),
            store(fault + 2, "(global.get $text_address)"),
            store(fault + 3, "(global.get $text_bytes)"),
            store(fault + 4, "(i64.sub (i64.load offset=8 (local.get $block)) (global.get $left))"),
            "(local.set $row (i32.add (local.get $row) (i32.const 1)))",
            # What a row made is kept when its results point there, else the next row may have the memory.
            f"(if {_keep(keeps)}",
            "(then (br_if $done (i32.gt_u (i32.sub (global.get $free) (local.get $arena)) "
            "(i32.load offset=24 (local.get $block)))))",
            "(else (global.set $free (local.get $start))))",
            "(br $next)))",
            "(local.get $row))",
        ]
    )


def _keep(outputs_point: bool) -> str:
    """Whether the results of a row point to memory that it made: an output may, or the text of a stop does."""
    text = "(i32.ge_u (global.get $text_address) (local.get $arena))"
    if not outputs_point:
        return text
    return f"(i32.or {text} (i32.eqz (global.get $fault)))"
