"""How values are shown, and that what is shown is read back as the same value."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.plan import Value
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    FieldType,
    ListType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    Type,
    measure,
    money,
)
from compiler.values import number_format, parse_value, show
from tests.compiler.value_strategies import DECIMAL_TYPES, SCALAR_TYPES, decimals, input_values, texts

USD = money("USD")
ITEM = RecordType("item", (FieldType("name", TEXT), FieldType("price", USD)))

SHOWN: list[tuple[Value, Type, str]] = [
    (Decimal("1250.50"), NUMBER, "1,250.5"),
    (Decimal("0.000001"), NUMBER, "0.000001"),
    (Decimal("-3"), NUMBER, "-3"),
    (Decimal("-0.00"), NUMBER, "0"),
    (Decimal("0E+5"), NUMBER, "0"),
    (Decimal("1E+6"), NUMBER, "1,000,000"),
    (Decimal("-123456.7890"), NUMBER, "-123,456.789"),
    (1250, WHOLE, "1,250"),
    (-999, WHOLE, "-999"),
    (Decimal("0.08875"), PERCENTAGE, "8.875%"),
    (Decimal("1"), PERCENTAGE, "100%"),
    (Decimal("-0.5"), PERCENTAGE, "-50%"),
    (Decimal("1E-4"), PERCENTAGE, "0.01%"),
    (Decimal("20.00"), USD, "$20"),
    (Decimal("1.5"), USD, "$1.50"),
    (Decimal("1.265"), USD, "$1.265"),
    (Decimal("-5"), USD, "-$5"),
    (Decimal("-0"), USD, "$0"),
    (Decimal("12345.6"), money("JPY"), "¥12,345.60"),
    (Decimal("20"), money("CHF"), "20 CHF"),
    (Decimal("20.5"), money("CHF"), "20.50 CHF"),
    (Decimal("3"), money("USD/kg"), "$3/kg"),
    (Decimal("0.5"), money("CHF/kg"), "0.50 CHF/kg"),
    (Decimal("259200"), DURATION, "3 days"),
    (Decimal("604800"), DURATION, "1 week"),
    (Decimal("5400"), DURATION, "90 minutes"),
    (Decimal("86400.0"), DURATION, "1 day"),
    (Decimal("1.5"), DURATION, "1.5 seconds"),
    (Decimal("0"), DURATION, "0 seconds"),
    (Decimal("-3600"), DURATION, "-1 hour"),
    (Decimal("1E+20"), DURATION, "100,000,000,000,000,000,000 seconds"),
    (Decimal("30"), measure("degC"), "30 °C"),
    (Decimal("2.5"), measure("kg"), "2.5 kg"),
    (Decimal("60"), measure("km/h"), "60 km/h"),
    (Decimal("3"), measure("day"), "3 days"),
    (Decimal("1.0"), measure("day"), "1 day"),
    (Decimal("2"), measure("1/h"), "2 per hour"),
    ("as it is", TEXT, "as it is"),
    (True, YES_NO, "yes"),
    (False, YES_NO, "no"),
    ("red", ChoiceType(("red", "blue")), "red"),
    (datetime.date(2026, 3, 1), DATE, "1 March 2026"),
    (datetime.date(26, 3, 1), DATE, "1 March 0026"),
    (datetime.time(9), TIME, "9:00"),
    (datetime.time(9, 0, 5), TIME, "9:00:05"),
    (datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), MOMENT, "1 March 2026 9:00 UTC"),
    (datetime.datetime(2026, 3, 1, 9, 0, 5, 250_000, datetime.UTC), MOMENT, "1 March 2026 9:00:05.25 UTC"),
    (datetime.datetime(2026, 3, 1, 9, 0, 0, 1, datetime.UTC), MOMENT, "1 March 2026 9:00:00.000001 UTC"),
    (None, OptionalType(USD), "nothing"),
    (Decimal(2), OptionalType(USD), "$2"),
    ((), ListType(TEXT), "nothing"),
    (("a",), ListType(TEXT), "a"),
    (("a", "b"), ListType(TEXT), "a and b"),
    (("a", "b", "c"), ListType(TEXT), "a, b and c"),
    ({"name": "book", "price": Decimal(12)}, ITEM, "name: book, price: $12"),
]


@pytest.mark.parametrize(("value", "type_", "shown"), SHOWN)
def test_values_are_shown_as_people_write_them(value: Value, type_: Type, shown: str) -> None:
    assert show(value, type_) == shown


_READABLE = [*(type_ for type_ in SCALAR_TYPES if type_ != TEXT), *DECIMAL_TYPES, measure("1/h"), measure("degF")]
_TYPES_READ_BACK = st.one_of(
    st.sampled_from(_READABLE), st.sampled_from(_READABLE).map(ListType), st.sampled_from(_READABLE).map(OptionalType)
)


@given(_TYPES_READ_BACK.flatmap(lambda type_: st.tuples(st.just(type_), input_values(type_))))
def test_what_is_shown_is_read_back(case: tuple[Type, Value]) -> None:
    type_, value = case
    assert parse_value(show(value, type_), type_) == value


@given(texts())
def test_text_is_read_as_it_is(text: str) -> None:
    assert parse_value(show(text, TEXT), TEXT) == text


@given(decimals(), st.sampled_from([*DECIMAL_TYPES, measure("1/h"), WHOLE]))
def test_the_fixed_parts_of_a_number_are_all_there_is(number: Decimal, type_: NumberType) -> None:
    """What targets rely on that write numbers on their own."""
    parts = number_format(type_)
    if parts.duration:
        return
    value = number if type_.kind is not NumberKind.WHOLE else int(number) % 10**18
    shifted = Decimal(value).as_tuple()
    assert isinstance(shifted.exponent, int)
    plain = show(Decimal((shifted.sign, shifted.digits, shifted.exponent + parts.shift)), NUMBER)
    whole, point, fraction = plain.lstrip("-").partition(".")
    expected = "-" * plain.startswith("-") + parts.before + whole
    expected += point + fraction.ljust(parts.least_decimals, "0") if point else ""
    assert show(value, type_) == expected + (parts.after_one if abs(value) == 1 else parts.after)
