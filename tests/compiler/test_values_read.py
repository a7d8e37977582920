"""Values from what people type: what is understood, and what is refused with which words."""

from __future__ import annotations

import datetime
import time
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
    OptionalType,
    RecordType,
    Type,
    measure,
    money,
)
from compiler.values import (
    ValueProblem,
    example,
    parse_value,
    type_words,
)
from tests.compiler.value_strategies import SCALAR_TYPES, any_types, is_value_of, value_or_words

USD = money("USD")
CELSIUS = measure("degC")
SIZE = ChoiceType(("small", "medium", "very large"))
ITEM = RecordType(
    "item", (FieldType("exempt mark", YES_NO), FieldType("price", USD), FieldType("note", OptionalType(TEXT)))
)
NINE = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)

UNDERSTOOD: list[tuple[str, Type, Value]] = [
    ("1250.50", NUMBER, Decimal("1250.5")),
    (" 1,250.5 ", NUMBER, Decimal("1250.5")),
    (".5", NUMBER, Decimal("0.5")),
    ("+3", NUMBER, Decimal(3)),
    ("−3", NUMBER, Decimal(-3)),
    ("-0", NUMBER, Decimal(0)),
    ("1e3", NUMBER, Decimal(1000)),
    ("1" + "0" * 30, NUMBER, Decimal("1E+30")),
    ("12", WHOLE, 12),
    ("1,000", WHOLE, 1000),
    ("12.00", WHOLE, 12),
    ("20", USD, Decimal(20)),
    ("$20.00", USD, Decimal(20)),
    ("-$5", USD, Decimal(-5)),
    ("$-5", USD, Decimal(-5)),
    ("USD 20", USD, Decimal(20)),
    ("20 usd", USD, Decimal(20)),
    ("20 dollars", USD, Decimal(20)),
    ("$3 per kg", money("USD/kg"), Decimal(3)),
    ("15%", PERCENTAGE, Decimal("0.15")),
    ("15", PERCENTAGE, Decimal("0.15")),
    ("8.875 percent", PERCENTAGE, Decimal("0.08875")),
    ("30 C", CELSIUS, Decimal(30)),
    ("30", CELSIUS, Decimal(30)),
    ("30 degrees", CELSIUS, Decimal(30)),
    ("86 °F", CELSIUS, Decimal(30)),
    ("5 pounds", measure("kg"), Decimal("2.26796185")),
    ("90 min", measure("h"), Decimal("1.5")),
    ("3 days", DURATION, Decimal(259_200)),
    ("1 hour and 30 minutes", DURATION, Decimal(5400)),
    ("1h 30min", DURATION, Decimal(5400)),
    ("-2 h", DURATION, Decimal(-7200)),
    ("PT1H30M", DURATION, Decimal(5400)),
    ("2 years 3 months", measure("month"), Decimal(27)),
    ("Yes", YES_NO, True),
    ("FALSE", YES_NO, False),
    ("1", YES_NO, True),
    ("Very  Large", SIZE, "very large"),
    ("2026-03-01", DATE, NINE.date()),
    ("1 March 2026", DATE, NINE.date()),
    ("1st of March, 2026", DATE, NINE.date()),
    ("Mar 1, 2026", DATE, NINE.date()),
    ("1-mar-2026", DATE, NINE.date()),
    ("09:00", TIME, datetime.time(9)),
    ("9 am", TIME, datetime.time(9)),
    ("12:30 pm", TIME, datetime.time(12, 30)),
    ("12 am", TIME, datetime.time(0)),
    ("noon", TIME, datetime.time(12)),
    ("2026-03-01T10:00:00+01:00", MOMENT, NINE),
    ("2026-03-01T09:00Z", MOMENT, NINE),
    ("1 March 2026 at 9 am UTC".replace("9 am", "9:00 am"), MOMENT, NINE),
    ("", OptionalType(WHOLE), None),
    ("nothing", OptionalType(DATE), None),
    ("1, 2 and 3", ListType(WHOLE), (1, 2, 3)),
    ("1; 2\n3", ListType(WHOLE), (1, 2, 3)),
    ("", ListType(WHOLE), ()),
    ("  as it is ", TEXT, "  as it is "),
]


@pytest.mark.parametrize(("text", "type_", "value"), UNDERSTOOD)
def test_what_people_type_is_understood(text: str, type_: Type, value: Value) -> None:
    read = parse_value(text, type_)
    assert read == value
    assert is_value_of(read, type_)


REFUSED: list[tuple[str, Type, str]] = [
    ("abc", WHOLE, "“abc” is not a whole number. Write it like “12”."),
    ("", WHOLE, "Nothing is filled in here, but a whole number is needed."),
    ("10.5", WHOLE, "“10.5” is not a whole number. Write it without decimals, like “12”."),
    ("1E+18", WHOLE, "“1E+18” is too large. A whole number has at most 18 digits."),
    (
        "1234567890123456789",
        NUMBER,
        "“1234567890123456789” has 19 digits. A number has at most 18, so please shorten it.",
    ),
    (
        "0.1234567890123456789",
        NUMBER,
        "“0.1234567890123456789” has 19 digits. A number has at most 18, so please shorten it.",
    ),
    ("1e400", NUMBER, "“1e400” is too large a number to work with."),
    ("1e-400", NUMBER, "“1e-400” is too small a number to work with."),
    (
        "12,5",
        NUMBER,
        "“12,5” has a comma where no thousands are separated. "
        "Write decimals with a point and thousands with commas, like “1,250.50”.",
    ),
    ("15%", NUMBER, "“15%” is not a number by itself. Leave out “%”."),
    ("5 kg", WHOLE, "“5 kg” is not a whole number by itself. Leave out “kg”."),
    ("NaN", NUMBER, "“NaN” is not a number. Write it like “12.5”."),
    ("--5", NUMBER, "“--5” is not a number. Write it like “12.5”."),
    (
        "20 EUR",
        USD,
        "“20 EUR” is an amount of money in EUR, but an amount of money in USD is needed, like “$12.50”.",
    ),
    ("5 minutes", CELSIUS, "“5 minutes” is a length of time, but a temperature is needed, like “12.5 °C”."),
    (
        "5 kilograns",
        measure("kg"),
        "I do not know the unit “kilograns”. Did you mean “kilograms”? Write it like “12.5 kg”.",
    ),
    ("20", DURATION, "“20” needs a unit of time. Write it like “20 minutes”."),
    ("maybe", YES_NO, "“maybe” is neither yes nor no. Write “yes” or “no”."),
    ("smal", SIZE, "“smal” is not one of small, medium or very large. Did you mean “small”?"),
    ("1/3/2026", DATE, "“1/3/2026” could be 1 March 2026 or 3 January 2026. Please write the month as a word."),
    ("31/12/2026", DATE, "Please write the month of “31/12/2026” as a word, like “31 December 2026”."),
    ("30 February 2026", DATE, "There is no date “30 February 2026” in the calendar."),
    ("1 March 26", DATE, "“1 March 26” needs a year of four digits, like “1 March 2026”."),
    ("25:00", TIME, "“25:00” is not a time of day. Write it like “9:00”."),
    ("9:00:00.5", TIME, "“9:00:00.5” has a fraction of a second. A time of day has whole seconds."),
    (
        "2026-03-01T09:00",
        MOMENT,
        "“2026-03-01T09:00” does not say its time zone. Write it like “2026-03-01T09:00 UTC”.",
    ),
    ("0001-01-01T00:00+01:00", MOMENT, "There is no moment “0001-01-01T00:00+01:00” in the calendar."),
    ("1, x and 3", ListType(WHOLE), "In item 2: “x” is not a whole number. Write it like “12”."),
    (
        "book, $12",
        ITEM,
        "“book, $12” is one text, but the parts of the item (exempt mark, price and note) are needed, each by itself.",
    ),
    ("a\0b", TEXT, "This text has a null character in it, which is not text. Please remove it."),
    ("a\ud800b", TEXT, "This text has half a character in it (a lone surrogate). Please remove it."),
    ("x" * 1_000_001, TEXT, "This text has 1,000,001 characters. A text has at most 1,000,000."),
]


@pytest.mark.parametrize(("text", "type_", "words"), REFUSED)
def test_what_is_not_understood_is_explained(text: str, type_: Type, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_value(text, type_)
    assert caught.value.words == words


_SCRAPS = [
    "1",
    "12",
    ",",
    ".",
    " ",
    "-",
    "$",
    "€",
    "kg",
    "days",
    "h",
    "and",
    "%",
    "2026",
    "March",
    "/",
    "T",
    ":",
    "Z",
    "e9",
    "P",
    "nothing",
    "USD",
]


@given(st.text(max_size=40) | st.lists(st.sampled_from(_SCRAPS), max_size=8).map("".join), any_types())
def test_any_text_is_a_value_or_refused(text: str, type_: Type) -> None:
    value, words = value_or_words(lambda: parse_value(text, type_))
    assert words.endswith((".", "?")) if words else is_value_of(value, type_)


@pytest.mark.parametrize("type_", [*SCALAR_TYPES, ListType(WHOLE), ListType(DATE)])
@pytest.mark.parametrize("scrap", ["9", "1 ", "1,", "a", " ", "-", "1 h ", "1:", ", ", "é"])
def test_long_texts_are_read_in_bounded_time(type_: Type, scrap: str) -> None:
    text = (scrap * 1_000_000)[:999_999] + "!"
    started = time.process_time()
    _, words = value_or_words(lambda: parse_value(text, type_))
    assert len(words) < 1000
    assert time.process_time() - started < 2


@pytest.mark.parametrize("type_", [type_ for type_ in SCALAR_TYPES if type_ != TEXT])
def test_the_example_in_the_words_is_understood(type_: Type) -> None:
    assert is_value_of(parse_value(example(type_), type_), type_)
    assert type_words(type_)
