"""Running a function over the inputs of a list: together as columns, or one by one where a number fits in no column."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from compiler.plan import OPERATION_LIMIT, Fault, Function, Value
from compiler.run import Clock, Outcome, Stopped
from runtime.api.exchange import Exchange
from runtime.api.problems import Unanswered

if TYPE_CHECKING:
    import pyarrow as pa


class Program(Protocol):
    """A program of `runtime.engine`."""

    def run(
        self, function: str, inputs: Mapping[str, Value], clock: Clock, limit: int = OPERATION_LIMIT
    ) -> Outcome: ...

    def run_columns(
        self,
        function: str,
        inputs: pa.Table,
        clock: Clock,
        limit: int = OPERATION_LIMIT,
        threads: int = 1,
        seconds: float | None = None,
    ) -> pa.Table: ...


SECONDS = 10.0
"""How long all inputs of a list may take together; those that are not reached are answered with an error."""


def run_many(
    function: Function, program: Program, exchange: Exchange, data: Sequence[Any], clock: Clock
) -> list[dict[str, Any]]:
    """For each input {"outputs": …} or {"error": …}, in order."""
    deadline = time.monotonic() + SECONDS
    answers: list[dict[str, Any]] = [{} for _ in data]
    rows: list[dict[str, Value]] = []
    places: list[int] = []
    for number, each in enumerate(data):
        try:
            rows.append(exchange.inputs(each))
            places.append(number)
        except Unanswered as refusal:
            answers[number] = refusal.problem.body()
    for number, answer in zip(places, _run(function, program, exchange, rows, clock, deadline), strict=True):
        answers[number] = answer
    return answers


def _run(
    function: Function,
    program: Program,
    exchange: Exchange,
    rows: list[dict[str, Value]],
    clock: Clock,
    deadline: float,
) -> list[dict[str, Any]]:
    # Arrow takes a while to import, and a server that answers single inputs never needs it.
    from runtime.tables.columns import DoesNotFit, outputs, table

    if not rows:
        return []
    try:
        inputs = table(function.inputs, rows)
    except DoesNotFit:
        inputs = None
    if inputs is None or inputs.num_columns == 0:
        return [_one(function, program, exchange, row, clock, deadline) for row in rows]
    results = program.run_columns(function.name, inputs, clock, seconds=max(0.0, deadline - time.monotonic()))
    faults, places, texts = (results.column(name).to_pylist() for name in ("fault", "place", "text"))
    found = outputs(function, results)
    return [
        {"outputs": exchange.outputs(values)}
        if fault == 0
        else exchange.stop(Stopped(Fault(fault), place, text or "")).body()
        for fault, place, text, values in zip(faults, places, texts, found, strict=True)
    ]


def _one(
    function: Function,
    program: Program,
    exchange: Exchange,
    row: Mapping[str, Value],
    clock: Clock,
    deadline: float,
) -> dict[str, Any]:
    if time.monotonic() >= deadline:
        return exchange.stop(Stopped(Fault.TIME)).body()
    try:
        return exchange.result(program.run(function.name, dict(row), clock))
    except Unanswered as refusal:
        return refusal.problem.body()
