"""Columns of numbers: Arrow's decimals of one scale and decimals of any exponent, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from compiler.decimals import DIGITS, WHOLE_LIMIT
from runtime.engine.columns.room import Room

Array = np.ndarray[Any, Any]

_POWERS = 10 ** np.arange(DIGITS + 1, dtype=np.int64)
_LIMITS = np.int64(2**63 - 1) // _POWERS
_LARGEST = np.int64(WHOLE_LIMIT - 1)
_SAMPLE = 256

MOST_PLACES = 38
"""The most digits before the point, and after it, of a number in a column. So all numbers of a column fit in one
decimal256 together, and whether a row can be held never depends on the other rows."""


def whole_numbers(array: pa.Array) -> tuple[Array, Array | None]:
    """The values of an integer array, and which have 19 digits or more."""
    if not pa.types.is_integer(array.type):
        raise TypeError(f"a column of whole numbers has the type int64, not {array.type}")
    if pa.types.is_uint64(array.type):
        raise TypeError("a column of whole numbers has the type int64, not uint64")
    if array.type != pa.int64():
        array = array.cast(pa.int64())
    values = _fixed(array, np.int64, 1)
    return values, _too_long(values)


def _fixed(array: pa.Array, dtype: type, width: int) -> Array:
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(len(array) * width, dtype)
    return np.frombuffer(data, dtype)[array.offset * width : (array.offset + len(array)) * width]


def _too_long(values: Array) -> Array | None:
    if not len(values) or (values.min() >= -_LARGEST and values.max() <= _LARGEST):
        return None
    return (values < -_LARGEST) | (values > _LARGEST)


def coefficients(array: pa.Array) -> tuple[Array, Array | int, Array | None]:
    """Coefficients and exponents of a column of numbers, and which have more than 18 significant digits."""
    if pa.types.is_integer(array.type):
        values, bad = whole_numbers(array)
        return values, 0, bad
    if not pa.types.is_decimal128(array.type):
        raise TypeError(f"a column of numbers has the type decimal128 or int64, not {array.type}")
    scale = array.type.scale
    pairs = _fixed(array, np.int64, 2).reshape(-1, 2)
    low, high = pairs[:, 0], pairs[:, 1]
    values = np.ascontiguousarray(low)
    wide = (values >> 63) != high
    if not wide.any():
        long = _too_long(values)
        if long is None:
            return values, -scale, None
        wide = long
    else:
        wide |= (values < -_LARGEST) | (values > _LARGEST)
    return _shortened(values, low, high, wide, scale)


def _shortened(values: Array, low: Array, high: Array, wide: Array, scale: int) -> tuple[Array, Array, Array | None]:
    """The same when some coefficients have 19 digits or more: these lose their trailing zeros, or are refused."""
    values = values.copy()
    exponents = np.full(len(values), -scale, np.int32)
    bad = np.zeros(len(values), bool)
    for index in np.flatnonzero(wide).tolist():
        coefficient = (int(high[index]) << 64) | (int(low[index]) & (2**64 - 1))
        exponent = -scale
        while coefficient % 10 == 0 and abs(coefficient) >= WHOLE_LIMIT:
            coefficient //= 10
            exponent += 1
        if abs(coefficient) >= WHOLE_LIMIT:
            bad[index] = True
            coefficient = exponent = 0
        values[index], exponents[index] = coefficient, exponent
    return values, exponents, bad


def beyond(values: Array, exponents: Array) -> Array | None:
    """Which numbers have more digits before or after the point than a column may have; None when there are none."""
    if not len(values) or (exponents.max() <= MOST_PLACES - DIGITS and exponents.min() >= -MOST_PLACES):
        return None
    digits = np.searchsorted(_POWERS, np.abs(values), side="right")
    found = digits + exponents > MOST_PLACES
    small = exponents < -MOST_PLACES
    drop = np.where(small, -MOST_PLACES - exponents, 0)
    found |= (drop > DIGITS) | (small & (values % _POWERS[np.minimum(drop, DIGITS)] != 0))
    found &= values != 0
    return found if found.any() else None


def smallest_scale(values: Array, exponents: Array) -> int:
    """The fewest decimals with which all numbers are exact."""
    if not len(values):
        return 0
    while (lowest := int(exponents.min())) < 0:
        at = np.flatnonzero(exponents == lowest)
        # Most columns have a number that needs all its decimals among the first few.
        if (values[at[:_SAMPLE]] % 10).any() or (values[at] % 10).any():
            return -lowest
        values, exponents = values.copy(), exponents.copy()
        zero = values[at] == 0
        values[at] //= 10
        exponents[at] += 1
        exponents[at[zero]] = 0
    return 0


@dataclass(frozen=True, slots=True)
class Decimals:
    """Part of a column of numbers, as decimals of the smallest scale for this part: all parts decide one together."""

    array: pa.Array
    scale: int
    wide: tuple[Array, Array] | None
    """Coefficients and exponents, where the array's own coefficients do not all fit in 64 bits."""

    def at_scale(self, scale: int, missing: Array | None) -> pa.Array:
        """The same numbers at a scale that is not smaller; null where `missing`."""
        if self.wide is not None:
            return decimal_array(*self.wide, scale, missing)
        if scale == self.scale:
            return self.array
        values = _fixed(self.array, np.int64, 2)[::2]
        return decimal_array(values, np.full(len(values), -self.scale, np.int32), scale, missing)


def decimals_of(values: Array, exponents: Array, missing: Array | None, room: Room) -> Decimals:
    """Numbers as part of a column, null where `missing`. None of them is `beyond`."""
    scale = smallest_scale(values, exponents)
    narrow = _at_scale(values, exponents, scale)
    if narrow is None:
        return Decimals(pa.nulls(len(values)), scale, (values.copy(), exponents.copy()))
    return Decimals(_narrow_array(narrow, scale, missing, room), scale, None)


def decimal_array(values: Array, exponents: Array, scale: int, missing: Array | None) -> pa.Array:
    """The numbers as decimals of a scale at which all are exact; decimal256 if one needs more than 38 digits."""
    narrow = _at_scale(values, exponents, scale)
    if narrow is not None:
        return _narrow_array(narrow, scale, missing, Room(0))
    kept, shift = _without_zeros(values, np.where(values == 0, 0, exponents + np.int32(scale)))
    whole = [coefficient * 10**zeros for coefficient, zeros in zip(kept.tolist(), shift.tolist(), strict=True)]
    wide = max(abs(one) for one in whole) >= 10**38
    size = 32 if wide else 16
    content = np.frombuffer(b"".join(one.to_bytes(size, "little", signed=True) for one in whole), np.uint8)
    type_ = pa.decimal256(76, scale) if wide else pa.decimal128(38, scale)
    return _from_bytes(type_, content.reshape(-1, size), missing)


def _at_scale(values: Array, exponents: Array, scale: int) -> Array | None:
    """Coefficients at a scale at which all numbers are exact; None when they do not all fit in 64 bits."""
    shift = exponents + np.int32(scale)
    if not shift.any():
        return values
    shift[values == 0] = 0
    if shift.min(initial=0) < 0:
        values, shift = _without_zeros(values, shift)
    if shift.max(initial=0) > DIGITS or (np.abs(values) > _LIMITS[shift]).any():
        return None
    return values * _POWERS[shift]


def _without_zeros(values: Array, shift: Array) -> tuple[Array, Array]:
    """Numbers with more decimals than the scale: these are zeros, and are dropped."""
    drop = np.minimum(np.maximum(-shift, 0), DIGITS)
    return values // _POWERS[drop], np.maximum(shift, 0)


def _narrow_array(coefficients: Array, scale: int, missing: Array | None, room: Room) -> pa.Array:
    pairs = room.take(2 * len(coefficients), np.int64).reshape(-1, 2)
    pairs[:, 0] = coefficients
    np.right_shift(coefficients, 63, out=pairs[:, 1])
    return _from_bytes(pa.decimal128(38, scale), pairs, missing)


def _from_bytes(type_: pa.DataType, content: Array, missing: Array | None) -> pa.Array:
    mask = None
    if missing is not None and missing.any():
        mask = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(type_, len(content), [mask, pa.py_buffer(content)])
