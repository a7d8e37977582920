"""The types of values: what a name can hold.

A type is a small frozen value that compares by content. Numbers of every sort (plain numbers, whole numbers,
percentages, money, durations and measures) are one class, because they share all arithmetic: they differ in
`kind` and in `unit`. The unit is a canonical text that `compiler.units` understands: "" for a plain number,
"USD" for money, "s" for a duration, "degC", "kg", "km/h", "USD/kg" and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class NumberKind(Enum):
    """How a number is held: all are exact decimals, except that whole numbers are integers."""

    NUMBER = "number"
    WHOLE = "whole number"
    PERCENTAGE = "percentage"


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number, with a unit or without.

    A `WHOLE` number is an `int` with fewer than 19 digits and has no unit. The others are `decimal.Decimal`
    of at most 18 significant digits, in the given unit; a percentage is held as its fraction (15% is 0.15).
    """

    kind: NumberKind = NumberKind.NUMBER
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TextType:
    """Unicode text, a `str`."""


@dataclass(frozen=True, slots=True)
class YesNoType:
    """Yes or no, a `bool`."""


@dataclass(frozen=True, slots=True)
class DateType:
    """A calendar date, `datetime.date`, from year 1 to 9999."""


@dataclass(frozen=True, slots=True)
class TimeType:
    """A time of day without a zone, `datetime.time`, whole seconds."""


@dataclass(frozen=True, slots=True)
class MomentType:
    """An instant, an aware `datetime.datetime` in UTC with microseconds."""


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of some words. The value is the chosen option, a `str` spelt as in `options`."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListType:
    """Several values of one type, a `tuple`."""

    item: Type


@dataclass(frozen=True, slots=True)
class FieldType:
    """A named part of a record. `name` is in the user's words, in lower case ("exempt mark")."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class RecordType:
    """A thing with named parts. The value is a `dict` from field name to value, in the order of `fields`."""

    name: str
    fields: tuple[FieldType, ...]

    def field(self, name: str) -> FieldType:
        """The field called `name`; raises KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class OptionalType:
    """A value that may be missing; `None` stands for nothing. Never nested."""

    of: Type


Type = (
    NumberType
    | TextType
    | YesNoType
    | DateType
    | TimeType
    | MomentType
    | ChoiceType
    | ListType
    | RecordType
    | OptionalType
)

NUMBER = NumberType()
WHOLE = NumberType(NumberKind.WHOLE)
PERCENTAGE = NumberType(NumberKind.PERCENTAGE)
DURATION = NumberType(unit="s")
TEXT = TextType()
YES_NO = YesNoType()
DATE = DateType()
TIME = TimeType()
MOMENT = MomentType()


def money(currency: str) -> NumberType:
    """The type of an amount in a currency, given as its ISO 4217 code ("USD")."""
    return NumberType(unit=currency)


def measure(unit: str) -> NumberType:
    """The type of a measure in a unit, given as the canonical text of `compiler.units` ("kg")."""
    return NumberType(unit=unit)
