"""Values as Arrow columns and back: the types that `runtime.engine` takes and gives, one row for one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from compiler.plan import Function, Parameter, Value
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

LONGEST_DECIMALS = 18
"""How many digits a number in a column may have after the point; and before it, 20."""

WIDTH = 38
_LARGEST = Decimal(10) ** (WIDTH - LONGEST_DECIMALS)


class DoesNotFit(Exception):
    """A number has too many digits before or after its point for a column; it has to be run by itself."""


def arrow_type(type_: Type, scale: int = 0) -> pa.DataType:
    """The Arrow type of a column of values of a type; numbers have `scale` digits after the point."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return pa.int64()
        case NumberType():
            return pa.decimal128(WIDTH, scale)
        case TextType() | ChoiceType():
            return pa.string()
        case YesNoType():
            return pa.bool_()
        case DateType():
            return pa.date32()
        case TimeType():
            return pa.time32("s")
        case MomentType():
            return pa.timestamp("us", tz="UTC")
        case ListType(item):
            return pa.list_(arrow_type(item, scale))
        case RecordType(_, fields):
            return pa.struct([pa.field(field.name, arrow_type(field.type, scale)) for field in fields])
        case OptionalType(of):
            return arrow_type(of, scale)


def is_decimal(type_: Type) -> bool:
    """Whether values of the type are decimals (any number but a whole one)."""
    return isinstance(type_, NumberType) and type_.kind is not NumberKind.WHOLE


def column(values: Sequence[Value], type_: Type) -> pa.Array:
    """The values as one column. Raises DoesNotFit when a number in them does not fit in any column."""
    return pa.array(values, arrow_type(type_, scale_of(values)))


def table(parameters: Iterable[Parameter], rows: Sequence[Mapping[str, Value]]) -> pa.Table:
    """Rows of values as a table with a column for each parameter. Raises DoesNotFit."""
    return pa.table({each.name: column([row[each.name] for row in rows], each.type) for each in parameters})


def outputs(function: Function, results: pa.Table) -> list[dict[str, Value]]:
    """The outputs of each row of what `run_columns` gave; those of a row that stopped are None."""
    lists = {each.name: values_of(results.column(each.name), each.type) for each in function.outputs}
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def values_of(array: pa.Array | pa.ChunkedArray, type_: Type) -> list[Any]:
    """The values of a column as `compiler.types` has them."""
    found = array.to_pylist()
    return [None if value is None else _value(value, type_) for value in found]


def _value(value: Any, type_: Type) -> Value:
    match type_:
        case OptionalType(of):
            return None if value is None else _value(value, of)
        case ListType(item):
            return tuple(_value(each, item) for each in value)
        case RecordType(_, fields):
            return {field.name: _value(value[field.name], field.type) for field in fields}
        case NumberType(kind=kind) if kind is not NumberKind.WHOLE:
            return _shortest(value)
        case _:
            return value


def _shortest(number: Decimal) -> Decimal:
    """The same number without zeros at its end; they come from the scale that the whole column shares."""
    sign, digits, exponent = number.as_tuple()
    places = -exponent if isinstance(exponent, int) else 0
    zeros = 0
    while zeros < places and zeros < len(digits) and digits[-1 - zeros] == 0:
        zeros += 1
    if zeros == len(digits) and digits:
        return Decimal(0)
    return Decimal((sign, digits[: len(digits) - zeros], -(places - zeros)))


def scale_of(values: Any) -> int:
    """The digits after the point that the longest decimal in (nested) values has. Raises DoesNotFit."""
    if isinstance(values, Decimal):
        exponent = values.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -LONGEST_DECIMALS or abs(values) >= _LARGEST:
            raise DoesNotFit
        return max(0, -exponent)
    if isinstance(values, dict):
        return max((scale_of(each) for each in values.values()), default=0)
    if isinstance(values, (list, tuple)):
        return max((scale_of(each) for each in values), default=0)
    return 0
