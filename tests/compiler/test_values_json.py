"""Values from JSON and as JSON: exact, and what does not fit is explained."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.plan import Parameter, Value
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
    FieldType,
    ListType,
    OptionalType,
    RecordType,
    Type,
    money,
)
from compiler.values import (
    ValueProblem,
    dump_json,
    from_json,
    key,
    load_json,
    read_inputs,
    to_json,
)
from tests.compiler.value_strategies import RECORD_TYPES, any_types, input_values, is_value_of, value_or_words

USD = money("USD")
ITEM = RecordType(
    "item", (FieldType("exempt mark", YES_NO), FieldType("price", USD), FieldType("note", OptionalType(TEXT)))
)
NINE = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)


@given(any_types().flatmap(lambda type_: st.tuples(st.just(type_), input_values(type_))))
def test_json_holds_every_value_exactly(case: tuple[Type, Value]) -> None:
    type_, value = case
    assert from_json(load_json(dump_json(to_json(value, type_))), type_) == value


def test_json_is_written_as_other_programs_expect() -> None:
    moment = NINE.replace(microsecond=250_000)
    written = [
        (Decimal("38.2500"), USD, b"38.25"),
        (Decimal("-0"), USD, b"0"),
        (Decimal("1E+2"), NUMBER, b"100"),
        (Decimal("1E+300"), NUMBER, b"1E+300"),
        (Decimal("0.08875"), PERCENTAGE, b"8.875"),
        (12, WHOLE, b"12"),
        (Decimal(259_200), DURATION, b'"P3D"'),
        (Decimal(5400), DURATION, b'"PT90M"'),
        (Decimal("-1.5"), DURATION, b'"-PT1.5S"'),
        (NINE.date(), DATE, b'"2026-03-01"'),
        (datetime.time(9), TIME, b'"09:00"'),
        (NINE, MOMENT, b'"2026-03-01T09:00:00Z"'),
        (moment, MOMENT, b'"2026-03-01T09:00:00.25Z"'),
        (None, OptionalType(TEXT), b"null"),
        (
            ({"exempt mark": True, "price": Decimal(12), "note": None},),
            ListType(ITEM),
            b'[{"exempt_mark":true,"price":12,"note":null}]',
        ),
    ]
    for value, type_, expected in written:
        assert dump_json(to_json(value, type_)) == expected


JSON_UNDERSTOOD: list[tuple[Any, Type, Value]] = [
    (15, PERCENTAGE, Decimal("0.15")),
    ("15%", PERCENTAGE, Decimal("0.15")),
    (0.1, NUMBER, Decimal("0.1")),
    (12.0, WHOLE, 12),
    ("$12", USD, Decimal(12)),
    (90, DURATION, Decimal(90)),
    ("3 days", DURATION, Decimal(259_200)),
    ("yes", YES_NO, True),
    (None, OptionalType(WHOLE), None),
    ({"exempt_mark": True, "price": 1}, ITEM, {"exempt mark": True, "price": Decimal(1), "note": None}),
    ({"exempt mark": "no", "price": 1, "note": "x"}, ITEM, {"exempt mark": False, "price": Decimal(1), "note": "x"}),
    (NINE.date(), DATE, NINE.date()),
]


@pytest.mark.parametrize(("data", "type_", "value"), JSON_UNDERSTOOD)
def test_json_is_understood(data: Any, type_: Type, value: Value) -> None:
    assert from_json(data, type_) == value


JSON_REFUSED: list[tuple[Any, Type, str]] = [
    (True, WHOLE, "This is yes or no, but a whole number is needed."),
    (3, TEXT, "This is a number, but a text is needed."),
    (None, WHOLE, "There is nothing here, but a whole number is needed."),
    (float("inf"), NUMBER, "“inf” is not a number."),
    (10**2000, WHOLE, "This number is too large to work with."),
    (10**18, WHOLE, "“1000000000000000000” is too large. A whole number has at most 18 digits."),
    ("1, 2", ListType(WHOLE), "This is a text, but a list is needed."),
    ([1, "x"], ListType(WHOLE), "In item 2: “x” is not a whole number. Write it like “12”."),
    ([0] * 100_001, ListType(WHOLE), "This list has 100,001 items. A list has at most 100,000."),
    (
        [{"exempt_mark": True, "price": "$x"}],
        ListType(ITEM),
        "In item 1, the price: “$x” is not an amount of money in USD. Write it like “$12.50”.",
    ),
    ({"exempt_mark": True}, ITEM, "The price is missing: an amount of money in USD is needed."),
    (
        {"exempt_mark": True, "price": 1, "prize": 2},
        ITEM,
        "The item has no “prize”, only exempt mark, price and note. Did you mean “price”?",
    ),
]


@pytest.mark.parametrize(("data", "type_", "words"), JSON_REFUSED)
def test_json_that_does_not_fit_is_explained(data: Any, type_: Type, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        from_json(data, type_)
    assert caught.value.words == words


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.decimals(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "price", "day", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_JSON, any_types() | st.sampled_from(RECORD_TYPES).map(ListType))
def test_any_json_is_a_value_or_refused(data: Any, type_: Type) -> None:
    value, words = value_or_words(lambda: from_json(data, type_))
    assert words or is_value_of(value, type_)


@pytest.mark.parametrize("text", ["", "{", "[1,]", "NaN", "[" * 100_000, b"\xff", "1" * 5000 + "x"])
def test_text_that_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueProblem) as caught:
        load_json(text)
    assert caught.value.words == "This is not correct JSON, so it could not be read."


def test_numbers_in_json_are_exact() -> None:
    assert load_json("[0.1, 1.10, 123456789012345678, 1e400]") == [
        Decimal("0.1"), Decimal("1.10"), 123456789012345678, Decimal("1E+400"),
    ]  # fmt: skip
    assert load_json("9" * 10_000) == Decimal("9" * 10_000)


def test_inputs_are_read_by_name() -> None:
    parameters = [Parameter("price", USD), Parameter("tax rate", OptionalType(PERCENTAGE))]
    assert read_inputs(parameters, {"price": 20}) == {"price": Decimal(20), "tax rate": None}
    assert read_inputs(parameters, {"price": 20, "tax_rate": 5})["tax rate"] == Decimal("0.05")
    with pytest.raises(ValueProblem) as caught:
        read_inputs(parameters, {"price": 20, "prize": 1})
    assert caught.value.words == "This function has no “prize”, only price and tax rate. Did you mean “price”?"
    with pytest.raises(ValueProblem, match="The price is missing"):
        read_inputs(parameters, {})
    with pytest.raises(ValueProblem) as caught:
        read_inputs(parameters, {"price": "x"})
    assert caught.value.path == ("price",)


def test_keys_of_names() -> None:
    assert key("exempt mark") == "exempt_mark"
    assert key("price") == "price"
    assert key("customer's age (years)") == "customer_s_age_years"
