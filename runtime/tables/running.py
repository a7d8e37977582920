"""Running a function over all rows of a file, some tens of thousands at a time, and writing rows with their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from compiler import run
from compiler.messages import explain_stop
from compiler.plan import OPERATION_LIMIT, Fault, Function, Parameter
from compiler.run import Clock
from runtime.tables.casting import Cells, cast
from runtime.tables.cells import cells_of
from runtime.tables.csv_files import Chunk, Writer, chunks
from runtime.tables.layout import FileRefused, Layout, look_at
from runtime.tables.matching import match_columns, one_cell_problem

PROBLEM_COLUMN = "problem"
"""The name of the last column: why a row has no result, in plain words; empty when it has one."""

RESULT_SUFFIX = " (result)"
"""What follows the name of a result column when the file already has a column of that name."""


Check = Callable[[], None]
"""Asked every few seconds, from any thread, whether to go on: it may raise `Stopped`."""


class Runs(Protocol):
    """A program of `runtime.engine`: a function over the rows of a table, a row with results for each."""

    def run_columns(
        self,
        function: str,
        inputs: pa.Table,
        clock: Clock,
        limit: int = OPERATION_LIMIT,
        threads: int = 1,
        seconds: float | None = None,
        check: Check | None = None,
    ) -> pa.Table: ...


@dataclass(frozen=True, slots=True)
class Summary:
    """How it went: rows in all, and those of them that have words in the column "problem"."""

    rows: int
    failed: int


class Stopped(Exception):
    """Somebody no longer wants the result."""


Progress = Callable[[int, int], None]
"""Told the rows done and the rows failed so far, after each chunk. It may raise `Stopped`."""


def run_csv(
    program: Runs,
    function: Function,
    in_path: Path,
    out_path: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    threads: int = 1,
) -> Summary:
    """Runs a function over the rows of one CSV file and writes another, with columns matched to inputs by name.

    Raises FileRefused (with words) when the file is not CSV or lacks a column.
    """
    layout = look_at(in_path)
    if layout.format != "csv":
        raise FileRefused("This is an Excel workbook, not a CSV file. Please save it as CSV first.")
    matching = match_columns(function, layout.columns)
    if matching.missing:
        raise FileRefused(_missing_words(function, matching.missing, layout))
    with out_path.open("wb") as out:
        writer = Writer(out, layout)
        writer.write([pa.array([name]) for name in (*layout.columns, *result_names(function, layout.columns))])
        done = failed = 0
        for chunk, results in run_rows(program, function, in_path, layout, matching.columns, clock, threads=threads):
            writer.write([*chunk.columns, *results])
            done += chunk.rows
            failed += failures(results)
            if progress is not None:
                progress(done, failed)
    return Summary(done, failed)


def run_rows(
    program: Runs,
    function: Function,
    path: Path,
    layout: Layout,
    columns: Mapping[str, int],
    clock: Clock,
    *,
    threads: int = 1,
    check: Check | None = None,
) -> Iterator[tuple[Chunk, list[pa.Array]]]:
    """The rows of a CSV file chunk by chunk, each with its result columns (strings): the outputs and the problems.

    `columns` says which column (from zero) gives which input. Raises FileRefused when the file breaks off.
    """
    for chunk in chunks(path, layout):
        yield chunk, results_of(program, function, chunk, columns, clock, threads, check)


def result_names(function: Function, columns: Sequence[str]) -> list[str]:
    """The names of the columns that are added: the outputs, and the problem."""
    taken = {name.casefold() for name in columns}
    wanted = [each.name for each in function.outputs] + [PROBLEM_COLUMN]
    return [name + RESULT_SUFFIX if name.casefold() in taken else name for name in wanted]


def failures(results: Sequence[pa.Array]) -> int:
    """How many rows of result columns have a problem."""
    return int(pc.sum(pc.not_equal(results[-1], ""), min_count=0).as_py())


def results_of(
    program: Runs,
    function: Function,
    chunk: Chunk,
    columns: Mapping[str, int],
    clock: Clock,
    threads: int = 1,
    check: Check | None = None,
) -> list[pa.Array]:
    """The result columns of one chunk, as strings."""
    inputs = {each.name: _input(chunk, each, columns) for each in function.inputs}
    problems = _joined(chunk.problems, {name: cells.problems for name, cells in inputs.items()}, chunk.rows)
    table = pa.table({name: cells.values for name, cells in inputs.items()}) if inputs else _rows_only(chunk.rows)
    good = None if problems is None else pc.equal(problems, "")
    if good is not None:
        table = table.filter(good)
    if table.num_rows == 0:
        return [_blank(chunk.rows) for _ in function.outputs] + [problems or _blank(chunk.rows)]
    found = program.run_columns(function.name, table, clock, threads=threads, check=check)
    results = [cells_of(_whole(found.column(each.name)), each.type) for each in function.outputs]
    results.append(_stops(found))
    if good is None or problems is None:
        return results
    spread = pc.subtract(pc.cumulative_sum(pc.cast(good, pa.int64())), 1)
    spread = pc.if_else(good, spread, pa.scalar(None, pa.int64()))
    *values, stops = [pc.fill_null(each.take(spread), "") for each in results]
    return [*values, pc.if_else(good, stops, problems)]


def _input(chunk: Chunk, parameter: Parameter, columns: Mapping[str, int]) -> Cells:
    if parameter.name not in columns:
        # Only an input that may be empty has no column.
        return cast(_blank(chunk.rows), parameter.type)
    return cast(chunk.columns[columns[parameter.name]], parameter.type)


def _joined(shape: pa.Array | None, problems: Mapping[str, pa.Array | None], rows: int) -> pa.Array | None:
    """All words about a row one after the other, "" where there are none; None when no row has any."""
    parts = [] if shape is None else [pc.fill_null(shape, "")]
    for name, words in problems.items():
        if words is not None:
            label = f"{name[:1].upper()}{name[1:]}: "
            parts.append(pc.fill_null(pc.binary_join_element_wise(label, words, ""), ""))
    if not parts:
        return None
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*parts, " "))


def _stops(found: pa.Table) -> pa.Array:
    """Why each row stopped, "" where it has a result."""
    faults = _whole(found.column("fault"))
    if not pc.any(pc.not_equal(faults, 0), min_count=0).as_py():
        return _blank(len(faults))
    said = pc.fill_null(_whole(found.column("text")), "")
    words = pc.if_else(pc.equal(faults, Fault.STOPPED.value), said, "")
    other = pc.and_(pc.not_equal(faults, 0), pc.not_equal(faults, Fault.STOPPED.value))
    if not pc.any(other, min_count=0).as_py():
        return words
    pairs = list(
        zip(faults.filter(other).to_pylist(), _whole(found.column("place")).filter(other).to_pylist(), strict=True)
    )
    explained = {pair: explain_stop(run.Stopped(Fault(pair[0]), pair[1])).text for pair in set(pairs)}
    return pc.replace_with_mask(words, other, pa.array([explained[pair] for pair in pairs], pa.string()))


def _missing_words(function: Function, missing: Sequence[str], layout: Layout) -> str:
    for parameter in function.inputs:
        problem = one_cell_problem(parameter)
        if problem:
            return f"“{function.name}” cannot be run over a table. {problem}"
    there = ", ".join(f"“{name}”" for name in layout.columns[:10])
    wanted = " and ".join(f"“{name}”" for name in missing)
    return f"“{function.name}” needs a column {wanted}. The file has {there}."


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        joined = column.combine_chunks()
        return joined.chunk(0) if isinstance(joined, pa.ChunkedArray) and joined.num_chunks == 1 else joined
    return column


def _blank(rows: int) -> pa.Array:
    return pa.repeat(pa.scalar("", pa.string()), rows)


def _rows_only(rows: int) -> pa.Table:
    """A table of no columns that still knows how many rows there are."""
    return pa.table({"": pa.nulls(rows)}).select([])
