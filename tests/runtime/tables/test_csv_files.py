"""CSV in and out: nothing lost, nothing that becomes a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.tables.csv_files import Writer, chunks, quoted, safe
from runtime.tables.layout import FileRefused, Layout, look_at

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def read(path: Path) -> tuple[list[tuple[str, ...]], list[str | None]]:
    rows: list[tuple[str, ...]] = []
    problems: list[str | None] = []
    for chunk in chunks(path, look_at(path)):
        rows += zip(*(column.to_pylist() for column in chunk.columns), strict=True)
        problems += chunk.problems.to_pylist() if chunk.problems is not None else [None] * chunk.rows
    return rows, problems


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), separator=st.sampled_from(",;\t"))
def test_what_is_written_reads_back(rows: list[tuple[str, str]], separator: str) -> None:
    file = io.BytesIO()
    Writer(file, Layout(separator=separator, columns=("a", "b")), plain=True).write(
        [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    )
    again = csv.reader(io.StringIO(file.getvalue().decode(), newline=""), delimiter=separator)
    assert [tuple(row) for row in again] == rows


@given(cells=st.lists(CELLS, min_size=1))
def test_no_cell_begins_like_a_formula(cells: list[str]) -> None:
    for before, after in zip(cells, safe(pa.array(cells, pa.string())).to_pylist(), strict=True):
        if after != before:
            assert after == "'" + before
        else:
            assert before[:1] not in set("\t\r\n")
            shown = [each for each in before if unicodedata.category(each) not in ("Cf", "Cc")]
            assert not shown or shown[0] not in set("=@＝＋－＠")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "-cmd|' /C calc'!A0", "+49 (0)30", "＝1"]
)
def test_what_could_be_a_formula_is_disarmed(cell: str) -> None:
    assert safe(pa.array([cell])).to_pylist() == ["'" + cell]


@pytest.mark.parametrize("cell", ["\ufeff=1+1", "\u200b=1+1", "\u200d\u2060@SUM(A1)", "\x01=1", "\ufeff-5"])
def test_what_cannot_be_seen_hides_no_formula(cell: str) -> None:
    assert safe(pa.array([cell])).to_pylist() == ["'" + cell]


@pytest.mark.parametrize("cell", ["-5", "+5", "-5.25", "-1,250.50", "-5%", "-$5", "5-3", "a=b", ""])
def test_numbers_and_plain_words_stay(cell: str) -> None:
    assert safe(pa.array([cell])).to_pylist() == [cell]


def test_only_cells_that_need_it_are_quoted() -> None:
    cells = pa.array(["plain", "a,b", 'say "hi"', "two\nlines", "a;b"])
    assert quoted(cells).to_pylist() == ["plain", '"a,b"', '"say ""hi"""', '"two\nlines"', '"a;b"']


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("other", [",", ";", "\t", "|"])
def test_no_formula_appears_when_the_file_is_cut_at_another_separator(separator: str, other: str) -> None:
    file = io.BytesIO()
    Writer(file, Layout(separator=separator, columns=("a",))).write([pa.array([f"x{other}=1+1"])])
    assert next(csv.reader(io.StringIO(file.getvalue().decode()), delimiter=other)) == [f"x{other}=1+1"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_with_breaks_inside_cells(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "in"
    path.write_bytes(line_end.join(["a,b", '"x\ny",1', "z,2", ""]).encode())
    assert read(path)[0] == [("x\ny", "1"), ("z", "2")]


def test_short_rows_are_filled_and_long_ones_told(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_text("a,b\n1,2\n3\n4,5,6\n7,8,,\n9,10\n")
    rows, problems = read(path)
    assert rows == [("1", "2"), ("3", ""), ("4", "5"), ("7", "8"), ("9", "10")]
    assert [bool(problem) for problem in problems] == [False, False, True, False, False]
    assert "3 cells" in str(problems[2])


def test_a_misshapen_row_far_down_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_text("a,b\n" + "".join(f"{n},{n}\n" for n in range(300_000)) + "1,2,3\n" + "5,6\n")
    rows, problems = read(path)
    assert len(rows) == 300_002
    assert rows[299_999] == ("299999", "299999")
    assert rows[-1] == ("5", "6")
    assert [number for number, problem in enumerate(problems) if problem] == [300_000]


def test_blank_lines_are_no_rows_but_empty_cells_in_one_column_are(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_text("a,b\n1,2\n\n3,4\n\n")
    assert read(path)[0] == [("1", "2"), ("3", "4")]
    path.write_text("a\nx\n\ny\n")
    assert read(path)[0] == [("x",), ("",), ("y",)]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_text('a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(FileRefused, match="quotation mark"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_come_out_as_utf_8_that_excel_knows(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in"
    path.write_text("größe,b\nä,1\n", encoding=encoding)
    assert read(path)[0] == [("ä", "1")]
    file = io.BytesIO()
    Writer(file, look_at(path)).write([pa.array(["ä"]), pa.array(["1"])])
    assert file.getvalue() == b"\xef\xbb\xbf\xc3\xa4,1\n"
