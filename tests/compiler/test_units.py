"""Units: the names people write, dimensions, products, and conversions that are exact where they can be."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.units import (
    Conversion,
    UnitMismatch,
    conversion,
    dimension,
    dimension_words,
    is_currency,
    known_unit_names,
    nearest_units,
    product,
    quotient,
    simplified,
    unit_first_words,
    unit_meant,
    unit_named,
    unit_words,
)
from compiler.units.algebra import powers_of
from compiler.units.rare import RARE_UNITS
from compiler.units.table import ATOMS, NAMES

WRITTEN = """
°C = degC; C = degC; celsius = degC; degrees Celsius = degC; °F = degF; kelvin = K; kg = kg; kilograms = kg; Kilos = kg
km/h = km/h; km per hour = km/h; kilometres per hour = km/h; kph = km/h; mph = mi/h; m/s² = m/s^2; kg*m/s^2 = kg*m/s^2
min = min; minutes = min; Days = day; d = day; weeks = week; months = month; years = year; hrs = h; sec = s
m² = m^2; m2 = m^2; m^2 = m^2; square metres = m^2; cubic feet = ft^3; litres = l; fluid ounces = floz
USD = USD; usd = USD; dollars = USD; $ = USD; euros = EUR; € = EUR; £ = GBP; ether = ETH; Swiss francs = CHF; PEN = PEN
$/kg = USD/kg; dollars per kilogram = USD/kg; EUR per hour = EUR/h; per day = 1/day; kWh = kWh; mW = mW; MW = MW
degrees = deg; furlongs = furlong; psi = psi; µg/m³ = ug/m^3; L/min = l/min
"""


@pytest.mark.parametrize(
    ("words", "unit"), [case.strip().split(" = ") for case in WRITTEN.strip().replace("\n", ";").split(";")]
)
def test_what_people_write_is_understood(words: str, unit: str) -> None:
    assert unit_named(words) == unit


@pytest.mark.parametrize(
    "words", ["", " ", "pounds", "mw", "pen", "all", "try", "a", "price", "items", "points", "xyzzy", "kg/", "/", "//h"]
)
def test_ambiguous_and_unknown_words_are_no_units(words: str) -> None:
    assert unit_named(words) is None


@given(
    st.text(max_size=100) | st.lists(st.sampled_from([*sorted(NAMES), "/", " per ", "^2", "*", "²", " "])).map("".join)
)
def test_any_text_is_a_unit_or_none(words: str) -> None:
    unit = unit_named(words)
    if unit is not None:
        assert product(unit, "") == unit
        assert dimension_words(unit)
        assert unit_words(unit)


@pytest.mark.parametrize("unit", [*ATOMS, "km/h", "m^2", "USD/kg", "1/h", "mi/h", "kg*m/s^2", "furlong"])
def test_units_read_back_as_they_are_written(unit: str) -> None:
    assert unit_named(unit_words(unit, plural=True)) == unit
    assert unit_named(unit_words(unit, plural=False)) == unit
    assert unit_named(unit) == unit or unit == "us"


def test_every_offered_name_is_known() -> None:
    assert all(unit_named(name) for name in known_unit_names())


def test_rarer_units_are_known_by_both_forms() -> None:
    for name, plural in RARE_UNITS.items():
        assert unit_named(name) == unit_named(plural.capitalize()) == name
        assert unit_words(name, plural=True) == plural
        assert dimension(name)
    assert conversion("nautical mile", "m").multiply == 1852
    assert conversion("troy ounce", "g").multiply == Decimal("31.1034768")
    assert conversion("fortnight", "week").multiply == 2


def test_a_name_of_a_unit_begins_with_a_word_that_is_known_to() -> None:
    for words in (*NAMES, *RARE_UNITS, "square metres", "kilograms per hour", "mph"):
        assert words.lower().split()[0] in unit_first_words()


def test_the_expected_unit_decides_between_meanings() -> None:
    assert unit_meant("pounds", "kg") == "lb"
    assert unit_meant("pounds", "EUR") is None
    assert unit_meant("pounds", "GBP") == "GBP"
    assert unit_meant("degrees", "degF") == "degF"
    assert unit_meant("degrees", "deg") == "deg"
    assert unit_meant("minutes", "kg") == "min"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("kilograns", "kilograms"),
        ("celcius", "celsius"),
        ("minuts", "minutes"),
        ("pounds", "lb"),
        ("dolars", "dollars"),
    ],
)
def test_misspelt_units_get_the_nearest(words: str, nearest: str) -> None:
    found = nearest_units(words)
    assert found[0] == nearest
    assert all(unit_named(name) for name in found)


_TURNS = ("Hz", "kHz", "MHz", "GHz", "rpm")

# pint's name, where its symbol is not ours or means something else there
_PINTS_NAMES = {
    "degC": "kelvin", "degF": "delta_degree_Fahrenheit", "deg": "degree", "gal": "gallon",
    "floz": "fluid_ounce", "st": "stone", "kn": "knot", "h": "hour", "in": "inch", "ft": "foot", "B": "byte",
    "cal": "calorie", "kcal": "kilocalorie", "cup": "cup", "t": "metric_ton", "ha": "hectare",
    "kB": "kilobyte", "min": "minute",
}  # fmt: skip


def test_sizes_agree_with_pint() -> None:
    registry = pint.UnitRegistry(non_int_type=Fraction)
    scale = {"angle": registry.Quantity(Fraction(1), "degree").to_root_units().magnitude}
    checked = 0
    for symbol, atom in ATOMS.items():
        base = atom.dimension[0][0]
        # pint counts turns in radians, and has the older acre of the United States
        if is_currency(symbol) or base in ("calendar", "concentration") or symbol in (*_TURNS, "acre"):
            continue
        quantity = registry.Quantity(Fraction(1), _PINTS_NAMES.get(symbol, symbol)).to_root_units()
        kilograms = dict(atom.dimension).get("mass", 0)
        ours = atom.factor * Fraction(1000) ** kilograms
        assert Fraction(quantity.magnitude) == ours * scale.get(base, 1), symbol
        checked += 1
    assert checked > 90


def test_conversions_are_exact() -> None:
    assert conversion("degF", "degC") == Conversion(Decimal(-32), Decimal(5), Decimal(9), Decimal(0))
    assert conversion("degC", "degF") == Conversion(Decimal(0), Decimal(9), Decimal(5), Decimal(32))
    assert conversion("degC", "K") == Conversion(Decimal(0), Decimal(1), Decimal(1), Decimal("273.15"))
    assert conversion("degF", "degC", difference=True) == Conversion(Decimal(0), Decimal(5), Decimal(9), Decimal(0))
    assert conversion("min", "s") == Conversion(Decimal(0), Decimal(60), Decimal(1), Decimal(0))
    assert conversion("g", "kg") == Conversion(Decimal(0), Decimal(1), Decimal(1000), Decimal(0))
    assert conversion("in", "cm") == Conversion(Decimal(0), Decimal("2.54"), Decimal(1), Decimal(0))
    assert conversion("cm", "in") == Conversion(Decimal(0), Decimal(1), Decimal("2.54"), Decimal(0))
    assert conversion("year", "month").multiply == 12
    assert conversion("kg", "kg").is_identity


_SYMBOLS = st.sampled_from(sorted(symbol for symbol in ATOMS if not is_currency(symbol)))


@given(_SYMBOLS, _SYMBOLS, st.fractions(min_value=-1000, max_value=1000, max_denominator=100))
def test_conversion_there_and_back_is_the_same_value(here: str, there: str, value: Fraction) -> None:
    if dimension(here) != dimension(there):
        with pytest.raises(UnitMismatch):
            conversion(here, there)
        return
    result = value
    for step in (conversion(here, there), conversion(there, here)):
        before, multiply, divide, after = (
            Fraction(part) for part in (step.add_before, step.multiply, step.divide, step.add_after)
        )
        result = (result + before) * multiply / divide + after
    assert abs(result - value) <= abs(value) * Fraction(1, 10**16)


def test_each_currency_measures_something_else() -> None:
    assert dimension("USD") != dimension("EUR")
    with pytest.raises(UnitMismatch):
        conversion("USD", "EUR")
    assert is_currency("USD")
    assert not is_currency("USD/kg")


def test_months_are_not_seconds() -> None:
    assert dimension("month") == dimension("year") != dimension("day")


def test_products_merge_equal_units() -> None:
    assert product("kg", "USD/kg") == "USD"
    assert quotient("km", "h") == "km/h"
    assert product("", "kg") == "kg"
    assert quotient("kg", "kg") == ""
    assert quotient("", "h") == "1/h"
    assert product("km/h", "s") == "km*s/h"


def test_simplified_units_keep_the_dimension() -> None:
    assert simplified("km*s/h") == "km"
    assert conversion("km*s/h", "km") == Conversion(Decimal(0), Decimal(1), Decimal(3600), Decimal(0))
    assert simplified(product("USD/day", "s")) == "USD"
    assert simplified("min/h") == ""


@given(st.lists(st.tuples(st.sampled_from(["kg", "km", "h", "s", "USD", "degC"]), st.booleans()), max_size=6))
def test_products_and_quotients_undo_each_other(steps: list[tuple[str, bool]]) -> None:
    unit = ""
    for symbol, divide in steps:
        unit = quotient(unit, symbol) if divide else product(unit, symbol)
        assert dimension(simplified(unit)) == dimension(unit)
    for symbol, divide in reversed(steps):
        unit = product(unit, symbol) if divide else quotient(unit, symbol)
    assert unit == ""
    assert powers_of(unit) == ()


def test_dimensions_in_words() -> None:
    assert dimension_words("s") == "a length of time"
    assert dimension_words("degC") == "a temperature"
    assert dimension_words("kg") == "a weight"
    assert dimension_words("USD") == "an amount of money in USD"
    assert dimension_words("") == "a plain number"
    assert dimension_words("USD/kg") == "a price in USD/kg"
    assert dimension_words("km/h") == "a speed"


def test_common_units_do_not_load_pint() -> None:
    code = (
        "import sys; from compiler.units import unit_named; "
        "assert unit_named('km per hour'); assert 'pint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
