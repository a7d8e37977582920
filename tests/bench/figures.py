"""What a measurement says: a line of the table that `make bench` prints."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `met` is None when there is no target; `beside` is what the same machine did otherwise."""

    name: str
    measured: str
    target: str = ""
    met: bool | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Skipped(Exception):
    """A measurement that cannot be made on this machine, and why."""

    why: str


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes, by the clock on the wall."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def best_seconds(action: Callable[[], object], times: int) -> float:
    """The shortest of several times: what the code costs when nothing else disturbs it."""
    return min(seconds(action) for _ in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values are below."""
    return statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1]


def table(figures: Sequence[Figure]) -> str:
    """The lines as a table for a terminal."""
    rows = [("what", "measured", "target", "", "beside it")]
    rows += [
        (each.name, each.measured, each.target, {True: "met", False: "NOT MET", None: ""}[each.met], each.beside)
        for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
