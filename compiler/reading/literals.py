"""Constants as they are written in sentences: numbers, percentages, money, measures, dates and times."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compiler import units
from compiler.decimals import CONTEXT, DIGITS
from compiler.plan import Value
from compiler.reading.atoms import Atom
from compiler.reading.spans import Misread, Problem
from compiler.types import DATE, NUMBER, PERCENTAGE, TIME, WHOLE, YES_NO, NumberType, Type

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in a sentence, with its type. A whole number that is written without decimals is `WHOLE`."""

    value: Value
    type: Type


_NO_UNITS = frozenset({"in", "a", "an", "the", "as"})
"""Words that are never a unit in a sentence, though some unit is written like them."""

_GO_ON = frozenset({"per", "/", "²", "³", "of"})
"""The words with which a unit of several words goes on."""


def constant_at(atoms: Sequence[Atom], index: int) -> tuple[str, Constant, int] | None:
    """The constant that starts at an atom: its terminal, itself, and the index after it; None when there is none.

    Raises `Misread` for dates and times that do not exist and numbers with too many digits.
    """
    atom = atoms[index]
    if atom.kind == "number":
        return _number(atoms, index, "")
    if atom.kind == "date":
        return "DATE", Constant(_date(atom), DATE), index + 1
    if atom.kind == "time":
        return "TIME", Constant(_time(atom), TIME), index + 1
    if atom.text in units.CODE_OF_SIGN and index + 1 < len(atoms) and atoms[index + 1].kind == "number":
        return _number(atoms, index + 1, units.CODE_OF_SIGN[atom.text])
    if atom.key in ("yes", "no"):
        return "YES_NO", Constant(atom.key == "yes", YES_NO), index + 1
    return None


def _number(atoms: Sequence[Atom], index: int, currency: str) -> tuple[str, Constant, int]:
    atom = atoms[index]
    digits = atom.text.replace(",", "")
    value = Decimal(digits)
    if len(value.as_tuple().digits) > DIGITS:
        raise Misread(Problem("R112", atom.span, {"number": atom.text, "limit": str(DIGITS)}))
    value = CONTEXT.plus(value)
    if currency:
        return _per(atoms, index + 1, value, currency)
    following = atoms[index + 1] if index + 1 < len(atoms) else None
    if following is not None and (following.text == "%" or following.key == "percent"):
        return "PERCENT", Constant(CONTEXT.scaleb(value, -2), PERCENTAGE), index + 2
    found = _unit(atoms, index + 1)
    if found is not None:
        unit, end = found
        if units.is_currency(unit):
            return _per(atoms, end, value, unit)
        return "QUANTITY", Constant(value, NumberType(unit=unit)), end
    if "." in digits:
        return "NUMBER", Constant(value, NUMBER), index + 1
    return "NUMBER", Constant(int(digits), WHOLE), index + 1


def _per(atoms: Sequence[Atom], index: int, value: Decimal, unit: str) -> tuple[str, Constant, int]:
    """Money, perhaps per something: "$3 per kg" or "$3/kg"."""
    if index + 1 < len(atoms) and atoms[index].key in ("per", "/"):
        found = _unit(atoms, index + 1)
        if found is not None:
            return "QUANTITY", Constant(value, NumberType(unit=units.quotient(unit, found[0]))), found[1]
    return "QUANTITY", Constant(value, NumberType(unit=unit)), index


def _unit(atoms: Sequence[Atom], index: int) -> tuple[str, int] | None:
    if index >= len(atoms):
        return None
    first = atoms[index]
    if first.kind == "unit":
        letter = first.key[-1]
        return ("degF" if letter == "f" else "degC"), index + 1
    if first.kind != "word" or first.key in _NO_UNITS:
        return None
    for length in (4, 3, 2, 1):
        group = atoms[index : index + length]
        if len(group) < length or any(part.kind not in ("word", "sign", "number", "unit") for part in group):
            continue
        if length > 1 and group[1].key not in _GO_ON and first.key not in ("square", "cubic", "us"):
            continue
        words = " ".join(part.text for part in group).replace(" / ", "/").replace(" ²", "²").replace(" ³", "³")
        unit = units.unit_named(words)
        if unit is not None:
            return unit, index + length
    return None


def _date(atom: Atom) -> datetime.date:
    if "-" in atom.text:
        year, month, day = (int(part) for part in atom.text.split("-"))
    else:
        words = atom.key.split()
        day, month, year = int(words[0]), _MONTHS.index(words[1]) + 1, int(words[2])
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Misread(Problem("R113", atom.span, {"date": atom.text})) from None


def _time(atom: Atom) -> datetime.time:
    hour, minute, second = (*(int(part) for part in atom.text.split(":")), 0)[:3]
    try:
        return datetime.time(hour, minute, second)
    except ValueError:
        raise Misread(Problem("R114", atom.span, {"time": atom.text})) from None
