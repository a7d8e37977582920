"""What a file is, from its content; and plain words for what it is not."""

from __future__ import annotations

import codecs
import gzip
import zipfile
from pathlib import Path

import pytest

from runtime.tables.layout import FileRefused, column_names, look_at, rows_in


def write(folder: Path, content: bytes) -> Path:
    path = folder / "upload"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, line_end: str) -> None:
    text = (
        line_end.join(separator.join(row) for row in (["price", "quantity"], ["1.5", "10"], ["2", '"a\nb"'])) + line_end
    )
    layout = look_at(write(tmp_path, text.encode()))
    assert (layout.separator, layout.line_end, layout.columns) == (separator, line_end, ("price", "quantity"))
    assert rows_in(tmp_path / "upload", layout) == 2


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encodings(tmp_path: Path, encoding: str, expected: str) -> None:
    layout = look_at(write(tmp_path, "größe,preis\n1,2\n".encode(encoding)))
    assert layout.encoding == expected
    assert layout.columns == ("größe", "preis")


def test_bytes_that_windows_does_not_know_are_latin_1(tmp_path: Path) -> None:
    assert look_at(write(tmp_path, b"a,b\n\x81,1\n")).encoding == "latin-1"


def test_decimal_commas_do_not_make_a_comma_the_separator(tmp_path: Path) -> None:
    assert look_at(write(tmp_path, b"price;quantity\n1,5;10\n2,25;3\n")).separator == ";"


def test_names_have_a_length_that_is_used() -> None:
    assert column_names(["a" * 200]) == ("a" * 200,)
    with pytest.raises(FileRefused, match="name of column 2 has 1,000 characters"):
        column_names(["a", "b" * 1000])


def test_names_are_made_whole_and_unique(tmp_path: Path) -> None:
    assert look_at(write(tmp_path, b'price,, price ,"two\nlines"\n1,2,3,4\n')).columns == (
        "price",
        "Column 2",
        "price (2)",
        "two lines",
    )


def test_rows_are_counted_with_and_without_a_line_end_at_the_end(tmp_path: Path) -> None:
    for content, rows in ((b"a,b\n1,2\n3,4\n", 2), (b"a,b\n1,2\n3,4", 2), (b"a,b\n", 0), (b"a,b", 0)):
        path = write(tmp_path, content)
        assert rows_in(path, look_at(path)) == rows


def archive(folder: Path) -> bytes:
    path = folder / "some.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("readme.txt", "hello")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "first row is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "compressed"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"a,b\n1,\x00\x01\x02\n", "not a spreadsheet"),
        (codecs.BOM_UTF8 + b"a,b\n\xff\xff,1\n", "damaged"),
        (b'a,b\n1,2\n"3,4\n', None),
        (b'"a,b\n1,2\n', "quotation mark"),
        (",".join(f"c{n}" for n in range(501)).encode(), "501 columns"),
    ],
)
def test_what_is_refused_is_refused_in_words(tmp_path: Path, content: bytes, words: str | None) -> None:
    path = write(tmp_path, content)
    with pytest.raises(FileRefused) as refusal:
        rows_in(path, look_at(path))
    assert (words or "quotation mark") in refusal.value.words
    assert refusal.value.words.endswith(".")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    with pytest.raises(FileRefused, match="50 MB"):
        look_at(path)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n" + b"1,2\n" * 1_000_001)
    with pytest.raises(FileRefused, match="1,000,000 rows"):
        rows_in(path, look_at(path))


def test_any_zip_is_left_to_the_reader_of_workbooks(tmp_path: Path) -> None:
    assert look_at(write(tmp_path, archive(tmp_path))).format == "xlsx"
