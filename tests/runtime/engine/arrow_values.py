"""Values of the language as Arrow arrays, and back, one by one: slow and plain, to check the engine's columns against."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from compiler.plan import Value
from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)


def numbers_in(value: Value) -> list[Decimal]:
    """All decimals in a value."""
    if isinstance(value, Decimal):
        return [value]
    inner: list[Any] = list(value) if isinstance(value, tuple) else []
    if isinstance(value, dict):
        inner = list(value.values())
    return [number for one in inner for number in numbers_in(one)]


def fits(values: Sequence[Value]) -> bool:
    """Whether all decimals can be in one column: fewer than 39 digits with the decimals of all."""
    numbers = [number for value in values for number in numbers_in(value)]
    return all(number.as_tuple().exponent >= -38 and number.adjusted() < 0 for number in numbers) or all(
        number.as_tuple().exponent >= -16 and number.adjusted() < 20 for number in numbers
    )


def arrow_type(type_: Type, scale: int) -> pa.DataType:
    """The Arrow type of a column."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return pa.int64()
        case NumberType():
            return pa.decimal128(38, scale)
        case TextType() | ChoiceType():
            return pa.string()
        case YesNoType():
            return pa.bool_()
        case DateType():
            return pa.date32()
        case TimeType():
            return pa.time32("s")
        case MomentType():
            return pa.timestamp("us", "UTC")
        case ListType(item=item):
            return pa.list_(arrow_type(item, scale))
        case RecordType(fields=fields):
            return pa.struct([pa.field(field.name, arrow_type(field.type, scale)) for field in fields])
        case OptionalType(of=of):
            return arrow_type(of, scale)


def column(values: Sequence[Value], type_: Type) -> pa.Array:
    """Values as an Arrow array."""
    numbers = [number for value in values for number in numbers_in(value)]
    scale = max([0, *(-int(number.as_tuple().exponent) for number in numbers)])
    return pa.array(list(values), arrow_type(type_, scale))


def plain(value: Any) -> Any:
    """A value from Arrow as the language has it: lists are tuples."""
    if isinstance(value, list):
        return tuple(plain(one) for one in value)
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value
