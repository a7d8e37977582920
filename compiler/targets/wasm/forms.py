"""How values of each type lie on the stack and in the memory of a module.

On the stack (and in locals, parameters and columns) a value is a few *slots*, WebAssembly numbers:

    number       i64 coefficient, i32 exponent       yes/no   i32 1 or 0
    whole number i64                                 date     i32 days since 1 January 1970
    text         i32 address, i32 bytes of UTF-8     time     i32 seconds since midnight
    list         i32 address, i32 count of items     moment   i64 microseconds since 1970 in UTC
    record       i32 address of its memory form      choice   i32 number of the option, from 0
    optional     i32 1 when there, then the slots of the value (all 0 when missing)

In memory (items of a list, fields of a record, all little-endian) the slots follow one another, each aligned to its
size; the whole is a multiple of 8 bytes. A record inside another record, list or optional lies in place: its memory
form is the memory forms of its fields one after the other.
"""

from __future__ import annotations

import datetime
import decimal
import struct
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import cast

from compiler.decimals import DIGITS, WHOLE_LIMIT
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

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
EPOCH_DAY = datetime.date(1970, 1, 1).toordinal()
MICROSECOND = datetime.timedelta(microseconds=1)

_EXACT = decimal.Context(prec=40, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)

Place = Callable[[bytes], int]
"""Puts bytes somewhere in memory and says at which address (a multiple of 8)."""

Read = Callable[[int, int], bytes]
"""Reads so many bytes of memory from an address."""


@lru_cache(maxsize=4096)
def slots(type_: Type) -> tuple[str, ...]:
    """The WebAssembly types of the slots of a value."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE) | MomentType():
            return ("i64",)
        case NumberType():
            return ("i64", "i32")
        case TextType() | ListType():
            return ("i32", "i32")
        case OptionalType(of=of):
            return ("i32", *slots(of))
        case _:
            return ("i32",)


@lru_cache(maxsize=4096)
def size(type_: Type) -> int:
    """The bytes of the memory form, a multiple of 8."""
    match type_:
        case RecordType(fields=fields):
            return sum(size(field.type) for field in fields)
        case OptionalType(of=of):
            return 8 + size(of)
        case _:
            return -(-sum(8 if slot == "i64" else 4 for slot in slots(type_)) // 8) * 8


@lru_cache(maxsize=4096)
def offsets(type_: Type) -> tuple[tuple[str, int], ...]:
    """For each slot of a value that is no record its WebAssembly type and where it lies in the memory form."""
    if isinstance(type_, OptionalType):
        if isinstance(type_.of, RecordType):
            raise TypeError("a record lies in memory in place, not as an address")
        return (("i32", 0), *((kind, 8 + offset) for kind, offset in offsets(type_.of)))
    kinds = slots(type_)
    return tuple(
        (kind, sum(8 if before == "i64" else 4 for before in kinds[:index])) for index, kind in enumerate(kinds)
    )


def field_offset(type_: RecordType, name: str) -> int:
    """Where in a record's memory form a field begins."""
    offset = 0
    for field in type_.fields:
        if field.name == name:
            return offset
        offset += size(field.type)
    raise KeyError(name)


def has_pointers(type_: Type) -> bool:
    """Whether a value of the type lies partly outside its slots, in memory."""
    if isinstance(type_, OptionalType):
        return has_pointers(type_.of)
    return isinstance(type_, TextType | ListType | RecordType)


def parts(value: Decimal) -> tuple[int, int]:
    """Coefficient and exponent of a decimal; minus zero becomes zero. Raises ValueError beyond 18 digits."""
    sign, digits, exponent = value.as_tuple()
    if len(digits) > DIGITS:
        raise ValueError(f"{value} has more than {DIGITS} digits")
    coefficient = int("".join(map(str, digits)))
    return (-coefficient if sign else coefficient), cast(int, exponent)


def to_slots(value: Value, type_: Type, place: Place) -> tuple[int, ...]:
    """The slots of a value; what does not fit in slots is put into memory by `place`."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            whole = cast(int, value)
            if not -WHOLE_LIMIT < whole < WHOLE_LIMIT:
                raise ValueError(f"{whole} has more than {DIGITS} digits")
            return (whole,)
        case NumberType():
            return parts(cast(Decimal, value))
        case TextType():
            content = cast(str, value).encode()
            return place(content), len(content)
        case YesNoType():
            return (int(cast(bool, value)),)
        case DateType():
            return (cast(datetime.date, value).toordinal() - EPOCH_DAY,)
        case TimeType():
            time = cast(datetime.time, value)
            return (time.hour * 3600 + time.minute * 60 + time.second,)
        case MomentType():
            return ((cast(datetime.datetime, value) - EPOCH) // MICROSECOND,)
        case ChoiceType(options=options):
            return (options.index(cast(str, value)),)
        case ListType(item=item):
            items = cast(tuple[Value, ...], value)
            return place(b"".join(to_memory(one, item, place) for one in items)), len(items)
        case RecordType():
            return (place(to_memory(value, type_, place)),)
        case OptionalType(of=of):
            if value is None:
                return (0,) * len(slots(type_))
            return 1, *to_slots(value, of, place)


def to_memory(value: Value, type_: Type, place: Place) -> bytes:
    """The memory form of a value."""
    match type_:
        case RecordType(fields=fields):
            record = cast(dict[str, Value], value)
            return b"".join(to_memory(record[field.name], field.type, place) for field in fields)
        case OptionalType(of=of):
            if value is None:
                return bytes(size(type_))
            return struct.pack("<q", 1) + to_memory(value, of, place)
        case _:
            packed = struct.pack(_format(type_), *to_slots(value, type_, place))
            return packed + bytes(-len(packed) % 8)


def from_slots(given: tuple[int, ...], type_: Type, read: Read) -> Value:
    """The value that slots stand for."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return given[0]
        case NumberType():
            return Decimal(given[0]).scaleb(given[1], _EXACT)
        case TextType():
            return read(given[0], given[1]).decode()
        case YesNoType():
            return bool(given[0])
        case DateType():
            return datetime.date.fromordinal(given[0] + EPOCH_DAY)
        case TimeType():
            return datetime.time(given[0] // 3600, given[0] // 60 % 60, given[0] % 60)
        case MomentType():
            return EPOCH + given[0] * MICROSECOND
        case ChoiceType(options=options):
            return options[given[0]]
        case ListType(item=item):
            width = size(item)
            content = read(given[0], given[1] * width)
            return tuple(from_memory(content, index * width, item, read) for index in range(given[1]))
        case RecordType():
            return from_memory(read(given[0], size(type_)), 0, type_, read)
        case OptionalType(of=of):
            return from_slots(given[1:], of, read) if given[0] else None


def from_memory(content: bytes, offset: int, type_: Type, read: Read) -> Value:
    """The value whose memory form begins at `offset` of the bytes."""
    match type_:
        case RecordType(fields=fields):
            record: dict[str, Value] = {}
            for field in fields:
                record[field.name] = from_memory(content, offset, field.type, read)
                offset += size(field.type)
            return record
        case OptionalType(of=of):
            if not struct.unpack_from("<q", content, offset)[0]:
                return None
            return from_memory(content, offset + 8, of, read)
        case _:
            return from_slots(struct.unpack_from(_format(type_), content, offset), type_, read)


@lru_cache(maxsize=4096)
def _format(type_: Type) -> str:
    return "<" + "".join("q" if slot == "i64" else "i" for slot in slots(type_))
