"""What people get wrong on the command line: each gets words that help, and never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.compiler.cli.conftest import MISTAKE, Plainspark


@pytest.mark.parametrize("verb", ["check", "test", "format", "run", "explain"])
def test_a_file_that_is_not_there(command: Plainspark, verb: str) -> None:
    done = command(verb, "nowhere.plain")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no file or folder nowhere.plain.\n"


def test_a_folder(command: Plainspark, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert command("check", "folder").stderr == "folder is a folder. Please name a file.\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(command: Plainspark, pages: Path) -> None:
    pages.chmod(0)
    assert "you are not allowed to" in command("check", "pages.plain").stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\0\0\0\x01", "does not hold text"),
        (b"Function: Caf\xe9\n", "in line 1 there are bytes that are no letters"),
        (b"Function: One\nNote: \xff\xff.\n", "in line 2 there are bytes that are no letters"),
        (b"\xff\xfe\x00", "is not text that I can read"),
        (b"a" * 4_000_001, "is too large"),
    ],
)
def test_a_file_that_holds_no_text(command: Plainspark, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "odd.plain").write_bytes(content)
    for verb in ("check", "format"):
        done = command(verb, "odd.plain")
        assert done.returncode == 1
        assert words in done.stderr
    assert (tmp_path / "odd.plain").read_bytes() == content


def test_a_file_without_end(command: Plainspark) -> None:
    done = command("check", "/dev/zero")
    assert done.returncode == 1
    assert "too large" in done.stderr


def test_text_in_utf_16_is_read(command: Plainspark, pages: Path) -> None:
    pages.write_bytes(pages.read_text().encode("utf-16"))
    assert command("check", "pages.plain").returncode == 0


def test_an_empty_file(command: Plainspark, tmp_path: Path) -> None:
    (tmp_path / "empty.plain").write_text("")
    assert command("check", "empty.plain").returncode == 0
    done = command("run", "empty.plain", "Total")
    assert done.returncode == 1
    assert "A function starts with a line such as “Function: Total”." in done.stderr
    assert command("build", "empty.plain", "--target", "openapi", "--out", "made").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Please say which command."),
        (("chek", "pages.plain"), "There is no command “chek”, only check, run, test, format, explain and build. Did you mean “check”?"),
        (("check",), "Please also say FILE."),
        (("run",), "Please also say which file of pages"),
        (("check", "pages.plain", "--fast"), "I do not know what “--fast” means here."),
        (("format", "pages.plain", "--check=yes"), "--check takes nothing after it."),
        (("run", "pages.plain", "Parcel price", "--input"), "--input needs something after it."),
        (("build", "pages.plain"), "Please also say --target and --out."),
        (("build", "pages.plain", "--target", "cobol", "--out", "x"), "--target is one of wasm or openapi."),
        (("run", "pages.plain"), "Say which function, for example “Parcel price”."),
        (("run", "pages.plain", "weight=2"), "Say which function, for example “Parcel price”."),
        (("run", "pages.plain", "Parcel price", "heavy"), "“heavy” should be a name, an equals sign and a value, such as 'weight=12.5 kg'."),
        (("run", "pages.plain", "Parcel price", "--csv", "a.csv"), "--csv and --out go together"),
        (("run", "pages.plain", "Parcel price", "--out", "a.csv"), "--csv and --out go together"),
        (("run", "pages.plain", "Parcel price", "weight=1", "--input", "{}"), "name=value and --input do not go together"),
        (("explain", "pages.plain", "Parcel price", "weight=1", "--input", "{}"), "name=value and --input do not go together"),
        (("run", "pages.plain", "Parcel price", "--csv", "a", "--out", "b", "--json"), "--json does not go with it"),
    ],
)  # fmt: skip
def test_a_command_that_cannot_be_understood(
    command: Plainspark, pages: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Parcel prise", "weight=1"), "There is no function “Parcel prise”, only “Parcel price” and “Order total”. Did you mean “Parcel price”?"),
        (("Parcel price", "wieght=1", "size=small"), "“Parcel price” needs no “wieght”, only weight, size and note. Did you mean “weight”?"),
        (("Parcel price", "weight=1"), "“Parcel price” also needs the size (one of small, medium or large, such as size=small)."),
        (("Parcel price", "weight=1", "weight=2", "size=small"), "The weight is given twice."),
        (("Parcel price", "weight=1 m", "size=small"), "In the weight: "),
        (("Parcel price", "weight=heavy", "size=small"), "In the weight: “heavy” is not"),
        (("Parcel price", "weight=1", "size=smal"), "Did you mean “small”?"),
        (("Parcel price", "weight=1234567890123456789", "size=small"), "In the weight: "),
        (("Parcel price", "weight=1e999999999", "size=small"), "In the weight: "),
        (("Order total", "items=[{]", "rate=1"), "In the items: This is not correct JSON"),
        (("Order total", 'items=[{"name": "pen"}]', "rate=1"), "In the items, item 1: The price is missing"),
        (("Order total", "items=pen", "rate=1"), "In the items: "),
        (("Parcel price", "--input", "{"), "This is not correct JSON"),
        (("Parcel price", "--input", "[" * 100_000), "This is not correct JSON"),
        (("Parcel price", "--input", "[]"), "The JSON should be an object"),
        (("Parcel price", "--input", "@missing.json"), "There is no file or folder missing.json."),
        (("Parcel price", "--input", "@."), ". is a folder."),
        (("Parcel price", "--input", '{"weight": 1, "size": "small", "colour": "red"}'), "This function has no “colour”"),
        (("Parcel price", "--input", '{"weight": NaN, "size": "small"}'), "This is not correct JSON"),
        (("Parcel price", "--csv", "missing.csv", "--out", "out.csv"), "There is no file missing.csv."),
        (("Parcel price", "--csv", ".", "--out", "out.csv"), ". is a folder."),
        (("Parcel price", "--csv", "pages.plain", "--out", "pages.plain"), "name the same file"),
        (("Parcel price", "--csv", "pages.plain", "--out", "no/where.csv"), "There is no file or folder no/where.csv."),
    ],
)  # fmt: skip
def test_values_and_names_that_do_not_fit(
    command: Plainspark, pages: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = command("run", "pages.plain", *arguments)
    assert done.returncode == 1, done.stderr
    assert words in done.stderr
    assert done.stdout == ""


def test_input_that_is_not_text(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", "Parcel price", "--input", "-", given=b"\xff\xfe\xff")
    assert done.returncode == 1
    assert "This is not correct JSON" in done.stderr


def test_a_function_with_mistakes_is_not_run(command: Plainspark, pages: Path) -> None:
    pages.write_text(MISTAKE)
    done = command("run", "pages.plain", "Order total")
    assert done.returncode == 1
    assert "pages.plain:20:23: U402" in done.stderr
    assert "“Order total” does not work yet" in done.stderr
    assert command("run", "pages.plain", "Parcel price", "weight=1", "size=small").returncode == 0


def test_a_page_of_another_kind_is_not_run(command: Plainspark, pages: Path) -> None:
    pages.write_text("Document: Order\nAn order has a date (date).\n")
    assert "“Order” is a Document page" in command("run", "pages.plain", "order").stderr


def test_a_folder_for_files_that_cannot_be_made(command: Plainspark, pages: Path) -> None:
    done = command("build", "pages.plain", "--target", "wasm", "--out", "pages.plain/made")
    assert done.returncode == 1
    assert "cannot be made" in done.stderr


def test_a_result_that_cannot_be_written(command: Plainspark, pages: Path) -> None:
    (pages.parent / "openapi.json").mkdir()
    done = command("build", "pages.plain", "--target", "openapi", "--out", ".")
    assert done.returncode == 1
    assert "openapi.json is a folder" in done.stderr
