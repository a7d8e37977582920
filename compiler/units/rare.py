"""Rarer units, whose sizes come from `pint`. It is loaded only when one of them is met.

`pint` knows many more names, but most are common words to other people ("shake", "slug", "barn"), so those that are
understood are listed here.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from compiler.units.table import Atom, Dimension

_NAMES = """
angstrom; astronomical unit; barrel; becquerel; bushel; candela; carat; coulomb; curie; dalton; dram; dyne;
electronvolt; farad; fathom; fortnight; furlong; gill; grain; gray; henry; hogshead; horsepower; hundredweight; katal;
light year; long ton; metric horsepower; nautical mile; parsec; peck; pennyweight; poise; short ton; siemens; sievert;
stokes; tesla; therm; torr; troy ounce; weber
"""
_PLURALS = {
    "henry": "henries",
    "horsepower": "horsepower",
    "metric horsepower": "metric horsepower",
    "hundredweight": "hundredweight",
    "siemens": "siemens",
    "stokes": "stokes",
}

RARE_UNITS: dict[str, str] = {
    name.strip(): _PLURALS.get(name.strip(), name.strip() + "s") for name in _NAMES.split(";")
}
"""The plural of each rarer unit by its name."""

_NAME_OF = {word: name for name, plural in RARE_UNITS.items() for word in (name, plural)}


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


@lru_cache(maxsize=256)
def rare_atom(name: str) -> Atom | None:
    """The rarer unit of this name in small letters ("furlongs", "nautical miles"); None when there is none."""
    singular = _NAME_OF.get(name)
    if singular is None:
        return None
    registry = _registry()
    symbol = singular.replace(" ", "_")
    factor, base = registry.get_root_units(symbol)
    # pint's base units are ours, but for grams
    grams = next((int(power) for unit, power in base._units.items() if unit == "gram"), 0)
    size = Fraction(factor) / Fraction(1000) ** grams
    dimension = _dimension(registry.get_dimensionality(symbol))
    return Atom(singular, singular, RARE_UNITS[singular], singular, size, Fraction(0), dimension)


def _dimension(dimensionality: Any) -> Dimension:
    powers = {name.strip("[]"): int(power) for name, power in dimensionality.items()}
    return tuple(sorted((name, power) for name, power in powers.items() if power))
