"""How values are written for people: part of the meaning of a plan (`compiler.plan.Show`), the same in every target.

Numbers have commas every three digits, no trailing zeros after the point and never an exponent. Money has its sign
and, when it has a fraction, at least two decimals. A duration is in the largest unit in which it is whole.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from compiler.plan import Value
from compiler.types import (
    ListType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    Type,
)
from compiler.units import SIGNS, currency_in, unit_words

NOTHING = "nothing"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DURATION_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
"""The units of durations, largest first, with their seconds."""

LONGEST_EXACT_DURATION = 10**18
"""Durations of this many seconds or more are shown in seconds."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The fixed parts of how numbers of a type are written, for targets that write them on their own.

    The sign comes first, then `before`, the digits of the number times 10 to the power of `shift`, and `after`, or
    `after_one` when the number is 1 or -1. `least_decimals` holds only if there is a fraction. A duration has none of
    these: its unit depends on its value.
    """

    before: str
    after: str
    after_one: str
    shift: int
    least_decimals: int
    duration: bool


@lru_cache(maxsize=1024)
def number_format(type_: NumberType) -> NumberFormat:
    """How numbers of this type are written."""
    unit = type_.unit
    if type_.kind is NumberKind.PERCENTAGE:
        return NumberFormat("", "%", "%", 2, 0, False)
    if unit == "s":
        return NumberFormat("", "", "", 0, 0, True)
    if not unit:
        return NumberFormat("", "", "", 0, 0, False)
    currency = currency_in(unit)
    words = unit_words(unit)
    if currency in SIGNS:
        after = words[len(currency) :]
        return NumberFormat(SIGNS[currency], after, after, 0, 2, False)
    return NumberFormat("", " " + words, " " + unit_words(unit, plural=False), 0, 2 if currency else 0, False)


def show(value: Value, type_: Type) -> str:
    """A value of the given type as people write it: "$1,250.50", "3 days", "1 March 2026", "red, green and blue"."""
    match type_:
        case OptionalType():
            return NOTHING if value is None else show(value, type_.of)
        case NumberType():
            assert isinstance(value, Decimal | int)
            return _show_number(value, type_)
        case ListType():
            assert isinstance(value, tuple)
            return join_words([show(item, type_.item) for item in value])
        case RecordType():
            assert isinstance(value, dict)
            return ", ".join(f"{field.name}: {show(value[field.name], field.type)}" for field in type_.fields)
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            return f"{show_date(value.date())} {show_time(value.time())} UTC"
        case datetime.date():
            return show_date(value)
        case datetime.time():
            return show_time(value)
    raise TypeError(f"a {type(value).__name__} is not a value of {type_}")


def join_words(words: list[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"; "nothing" when there are none."""
    if not words:
        return NOTHING
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + " and " + words[-1]


def show_date(date: datetime.date) -> str:
    """A date as "1 March 2026"; the year always has four digits."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year:04}"


def show_time(time: datetime.time) -> str:
    """A time as "9:00", "9:00:05" or "9:00:05.25": seconds and their fraction only when they are not zero."""
    text = f"{time.hour}:{time.minute:02}"
    if time.second or time.microsecond:
        text += f":{time.second:02}"
    if time.microsecond:
        text += "." + f"{time.microsecond:06}".rstrip("0")
    return text


def _show_number(value: Decimal | int, type_: NumberType) -> str:
    number = Decimal(value)
    form = number_format(type_)
    if form.duration:
        return _show_duration(number)
    sign, digits = _digits(number, form.shift, form.least_decimals)
    after = form.after_one if abs(number) == 1 else form.after
    return f"{sign}{form.before}{digits}{after}"


def _show_duration(seconds: Decimal) -> str:
    amount, word = seconds, "second"
    if seconds and abs(seconds) < LONGEST_EXACT_DURATION and seconds == int(seconds):
        word, size = next(unit for unit in DURATION_UNITS if int(seconds) % unit[1] == 0)
        amount = Decimal(int(seconds) // size)
    sign, digits = _digits(amount, 0, 0)
    return f"{sign}{digits} {word}{'' if abs(amount) == 1 else 's'}"


def show_plain(number: Decimal | int) -> str:
    """A number with commas and without a unit: "1,250.5"."""
    return "".join(_digits(Decimal(number), 0, 0))


def _digits(number: Decimal, shift: int, least_decimals: int) -> tuple[str, str]:
    """The sign ("-" or "") and the digits of number * 10**shift."""
    negative, coefficient, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    digits = "".join(map(str, coefficient))
    if not number:
        return "", "0"
    kept = digits.rstrip("0")
    point = len(digits) + exponent + shift
    whole = (kept[:point].ljust(point, "0") if point > 0 else "") or "0"
    fraction = kept[point:] if point >= 0 else "0" * -point + kept
    if fraction:
        fraction = "." + fraction.ljust(least_decimals, "0")
    return "-" if negative else "", f"{int(whole):,}{fraction}"
