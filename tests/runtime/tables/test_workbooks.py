"""Excel workbooks in and out, and what is not quite one."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from runtime.engine import Program
from runtime.tables import workbook, workbook_process
from runtime.tables.files import look, run_file
from runtime.tables.layout import FileRefused
from runtime.tables.matching import match_columns
from runtime.tables.running import Stopped, Summary
from runtime.tables.workbook import LARGEST_UNPACKED
from tests.compiler.plans import shop_plan
from tests.runtime.tables.conftest import CLOCK

DISCOUNT = shop_plan().functions["Quantity discount"]


def book(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    made.save(path)
    return path


def run(shop: Program, folder: Path, source: Path) -> tuple[Summary, list[list[Any]]]:
    layout = look(source).layout
    matching = match_columns(DISCOUNT, layout.columns)
    nothing = lambda done, failed: None  # noqa: E731
    summary = run_file(shop, DISCOUNT, source, folder / "out.xlsx", layout, matching.columns, CLOCK, nothing, nothing)
    sheet = load_workbook(folder / "out.xlsx").active
    return summary, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_comes_back_with_its_results(shop: Program, tmp_path: Path) -> None:
    day = datetime.datetime(2026, 3, 1)  # noqa: DTZ001 - a workbook knows no zones
    source = book(
        tmp_path / "in.xlsx",
        [
            ["Price", "Quantity", "Note", "When"],
            [20, 10, "=1+1", day],
            ["$1.50", 100.0, "@x", None],
            [20, 0, None, None],
            [None, None, None, None],
            [0.1 + 0.2, 10, "last", None],
        ],
        {"C2": "@", "D2": "yyyy-mm-dd"},
    )
    source_book = load_workbook(source)
    source_book.active["C2"].data_type = "s"
    source_book.save(source)
    summary, rows = run(shop, tmp_path, source)
    assert summary == Summary(rows=5, failed=2)
    assert rows[0] == ["Price", "Quantity", "Note", "When", "discount", "problem"]
    assert rows[1] == [20, 10, "=1+1", day, 10, None]
    assert rows[2][4:] == [22.5, None]
    assert rows[3][4:] == [None, "Order at least one."]
    assert "Price" in rows[4][5]
    assert rows[5][4] == 0.15
    cell = load_workbook(tmp_path / "out.xlsx").active["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_first_rows_are_shown(tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["a", "b"], [1, 0.5], [datetime.date(2026, 3, 1), True]], {"B2": "0%"})
    found = look(source)
    assert (found.layout.format, found.layout.columns, found.rows) == ("xlsx", ("a", "b"), None)
    assert found.preview == [["1", "50%"], ["2026-03-01", "yes"]]


def test_few_workbooks_are_open_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = book(tmp_path / "in.xlsx", [["a"], [1]])
    monkeypatch.setattr(workbook_process, "LOOK_SECONDS", 0.1)
    with workbook_process._places, workbook_process._places, pytest.raises(FileRefused, match="Many workbooks"):
        look(source)

    def told(_: int) -> None:
        raise Stopped

    with workbook_process._runs, pytest.raises(Stopped):
        workbook_process.unpack(source, tmp_path / "out.csv", told=told)
    monkeypatch.setattr(workbook_process, "LOOK_SECONDS", workbook.LOOK_SECONDS)
    assert look(source).preview == [["1"]]


def test_a_look_that_takes_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = book(tmp_path / "in.xlsx", [["a"], [1]])
    monkeypatch.setattr(workbook_process, "LOOK_SECONDS", 0.01)
    with pytest.raises(FileRefused, match="memory or time"):
        look(source)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="ZIP archive"):
        look(zipped(tmp_path / "in.xlsx", {"readme.txt": b"hello"}))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["a"], [1]])
    source.write_bytes(source.read_bytes()[:-300])
    with pytest.raises(FileRefused, match="damaged"):
        look(source)
    with pytest.raises(FileRefused, match="damaged"):
        look(zipped(tmp_path / "in.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"not xml"}))


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="empty"):
        look(book(tmp_path / "in.xlsx", []))


def test_a_bomb_is_refused_at_once(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(LARGEST_UNPACKED // (8 * 1024 * 1024) + 1):
                part.write(b" " * (8 * 1024 * 1024))
    assert source.stat().st_size < 10_000_000
    with pytest.raises(FileRefused, match="too large when unpacked"):
        look(source)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["a"], ["x"]])
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        head, mark, rest = parts[name].partition(b"?>")
        parts[name] = head + mark + bomb + rest if mark else bomb + parts[name]
    with pytest.raises(FileRefused, match="damaged"):
        look(zipped(tmp_path / "bomb", parts))


@pytest.mark.timeout(60)
def test_a_cell_at_the_far_end_takes_no_memory(tmp_path: Path) -> None:
    made = Workbook()
    made.active["A1"] = "a"
    made.active["A1048576"] = 1
    made.save(tmp_path / "in.xlsx")
    layout = look(tmp_path / "in.xlsx").layout
    assert layout.columns == ("a",)
    made.active["XFD1048576"] = 1
    made.save(tmp_path / "in.xlsx")
    with pytest.raises(FileRefused, match="500 columns"):
        look(tmp_path / "in.xlsx")
