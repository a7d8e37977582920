"""CSV files in and out, in chunks of string columns.

Arrow reads well-formed files; at the first row that has another number of cells Python's reader takes over, which pads
short rows and reports long ones. What is written can be opened in a spreadsheet program without any cell becoming a
formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from runtime.tables.layout import LONGEST_CELL, MOST_ROWS, Layout, csv_rows, too_many_rows, unreadable

_BLOCK = 1024 * 1024
_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: a column of strings without nulls for each column, and words for rows that are misshapen."""

    columns: tuple[pa.Array, ...]
    problems: pa.Array | None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.columns[0])


def chunks(path: Path, layout: Layout) -> Iterator[Chunk]:
    """The rows below the names, in order. Raises FileRefused when the rest of the file cannot be read."""
    done = 0
    try:
        for chunk in _arrow_chunks(path, layout):
            done += chunk.rows
            _check(done)
            yield chunk
    except pa.ArrowInvalid:
        for chunk in _python_chunks(path, layout, done):
            done += chunk.rows
            _check(done)
            yield chunk


def _check(rows: int) -> None:
    if rows > MOST_ROWS:
        raise too_many_rows()


def _arrow_chunks(path: Path, layout: Layout) -> Iterator[Chunk]:
    names = [f"c{number}" for number in range(len(layout.columns))]
    if len(names) == 1:
        # A blank line is a row with one empty cell here, where Arrow and Python differ.
        raise pa.ArrowInvalid("one column")
    if layout.line_end == "\r" or _quotation_marks(path) % 2:
        # Arrow takes a cell whose quotation mark is never closed without a word.
        raise pa.ArrowInvalid("old line ends or an open quotation mark")
    reader = arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(
            column_names=names,
            skip_rows_after_names=1,
            block_size=_BLOCK,
            use_threads=False,
            encoding="utf8" if layout.encoding.startswith("utf-8") else layout.encoding,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.separator, newlines_in_values=True, ignore_empty_lines=True
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
        ),
    )
    for batch in reader:
        if batch.num_rows:
            if any(pc.max(pc.binary_length(column)).as_py() > LONGEST_CELL for column in batch.columns):
                raise pa.ArrowInvalid("a cell is too long")
            yield Chunk(tuple(batch.columns), None)


def _quotation_marks(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b'"') for block in iter(partial(file.read, _BLOCK), b""))


def _python_chunks(path: Path, layout: Layout, skip: int) -> Iterator[Chunk]:
    width = len(layout.columns)
    done = skip
    rows: list[list[str]] = []
    problems: list[str | None] = []
    try:
        whole = (row for row in csv_rows(path, layout) if row or width == 1)
        for row in islice(whole, skip, None):
            rest = any(cell.strip() for cell in row[width:])
            problems.append(
                f"This row has {len(row)} cells, but the first row has only {width} names." if rest else None
            )
            rows.append(row[:width] if len(row) >= width else row + [""] * (width - len(row)))
            done += 1
            if len(rows) == _ROWS:
                yield _chunk(rows, problems)
                rows, problems = [], []
    except csv.Error as error:
        # The names are the first row of the file, as its owner counts them.
        raise unreadable(error, done + 2) from error
    if rows:
        yield _chunk(rows, problems)


def _chunk(rows: list[list[str]], problems: list[str | None]) -> Chunk:
    columns = tuple(pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    return Chunk(columns, pa.array(problems, pa.string()) if any(problems) else None)


class Writer:
    """Writes chunks of string columns to a CSV file like the one they came from. UTF-8 always.

    The mark at the start, by which Excel knows UTF-8, is written when the original had one or was not UTF-8.
    With `plain`, cells are written as they are, for a file that no spreadsheet program opens.
    """

    def __init__(self, file: BinaryIO, layout: Layout, *, plain: bool = False) -> None:
        self._file = file
        self._plain = plain
        self._separator = layout.separator
        self._end = layout.line_end
        if layout.marked or not layout.encoding.startswith("utf-8"):
            file.write(b"\xef\xbb\xbf")

    def write(self, columns: Sequence[pa.Array]) -> None:
        """Appends rows, given as columns of strings without nulls."""
        cells = [quoted(column if self._plain else safe(column)) for column in columns]
        end = pa.scalar(self._end)
        lines = pc.binary_join_element_wise(
            *cells[:-1], pc.binary_join_element_wise(cells[-1], end, ""), self._separator
        )
        for part in lines.chunks if isinstance(lines, pa.ChunkedArray) else [lines]:
            self._file.write(_bytes(part))


def _bytes(lines: pa.Array) -> memoryview:
    """The bytes of all strings of an array without nulls, which lie one after the other."""
    wide = lines.cast(pa.large_string())
    _, offsets, data = wide.buffers()
    bounds = memoryview(offsets).cast("q")
    return memoryview(data)[bounds[wide.offset] : bounds[wide.offset + len(wide)]]


# Spreadsheet programs pass over characters that cannot be seen, such as a byte order mark.
_RISKY = r"^[\t\r\n]|^[\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]"
_NUMBER = r"^[-+]?[$€£¥₹]?[0-9][0-9,. ]*%?$"


def safe(column: pa.Array) -> pa.Array:
    """Strings of which none is a formula to a spreadsheet program: an apostrophe goes before what could be one.

    Numbers, also with a sign, a currency sign or "%", stay as they are.
    """
    risky = pc.match_substring_regex(column, _RISKY)
    if not pc.any(risky, min_count=0).as_py():
        return column
    risky = pc.and_(risky, pc.invert(pc.match_substring_regex(column, _NUMBER)))
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)


def quoted(column: pa.Array) -> pa.Array:
    """Strings with quotation marks around those that need them, whatever separator the reader takes for the right one.

    A program that cuts a cell of "a;=1" at the semicolon would find a formula in it.
    """
    needs = pc.match_substring_regex(column, r'[\r\n",;\t|]|^\s|\s$')
    if not pc.any(needs, min_count=0).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(needs, pc.binary_join_element_wise('"', doubled, '"', ""), column)
