"""Excel workbooks to CSV and back, in a process of its own with bounds on memory and time.

    python -m runtime.tables.workbook unpack IN.xlsx OUT.csv [ROWS]
    python -m runtime.tables.workbook pack IN.xlsx RESULTS.csv OUT.xlsx KINDS

`unpack` writes the sheet that was open last as CSV, names first and at most ROWS rows. `pack` writes the same sheet
again, its cells as they were, with the columns of RESULTS.csv beside them. Both print "rows N" as they go on. When the
workbook cannot be used they print "refused WORDS" and leave with 3.
"""

from __future__ import annotations

import csv
import datetime
import resource
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from runtime.tables.layout import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

LARGEST_UNPACKED = 600 * 1024 * 1024
"""Bytes that all parts of a workbook may have together. A bomb says that it has more, or is cut off at what it says."""

MEMORY = 2 * 1024**3
SECONDS = 900

LOOK_MEMORY = 512 * 1024**2
LOOK_SECONDS = 20
"""The same for the first rows alone, for which somebody waits."""

REFUSED = 3
_EXACT_DIGITS = 15
_TOLD_EVERY = 2_000


class _Refused(Exception):
    """Words for the person who gave the file."""


def main(arguments: list[str]) -> int:
    """See the module."""
    command, *rest = arguments
    looking = command == "unpack" and len(rest) > 2
    memory, seconds = (LOOK_MEMORY, LOOK_SECONDS) if looking else (MEMORY, SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        if command == "unpack":
            unpack(Path(rest[0]), Path(rest[1]), int(rest[2]) if looking else None)
        else:
            pack(Path(rest[0]), Path(rest[1]), Path(rest[2]), rest[3].split(","))
    except _Refused as refusal:
        _tell(f"refused {refusal}")
        return REFUSED
    return 0


def unpack(source: Path, target: Path, rows: int | None) -> None:
    """Writes the sheet as CSV."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        width = 0
        for number, row in enumerate(islice(_rows(source), None if rows is None else rows + 1)):
            if number > MOST_ROWS:
                raise _Refused(
                    f"The sheet has more than {MOST_ROWS:,} rows, which is the most that can be used at once."
                )
            width = width or len(row)
            writer.writerow([_text(cell) for cell in row] + [""] * (width - len(row)))
            if number % _TOLD_EVERY == 0:
                _tell(f"rows {number}")


def pack(source: Path, results: Path, target: Path, kinds: list[str]) -> None:
    """Writes the sheet again with result columns of the given kinds ("number", "percent", "date" or "text")."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Results")
    width = 0
    with results.open(encoding="utf-8", newline="") as file:
        for number, (row, added) in enumerate(zip(_rows(source), csv.reader(file), strict=True)):
            if number == 0:
                width = len(row)
                kept = [_kept(sheet, cell) for cell in row]
                sheet.append(kept + [_string(sheet, name) for name in added])
            else:
                kept = [_kept(sheet, cell) for cell in row[:width]] + [None] * (width - len(row))
                sheet.append(kept + [_result(sheet, text, kind) for text, kind in zip(added, kinds, strict=True)])
            if number % _TOLD_EVERY == 0:
                _tell(f"rows {number}")
    book.save(target)


def _rows(source: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of the sheet from its first with a cell to its last, each without empty cells at its end."""
    _check(source)
    try:
        # An open file, since openpyxl goes by the end of a name.
        book = load_workbook(source.open("rb"), read_only=True, data_only=True)
        sheet = book.active if book.active in book.worksheets else book.worksheets[0]
        # What the sheet says of its size may be anything; rows are then as wide as their own cells.
        sheet.reset_dimensions()
        started, blank = False, 0
        for row in sheet.iter_rows():
            end = len(row)
            while end and row[end - 1].value in (None, ""):
                end -= 1
            if end == 0:
                blank += started
                continue
            if end > MOST_COLUMNS:
                raise _Refused(f"The sheet has more than {MOST_COLUMNS} columns. Please remove some.")
            for _ in range(blank):
                yield ()
            started, blank = True, 0
            yield row[:end]
        if not started:
            raise _Refused("The sheet is empty. It needs a row of column names and at least one row below it.")
    except _DAMAGE as error:
        raise _Refused(_DAMAGED) from error


_DAMAGE = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    SyntaxError,
    OSError,
    DefusedXmlException,
)
"""What the reader raises for files that are not quite workbooks; `xml`'s ParseError is a SyntaxError."""

_DAMAGED = (
    "This workbook is damaged or is not an Excel workbook. "
    "Please open it, save it again as .xlsx, and choose that file."
)


def _check(source: Path) -> None:
    """Refuses archives that are not workbooks or that would unpack to far too much."""
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _Refused(_DAMAGED) from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _Refused(
            "This is a ZIP archive, not an Excel workbook. Please choose a CSV file or an Excel workbook (.xlsx)."
        )
    # Python's reader never gives more of a part than the archive says it has, so what it says can be trusted.
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _Refused("This workbook is too large when unpacked. Please split it, or save it as CSV.")


def _text(cell: Any) -> str:
    """A cell as people would type it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            number = _decimal(value)
            return f"{_plain(number * 100)}%" if "%" in (cell.number_format or "") else _plain(number)
        case datetime.datetime():
            if value.time() == datetime.time():
                return value.date().isoformat()
            return value.replace(microsecond=0).isoformat() + "Z"
        case datetime.time():
            return value.replace(microsecond=0).isoformat()
        case datetime.timedelta():
            return f"{_plain(_decimal(value.total_seconds()))} seconds"
        case _:
            return str(value)[:LONGEST_CELL]


def _decimal(number: float) -> Decimal:
    """The number that Excel shows: it keeps 15 digits."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{_EXACT_DIGITS}g}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kept(sheet: Any, cell: Any) -> Any:
    """A cell as it was; text is never a formula."""
    value = cell.value
    if isinstance(value, str):
        return _string(sheet, value)
    if value is None or cell.number_format in (None, "General"):
        return value
    copy = WriteOnlyCell(sheet, value=value)
    copy.number_format = cell.number_format
    return copy


def _string(sheet: Any, text: str) -> Any:
    """A cell of text, whatever it begins with."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def _result(sheet: Any, text: str, kind: str) -> Any:
    """A result as a cell of its kind. A number of more digits than Excel keeps stays text, so that none is lost."""
    if not text or kind == "text":
        return _string(sheet, text)
    if kind == "date":
        cell = WriteOnlyCell(sheet, value=datetime.date.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    number = Decimal(text.removesuffix("%"))
    if len(number.as_tuple().digits) > _EXACT_DIGITS:
        return _string(sheet, text)
    if kind == "number":
        return int(number) if number == number.to_integral_value() else float(number)
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    cell = WriteOnlyCell(sheet, value=float(number / 100))
    cell.number_format = f"0.{'0' * places}%" if places else "0%"
    return cell


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
