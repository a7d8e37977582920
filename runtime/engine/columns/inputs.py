"""Arrow arrays as the slots and memory forms of a module (`compiler.targets.wasm.forms`), a whole array at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
from runtime.engine.columns.numbers import coefficients, whole_numbers

Array = np.ndarray[Any, Any]

_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_FIRST_MOMENT, _LAST_MOMENT = _FIRST_DAY * 86_400_000_000, (_LAST_DAY + 1) * 86_400_000_000 - 1


class InputsTooLarge(Exception):
    """Inputs do not fit in the memory of a module."""


class Heap:
    """What slots point to, put one after the other into memory from `start` on, up to `last`."""

    def __init__(self, start: int, last: int) -> None:
        self.end = start
        self._last = last
        self.pieces: list[tuple[int, Array]] = []

    def put(self, content: Array) -> int:
        """The address (a multiple of 8) at which bytes will be."""
        address = self.end
        self.check(content.nbytes)
        flat = np.ascontiguousarray(content).view(np.uint8).reshape(-1)
        if len(flat):
            self.pieces.append((address, flat))
        self.end = -(-(address + len(flat)) // 8) * 8
        return address

    def check(self, size: int) -> None:
        """Raises InputsTooLarge when there is no room for so many bytes."""
        if self.end + size > self._last:
            raise InputsTooLarge


@dataclass(slots=True)
class Slots:
    """The slots of an array: for each an array, or one number for all rows; and which rows are not of the type."""

    slots: list[Array | int]
    bad: Array | None = None

    def refuse(self, bad: Array) -> None:
        """Adds rows that are not of the type."""
        if bad.any():
            self.bad = bad if self.bad is None else self.bad | bad


def weight(array: pa.Array, type_: Type) -> int:
    """About how many bytes of memory an array takes in a module."""
    of = type_.of if isinstance(type_, OptionalType) else type_
    if isinstance(of, RecordType) and pa.types.is_struct(array.type):
        return sum(
            weight(array.field(index), field.type) for index, field in enumerate(of.fields[: array.type.num_fields])
        )
    own = len(array) * 32
    if isinstance(of, TextType) and pa.types.is_dictionary(array.type):
        return own + weight(array.dictionary, of)
    if isinstance(of, TextType | ListType):
        large = pa.types.is_large_string(array.type) or pa.types.is_large_list(array.type)
        if large or pa.types.is_string(array.type) or pa.types.is_list(array.type):
            offsets = _offsets(array, large)
            first, last = int(offsets[0]), int(offsets[-1])
            inside = last - first
            if isinstance(of, ListType):
                inside = weight(array.values.slice(first, last - first), of.item)
            return own + inside
    return own


def slots_of(array: pa.Array, type_: Type, heap: Heap) -> Slots:
    """The slots of an Arrow array. Raises TypeError when its Arrow type does not fit."""
    if isinstance(type_, OptionalType):
        inner = _present(array, type_.of, heap)
        present: Array | int = 1
        if array.null_count:
            valid = array.is_valid().to_numpy(zero_copy_only=False)
            present = valid.astype(np.int32)
            inner.slots = [_where(valid, slot) for slot in inner.slots]
            if inner.bad is not None:
                inner.bad = inner.bad & valid
        return Slots([present, *inner.slots], inner.bad)
    found = _present(array, type_, heap)
    if array.null_count:
        valid = array.is_valid().to_numpy(zero_copy_only=False)
        found.slots = [_where(valid, slot) for slot in found.slots]
        found.refuse(~valid)
    if found.bad is not None:
        # Such rows are run with nothing in them, and their results are not looked at.
        found.slots = [_where(~found.bad, slot) for slot in found.slots]
    return found


def _where(valid: Array, slot: Array | int) -> Array:
    zero = np.int64(0) if isinstance(slot, int) else slot.dtype.type(0)
    return np.where(valid, slot, zero)


def _present(array: pa.Array, type_: Type, heap: Heap) -> Slots:
    """The slots, whatever they are where the array is null."""
    for kind, encode in _ENCODERS.items():
        if isinstance(type_, kind):
            return encode(array, type_, heap)
    raise TypeError(f"{type_} is not a type of columns")


def _ranged(array: pa.Array, low: int, high: int, dtype: type) -> Slots:
    values = _numpy(array, dtype)
    found = Slots([values])
    if len(values) and (values.min() < low or values.max() > high):
        found.refuse((values < low) | (values > high))
    return found


def _numpy(array: pa.Array, dtype: type) -> Array:
    """The values of a fixed-width array without looking at nulls."""
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(len(array), dtype)
    return np.frombuffer(data, dtype)[array.offset : array.offset + len(array)]


def _number(array: pa.Array, type_: Type, _heap: Heap) -> Slots:
    if forms.slots(type_) == ("i64",):
        values, bad = whole_numbers(array)
        found = Slots([values])
    else:
        values, exponents, bad = coefficients(array)
        found = Slots([values, exponents])
    if bad is not None:
        found.refuse(bad)
    return found


def _yes_no(array: pa.Array, _type: Type, _heap: Heap) -> Slots:
    if not pa.types.is_boolean(array.type):
        raise TypeError(f"a yes/no column has the type bool, not {array.type}")
    return Slots([_numpy(pc.cast(array, pa.int32()), np.int32)])


def _date(array: pa.Array, _type: Type, _heap: Heap) -> Slots:
    if not pa.types.is_date32(array.type):
        raise TypeError(f"a column of dates has the type date32, not {array.type}")
    return _ranged(array, _FIRST_DAY, _LAST_DAY, np.int32)


def _time(array: pa.Array, _type: Type, _heap: Heap) -> Slots:
    if array.type != pa.time32("s"):
        raise TypeError(f"a column of times has the type time32[s], not {array.type}")
    return _ranged(array, 0, 86_399, np.int32)


def _moment(array: pa.Array, _type: Type, _heap: Heap) -> Slots:
    if not pa.types.is_timestamp(array.type) or array.type.tz is None:
        raise TypeError(f"a column of moments has the type timestamp[us, tz=UTC], not {array.type}")
    if array.type.unit != "us":
        array = array.cast(pa.timestamp("us", array.type.tz))
    return _ranged(array, _FIRST_MOMENT, _LAST_MOMENT, np.int64)


def _choice(array: pa.Array, type_: Type, _heap: Heap) -> Slots:
    assert isinstance(type_, ChoiceType)
    options = pa.array(type_.options, pa.string())
    if pa.types.is_dictionary(array.type):
        places = pc.index_in(array.dictionary.cast(pa.string()), options)
        numbers = places.take(array.indices)
    else:
        numbers = pc.index_in(array.cast(pa.string()), options)
    found = Slots([_numpy(numbers.fill_null(0), np.int32)])
    unknown = numbers.is_null().to_numpy(zero_copy_only=False) & array.is_valid().to_numpy(zero_copy_only=False)
    found.refuse(unknown)
    return found


def _offsets(array: pa.Array, large: bool) -> Array:
    dtype = np.int64 if large else np.int32
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(len(array) + 1, dtype)
    return np.frombuffer(data, dtype)[array.offset : array.offset + len(array) + 1]


def _text(array: pa.Array, type_: Type, heap: Heap) -> Slots:
    if pa.types.is_dictionary(array.type):
        # Each text is put into memory once, however many rows have it.
        indices = _numpy(array.indices.cast(pa.int64()).fill_null(0), np.int64)
        if not len(array.dictionary):
            return Slots([0, 0])
        return Slots([cast(Array, slot)[indices] for slot in _text(array.dictionary, type_, heap).slots])
    large = pa.types.is_large_string(array.type)
    if not large and not pa.types.is_string(array.type):
        raise TypeError(f"a column of texts has the type string, not {array.type}")
    offsets = _offsets(array, large)
    first, last = int(offsets[0]), int(offsets[-1])
    data = array.buffers()[2]
    content = np.frombuffer(data, np.uint8)[first:last] if data is not None else np.zeros(0, np.uint8)
    start = heap.put(content)
    addresses = (offsets[:-1] + (start - first)).astype(np.int32, copy=False)
    return Slots([addresses, np.diff(offsets).astype(np.int32, copy=False)])


def _list(array: pa.Array, type_: Type, heap: Heap) -> Slots:
    assert isinstance(type_, ListType)
    large = pa.types.is_large_list(array.type)
    if not large and not pa.types.is_list(array.type):
        raise TypeError(f"a column of lists has the type list, not {array.type}")
    offsets = _offsets(array, large)
    first, last = int(offsets[0]), int(offsets[-1])
    items, bad = memory_forms(array.values.slice(first, last - first), type_.item, heap)
    start = heap.put(items)
    addresses = (start + (offsets[:-1] - first).astype(np.int64) * forms.size(type_.item)).astype(np.int32)
    found = Slots([addresses, np.diff(offsets).astype(np.int32, copy=False)])
    if bad is not None:
        before = np.concatenate([[0], np.cumsum(bad)])
        found.refuse(before[offsets[1:] - first] > before[offsets[:-1] - first])
    return found


def _record(array: pa.Array, type_: Type, heap: Heap) -> Slots:
    rows, bad = memory_forms(array, type_, heap, nulls=False)
    start = heap.put(rows)
    return Slots([(start + np.arange(len(array), dtype=np.int64) * forms.size(type_)).astype(np.int32)], bad)


def memory_forms(array: pa.Array, type_: Type, heap: Heap, nulls: bool = True) -> tuple[Array, Array | None]:
    """The memory forms of an array, as bytes of shape (items, size), and which items are not of the type."""
    heap.check(len(array) * forms.size(type_))
    made = np.zeros((len(array), forms.size(type_)), np.uint8)
    of = type_.of if isinstance(type_, OptionalType) else type_
    if not isinstance(of, RecordType):
        found = slots_of(array, type_, heap)
        for (kind, offset), slot in zip(forms.offsets(type_), found.slots, strict=True):
            _fill(made, offset, kind, slot)
        return made, found.bad
    if not pa.types.is_struct(array.type):
        raise TypeError(f"a column of records has the type struct, not {array.type}")
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    bad: Array | None = None
    offset = 0
    if of is not type_:
        _fill(made, 0, "i32", valid.astype(np.int32))
        offset = 8
    for field in of.fields:
        index = array.type.get_field_index(field.name)
        if index < 0:
            raise KeyError(field.name)
        width = forms.size(field.type)
        made[:, offset : offset + width], field_bad = memory_forms(array.field(index), field.type, heap)
        if field_bad is not None:
            bad = field_bad if bad is None else bad | field_bad
        offset += width
    if array.null_count:
        made[~valid] = 0
        if of is type_ and nulls:
            bad = ~valid if bad is None else bad | ~valid
        elif bad is not None:
            bad = bad & valid
    return made, bad if bad is not None and bad.any() else None


def _fill(made: Array, offset: int, kind: str, slot: Array | int) -> None:
    dtype = np.dtype("<i8" if kind == "i64" else "<i4")
    values = np.ascontiguousarray(np.broadcast_to(np.asarray(slot, dtype), (len(made),)))
    made[:, offset : offset + dtype.itemsize] = values.view(np.uint8).reshape(len(made), dtype.itemsize)


_ENCODERS: dict[type, Callable[[pa.Array, Any, Heap], Slots]] = {
    NumberType: _number,
    TextType: _text,
    YesNoType: _yes_no,
    DateType: _date,
    TimeType: _time,
    MomentType: _moment,
    ChoiceType: _choice,
    ListType: _list,
    RecordType: _record,
}
