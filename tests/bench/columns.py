"""Quantity discount over columns in memory, on one core and on two; beside it the same by Python, numpy and Arrow."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Context, Decimal

import numpy
import pyarrow as pa
import pyarrow.compute as pc

from tests.bench.figures import Figure, best_seconds
from tests.bench.shop import CLOCK, NAME, ready

ROWS = 4_000_000
PYTHON_ROWS = 100_000
TIMES = 5


def table(rows: int) -> pa.Table:
    """Prices of two decimals and quantities from 1 to 150, always the same."""
    random = numpy.random.default_rng(1)
    cents = pa.array(random.integers(100, 10_000_00, rows))
    prices = pc.multiply(cents.cast(pa.decimal128(19, 0)), pa.scalar(Decimal("0.01"))).cast(pa.decimal128(18, 2))
    return pa.table({"price": prices, "quantity": pa.array(random.integers(1, 151, rows))})


def measure() -> list[Figure]:
    """Rows per second, the best of several rounds, with the process bound to as many cores as it may use."""
    _, program = ready()
    inputs = table(ROWS)

    def run(threads: int) -> pa.Table:
        return program.run_columns(NAME, inputs, CLOCK, threads=threads)

    assert run(1).column("discount")[:1000].to_pylist() == list(_python(inputs.slice(0, 1000)))
    cores = sorted(os.sched_getaffinity(0))
    one = _on(cores[:1], lambda: run(1), ROWS)
    python = _on(cores[:1], lambda: list(_python(inputs.slice(0, PYTHON_ROWS))), PYTHON_ROWS, 1)
    vectors = _on(cores[:1], lambda: _numpy(inputs), ROWS, 2)
    arrow = _on(cores[:1], lambda: _arrow(inputs), ROWS, 2)
    figures = [
        Figure(
            "Quantity discount over columns, one core",
            f"{one / 1e6:.1f} M rows/s",
            "≥ 5 M rows/s",
            one >= 5e6,
            f"{one / python:.0f} × a Python loop with decimal ({python / 1e6:.2f} M rows/s)",
        ),
        Figure("  the same in numpy, in binary fractions (not exact)", f"{vectors / 1e6:.1f} M rows/s"),
        Figure("  the same in Arrow's decimals", f"{arrow / 1e6:.1f} M rows/s"),
    ]
    if len(cores) > 1:
        two = _on(cores[:2], lambda: run(2), ROWS)
        figures.insert(
            1,
            Figure(
                "Quantity discount over columns, two cores",
                f"{two / 1e6:.1f} M rows/s",
                "≥ 1.8 × one core",
                two >= 1.8 * one,
                f"{two / one:.2f} × one core",
            ),
        )
    return figures


def _on(cores: list[int], action: Callable[[], object], rows: int, times: int = TIMES) -> float:
    """Rows per second on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        return rows / best_seconds(action, times)
    finally:
        os.sched_setaffinity(0, before)


def _python(inputs: pa.Table) -> object:
    context = Context(prec=18)
    most, some, none = Decimal("0.15"), Decimal("0.05"), Decimal(0)
    for price, quantity in zip(inputs.column("price").to_pylist(), inputs.column("quantity").to_pylist(), strict=True):
        if quantity >= 100:
            yield context.multiply(most, context.multiply(price, quantity))
        elif quantity >= 10:
            yield context.multiply(some, context.multiply(price, quantity))
        else:
            yield none


def _numpy(inputs: pa.Table) -> object:
    prices = inputs.column("price").cast(pa.float64()).to_numpy()
    quantities = inputs.column("quantity").to_numpy()
    rates = numpy.where(quantities >= 100, 0.15, numpy.where(quantities >= 10, 0.05, 0.0))
    return rates * prices * quantities


def _arrow(inputs: pa.Table) -> object:
    quantities = inputs.column("quantity")
    rates = pc.case_when(
        pc.make_struct(pc.greater_equal(quantities, 100), pc.greater_equal(quantities, 10)),
        pa.scalar(Decimal("0.15"), pa.decimal128(3, 2)),
        pa.scalar(Decimal("0.05"), pa.decimal128(3, 2)),
        pa.scalar(Decimal("0.00"), pa.decimal128(3, 2)),
    )
    amounts = pc.multiply(inputs.column("price").cast(pa.decimal128(12, 2)), quantities.cast(pa.decimal128(19, 0)))
    return pc.multiply(amounts, rates)
