"""Columns find their inputs whatever small differences there are in how they are written."""

from __future__ import annotations

import time

import pytest

from compiler.plan import Function, Parameter
from compiler.types import NUMBER, TEXT, ListType, OptionalType
from runtime.tables.matching import match_columns, one_cell_problem
from tests.compiler.plans import ITEM, shop_plan


def function(*names: str, optional: bool = False) -> Function:
    kind = OptionalType(TEXT) if optional else TEXT
    return Function("F", tuple(Parameter(name, kind) for name in names), (), ())


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("Price", "price"),
        ("PRICE", "price"),
        ("  price ", "price"),
        ("prices", "price"),
        ("Price (USD)", "price"),
        ("Price (USD (net)", "price"),
        ("[Shop] Unit (net) Price", "unit price"),
        ("Price [USD", "price usd"),
        ("Price] (", "price"),
        ("the price", "price"),
        ("unit_price", "unit price"),
        ("Unit-Price", "unit price"),
        ("unitPrice", "unit price"),
        ("UnitPrices", "unit price"),
        ("Boxes", "box"),
        ("Cities", "city"),
        ("Straße", "strasse"),
    ],
)
def test_forgiving_names(column: str, name: str) -> None:
    assert match_columns(function(name), ["other", column]).columns == {name: 1}


@pytest.mark.parametrize(("column", "name"), [("class", "clas"), ("price list", "price"), ("", "price")])
def test_different_names_stay_different(column: str, name: str) -> None:
    assert match_columns(function(name), [column]).missing == (name,)


@pytest.mark.parametrize("name", ["(" * 200_000, "[(" * 100_000, "()" * 100_000, ")" + "(" * 200_000])
def test_no_name_takes_long(name: str) -> None:
    began = time.monotonic()
    assert match_columns(function("price"), [name]).missing == ("price",)
    assert time.monotonic() - began < 1


def test_an_exact_name_wins_over_a_loose_one() -> None:
    assert match_columns(function("price"), ["prices", "price"]).columns == {"price": 1}


def test_no_column_is_used_twice_by_itself_but_may_be_chosen_twice() -> None:
    both = function("price", "prices")
    assert match_columns(both, ["price"]).missing == ("prices",)
    assert match_columns(both, ["price"], {"price": 0, "prices": 0}).columns == {"price": 0, "prices": 0}


def test_what_was_chosen_wins_and_no_column_is_a_choice() -> None:
    assert match_columns(function("price"), ["price", "cost"], {"price": 1}).columns == {"price": 1}
    assert match_columns(function("price"), ["price"], {"price": None}).missing == ("price",)


def test_an_input_that_may_be_empty_needs_no_column() -> None:
    assert match_columns(function("price", optional=True), ["x"]).missing == ()


def test_lists_of_single_values_fit_in_a_cell_and_records_do_not() -> None:
    assert one_cell_problem(Parameter("marks", ListType(NUMBER))) is None
    problem = one_cell_problem(shop_plan().functions["Basket total"].inputs[0])
    assert problem is not None
    assert "name, price, quantity and exempt mark" in problem
    assert one_cell_problem(Parameter("item", ITEM)) is not None
