"""Whole files: every row gets its result or the words for why it has none."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from runtime.engine import Program
from runtime.tables.layout import FileRefused
from runtime.tables.running import Stopped, Summary, run_csv
from tests.compiler.plans import shop_plan
from tests.runtime.tables.conftest import CLOCK

DISCOUNT = shop_plan().functions["Quantity discount"]


def run(shop: Program, folder: Path, text: str, encoding: str = "utf-8") -> tuple[Summary, list[list[str]]]:
    (folder / "in.csv").write_text(text, encoding=encoding)
    summary = run_csv(shop, DISCOUNT, folder / "in.csv", folder / "out.csv", CLOCK)
    with (folder / "out.csv").open(newline="", encoding="utf-8-sig") as file:
        return summary, list(csv.reader(file))


def test_each_row_has_its_result_or_its_problem(shop: Program, tmp_path: Path) -> None:
    summary, rows = run(
        shop,
        tmp_path,
        "Name,Price,Quantities\nbook,20,10\npen,$20.00,100\nnone,20,0\nodd,many,3\nworse,many,few\n=SUM(A1),1.5,10\n",
    )
    assert summary == Summary(rows=6, failed=3)
    assert rows[0] == ["Name", "Price", "Quantities", "discount", "problem"]
    assert rows[1] == ["book", "20", "10", "10", ""]
    assert rows[2] == ["pen", "$20.00", "100", "300", ""]
    assert rows[3] == ["none", "20", "0", "", "Order at least one."]
    assert rows[4][3] == ""
    assert rows[4][4].startswith("Price: “many” is not")
    assert "Quantity: “few” is not" in rows[5][4]
    assert rows[6] == ["'=SUM(A1)", "1.5", "10", "0.75", ""]


def test_columns_that_are_there_already_keep_their_names(shop: Program, tmp_path: Path) -> None:
    _, rows = run(shop, tmp_path, "price,quantity,Discount,problem\n20,10,x,y\n")
    assert rows == [
        ["price", "quantity", "Discount", "problem", "discount (result)", "problem (result)"],
        ["20", "10", "x", "y", "10", ""],
    ]


def test_a_missing_column_is_told_with_those_that_are_there(shop: Program, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        run(shop, tmp_path, "price,colour\n20,red\n")
    assert "“quantity”" in refusal.value.words
    assert "“colour”" in refusal.value.words


def test_a_function_of_records_is_refused_with_the_reason(shop: Program, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("items,state\n1,Texas\n")
    with pytest.raises(FileRefused, match="do not fit in one cell"):
        run_csv(shop, shop_plan().functions["Basket total"], tmp_path / "in.csv", tmp_path / "out.csv", CLOCK)


def test_a_hundred_thousand_rows_agree_with_python(shop: Program, tmp_path: Path) -> None:
    given = [(Decimal(number % 9973) / 100, number % 150) for number in range(100_000)]
    summary, rows = run(
        shop, tmp_path, "price,quantity\n" + "".join(f"{price},{quantity}\n" for price, quantity in given)
    )
    assert summary.rows == 100_000
    assert summary.failed == sum(quantity < 1 for _, quantity in given)
    for (price, quantity), row in zip(given, rows[1:], strict=True):
        rate = Decimal("0.15") if quantity >= 100 else Decimal("0.05") if quantity >= 10 else Decimal(0)
        if quantity < 1:
            assert row[2:] == ["", "Order at least one."]
        else:
            assert (Decimal(row[2]), row[3]) == (rate * price * quantity, "")


def test_progress_is_told_and_can_stop_it(shop: Program, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("price,quantity\n" + "1,1\n" * 600_000)
    told: list[int] = []

    def progress(done: int, failed: int) -> None:
        told.append(done)
        if done > 300_000:
            raise Stopped

    with pytest.raises(Stopped):
        run_csv(shop, DISCOUNT, tmp_path / "in.csv", tmp_path / "out.csv", CLOCK, progress)
    assert told == sorted(told)
    assert 300_000 < told[-1] < 600_000


def test_semicolons_and_another_encoding_come_back(shop: Program, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("größe;price;quantity\r\nü;20;10\r\n", encoding="cp1252", newline="")
    run_csv(shop, DISCOUNT, tmp_path / "in.csv", tmp_path / "out.csv", CLOCK)
    assert (tmp_path / "out.csv").read_bytes() == (
        "\ufeffgröße;price;quantity;discount;problem\r\nü;20;10;10;\r\n".encode()
    )
