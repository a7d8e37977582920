"""Single runs of the engine: results, faults, limits, and that no run sees another."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from compiler.plan import (
    Assign,
    Compare,
    Comparison,
    Fault,
    Function,
    Holds,
    Join,
    Literal,
    Parameter,
    Plan,
    Quantity,
    Repeat,
    Variable,
)
from compiler.run import Clock, Stopped
from compiler.targets.wasm import compile_wasm
from compiler.types import TEXT, WHOLE, YES_NO, ListType
from runtime.engine import Engine, Program
from runtime.engine import program as program_module
from tests.compiler.plans import shop_plan

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def shop(engine: Engine) -> Program:
    return engine.load(shop_plan())


@pytest.mark.parametrize(
    ("price", "quantity", "discount"), [("20", 10, "10.00"), ("20", 100, "300.00"), ("19.99", 9, "0")]
)
def test_a_run_gives_its_outputs(shop: Program, price: str, quantity: int, discount: str):
    outcome = shop.run("Quantity discount", {"price": Decimal(price), "quantity": quantity}, CLOCK)
    assert outcome.outputs == {"discount": Decimal(discount)}
    assert outcome.stopped is None
    assert outcome.operations == 3


def test_a_stop_gives_its_text_and_place(shop: Program):
    outcome = shop.run("Quantity discount", {"price": Decimal(20), "quantity": 0}, CLOCK)
    assert outcome.outputs is None
    assert outcome.stopped == Stopped(Fault.STOPPED, 0, "Order at least one.")


def test_lists_of_records_go_in(shop: Program):
    items = (
        {"name": "book", "price": Decimal(12), "quantity": 2, "exempt mark": True},
        {"name": "pen", "price": Decimal("1.50"), "quantity": 10, "exempt mark": False},
    )
    outcome = shop.run("Basket total", {"items": items, "state": "New York"}, CLOCK)
    assert outcome.outputs == {"subtotal": Decimal("38.25"), "tax": Decimal("1.26"), "total": Decimal("39.51")}


def test_the_limit_of_operations_stops_a_run(shop: Program):
    outcome = shop.run("Quantity discount", {"price": Decimal(20), "quantity": 10}, CLOCK, limit=2)
    assert outcome.stopped == Stopped(Fault.OPERATIONS, 2)
    assert outcome.operations == 2


def test_unknown_functions_and_missing_inputs_are_key_errors(shop: Program):
    with pytest.raises(KeyError):
        shop.run("Quantity", {}, CLOCK)
    with pytest.raises(KeyError, match="quantity"):
        shop.run("Quantity discount", {"price": Decimal(20)}, CLOCK)


def test_runs_on_many_threads_do_not_disturb_one_another(shop: Program):
    def run(quantity: int) -> Decimal:
        outcome = shop.run("Quantity discount", {"price": Decimal(20), "quantity": quantity}, CLOCK)
        assert outcome.outputs is not None
        return outcome.outputs["discount"]

    with ThreadPoolExecutor(100) as pool:
        discounts = list(pool.map(run, range(100, 1100)))
    assert discounts == [Decimal(3 * quantity) for quantity in range(100, 1100)]


def doubling() -> Plan:
    """Makes a text twice as long so many times."""
    text = Variable("text", TEXT)
    return Plan(
        {
            "Double": Function(
                "Double",
                (Parameter("text", TEXT), Parameter("times", WHOLE)),
                (Parameter("text made", TEXT),),
                (
                    Repeat(Variable("times", WHOLE), (Assign(text, Join((text, text), TEXT), 1),), 0),
                    Assign(Variable("text made", TEXT), text, 2),
                ),
            )
        }
    )


def test_a_text_that_grows_without_end_stops_at_the_limit_of_memory(engine: Engine):
    program = engine.load(doubling())
    assert program.run("Double", {"text": "é", "times": 3}, CLOCK).outputs == {"text made": "é" * 8}
    outcome = program.run("Double", {"text": "é", "times": 1000}, CLOCK)
    assert outcome.stopped == Stopped(Fault.MEMORY, 1)


def test_all_that_a_run_makes_is_limited(engine: Engine):
    text, copy = Variable("text", TEXT), Variable("copy", TEXT)
    make = Assign(copy, Join((text, text), TEXT), 1)
    plan = Plan(
        {
            "Copy": Function(
                "Copy",
                (Parameter("text", TEXT),),
                (Parameter("copy", TEXT),),
                (Repeat(Literal(1000, WHOLE), (make,), 0),),
            )
        }
    )
    outcome = engine.load(plan).run("Copy", {"text": "x" * 1_000_000}, CLOCK)
    assert outcome.stopped == Stopped(Fault.MEMORY, 1)
    assert outcome.operations < 50


def slow(count: int) -> Plan:
    """Compares every item of a list with every other, again and again, within few operations."""
    items = Variable("items", ListType(WHOLE))
    one, other = Variable("one", WHOLE), Variable("other", WHOLE)
    never = Compare(Comparison.LESS, Literal(1, WHOLE), Literal(0, WHOLE), YES_NO)
    inner = Holds(Quantity.ANY, items, other, never, YES_NO)
    found = Holds(Quantity.ANY, items, one, inner, YES_NO)
    answer = Variable("answer", YES_NO)
    return Plan(
        {
            "Slow": Function(
                "Slow",
                (Parameter("items", ListType(WHOLE)),),
                (Parameter("answer", YES_NO),),
                (Repeat(Literal(count, WHOLE), (Assign(answer, found, 7),), 6),),
            )
        }
    )


def test_a_run_beyond_its_deadline_is_stopped_where_it_is(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program_module, "RUN_SECONDS", 0.05)
    program = engine.load(slow(1000))
    outcome = program.run("Slow", {"items": tuple(range(50_000))}, CLOCK)
    assert outcome.stopped == Stopped(Fault.TIME, 7)
    assert outcome.operations >= 2


def test_fuel_stops_a_run_whatever_the_clock_says(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program_module, "RUN_FUEL", 100_000)
    outcome = engine.load(slow(1000)).run("Slow", {"items": tuple(range(1000))}, CLOCK)
    assert outcome.stopped == Stopped(Fault.TIME, 7)


def test_the_same_plan_is_compiled_once(engine: Engine):
    plan = shop_plan()
    program = engine.load(plan)
    assert engine.load(plan) is program
    assert engine.load(shop_plan()) is program
    assert engine.load_module(compile_wasm(plan)) is program
