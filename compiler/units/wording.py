"""Units in words: which unit people mean by what they write, and how a unit is read back to them."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from compiler.units import currencies
from compiler.units.algebra import atom, currency_in, dimension, is_currency, powers_of, text_of
from compiler.units.rare import RARE_UNITS, rare_atom
from compiler.units.table import AMBIGUOUS, ATOMS, DIMENSIONS, NAMES, OTHER_NAMES

_LONGEST_NAME = 80
_HIGHEST_POWER = 9
_POWER_WORDS = {"square": 2, "sq": 2, "cubic": 3}
_POWER_SIGNS = str.maketrans("²³⁴⁵⁶⁷⁸⁹", "23456789")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"(?P<name>.*[^\W\d_])\s?(?:\^(?P<power>[2-9])|(?P<sign>[²³⁴⁵⁶⁷⁸⁹]))")
_LENGTH_POWER = re.compile(r"(?P<name>mm|cm|dm|m|km|in|ft|yd|mi)(?P<power>[23])", re.IGNORECASE)

_DIMENSION_WORDS: dict[tuple[tuple[str, int], ...], str] = {
    DIMENSIONS[name]: words
    for name, words in {
        "length": "a length",
        "area": "an area",
        "volume": "a volume",
        "weight": "a weight",
        "time": "a length of time",
        "calendar": "a number of months or years",
        "temperature": "a temperature",
        "frequency": "a frequency",
        "speed": "a speed",
        "acceleration": "an acceleration",
        "force": "a force",
        "energy": "an amount of energy",
        "power": "a power",
        "pressure": "a pressure",
        "density": "a density",
        "flow": "a flow",
        "current": "an electric current",
        "voltage": "a voltage",
        "resistance": "an electric resistance",
        "charge": "an electric charge",
        "angle": "an angle",
        "data": "an amount of data",
        "concentration": "a concentration",
        "light": "an amount of light",
        "illuminance": "a brightness",
        "substance": "an amount of substance",
    }.items()
}


def _small_letters() -> dict[str, str | None]:
    """Names in small letters; None for one that stands for several units (mW and MW). "a" is an article."""
    small: dict[str, str | None] = {}
    for name, symbol in NAMES.items():
        if name in currencies.CODES and name not in currencies.IN_SMALL_LETTERS:
            continue
        lower = name.lower()
        if lower == "a":
            continue
        small[lower] = symbol if small.get(lower, symbol) == symbol else None
    return small


_SMALL = _small_letters()


@lru_cache(maxsize=4096)
def unit_named(words: str) -> str | None:
    """The canonical unit that people mean by `words` ("km per hour" is "km/h"); None when unknown or ambiguous.

    Case matters only where it makes a difference (mW and MW, and most currency codes). "" is no unit.
    """
    text = " ".join(words.split())
    if not text or len(text) > _LONGEST_NAME:
        return None
    text = re.sub(r"^per ", "1/", re.sub(r"\s*/\s*| per (?:an? )?", "/", text))
    whole = _product_named(text)
    if whole is not None:
        return text_of(whole)
    numerator, *divisors = text.split("/")
    powers = {} if numerator in ("", "1") else _product_named(numerator)
    if powers is None or not divisors:
        return None
    for divisor in divisors:
        below = _product_named(divisor)
        if below is None:
            return None
        for symbol, power in below.items():
            powers[symbol] = powers.get(symbol, 0) - power
    return text_of(powers) or None


def _product_named(text: str) -> dict[str, int] | None:
    """The powers of one unit ("square metre") or of several multiplied ("kg·m")."""
    other = OTHER_NAMES.get(text) or OTHER_NAMES.get(text.lower())
    if other is not None:
        return dict(powers_of(other))
    total: dict[str, int] = {}
    for part in re.split(r"\s*[*·⋅×]\s*", text):
        found = _power_named(part)
        if found is None:
            return None
        symbol, power = found
        total[symbol] = total.get(symbol, 0) + power
    return total


def _power_named(text: str) -> tuple[str, int] | None:
    symbol = _atom_named(text)
    if symbol is not None:
        return symbol, 1
    first, _, rest = text.partition(" ")
    if first.lower() in _POWER_WORDS:
        symbol = _atom_named(rest)
        return None if symbol is None else (symbol, _POWER_WORDS[first.lower()])
    match = _POWER.fullmatch(text) or _LENGTH_POWER.fullmatch(text)
    if match is None:
        return None
    symbol = _atom_named(match["name"])
    power = match["power"] or match["sign"].translate(_POWER_SIGNS)
    return None if symbol is None else (symbol, int(power))


def _atom_named(text: str) -> str | None:
    if text in AMBIGUOUS or text.lower() in AMBIGUOUS:
        return None
    known = NAMES.get(text)
    if known is None:
        lower = text.lower()
        if lower in _SMALL:
            return _SMALL[lower]
        rare = rare_atom(lower)
        known = rare.symbol if rare is not None else None
    return known


def nearest_units(words: str) -> tuple[str, ...]:
    """Up to three names of known units that look like `words`, nearest first, each understood by `unit_named`."""
    text = " ".join(words.split())[:_LONGEST_NAME]
    if text.lower() in AMBIGUOUS:
        return AMBIGUOUS[text.lower()]
    names = {name.lower(): name for name in NAMES if name not in currencies.CODES or len(text) == len(name)}
    names |= {name: name for name in RARE_UNITS}
    found: list[str] = []
    for lower in difflib.get_close_matches(text.lower(), names, n=6, cutoff=0.7):
        unit = unit_named(names[lower])
        if unit is not None and unit not in (unit_named(name) for name in found):
            found.append(names[lower])
    return tuple(found[:3])


@lru_cache(maxsize=4096)
def unit_words(unit: str, plural: bool = True) -> str:
    """How people read a unit after a number: "days", "kg", "°C", "km/h", "m²", "USD/kg"; "" for a plain number."""
    if unit == "mi/h":
        return "mph"
    powers = powers_of(unit)
    if len(powers) == 1 and powers[0][1] == 1:
        only = atom(powers[0][0])
        return only.plural if plural else only.singular
    if len(powers) == 1 and powers[0][1] == -1:
        return "per " + atom(powers[0][0]).singular
    above = "·".join(_written(symbol, power) for symbol, power in powers if power > 0)
    below = "".join("/" + _written(symbol, -power) for symbol, power in powers if power < 0)
    if below and not above:
        return "per " + below[1:]
    return above + below


def _written(symbol: str, power: int) -> str:
    short = atom(symbol).short
    return short if power == 1 else short + str(power).translate(_SUPERSCRIPTS)


def dimension_words(unit: str) -> str:
    """What a unit measures, for messages: "a length of time", "an amount of money in USD", "a plain number"."""
    if not unit or not dimension(unit):
        return "a plain number"
    if is_currency(unit):
        return f"an amount of money in {unit}"
    known = _DIMENSION_WORDS.get(dimension(unit))
    if known is not None:
        return known
    currency = currency_in(unit)
    if currency is not None:
        return f"a price in {unit_words(unit)}"
    return f"a measure in {unit_words(unit)}"


@lru_cache(maxsize=1)
def unit_first_words() -> frozenset[str]:
    """The first words, in small letters, of all names of units and currencies: where the name of a unit may begin.

    Some are common words as well ("in", "us", "all"), so a name that begins with one still has to be looked up.
    """
    names = (*NAMES, *OTHER_NAMES, *RARE_UNITS, *RARE_UNITS.values(), *_POWER_WORDS)
    return frozenset(name.lower().split()[0].split("/")[0] for name in names)


def known_unit_names() -> tuple[str, ...]:
    """Units to offer for completion: the way each common one is written, currencies left out."""
    return tuple(unit_words(symbol) for symbol in ATOMS if not is_currency(symbol))


def unit_meant(words: str, wanted: str) -> str | None:
    """As `unit_named`, where a value in the unit `wanted` is expected, which decides between several meanings.

    "pounds" is a weight where a weight is expected, and "degrees" are °C where °C is expected.
    """
    unit = unit_named(words)
    if unit == "deg" and wanted in ("degC", "degF"):
        return wanted
    if unit is not None:
        return unit
    meanings = (unit_named(name) for name in AMBIGUOUS.get(words.strip().lower(), ()))
    return next((found for found in meanings if found and dimension(found) == dimension(wanted)), None)
