"""From typed columns back to cells: plain numbers, dates and words that spreadsheet programs understand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from compiler.plan import Value
from compiler.types import ChoiceType, DateType, ListType, NumberKind, NumberType, OptionalType, TextType, Type
from compiler.values import show
from runtime.tables.columns import values_of
from runtime.tables.matching import LIST_SEPARATOR


def cells_of(values: pa.Array, type_: Type) -> pa.Array:
    """The values as strings, "" for a null. Numbers have no commas and no unit, percentages have their "%"."""
    match type_:
        case OptionalType(of):
            return cells_of(values, of)
        case TextType() | ChoiceType() | DateType():
            return pc.fill_null(pc.cast(values, pa.string()), "")
        case NumberType(unit="s"):
            return _each(values, type_, lambda value: show(value, type_))
        case NumberType(kind=NumberKind.PERCENTAGE):
            numbers = _numbers(_points(values))
            return pc.if_else(pc.equal(numbers, ""), "", pc.binary_join_element_wise(numbers, "%", ""))
        case NumberType():
            return _numbers(values)
        case ListType(item):
            return _each(values, type_, lambda value: f"{LIST_SEPARATOR} ".join(_cell(each, item) for each in value))
        case _:
            return _each(values, type_, lambda value: show(value, type_))


def _points(values: pa.Array) -> pa.Array:
    """Fractions as percent points: the same digits with the point two places further right."""
    places = values.type.scale
    if places < 2:
        values, places = values.cast(pa.decimal128(values.type.precision, 2)), 2
    wanted = pa.decimal128(values.type.precision, places - 2)
    return pa.Array.from_buffers(wanted, len(values), values.buffers(), values.null_count, values.offset)


def _numbers(values: pa.Array) -> pa.Array:
    """Numbers without zeros after the point and without exponents."""
    text = pc.cast(values, pa.string())
    if pa.types.is_decimal(values.type) and values.type.scale > 0:
        # Arrow writes very small decimals with an exponent, which people do not read.
        if pc.any(pc.match_substring(text, "E")).as_py():
            return pa.array(["" if value is None else _plain(value) for value in values.to_pylist()], pa.string())
        text = pc.ascii_rtrim(pc.ascii_rtrim(text, "0"), ".")
    return pc.fill_null(text, "")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(value: Value, type_: Type) -> str:
    if isinstance(type_, NumberType) and type_.unit != "s":
        if type_.kind is NumberKind.PERCENTAGE:
            return f"{_plain(Decimal(str(value)) * 100)}%"
        return _plain(Decimal(str(value)))
    return show(value, type_)


def _each(values: pa.Array, type_: Type, write: Callable[[Any], str]) -> pa.Array:
    """Writes every different value once where Arrow can tell them apart, else every value."""
    if pa.types.is_nested(values.type):
        return pa.array(["" if value is None else write(value) for value in values_of(values, type_)], pa.string())
    coded = values.dictionary_encode()
    words = ["" if value is None else write(value) for value in values_of(coded.dictionary, type_)]
    return pc.fill_null(pa.array(words, pa.string()).take(coded.indices), "")
