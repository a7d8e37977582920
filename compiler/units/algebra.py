"""Arithmetic of units: products, quotients, dimensions and exact conversions between canonical unit texts.

A canonical unit text is a product of powers of atoms (`compiler.units.table`): "kg", "m^2", "km/h", "USD/kg",
"kg*m/s^2", "1/h", and "" for a plain number. Currencies come first, then atoms in alphabetical order; each divisor has
its own "/".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from compiler.decimals import CONTEXT
from compiler.units import currencies
from compiler.units.rare import rare_atom
from compiler.units.table import ATOMS, Atom, Dimension

_DIGITS = 18
_SMALL = 100
"""Factors of two integers below this stay as they are written at school (9 / 5 for °C to °F)."""


class UnitMismatch(ValueError):
    """Two units do not measure the same dimension, so that there is no conversion between them."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a value is converted: (x + add_before) * multiply / divide + add_after. At most one of the last is needed.

    `multiply` and `divide` are chosen so that the value is rounded as little as possible: they are small integers, or
    one of them is 1 whenever the factor or its inverse is a decimal of at most 18 digits.
    """

    add_before: Decimal
    multiply: Decimal
    divide: Decimal
    add_after: Decimal

    @property
    def is_identity(self) -> bool:
        """Whether values stay as they are."""
        return self.multiply == self.divide == 1 and not self.add_before and not self.add_after


Powers = tuple[tuple[str, int], ...]


def atom(symbol: str) -> Atom:
    """The atom with this symbol; raises KeyError for a text that is no canonical unit."""
    known = ATOMS.get(symbol) or rare_atom(symbol)
    if known is None or known.symbol != symbol:
        raise KeyError(symbol)
    return known


@lru_cache(maxsize=4096)
def powers_of(unit: str) -> Powers:
    """The atoms of a canonical unit with their powers; raises KeyError for a text that is no unit."""
    powers: dict[str, int] = {}
    if unit:
        numerator, *divisors = unit.split("/")
        factors = [(factor, 1) for factor in ([] if numerator == "1" else numerator.split("*"))]
        for text, sign in factors + [(divisor, -1) for divisor in divisors]:
            symbol, _, power = text.partition("^")
            powers[atom(symbol).symbol] = powers.get(symbol, 0) + sign * int(power or 1)
    return tuple(powers.items())


def text_of(powers: dict[str, int]) -> str:
    """The canonical text of a product of powers of atoms."""
    order = sorted(powers, key=lambda symbol: (not is_currency(symbol), symbol))
    above = [_factor(symbol, powers[symbol]) for symbol in order if powers[symbol] > 0]
    below = [_factor(symbol, -powers[symbol]) for symbol in order if powers[symbol] < 0]
    if not above and not below:
        return ""
    return "/".join(["*".join(above) or "1", *below])


def _factor(symbol: str, power: int) -> str:
    return symbol if power == 1 else f"{symbol}^{power}"


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency by itself ("USD", not "USD/kg")."""
    return unit in currencies.CODES


@lru_cache(maxsize=4096)
def currency_in(unit: str) -> str | None:
    """The currency that a unit counts or is a price in ("USD" of "USD/kg"), None when there is none above the line."""
    found = [symbol for symbol, power in powers_of(unit) if power == 1 and is_currency(symbol)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def dimension(unit: str) -> Dimension:
    """What a unit measures: units can be compared, added and converted exactly when this is equal. () for ""."""
    total: dict[str, int] = {}
    for symbol, power in powers_of(unit):
        for base, base_power in atom(symbol).dimension:
            total[base] = total.get(base, 0) + base_power * power
    return tuple(sorted((base, power) for base, power in total.items() if power))


@lru_cache(maxsize=4096)
def product(left: str, right: str) -> str:
    """The unit of a value in `left` times one in `right`.

    Equal atoms are merged ("kg" times "USD/kg" is "USD") and no value is changed. Different atoms of one dimension
    stay side by side ("km/h" times "s" is "km*s/h"): `simplified` says which unit to convert such a product to.
    """
    return _merged(left, right, 1)


@lru_cache(maxsize=4096)
def quotient(left: str, right: str) -> str:
    """The unit of a value in `left` divided by one in `right`; like `product`."""
    return _merged(left, right, -1)


def _merged(left: str, right: str, sign: int) -> str:
    powers = dict(powers_of(left))
    for symbol, power in powers_of(right):
        powers[symbol] = powers.get(symbol, 0) + sign * power
    return text_of(powers)


@lru_cache(maxsize=4096)
def simplified(unit: str) -> str:
    """The unit with atoms of one dimension merged: "km*s/h" becomes "km", "min/h" becomes "" (a plain number).

    The atom that stays is the one with the greatest power, or the first among equals above the line. A value must be
    converted to it with `conversion(unit, simplified(unit))`.
    """
    groups: dict[Dimension, list[tuple[str, int]]] = {}
    for symbol, power in powers_of(unit):
        groups.setdefault(atom(symbol).dimension, []).append((symbol, power))
    powers: dict[str, int] = {}
    for members in groups.values():
        kept = max(members, key=lambda member: (abs(member[1]), member[1]))[0]
        powers[kept] = sum(power for _, power in members)
    return text_of(powers)


@lru_cache(maxsize=4096)
def _size(unit: str) -> Fraction:
    size = Fraction(1)
    for symbol, power in powers_of(unit):
        size *= atom(symbol).factor ** power
    return size


def _offset(unit: str) -> Fraction:
    """Where the scale of a unit starts: only for °C and °F by themselves; "degC/h" counts differences."""
    powers = powers_of(unit)
    return atom(powers[0][0]).offset if len(powers) == 1 and powers[0][1] == 1 else Fraction(0)


@lru_cache(maxsize=4096)
def conversion(from_unit: str, to_unit: str, difference: bool = False) -> Conversion:
    """How a value in one unit is converted to another of the same dimension.

    With `difference`, the value is a difference of two values: 9 °F warmer is 5 °C warmer.
    Raises UnitMismatch when the dimensions differ.
    """
    if dimension(from_unit) != dimension(to_unit):
        raise UnitMismatch(f"{from_unit!r} and {to_unit!r} do not measure the same")
    ratio = _size(from_unit) / _size(to_unit)
    before = after = Fraction(0)
    if not difference:
        shift = ratio * _offset(from_unit) - _offset(to_unit)
        if _is_decimal(shift):
            after = shift
        else:
            before = shift / ratio
    multiply, divide = _parts(ratio)
    return Conversion(_decimal(before), multiply, divide, _decimal(after))


def _parts(ratio: Fraction) -> tuple[Decimal, Decimal]:
    one = Decimal(1)
    if min(ratio.numerator, ratio.denominator) > 1 and max(ratio.numerator, ratio.denominator) < _SMALL:
        return Decimal(ratio.numerator), Decimal(ratio.denominator)
    if ratio.denominator == 1 and _is_decimal(ratio):
        return _decimal(ratio), one
    if ratio.numerator == 1 and _is_decimal(1 / ratio):
        return one, _decimal(1 / ratio)
    if _is_decimal(ratio):
        return _decimal(ratio), one
    if _is_decimal(1 / ratio):
        return one, _decimal(1 / ratio)
    if max(ratio.numerator, ratio.denominator) < 10**_DIGITS:
        return Decimal(ratio.numerator), Decimal(ratio.denominator)
    return _decimal(ratio), one


def _is_decimal(value: Fraction) -> bool:
    """Whether a fraction is a decimal of at most 18 digits."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and Fraction(_decimal(value)) == value


def _decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal without trailing zeros, rounded to 18 digits."""
    rounded = CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded
