"""Showing outputs: by their types, lists of records as tables, long ones cut."""

from __future__ import annotations

from decimal import Decimal

from builder.forms.results import LONGEST_SHOWN, MOST_ROWS_SHOWN, Cell, Shown, show_value
from compiler.types import TEXT, WHOLE, FieldType, ListType, OptionalType, RecordType, money
from tests.compiler.plans import ITEM


def test_a_value_is_shown_by_its_type() -> None:
    assert show_value("Total", Decimal("39.51"), money("USD")) == Shown("Total", "value", "$39.51")


def test_a_missing_value_and_an_empty_list_are_nothing() -> None:
    assert show_value("Note", None, OptionalType(TEXT)).text == "nothing"
    assert show_value("Items", (), ListType(ITEM)).text == "nothing"


def test_a_list_of_records_is_a_table_with_numbers_at_the_end_of_their_cells() -> None:
    item = {"name": "book", "price": Decimal(12), "quantity": 2, "exempt mark": True}
    shown = show_value("Items", (item,), ListType(ITEM))
    assert shown.columns == (
        Cell("Name", False),
        Cell("Price", True),
        Cell("Quantity", True),
        Cell("Exempt mark", False),
    )
    assert [cell.text for cell in shown.rows[0]] == ["book", "$12", "2", "yes"]


def test_a_list_of_plain_values_is_a_list() -> None:
    assert show_value("Sizes", (1, 2), ListType(WHOLE)).items == ("1", "2")


def test_a_record_is_shown_part_by_part() -> None:
    size = RecordType("size", (FieldType("width", WHOLE), FieldType("depth", WHOLE)))
    shown = show_value("Size", {"width": 1, "depth": 2}, size)
    assert [(part.label, part.text) for part in shown.parts] == [("Width", "1"), ("Depth", "2")]


def test_a_long_list_says_how_much_is_left_out() -> None:
    shown = show_value("Sizes", tuple(range(MOST_ROWS_SHOWN + 3)), ListType(WHOLE))
    assert (len(shown.items), shown.left_out) == (MOST_ROWS_SHOWN, 3)


def test_a_very_long_text_is_cut_where_the_page_would_drown_in_it() -> None:
    shown = show_value("Story", "x" * (LONGEST_SHOWN + 1), TEXT)
    assert (len(shown.text), shown.text[-2:]) == (LONGEST_SHOWN + 1, "x…")
