"""Designing a form in a browser: order by keyboard and by dragging, the preview, undo, and hidden fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Account, MakeAccount
from tests.server import RunningServer

pytestmark = pytest.mark.browser

AREA = """Function: Room size
Needs a width (number), a depth (number) and a price (money).
Gives a cost (money).

Set the cost to the price times the width times the depth.
"""


@pytest.fixture
def design(page: Page, server: RunningServer, make_account: MakeAccount) -> Page:
    """The design page of Room size."""
    account: Account = make_account(AREA)
    account.sign_in(page, server)
    page.goto(f"/p/{account.project}/functions/room-size/design")
    return page


def order(page: Page) -> list[str]:
    """The fields from top to bottom, by their keys."""
    return page.evaluate("[...document.querySelectorAll('[data-field]')].map((field) => field.dataset.field)")


def preview(page: Page) -> Locator:
    return page.locator("[data-preview-of]")


def test_fields_are_ordered_by_keyboard_and_it_is_said_aloud(design: Page) -> None:
    design.get_by_role("button", name="Move Price up").focus()
    design.keyboard.press("Enter")
    assert order(design) == ["width", "price", "depth"]
    expect(design.locator("[data-said]").last).to_have_text("Price is now number 2 of 3.")
    expect(design.get_by_role("button", name="Move Price up")).to_be_focused()
    design.keyboard.press("Alt+ArrowUp")
    assert order(design) == ["price", "width", "depth"]
    design.keyboard.press("Alt+ArrowUp")
    expect(design.locator("[data-said]").last).to_have_text("Price is already first.")


def test_fields_are_ordered_by_dragging_and_escape_puts_one_back(design: Page) -> None:
    grip = design.locator("[data-field=price] [data-grip]")

    def drag_to_the_top() -> None:
        design.locator("#design-fields").evaluate("(title) => title.scrollIntoView()")
        box, first = grip.bounding_box(), design.locator("[data-field]").first.bounding_box()
        assert box is not None
        assert first is not None
        design.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        design.mouse.down()
        design.mouse.move(box["x"], first["y"] + 5, steps=12)

    drag_to_the_top()
    assert order(design)[0] == "price"
    design.keyboard.press("Escape")
    design.mouse.up()
    assert order(design) == ["width", "depth", "price"]
    drag_to_the_top()
    design.mouse.up()
    assert order(design)[0] == "price"


def test_fields_are_ordered_with_a_finger(design: Page) -> None:
    fingers = design.context.new_cdp_session(design)
    design.locator("#design-fields").evaluate("(title) => title.scrollIntoView()")
    box = design.locator("[data-field=depth] [data-grip]").bounding_box()
    first = design.locator("[data-field]").first.bounding_box()
    assert box is not None
    assert first is not None
    x, y = box["x"] + 20, box["y"] + 20

    def touch(kind: str, *points: dict[str, float]) -> None:
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        touch("touchMove", {"x": x, "y": y + (first["y"] + 5 - y) * step / 10})
    touch("touchEnd")
    expect(design.locator("[data-said]").last).to_have_text("Depth is now number 1 of 3.")
    assert order(design) == ["depth", "width", "price"]


def test_the_preview_follows_and_undo_goes_back(design: Page, barriers: Callable[[Page], list[str]]) -> None:
    design.get_by_label("Label").first.fill("How wide?")
    expect(preview(design)).to_contain_text("How wide?")
    design.get_by_label("Text of the button").fill("Tell me")
    expect(preview(design).get_by_text("Tell me").last).to_be_visible()
    design.get_by_label("Text of the button").press("Tab")
    design.get_by_role("button", name="Undo", exact=True).click()
    expect(preview(design)).not_to_contain_text("Tell me")
    expect(preview(design)).to_contain_text("How wide?")
    design.get_by_role("button", name="Redo").click()
    expect(preview(design)).to_contain_text("Tell me")
    assert barriers(design) == []


def test_a_saved_design_is_how_the_form_looks_and_can_be_taken_back(design: Page) -> None:
    design.get_by_label("Label").first.fill("How wide?")
    design.get_by_role("button", name="Move Price up").click()
    design.get_by_role("button", name="Save the form").click()
    expect(design.get_by_text("The form is saved.")).to_be_visible()
    assert order(design) == ["width", "price", "depth"]
    expect(design.get_by_label("Label").first).to_have_value("How wide?")
    design.get_by_role("button", name="Go back to the form before the last save").click()
    expect(design.get_by_text("as it was before")).to_be_visible()
    assert order(design) == ["width", "depth", "price"]


def test_a_field_that_is_not_asked_for_needs_a_value(design: Page) -> None:
    price = design.locator("[data-field=price]")
    expect(price.get_by_text("this is always used")).to_be_hidden()
    price.get_by_label("Ask for it").uncheck()
    design.get_by_role("button", name="Save the form").click()
    expect(design.get_by_role("alert")).to_contain_text("needs a value that is always used")
    design.locator("[data-field=price]").get_by_label("Price", exact=True).fill("$20")
    design.get_by_role("button", name="Save the form").click()
    design.get_by_role("link", name="Form", exact=True).click()
    expect(design.get_by_label("Price", exact=True)).to_have_count(0)
    design.get_by_label("Width", exact=True).fill("2")
    design.get_by_label("Depth", exact=True).fill("3")
    design.keyboard.press("Enter")
    expect(design.get_by_role("status", name="Result")).to_contain_text("$120")


def test_a_colour_that_is_hard_to_see_is_shown_darker(design: Page) -> None:
    design.get_by_label("A colour of its own").check()
    design.locator("#design-accent").fill("#ffee88")
    expect(design.locator("[data-accent-note]")).to_contain_text("On a light page")
    background = preview(design).locator(".fill__run").evaluate("(button) => getComputedStyle(button).backgroundColor")
    assert background != "rgb(255, 238, 136)"
