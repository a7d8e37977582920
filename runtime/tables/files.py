"""Running a function over a file of either format, to a file of the same format."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from compiler.plan import Function
from compiler.run import Clock
from runtime.tables.csv_files import Writer
from runtime.tables.layout import FileRefused, Layout, first_rows, look_at, rows_in
from runtime.tables.running import Check, Progress, Runs, Summary, failures, result_names, run_rows
from runtime.tables.workbook_process import kinds_of, pack, unpack

PREVIEW_ROWS = 8


LARGEST_RESULT = 512 * 1024 * 1024

PREVIEW_CELL = 100
"""Characters that are kept of a cell for showing it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to know of a file before it is run.

    `rows` is how many it has (None when counting takes long), `preview` the first of them, each as wide as the names.
    """

    layout: Layout
    rows: int | None
    preview: list[list[str]]


def look(path: Path) -> Look:
    """Looks at a file, once and for all. Raises FileRefused."""
    layout = look_at(path)
    if layout.format == "csv":
        return Look(layout, rows_in(path, layout), _preview(path, layout))
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "rows.csv"
        unpack(path, inside, PREVIEW_ROWS)
        unpacked = look_at(inside)
        return Look(Layout(format="xlsx", columns=unpacked.columns), None, _preview(inside, unpacked))


def _preview(path: Path, layout: Layout) -> list[list[str]]:
    rows = first_rows(path, layout, PREVIEW_ROWS)
    # A database keeps no text with a null character.
    return [[cell[:PREVIEW_CELL].replace("\0", "") for cell in row] for row in rows]


def run_file(
    program: Runs,
    function: Function,
    in_path: Path,
    out_path: Path,
    layout: Layout,
    columns: Mapping[str, int],
    clock: Clock,
    progress: Progress,
    started: Progress,
    *,
    threads: int = 1,
    check: Check | None = None,
) -> Summary:
    """Runs a function over the rows of a file and writes the file again with its results.

    `started` is told the number of rows once it is known, `progress` the rows done and failed, and `check` is
    asked in between. Each may raise `Stopped`. Raises FileRefused.
    """
    if layout.format == "csv":
        with out_path.open("wb") as out:
            writer = Writer(out, layout)
            writer.write(_heading([*layout.columns, *result_names(function, layout.columns)]))
            done = failed = 0
            for chunk, results in run_rows(
                program, function, in_path, layout, columns, clock, threads=threads, check=check
            ):
                writer.write([*chunk.columns, *results])
                _demand_size(out)
                done, failed = done + chunk.rows, failed + failures(results)
                progress(done, failed)
        return Summary(done, failed)
    with tempfile.TemporaryDirectory() as folder:
        inside, results_path = Path(folder) / "rows.csv", Path(folder) / "results.csv"
        unpack(in_path, inside, told=lambda _: progress(0, 0))
        unpacked = look_at(inside)
        rows = rows_in(inside, unpacked)
        started(rows, 0)
        failed = 0
        with results_path.open("wb") as out:
            writer = Writer(out, unpacked, plain=True)
            writer.write(_heading(result_names(function, unpacked.columns)))
            for _, results in run_rows(
                program, function, inside, unpacked, columns, clock, threads=threads, check=check
            ):
                writer.write(results)
                _demand_size(out)
                failed += failures(results)
                progress(0, failed)
        pack(in_path, results_path, out_path, kinds_of(function), told=lambda done: progress(done, failed))
    return Summary(rows, failed)


def _demand_size(out: BinaryIO) -> None:
    if out.tell() > LARGEST_RESULT:
        raise FileRefused(
            f"The file with the results would have more than {LARGEST_RESULT // 1024 // 1024} MB. "
            "Please split the spreadsheet into smaller files."
        )


def _heading(names: list[str]) -> list[pa.Array]:
    return [pa.array([name]) for name in names]
