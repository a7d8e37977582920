"""Units that are not in the table, looked up in `pint`, which is loaded only when one is met."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from compiler.units.table import Atom, Dimension

_SHORTEST_NAME = 4
_MOSTLY_OTHER_WORDS = """
    atom bag barye biot century chain count debye decade dot drop eon faraday gamma hand hole league light line link
    millennium minim month particle perch pixel point pole quarter rod score section sheet slug square stick thou
    township turn year
"""
_NEVER = frozenset(_MOSTLY_OTHER_WORDS.split())
"""Names that are mostly meant as other words, or that depend on the length of a year."""


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


@lru_cache(maxsize=4096)
def rare_atom(name: str) -> Atom | None:
    """The unit that `pint` knows by this one lower-case word ("furlongs"), without prefixes; None when there is none.

    Units without a dimension, on a scale of their own (decibels) or without an exact size are left out.
    """
    if len(name) < _SHORTEST_NAME or not name.isascii() or not name.isalpha() or not name.islower():
        return None
    registry = _registry()
    readings = [reading for reading in registry.parse_unit_name(name) if reading[0] == ""]
    if len(readings) != 1:
        return None
    symbol: str = readings[0][1]
    definition = registry._units[symbol]
    if symbol in _NEVER or "year" in symbol or not definition.is_multiplicative:
        return None
    factor, base = registry.get_root_units(symbol)
    dimension = _dimension(registry.get_dimensionality(symbol))
    if not dimension or not isinstance(factor, Fraction | int):
        return None
    exact = Fraction(factor) * _size_of_base(base)
    words = symbol.replace("_", " ")
    return Atom(symbol, words, _plural(words), words, exact, Fraction(0), dimension)


def _size_of_base(base: Any) -> Fraction:
    """How many of our base units (kg among them) one of pint's root units is (g among them)."""
    grams = next((power for name, power in base._units.items() if name == "gram"), 0)
    return Fraction(1, 1000) ** int(grams)


def _dimension(dimensionality: Any) -> Dimension:
    powers = {name.strip("[]"): int(power) for name, power in dimensionality.items()}
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _plural(words: str) -> str:
    if words.endswith(("hertz", "power")):
        return words
    if words.endswith(("s", "z", "x", "ch", "sh")):
        return words + "es"
    return words + "s"
