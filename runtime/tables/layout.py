"""What a file of rows is, found from its content and never from its name: CSV or XLSX, encoding, separator, columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

LARGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000
LONGEST_NAME = 200

_START = 64 * 1024
_BLOCK = 1024 * 1024

csv.field_size_limit(LONGEST_CELL)


class FileRefused(Exception):
    """The file cannot be used. `words` says why and what to do, in whole plain sentences."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written. For XLSX only `format` means something; it is unpacked to CSV before it is read.

    `encoding` is a Python codec that also takes the mark at the start of the file away, `marked` says that there was
    one. `columns` are the cells of the first row, each made unique and not empty.
    """

    format: str = "csv"  # or "xlsx"
    encoding: str = "utf-8"
    marked: bool = False
    separator: str = ","
    line_end: str = "\n"
    columns: tuple[str, ...] = ()


def look_at(path: Path) -> Layout:
    """The layout of the file. Reads the whole file once, in blocks. Raises FileRefused."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("The file is empty. Choose one with a row of column names and at least one row below it.")
    if size > LARGEST_FILE:
        raise FileRefused(
            f"The file has {size / 1024 / 1024:,.0f} MB, and at most {LARGEST_FILE // 1024 // 1024} MB can be used. "
            "Please split it into smaller files."
        )
    with path.open("rb") as file:
        start = file.read(_START)
        kind = _foreign(start)
        if kind is not None:
            raise FileRefused(kind)
        if start.startswith(b"PK\x03\x04"):
            return Layout(format="xlsx")
        file.seek(0)
        encoding, marked = _encoding(file, start)
    return _csv_layout(path, encoding, marked)


def rows_in(path: Path, layout: Layout) -> int:
    """How many rows a CSV file has below its first. Raises FileRefused for more than `MOST_ROWS`."""
    with path.open("rb") as file:
        breaks, quoted, last = 0, False, b"\n"
        while block := file.read(_BLOCK):
            breaks += block.count(b"\n")
            quoted = quoted or b'"' in block
            last = block[-1:]
    plain = not quoted and not layout.encoding.startswith("utf-16") and layout.line_end != "\r"
    # Line breaks inside quotes are part of a cell, so then the rows have to be read to be counted.
    try:
        rows = breaks + (last != b"\n") - 1 if plain else sum(1 for _ in csv_rows(path, layout))
    except csv.Error as error:
        raise unreadable(error) from error
    if rows > MOST_ROWS:
        raise too_many_rows()
    return rows


def too_many_rows() -> FileRefused:
    """What to raise when a file turns out to have more than `MOST_ROWS`."""
    return FileRefused(
        f"The file has more than {MOST_ROWS:,} rows, which is the most that can be used at once. "
        "Please split it into smaller files."
    )


def csv_rows(path: Path, layout: Layout, skip: int = 1) -> csv.Reader:  # type: ignore[name-defined]
    """The rows of a CSV file as lists of text, without the first `skip`. Raises csv.Error while it is read."""
    # The reader holds the file, which is closed with it.
    file = path.open(encoding=layout.encoding, newline="", errors="strict")
    reader = csv.reader(file, delimiter=layout.separator, strict=True)
    for _ in islice(reader, skip):
        pass
    return reader


def first_rows(path: Path, layout: Layout, count: int) -> list[list[str]]:
    """The first rows below the names, each as wide as the names, for a preview. Raises FileRefused."""
    width = len(layout.columns)
    try:
        found = [row for row in islice(csv_rows(path, layout), count) if row]
    except csv.Error as error:
        raise unreadable(error) from error
    return [(row + [""] * width)[:width] for row in found]


def unreadable(error: csv.Error, row: int | None = None) -> FileRefused:
    """The words for a row that cannot be taken apart into cells."""
    where = "The file" if row is None else f"Row {row:,} of the file"
    if "unexpected end of data" in str(error) or "field larger" in str(error):
        return FileRefused(f"{where} has a quotation mark that is opened and never closed. Please close or remove it.")
    return FileRefused(
        f"{where} cannot be taken apart into cells, because something stands right after a closing quotation mark. "
        "Please save it again as CSV from your spreadsheet program."
    )


def _foreign(start: bytes) -> str | None:
    """Why content that is clearly something else is refused, or None."""
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            "This is an old Excel file (.xls), or a workbook with a password. "
            "Please save it without a password as “Excel workbook (.xlsx)” or as CSV, and choose that file."
        )
    for mark, name in _MARKS:
        if start.startswith(mark):
            return f"This looks like {name}, not a spreadsheet. Please choose a CSV file or an Excel workbook (.xlsx)."
    lowered = start[:1024].lstrip().lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "This is a web page or XML, not a spreadsheet. Please choose a CSV file or an Excel workbook (.xlsx)."
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and not start.startswith(b"PK\x03\x04") and (b"\0" in start or _is_binary(start)):
        return "This is not a spreadsheet that can be read. Please choose a CSV file or an Excel workbook (.xlsx)."
    return None


_MARKS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def _is_binary(start: bytes) -> bool:
    """Whether there are control characters that text never has."""
    return any(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in start)


def _encoding(file: BinaryIO, start: bytes) -> tuple[str, bool]:
    """The encoding of a text file, and whether it begins with a byte order mark."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            if not _decodes(file, name):
                raise FileRefused("The file begins as Unicode text but is damaged. Please save it again as CSV UTF-8.")
            return name, True
    if _decodes(file, "utf-8"):
        return "utf-8", False
    # Windows-1252 leaves five bytes undefined; Latin-1 defines them all, so it always fits.
    return ("cp1252" if _decodes(file, "cp1252") else "latin-1"), False


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_layout(path: Path, encoding: str, marked: bool) -> Layout:
    with path.open(encoding=encoding, newline="") as file:
        text = file.read(_START)
    found = re.search(r"\r\n|\n|\r", text)
    line_end = found[0] if found else "\n"
    separator = _separator(text)
    layout = Layout(encoding=encoding, marked=marked, separator=separator, line_end=line_end)
    try:
        heading: list[str] = next(iter(csv_rows(path, layout, skip=0)), [])
    except csv.Error as error:
        raise unreadable(error) from error
    return Layout(
        encoding=encoding,
        marked=marked,
        separator=separator,
        line_end=line_end,
        columns=column_names(heading),
    )


def column_names(heading: list[str]) -> tuple[str, ...]:
    """The names of the columns from the cells of the first row.

    Raises FileRefused when there are none or too many, and when one is so long that it is hardly a name.
    """
    if not any(cell.strip() for cell in heading):
        raise FileRefused("The first row is empty. It has to hold the names of the columns.")
    if len(heading) > MOST_COLUMNS:
        raise FileRefused(
            f"The file has {len(heading):,} columns, and at most {MOST_COLUMNS} can be used. Please remove some."
        )
    for number, cell in enumerate(heading, 1):
        if len(cell) > LONGEST_NAME:
            raise FileRefused(
                f"The name of column {number} has {len(cell):,} characters, and at most {LONGEST_NAME} can be used. "
                "The first row has to hold the names of the columns."
            )
    names: list[str] = []
    taken: set[str] = set()
    again: dict[str, int] = {}
    for number, cell in enumerate(heading, 1):
        wanted = " ".join(cell.split()) or f"Column {number}"
        name = wanted
        while name in taken:
            again[wanted] = again.get(wanted, 1) + 1
            name = f"{wanted} ({again[wanted]})"
        names.append(name)
        taken.add(name)
    return tuple(names)


def _separator(text: str) -> str:
    """The separator that cuts the first rows into the most cells, as many in each; a comma when none does."""
    best, most = ",", 1.0
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = [len(row) for row in islice(reader, 20) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        score = widths[0] * alike
        if widths[0] > 1 and score > most:
            best, most = separator, score
    return best
