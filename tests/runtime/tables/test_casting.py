"""Cells become the values that `parse_value` says, whichever way they are read; law: quick and slow agree."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler.types import (
    DATE,
    DURATION,
    NUMBER,
    PERCENTAGE,
    TEXT,
    WHOLE,
    YES_NO,
    ChoiceType,
    ListType,
    OptionalType,
    Type,
    measure,
    money,
)
from compiler.values import ValueProblem, parse_value
from runtime.tables.casting import cast
from runtime.tables.columns import values_of

DOLLARS = money("USD")

CELLS = st.one_of(
    st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{0,20})?", fullmatch=True),
    st.sampled_from(
        [
            "",
            " ",
            "$20",
            "20 ",
            "1,250.50",
            "15%",
            "-0",
            "1e5",
            "abc",
            "nothing",
            "3 days",
            "yes",
            "small",
            "2026-02-30",
        ]
    ),
    st.dates().map(str),
    st.text(max_size=6),
)


def expected(cell: str, type_: Type) -> object:
    try:
        value = parse_value(cell, type_)
    except ValueProblem as problem:
        return problem.words
    return value


@pytest.mark.parametrize(
    "type_",
    [NUMBER, WHOLE, PERCENTAGE, DOLLARS, measure("kg"), DURATION, TEXT, YES_NO, DATE, ChoiceType(("small", "large"))],
    ids=repr,
)
@pytest.mark.parametrize("optional", [False, True])
@settings(max_examples=150)
@given(cells=st.lists(CELLS, max_size=12))
@example(cells=["1.50", "x", "2", "", "0.000000000000000001"])
@example(cells=["2026-03-01", "0001-01-01", "9999-12-31", "2026-3-1"])
def test_cells_are_read_as_people_type_them(type_: Type, optional: bool, cells: list[str]) -> None:
    wanted: Type = OptionalType(type_) if optional else type_
    found = cast(pa.array(cells, pa.string()), wanted)
    values = values_of(found.values, wanted)
    words = found.problems.to_pylist() if found.problems is not None else [None] * len(cells)
    assert len(values) == len(cells)
    for cell, value, said in zip(cells, values, words, strict=True):
        blank = optional and not cell.strip()
        meant = None if blank else expected(cell, wanted)
        if said is None:
            assert value == meant, cell
        elif "spreadsheet can be run with" not in said:
            assert said == meant, cell


def test_a_column_has_as_many_decimals_as_its_longest_number() -> None:
    found = cast(pa.array(["1.5", "2", "0.125"]), DOLLARS)
    assert found.values.type == pa.decimal128(38, 3)
    assert values_of(found.values, DOLLARS) == [Decimal("1.5"), Decimal(2), Decimal("0.125")]


def test_a_bare_percentage_is_percent_points() -> None:
    found = cast(pa.array(["15", "8.875%", "0.5"]), PERCENTAGE)
    assert values_of(found.values, PERCENTAGE) == [Decimal("0.15"), Decimal("0.08875"), Decimal("0.005")]


def test_bad_cells_get_words_and_good_ones_stay() -> None:
    found = cast(pa.array(["1", "many", "3"]), WHOLE)
    assert values_of(found.values, WHOLE) == [1, None, 3]
    assert found.problems is not None
    none, words, _ = found.problems.to_pylist()
    assert none is None
    assert "“many”" in words


def test_a_list_in_a_cell() -> None:
    marks = ListType(NUMBER)
    found = cast(pa.array(["1; 2.5;3", "", "4", "1; x"]), marks)
    assert values_of(found.values, marks) == [(Decimal(1), Decimal("2.5"), Decimal(3)), (), (Decimal(4),), None]
    assert found.problems is not None
    assert "item 2" in found.problems.to_pylist()[3]


def test_a_number_that_no_column_can_hold_is_told() -> None:
    found = cast(pa.array(["1", "0.0000000000000000000001"]), NUMBER)
    assert found.problems is not None
    assert "digits after the point" in found.problems.to_pylist()[1]


def test_dates() -> None:
    found = cast(pa.array(["2026-03-01", "1 March 2026"]), DATE)
    assert values_of(found.values, DATE) == [datetime.date(2026, 3, 1)] * 2


def test_no_cells_at_all() -> None:
    for type_ in (NUMBER, WHOLE, TEXT, DATE, YES_NO, ListType(NUMBER), OptionalType(NUMBER)):
        assert len(cast(pa.array([], pa.string()), type_).values) == 0
