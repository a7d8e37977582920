"""Programs written to do harm, in plain English: each is stopped quickly and in words, in single runs and in batches."""

from __future__ import annotations

import datetime
import resource
import time

import pyarrow as pa
import pytest

from compiler import Source, read
from compiler.messages import explain_stop
from compiler.plan import OPERATION_LIMIT, Fault, Plan
from compiler.run import Clock
from runtime.engine import Engine

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))
ROWS = 50

MOST_SECONDS = 10.0
MOST_MEMORY = 900 * 2**20
"""Bytes by which all of these may make the process grow; a module's memory is at most half a GiB."""

HEAD = 'Function: Try\nNeeds a count (whole number).\nGives a result (text).\nSet the result to "x".\n'

PROGRAMS: dict[str, tuple[str, Fault]] = {
    "never ends": ("Repeat until the count is less than the count:\n- set the result to \"y\"\n", Fault.OPERATIONS),
    "a billion rounds": ("Repeat 1000000000 times:\n- set the result to \"y\"\n", Fault.OPERATIONS),
    "rounds in rounds": ("Repeat 1000 times:\n- repeat 1000 times:\n  - set the result to \"y\"\n", Fault.OPERATIONS),
    "doubles a text": ("Repeat 100 times:\n- set the result to the result joined with the result\n", Fault.MEMORY),
    "doubles a text in braces": ("Repeat 100 times:\n- set the result to \"{the result}{the result}\"\n", Fault.MEMORY),
    "makes many long texts": (
        "Repeat 20 times:\n- set the result to the result joined with the result\n"
        "Repeat 9000 times:\n- let the copy be the result joined with \"!\"\n",
        Fault.MEMORY,
    ),
    "stops with a long text": (
        "Repeat 30 times:\n- set the result to the result joined with the result\nStop with \"{the result}\".\n",
        Fault.MEMORY,
    ),
    "grows a number": (
        "Let the big be 10.\nRepeat 100 times:\n- set the big to the big times the big\n",
        Fault.OUT_OF_RANGE,
    ),
    "divides by zero": ("Let the part be 1 divided by (the count minus the count).\n", Fault.DIVISION_BY_ZERO),
    "leaves the calendar": (
        "Let the day be 1 March 2026.\nRepeat 100 times:\n- set the day to 1000 years after the day\n",
        Fault.OUT_OF_RANGE,
    ),
}  # fmt: skip


def plan_of(body: str) -> Plan:
    project = read([Source("page", HEAD + body)])
    assert not project.messages
    return project.plan


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_single_run_is_stopped_in_words(engine: Engine, name: str) -> None:
    body, fault = PROGRAMS[name]
    plan = plan_of(body)
    program = engine.load(plan)
    began = time.monotonic()
    outcome = program.run("Try", {"count": 7}, CLOCK)
    assert time.monotonic() - began < MOST_SECONDS
    assert outcome.outputs is None
    assert outcome.stopped is not None
    assert outcome.stopped.fault is fault
    assert outcome.operations <= OPERATION_LIMIT
    words = explain_stop(outcome.stopped, plan.places).text
    assert words.endswith(".")
    assert len(words) < 500


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_row_of_a_batch_is_stopped_by_itself(engine: Engine, name: str) -> None:
    body, fault = PROGRAMS[name]
    program = engine.load(plan_of(f'If the count is 7:\n- stop with "Seven."\n{body}'))
    began = time.monotonic()
    rows = program.run_columns("Try", pa.table({"count": pa.array(range(ROWS), pa.int64())}), CLOCK)
    assert time.monotonic() - began < 3 * MOST_SECONDS
    faults = rows.column("fault").to_pylist()
    assert faults == [Fault.STOPPED.value if count == 7 else fault.value for count in range(ROWS)]
    assert rows.column("text").to_pylist()[7] == "Seven."


def test_a_long_soak_leaves_nothing_behind(engine: Engine) -> None:
    """All of them again and again, with a good run in between that must not notice."""
    good = engine.load(plan_of('Set the result to "fine".\n'))
    programs = [engine.load(plan_of(body)) for body, _ in PROGRAMS.values()]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5):
        for program in programs:
            assert program.run("Try", {"count": 1}, CLOCK).stopped is not None
            outcome = good.run("Try", {"count": 1}, CLOCK)
            assert outcome.outputs == {"result": "fine"}
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY
