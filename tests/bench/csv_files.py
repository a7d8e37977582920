"""Quantity discount from one CSV file to another."""

from __future__ import annotations

import csv
import os
import tempfile
from decimal import Context, Decimal
from pathlib import Path

import numpy

from runtime.tables.running import run_csv
from tests.bench.figures import Figure, best_seconds, seconds
from tests.bench.shop import CLOCK, ready

ROWS = 1_000_000
PYTHON_ROWS = 200_000


def measure() -> list[Figure]:
    """Rows per second on one core, reading, running and writing; the best of three rounds."""
    function, program = ready()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "in.csv", ROWS)
        _write(folder / "short.csv", PYTHON_ROWS)
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(before)[:1])
        try:
            ours = ROWS / best_seconds(
                lambda: run_csv(program, function, folder / "in.csv", folder / "out.csv", CLOCK), 3
            )
            python = PYTHON_ROWS / seconds(lambda: _python(folder / "short.csv", folder / "python.csv"))
        finally:
            os.sched_setaffinity(0, before)
        assert (folder / "out.csv").stat().st_size > (folder / "in.csv").stat().st_size
    return [
        Figure(
            "Quantity discount from CSV file to CSV file",
            f"{ours / 1e6:.2f} M rows/s",
            "≥ 0.3 M rows/s",
            ours >= 300_000,
            f"{ours / python:.1f} × Python's csv and decimal ({python / 1e6:.2f} M rows/s)",
        )
    ]


def _write(path: Path, rows: int) -> None:
    random = numpy.random.default_rng(1)
    cents, quantities = random.integers(100, 100_000, rows), random.integers(1, 151, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("price,quantity\n")
        file.writelines(f"{cent / 100:.2f},{quantity}\n" for cent, quantity in zip(cents, quantities, strict=True))


def _python(source: Path, target: Path) -> None:
    context = Context(prec=18)
    with source.open(newline="") as given, target.open("w", newline="") as made:
        rows, out = csv.DictReader(given), csv.writer(made)
        out.writerow(["price", "quantity", "discount", "problem"])
        for row in rows:
            price, quantity = Decimal(row["price"]), int(row["quantity"])
            rate = Decimal("0.15") if quantity >= 100 else Decimal("0.05") if quantity >= 10 else Decimal(0)
            out.writerow([row["price"], row["quantity"], context.multiply(rate, context.multiply(price, quantity)), ""])
