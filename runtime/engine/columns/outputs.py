"""The slots that a module gave, a whole column at a time, as Arrow arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

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
from runtime.engine.columns.numbers import beyond, decimal_array, smallest_scale

Array = np.ndarray[Any, Any]


def is_decimal(type_: Type) -> bool:
    """Whether values are held as decimals (all numbers but whole ones)."""
    return isinstance(type_, NumberType) and forms.slots(type_) != ("i64",)


def array_of(slots: list[Array], type_: Type, memory: Array, missing: Array | None = None) -> pa.Array:
    """The Arrow array of slots. `memory` is the module's memory; rows in `missing` are null, whatever their slots.

    Everything is copied out of the memory. Decimals have the smallest scale that holds them.
    """
    match type_:
        case OptionalType(of=of):
            gone = slots[0] == 0
            return array_of(slots[1:], of, memory, gone if missing is None else gone | missing)
        case NumberType() if is_decimal(type_):
            values, exponents = slots
            if missing is not None:
                values, exponents = np.where(missing, 0, values), np.where(missing, 0, exponents)
            return decimal_array(values, exponents, smallest_scale(values, exponents), missing)
        case NumberType():
            return _fixed(pa.int64(), slots[0], missing)
        case YesNoType():
            return pa.array(slots[0].astype(bool), pa.bool_(), mask=missing)
        case DateType():
            return _fixed(pa.date32(), slots[0], missing)
        case TimeType():
            return _fixed(pa.time32("s"), slots[0], missing)
        case MomentType():
            return _fixed(pa.timestamp("us", "UTC"), slots[0], missing)
        case ChoiceType(options=options):
            numbers = slots[0] if missing is None else np.where(missing, 0, slots[0])
            return pa.array(options, pa.string()).take(pa.array(numbers, pa.int32(), mask=missing))
        case TextType():
            return texts(slots[0], slots[1], memory, missing)
        case ListType(item=item):
            return _lists(slots[0], slots[1], item, memory, missing)
        case RecordType():
            width = forms.size(type_)
            lengths = np.full(len(slots[0]), width, np.int64)
            if missing is not None:
                lengths[missing] = 0
            content = np.zeros((len(slots[0]), width), np.uint8)
            kept = lengths > 0
            content[kept] = gather(slots[0], lengths, memory).reshape(-1, width)
            return _records(content, type_, memory, missing)


def rows_beyond(slots: list[Array], type_: Type, memory: Array, missing: Array | None) -> Array | None:
    """Which rows have a number, however deep inside, with more digits than a column can hold; None when none has."""
    match type_:
        case OptionalType(of=of):
            gone = slots[0] == 0
            return rows_beyond(slots[1:], of, memory, gone if missing is None else gone | missing)
        case NumberType() if is_decimal(type_):
            found = beyond(slots[0], slots[1])
            return found if found is None or missing is None else found & ~missing
        case ListType(item=item):
            counts = _lengths(slots[1], missing)
            width = forms.size(item)
            content = gather(slots[0], counts * width, memory).reshape(-1, width)
            inside = _items_beyond(content, item, memory)
            if inside is None:
                return None
            before = np.concatenate([[0], np.cumsum(inside)])
            ends = np.cumsum(counts)
            return before[ends] > before[ends - counts]
        case RecordType():
            counts = _lengths(np.ones(len(slots[0])), missing)
            width = forms.size(type_)
            inside = _items_beyond(gather(slots[0], counts * width, memory).reshape(-1, width), type_, memory)
            if inside is None:
                return None
            rows = np.zeros(len(counts), bool)
            rows[counts > 0] = inside
            return rows
        case _:
            return None


def _items_beyond(content: Array, type_: Type, memory: Array) -> Array | None:
    if isinstance(type_, RecordType):
        found: Array | None = None
        offset = 0
        for field in type_.fields:
            width = forms.size(field.type)
            inside = _items_beyond(content[:, offset : offset + width], field.type, memory)
            if inside is not None:
                found = inside if found is None else found | inside
            offset += width
        return found
    if isinstance(type_, OptionalType) and isinstance(type_.of, RecordType):
        inside = _items_beyond(content[:, 8:], type_.of, memory)
        return None if inside is None else inside & (_column(content, 0, "i32") != 0)
    slots = [_column(content, offset, kind) for kind, offset in forms.offsets(type_)]
    return rows_beyond(slots, type_, memory, None)


def _lengths(lengths: Array, missing: Array | None) -> Array:
    lengths = lengths.astype(np.int64)
    if missing is not None:
        lengths[missing] = 0
    return lengths


def _mask(missing: Array | None) -> pa.Buffer | None:
    if missing is None or not missing.any():
        return None
    return pa.py_buffer(np.packbits(~missing, bitorder="little"))


def _fixed(type_: pa.DataType, values: Array, missing: Array | None) -> pa.Array:
    return pa.Array.from_buffers(type_, len(values), [_mask(missing), pa.py_buffer(np.array(values))])


def gather(addresses: Array, lengths: Array, memory: Array) -> Array:
    """The bytes at these addresses, one piece after the other."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.uint8)
    starts = np.cumsum(lengths) - lengths
    return memory[np.repeat(addresses.astype(np.int64) - starts, lengths) + np.arange(total)]


def texts(addresses: Array, lengths: Array, memory: Array, missing: Array | None) -> pa.Array:
    """Texts of UTF-8 in memory."""
    lengths = _lengths(lengths, missing)
    content = gather(addresses, lengths, memory)
    large = len(content) >= 2**31
    offsets = np.zeros(len(lengths) + 1, np.int64 if large else np.int32)
    np.cumsum(lengths, out=offsets[1:])
    type_ = pa.large_string() if large else pa.string()
    return pa.Array.from_buffers(type_, len(lengths), [_mask(missing), pa.py_buffer(offsets), pa.py_buffer(content)])


def _lists(addresses: Array, counts: Array, item: Type, memory: Array, missing: Array | None) -> pa.Array:
    counts = _lengths(counts, missing)
    width = forms.size(item)
    content = gather(addresses, counts * width, memory).reshape(-1, width)
    items = _items(content, item, memory)
    offsets = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=offsets[1:])
    return pa.Array.from_buffers(
        pa.list_(items.type), len(counts), [_mask(missing), pa.py_buffer(offsets)], children=[items]
    )


def _items(content: Array, type_: Type, memory: Array, missing: Array | None = None) -> pa.Array:
    """The values whose memory forms are the rows of an array of bytes."""
    if isinstance(type_, RecordType):
        return _records(content, type_, memory, missing)
    if isinstance(type_, OptionalType) and isinstance(type_.of, RecordType):
        gone = _column(content, 0, "i32") == 0
        return _records(content[:, 8:], type_.of, memory, gone if missing is None else gone | missing)
    slots = [_column(content, offset, kind) for kind, offset in forms.offsets(type_)]
    return array_of(slots, type_, memory, missing)


def _records(content: Array, type_: RecordType, memory: Array, missing: Array | None) -> pa.Array:
    children = []
    offset = 0
    for field in type_.fields:
        width = forms.size(field.type)
        children.append(_items(content[:, offset : offset + width], field.type, memory, missing))
        offset += width
    fields = [pa.field(field.name, child.type) for field, child in zip(type_.fields, children, strict=True)]
    return pa.Array.from_buffers(pa.struct(fields), len(content), [_mask(missing)], children=children)


def _column(content: Array, offset: int, kind: str) -> Array:
    width = 8 if kind == "i64" else 4
    part = np.ascontiguousarray(content[:, offset : offset + width])
    return part.reshape(-1).view("<i8" if kind == "i64" else "<i4")
