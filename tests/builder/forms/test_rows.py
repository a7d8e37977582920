"""Changing rows by the buttons of a plain form."""

from __future__ import annotations

import pytest

from builder.forms.design import Answers
from builder.forms.rows import edit_rows

TWO: Answers = {"items": ("1", "5"), "items.1.name": ("book",), "items.5.name": ("pen",), "state": ("Texas",)}


def test_a_row_is_added_at_the_end_with_a_key_of_its_own() -> None:
    assert edit_rows(TWO, "add:items") == {**TWO, "items": ("1", "5", "6")}
    assert edit_rows({}, "add:items") == {"items": ("1", "2")}


def test_a_row_is_taken_out_with_its_answers() -> None:
    assert edit_rows(TWO, "remove:items.1") == {"items": ("5",), "items.5.name": ("pen",), "state": ("Texas",)}


def test_a_key_that_is_no_number_of_a_row_is_not_counted() -> None:
    strange = ("9" * 5000, "²", "7")
    assert edit_rows({"items": strange}, "add:items") == {"items": (*strange, "8")}
    assert edit_rows({"items": ("999999999", "1")}, "add:items") == {"items": ("999999999", "1", "2")}


@pytest.mark.parametrize("action", ["up:items.5", "down:items.1"])
def test_rows_change_places(action: str) -> None:
    assert edit_rows(TWO, action) == {**TWO, "items": ("5", "1")}


@pytest.mark.parametrize("action", ["up:items.1", "down:items.5", "remove:items.9", "up:nothing.1"])
def test_what_cannot_be_done_changes_nothing(action: str) -> None:
    assert edit_rows(TWO, action) == TWO


@pytest.mark.parametrize("action", ["run", "explain", "", "add:", "jump:items.1"])
def test_other_buttons_are_not_about_rows(action: str) -> None:
    assert edit_rows(TWO, action) is None
