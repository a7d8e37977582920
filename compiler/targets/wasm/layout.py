"""What a host must know to run a module: its functions, and the block of memory through which they are called.

Each function has an export `run_N(block, first, rows) -> next`. The host writes a *block* into memory, at an address
of its choice (a multiple of 8) from `heap_base` on, and calls it; rows `first` to `next - 1` have then been run. `next`
is less than `rows` when what the rows made in memory has to be taken away first: the host reads the results so far and
calls again with `first = next`. The block, little-endian:

    0   i64  now: microseconds since 1970 in UTC
    8   i64  how many operations a row may execute
    16  i32  today: days since 1970
    20  i32  arena: address (a multiple of 8) from which on the module may use the memory as it likes
    24  i32  after how many bytes made by rows together `run_N` returns early
    28  i32  0
    32       for each column an i32 address and an i32 stride: row r is at address + r * stride.

The columns are first one for each slot of each input, then one for each slot of each output, then fault (i32, 0 or the
number of a `plan.Fault`), place (i32), text (i32 address, and i32 bytes in its own column) and operations (i64).
`forms` says what slots are. A stride of 0 gives all rows the same input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.plan import Function
from compiler.targets.wasm import forms
from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)

LAYOUT_VERSION = 1
"""Changes whenever a host would have to do something else."""

HEADER_BYTES = 32
COLUMN_BYTES = 8
RESULT_COLUMNS = ("fault", "place", "text address", "text bytes", "operations")
RESULT_SLOTS = ("i32", "i32", "i32", "i32", "i64")

ROW_MEMORY = 64 * 2**20
"""How many bytes one run may make, compiled in; beyond that it stops with `Fault.MEMORY`."""

MAXIMUM_PAGES = 8192
"""The largest memory of a module, in pages of 64 KiB: half a GiB, for long columns."""


@dataclass(frozen=True, slots=True)
class Value:
    """An input or output: its name, its type and the WebAssembly types of its slots."""

    name: str
    type: Type
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionLayout:
    """A function of the plan and the export that runs it."""

    name: str
    export: str
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The WebAssembly types of the columns of the block, in order."""
        values = (*self.inputs, *self.outputs)
        return (*(slot for value in values for slot in value.slots), *RESULT_SLOTS)

    @property
    def block_bytes(self) -> int:
        """The size of the block."""
        return HEADER_BYTES + COLUMN_BYTES * len(self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """All functions of a module by name. Texts of constants lie below `heap_base`."""

    functions: dict[str, FunctionLayout]
    heap_base: int
    version: int = LAYOUT_VERSION

    def to_json(self) -> dict[str, Any]:
        """The same as plain data, for a host in another language."""
        return {
            "version": self.version,
            "heap_base": self.heap_base,
            "row_memory": ROW_MEMORY,
            "functions": [
                {
                    "name": function.name,
                    "export": function.export,
                    "inputs": [_value_json(value) for value in function.inputs],
                    "outputs": [_value_json(value) for value in function.outputs],
                }
                for function in self.functions.values()
            ],
        }


def layout_of(function: Function, number: int) -> FunctionLayout:
    """The layout of the function with this number in its plan."""

    def values(parameters: tuple[Any, ...]) -> tuple[Value, ...]:
        return tuple(Value(one.name, one.type, forms.slots(one.type)) for one in parameters)

    return FunctionLayout(function.name, f"run_{number}", values(function.inputs), values(function.outputs))


def _value_json(value: Value) -> dict[str, Any]:
    return {"name": value.name, "slots": list(value.slots), "type": type_json(value.type)}


def type_json(type_: Type) -> dict[str, Any]:
    """A type as plain data, with the size of its memory form in bytes."""
    match type_:
        case NumberType(kind=kind, unit=unit):
            said: dict[str, Any] = {"is": kind.value, "unit": unit}
        case TextType():
            said = {"is": "text"}
        case YesNoType():
            said = {"is": "yes/no"}
        case DateType():
            said = {"is": "date"}
        case TimeType():
            said = {"is": "time"}
        case MomentType():
            said = {"is": "moment"}
        case ChoiceType(options=options):
            said = {"is": "choice", "options": list(options)}
        case ListType(item=item):
            said = {"is": "list", "item": type_json(item)}
        case RecordType(name=name, fields=fields):
            said = {
                "is": "record",
                "name": name,
                "fields": [
                    {"name": field.name, "offset": forms.field_offset(type_, field.name), "type": type_json(field.type)}
                    for field in fields
                ],
            }
        case OptionalType(of=of):
            said = {"is": "optional", "of": type_json(of)}
    return said | {"bytes": forms.size(type_)}
