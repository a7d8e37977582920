"""Runs over columns: every row is a run of its own."""

from __future__ import annotations

import datetime
import os
import time
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compiler.plan import (
    Arithmetic,
    ArithmeticOperator,
    Assign,
    Fault,
    Function,
    IsEmpty,
    Literal,
    MakeList,
    Now,
    Parameter,
    Plan,
    Today,
    Variable,
)
from compiler.run import Clock
from compiler.types import DATE, MOMENT, NUMBER, TEXT, YES_NO, ListType, OptionalType, Type
from runtime.engine import Engine, Program
from runtime.engine import program as program_module
from runtime.engine.columns import batch, chunk
from tests.compiler.generators import Case, cases, inputs_of
from tests.compiler.plans import shop_plan
from tests.runtime.engine.arrow_values import column, fits, plain
from tests.runtime.engine.test_single_runs import CLOCK, doubling, slow

EXAMPLES = int(os.environ.get("AGREEMENT_EXAMPLES", "100"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def shop(engine: Engine) -> Program:
    return engine.load(shop_plan())


def prices(*values: str | None, scale: int = 2) -> pa.Array:
    return pa.array([None if value is None else Decimal(value) for value in values], pa.decimal128(38, scale))


def test_each_row_has_its_result_or_its_fault(shop: Program):
    table = pa.table({"price": prices("20", "19.99", "1", "1e30"), "quantity": pa.array([10, 101, 0, 3])})
    assert shop.run_columns("Quantity discount", table, CLOCK).to_pylist() == [
        {"discount": Decimal("10.0000"), "fault": 0, "place": -1, "text": None, "operations": 3},
        {"discount": Decimal("302.8485"), "fault": 0, "place": -1, "text": None, "operations": 3},
        {"discount": None, "fault": 1, "place": 0, "text": "Order at least one.", "operations": 1},
        {"discount": Decimal(0), "fault": 0, "place": -1, "text": None, "operations": 3},
    ]


def test_the_scale_is_the_smallest_that_holds_all_rows(shop: Program):
    table = pa.table({"price": prices("20", "40"), "quantity": pa.array([10, 1000])})
    result = shop.run_columns("Quantity discount", table, CLOCK)
    assert result.schema.field("discount").type == pa.decimal128(38, 0)
    assert result["discount"].to_pylist() == [Decimal(10), Decimal(6000)]


def test_rows_that_are_not_of_the_type_of_an_input_are_refused(shop: Program):
    table = pa.table(
        {
            "price": prices("20", None, "1234567890123456789", "1234567890123456789000", "12345678901234567.8"),
            "quantity": pa.array([None, 10, 10, 10, 10], pa.int64()),
        }
    )
    faults = shop.run_columns("Quantity discount", table, CLOCK)["fault"].to_pylist()
    assert faults == [Fault.INPUT.value] * 4 + [0]


def test_an_empty_table_gives_an_empty_table(shop: Program):
    table = pa.table({"price": prices(), "quantity": pa.array([], pa.int64())})
    result = shop.run_columns("Quantity discount", table, CLOCK)
    assert result.num_rows == 0
    assert result.column_names == ["discount", "fault", "place", "text", "operations"]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_many_chunks_come_back_in_order(shop: Program, threads: int):
    count = 3 * chunk.CHUNK_ROWS + 17
    quantities = np.arange(count) % 1000
    table = pa.table({"price": pa.array(np.arange(count)), "quantity": quantities})
    result = shop.run_columns("Quantity discount", table, CLOCK, threads=threads)
    expected = [
        None
        if quantity < 1
        else Decimal(row * quantity * (15 if quantity >= 100 else 5 if quantity >= 10 else 0)) / 100
        for row, quantity in enumerate(quantities.tolist())
    ]
    assert result["discount"].to_pylist() == expected
    stopped = {text for text, quantity in zip(result["text"].to_pylist(), quantities, strict=True) if not quantity}
    assert stopped == {"Order at least one."}


def test_missing_columns_and_wrong_types_are_errors(shop: Program):
    with pytest.raises(KeyError):
        shop.run_columns("Quantity discount", pa.table({"price": prices("1")}), CLOCK)
    with pytest.raises(TypeError, match="not double"):
        shop.run_columns("Quantity discount", pa.table({"price": [1.5], "quantity": [1]}), CLOCK)


def _times(type_: Type = NUMBER) -> Plan:
    product = Arithmetic(ArithmeticOperator.MULTIPLY, Variable("a", NUMBER), Variable("b", NUMBER), NUMBER)
    inputs = (Parameter("a", NUMBER), Parameter("b", NUMBER))
    return Plan(
        {"Times": Function("Times", inputs, (Parameter("c", type_),), (Assign(Variable("c", type_), product, 0),))}
    )


def test_results_too_wide_for_38_digits_get_a_wider_column(engine: Engine):
    a, b = (pa.array([Decimal("1e18"), Decimal("1e-19")], pa.decimal128(38, 19)) for _ in range(2))
    result = engine.load(_times()).run_columns("Times", pa.table({"a": a, "b": b}), CLOCK)
    assert result.schema.field("c").type == pa.decimal256(76, 38)
    assert result["c"].to_pylist() == [Decimal("1e36"), Decimal("1e-38")]
    assert result["fault"].to_pylist() == [0, 0]


def test_a_number_that_no_column_can_hold_is_a_fault_of_its_row(engine: Engine):
    a, b = (pa.array([Decimal("1e-20"), Decimal(3), Decimal("2e-19")], pa.decimal128(38, 20)) for _ in range(2))
    result = engine.load(_times()).run_columns("Times", pa.table({"a": a, "b": b}), CLOCK)
    assert result["c"].to_pylist() == [None, Decimal(9), Decimal("4e-38")]
    assert result["fault"].to_pylist() == [Fault.OUT_OF_RANGE.value, 0, 0]


def test_nor_is_it_inside_a_list(engine: Engine):
    numbers = ListType(NUMBER)
    product = Arithmetic(ArithmeticOperator.MULTIPLY, Variable("a", NUMBER), Variable("a", NUMBER), NUMBER)
    items = MakeList((Variable("a", NUMBER), product), numbers)
    plan = Plan(
        {
            "Both": Function(
                "Both",
                (Parameter("a", NUMBER),),
                (Parameter("b", numbers),),
                (Assign(Variable("b", numbers), items, 0),),
            )
        }
    )
    program = engine.load(plan)
    numbers_given = [Decimal("1e-20"), Decimal(3), Decimal("2e-19")]
    result = program.run_columns("Both", pa.table({"a": pa.array(numbers_given, pa.decimal128(38, 20))}), CLOCK)
    assert result["b"].to_pylist() == [None, [Decimal(3), Decimal(9)], [Decimal("2e-19"), Decimal("4e-38")]]
    assert result["fault"].to_pylist() == [Fault.OUT_OF_RANGE.value, 0, 0]


def test_lists_of_different_scales_in_different_chunks_have_one_type(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(batch, "CHUNK_ROWS", 1)
    numbers = ListType(NUMBER)
    items = MakeList((Variable("a", NUMBER),), numbers)
    plan = Plan(
        {
            "List": Function(
                "List",
                (Parameter("a", NUMBER),),
                (Parameter("b", numbers),),
                (Assign(Variable("b", numbers), items, 0),),
            )
        }
    )
    for numbers_given in ([Decimal("1.5"), Decimal(2)], [Decimal("1e-17"), Decimal("1e18"), Decimal("1e20")]):
        table = pa.table({"a": pa.array(numbers_given, pa.decimal128(38, 17))})
        result = engine.load(plan).run_columns("List", table, CLOCK)
        assert result["b"].to_pylist() == [[number] for number in numbers_given]


def test_a_row_that_takes_too_long_does_not_take_the_others_with_it(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chunk, "RUN_SECONDS", 0.05)
    lists = [[1], list(range(50_000)), [], list(range(50_000)), [2, 3]]
    result = engine.load(slow(1000)).run_columns(
        "Slow", pa.table({"items": pa.array(lists, pa.list_(pa.int64()))}), CLOCK
    )
    assert result["fault"].to_pylist() == [0, Fault.TIME.value, 0, Fault.TIME.value, 0]
    assert result["answer"].to_pylist() == [False, None, False, None, False]
    assert result["place"].to_pylist() == [-1, 7, -1, 7, -1]


def test_rows_share_no_more_fuel_than_one_run_may_use(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chunk, "RUN_FUEL", 1_000_000)
    monkeypatch.setattr(program_module, "RUN_FUEL", 1_000_000)
    lists = [[1] * 100] * 20 + [[1] * 20_000, [1]]
    loaded = engine.load(slow(2))
    result = loaded.run_columns("Slow", pa.table({"items": pa.array(lists, pa.list_(pa.int64()))}), CLOCK)
    singles = [loaded.run("Slow", {"items": tuple(each)}, CLOCK).stopped for each in lists]
    assert result["fault"].to_pylist() == [0 if stopped is None else stopped.fault.value for stopped in singles]
    assert result["fault"].to_pylist() == [0] * 20 + [Fault.TIME.value, 0]


def test_rows_that_are_not_reached_in_time_say_so(engine: Engine):
    lists = [[1], *[list(range(50_000))] * 5, [1]]
    table = pa.table({"items": pa.array(lists, pa.list_(pa.int64()))})
    began = time.monotonic()
    result = engine.load(slow(1000)).run_columns("Slow", table, CLOCK, seconds=0.3)
    assert time.monotonic() - began < 3
    assert result["fault"].to_pylist() == [0] + [Fault.TIME.value] * 6
    assert result["answer"].to_pylist() == [False] + [None] * 6
    assert result["place"].to_pylist() == [-1, 7, -1, -1, -1, -1, -1]
    none = engine.load(slow(1000)).run_columns("Slow", table, CLOCK, seconds=0)
    assert none["fault"].to_pylist() == [Fault.TIME.value] * 7


def test_rows_that_make_much_are_taken_away_in_between(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chunk, "KEPT", 1000)
    table = pa.table({"text": [f"{number}é" for number in range(500)], "times": [number % 7 for number in range(500)]})
    result = engine.load(doubling()).run_columns("Double", table, CLOCK)
    assert result["text made"].to_pylist() == [f"{number}é" * 2 ** (number % 7) for number in range(500)]


def test_rows_too_large_for_the_memory_are_faults_of_their_own(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chunk, "_LAST_INPUT", 2**24)
    lists = [[1], [1] * 3_000_000, [2, 2]]
    table = pa.table({"items": pa.array(lists, pa.list_(pa.int64()))})
    result = engine.load(slow(1)).run_columns("Slow", table, CLOCK)
    assert result["fault"].to_pylist() == [0, Fault.MEMORY.value, 0]
    assert result["answer"].to_pylist() == [False, None, False]


def test_a_text_of_a_dictionary_is_in_memory_once(engine: Engine):
    text = "x" * 1_000_000
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0] * 5000), ["a", text])
    plan = Plan(
        {
            "Measure": Function(
                "Measure",
                (Parameter("text", OptionalType(TEXT)),),
                (Parameter("missing", YES_NO), Parameter("same", OptionalType(TEXT))),
                (
                    Assign(Variable("missing", YES_NO), IsEmpty(Variable("text", OptionalType(TEXT)), YES_NO), 0),
                    Assign(Variable("same", OptionalType(TEXT)), Literal(None, OptionalType(TEXT)), 1),
                ),
            )
        }
    )
    result = engine.load(plan).run_columns("Measure", pa.table({"text": texts}), CLOCK)
    assert result["missing"].to_pylist() == [False, False, True, False] * 5000
    assert result["same"].null_count == 20_000


@given(data=st.data(), case=cases())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
def test_columns_agree_with_single_runs(engine: Engine, data: st.DataObject, case: Case):
    function = case.plan.functions[case.function]
    rows = [case.inputs, *(data.draw(inputs_of(function)) for _ in range(data.draw(st.integers(0, 5))))]
    columns = {one.name: [row[one.name] for row in rows] for one in function.inputs}
    for values in columns.values():
        assume(fits(values))
    program = engine.load(case.plan)
    single = [program.run(case.function, row, case.clock, case.limit) for row in rows]
    for output in function.outputs:
        assume(fits([outcome.outputs[output.name] for outcome in single if outcome.outputs is not None]))
    arrays = [column(columns[one.name], one.type) for one in function.inputs]
    if not arrays:
        arrays, names = [pa.nulls(len(rows))], ["unused"]
    else:
        names = [one.name for one in function.inputs]
    result = program.run_columns(case.function, pa.table(arrays, names=names), case.clock, case.limit)
    for row, outcome in zip(result.to_pylist(), single, strict=True):
        assert row["operations"] == outcome.operations
        if outcome.stopped is None:
            assert row["fault"] == 0
            assert {one.name: plain(row[one.name]) for one in function.outputs} == outcome.outputs
        else:
            stopped = outcome.stopped
            text = stopped.text if stopped.fault is Fault.STOPPED else None
            assert (row["fault"], row["place"], row["text"]) == (stopped.fault.value, stopped.place, text)


def test_the_clock_is_that_of_the_run(engine: Engine):
    plan = Plan(
        {
            "When": Function(
                "When",
                (Parameter("a", OptionalType(NUMBER)),),
                (Parameter("day", DATE), Parameter("moment", MOMENT)),
                (Assign(Variable("day", DATE), Today(DATE), 0), Assign(Variable("moment", MOMENT), Now(MOMENT), 1)),
            )
        }
    )
    clock = Clock(datetime.datetime(1969, 12, 31, 23, 59, 59, 5, datetime.UTC), datetime.date(1, 1, 1))
    result = engine.load(plan).run_columns("When", pa.table({"a": pa.nulls(2, pa.int64())}), clock)
    assert result["day"].to_pylist() == [clock.today] * 2
    assert result["moment"].to_pylist() == [clock.now] * 2
