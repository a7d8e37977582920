"""Values as JSON data, exactly: numbers are decimals, dates and durations texts of ISO 8601, records objects.

A percentage is in percent points (15 is 15%), and a number without a unit is in the unit of its type.
"""

from __future__ import annotations

import datetime
import difflib
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

import orjson

from compiler.plan import Parameter, Value
from compiler.types import (
    DURATION,
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
from compiler.values.numbers import bare_number, checked_decimal, percent_points
from compiler.values.parse import checked_length, checked_text, parse_value
from compiler.values.problems import ValueProblem, quoted, type_words
from compiler.values.show import DURATION_UNITS, LONGEST_EXACT_DURATION, join_words

_LONGEST_INTEGER = 400
_LONGEST_PLAIN = 21
_KINDS = {bool: "yes or no", int: "a number", float: "a number", Decimal: "a number", str: "a text", list: "a list"}


def key(name: str) -> str:
    """The name of an input, output or field in JSON: "exempt mark" is `exempt_mark`."""
    return re.sub(r"\W+", "_", name).strip("_")


# --- from JSON --------------------------------------------------------------------------------------------------------


def load_json(text: bytes | str) -> Any:
    """JSON data with its numbers as exact decimals and integers. Raises ValueProblem for what is no JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueProblem("This is not correct JSON, so it could not be read.") from error


def _integer(text: str) -> int | Decimal:
    # turning very many digits into an int takes too long; such numbers are refused later, in words
    return int(text) if len(text) < _LONGEST_INTEGER else Decimal(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def from_json(data: Any, type_: Type) -> Value:
    """A value of a type from JSON data. Texts are read as `parse_value` does. Raises ValueProblem.

    Dates, times and moments may also be Python's own, as readers of spreadsheets give them.
    """
    if isinstance(type_, OptionalType):
        return None if data is None else from_json(data, type_.of)
    if data is None:
        raise ValueProblem(f"There is nothing here, but {type_words(type_)} is needed.")
    match type_:
        case NumberType() if isinstance(data, int | float | Decimal) and not isinstance(data, bool):
            return _number(data, type_)
        case TextType() if isinstance(data, str):
            return checked_text(data)
        case YesNoType() if isinstance(data, bool):
            return data
        case ListType() if isinstance(data, list | tuple):
            return _list(data, type_)
        case RecordType() if isinstance(data, Mapping):
            return _record(data, type_)
        case MomentType() if isinstance(data, datetime.datetime) and data.tzinfo is not None:
            return data.astimezone(datetime.UTC)
        case DateType() if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
            return data
        case TimeType() if isinstance(data, datetime.time) and not data.microsecond:
            return data.replace(tzinfo=None)
    if isinstance(data, str) and not isinstance(type_, ListType | RecordType | TextType):
        return parse_value(data, type_)
    kind = _KINDS.get(type(data), "an object" if isinstance(data, Mapping) else "something else")
    raise ValueProblem(f"This is {kind}, but {type_words(type_)} is needed.")


def _number(data: int | float | Decimal, type_: NumberType) -> Decimal | int:
    if isinstance(data, int) and data.bit_length() > 4 * _LONGEST_INTEGER:
        raise ValueProblem("This number is too large to work with.")
    written = Decimal(repr(data)) if isinstance(data, float) else Decimal(data)
    if type_.kind is NumberKind.PERCENTAGE:
        return percent_points(written, str(data))
    number = checked_decimal(written, str(data))
    if type_ == DURATION:
        return number
    return bare_number(number, type_, str(data))


def _list(data: Iterable[Any], type_: ListType) -> tuple[Value, ...]:
    given = list(data)
    checked_length(len(given))
    items: list[Value] = []
    for number, item in enumerate(given, start=1):
        try:
            items.append(from_json(item, type_.item))
        except ValueProblem as problem:
            raise problem.inside(number) from None
    return tuple(items)


def _record(data: Mapping[str, Any], type_: RecordType) -> dict[str, Value]:
    return _named_values([(field.name, field.type) for field in type_.fields], data, f"The {type_.name}")


def read_inputs(parameters: Iterable[Parameter], data: Mapping[str, Any]) -> dict[str, Value]:
    """The inputs of a function from JSON data by name. Raises ValueProblem, also for missing and unknown names."""
    return _named_values([(parameter.name, parameter.type) for parameter in parameters], data, "This function")


def _named_values(parts: list[tuple[str, Type]], data: Mapping[str, Any], whose: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    known: set[str] = set()
    for name, type_ in parts:
        known |= {name, key(name)}
        given = data.get(key(name), data.get(name, _MISSING))
        if given is _MISSING:
            if not isinstance(type_, OptionalType):
                raise ValueProblem(f"The {name} is missing: {type_words(type_)} is needed.", ())
            given = None
        try:
            values[name] = from_json(given, type_)
        except ValueProblem as problem:
            raise problem.inside(name) from None
    for name in data:
        if name not in known:
            near = difflib.get_close_matches(str(name)[:100], [part for part, _ in parts], n=1)
            meant = f" Did you mean {quoted(near[0])}?" if near else ""
            has = join_words([part for part, _ in parts])
            raise ValueProblem(f"{whose} has no {quoted(str(name))}, only {has}.{meant}")
    return values


_MISSING = object()


# --- to JSON ----------------------------------------------------------------------------------------------------------


def to_json(value: Value, type_: Type) -> Any:
    """A value as JSON data: `None`, `bool`, `int`, `Decimal`, `str`, `list` and `dict`, for `dump_json`."""
    match type_:
        case OptionalType(of):
            return None if value is None else to_json(value, of)
        case NumberType():
            assert isinstance(value, Decimal | int)
            return _json_number(value, type_)
        case ListType(item):
            assert isinstance(value, tuple)
            return [to_json(each, item) for each in value]
        case RecordType(_, fields):
            assert isinstance(value, dict)
            return {key(field.name): to_json(value[field.name], field.type) for field in fields}
    match value:
        case datetime.datetime():
            return _with_short_fraction(value.replace(tzinfo=None).isoformat()) + "Z"
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("minutes" if value.second == 0 else "seconds")
    return value


def _json_number(value: Decimal | int, type_: NumberType) -> Decimal | int | str:
    if isinstance(value, int):
        return value
    if type_.kind is NumberKind.PERCENTAGE:
        sign, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)
        return Decimal((sign, digits, exponent + 2))
    return iso_duration(value) if type_ == DURATION else value


def iso_duration(seconds: Decimal) -> str:
    """A duration in the notation of ISO 8601, in the largest unit in which it is whole: "P3D", "PT90M", "PT1.5S"."""
    sign, size = ("-" if seconds < 0 else ""), abs(seconds)
    if size and size < LONGEST_EXACT_DURATION and size == int(size):
        word, one = next(unit for unit in DURATION_UNITS if int(size) % unit[1] == 0)
        amount = int(size) // one
        return f"{sign}{'P' if word in ('week', 'day') else 'PT'}{amount}{word[0].upper()}"
    return f"{sign}PT{_plain(size)}S"


def _plain(number: Decimal) -> str:
    """The digits of a number, without an exponent and without zeros after the last one."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_short_fraction(text: str) -> str:
    return text.rstrip("0") if "." in text else text


def dump_json(data: Any) -> bytes:
    """JSON data as bytes, with decimals written exactly."""
    return orjson.dumps(data, default=_fragment)


def _fragment(value: object) -> orjson.Fragment:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not JSON data")
    return orjson.Fragment(json_number(value))


def json_number(number: Decimal) -> str:
    """A decimal as a JSON number: "38.25", "1250", "1E+30"."""
    if not number:
        return "0"
    if -_LONGEST_PLAIN < number.adjusted() < _LONGEST_PLAIN:
        return _plain(number)
    return str(number.normalize())
