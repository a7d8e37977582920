"""With the keyboard alone: write a function, run it, share it, and run it as a stranger with the link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Account, Editor
from tests.server import RunningServer

pytestmark = pytest.mark.browser

TIP = """Function: Tip
Needs a bill (money).
Gives a tip (money).

Set the tip to 15% of the bill.

Example: with a bill of $20, the tip is $3.
"""

MOST_TABS = 80

FOCUSED = """() => {
  const focused = document.activeElement;
  const label = focused.labels?.[0] ?? focused;
  return (focused.getAttribute("aria-label") ?? label.innerText ?? "").trim().replace(/\\s+/g, " ");
}"""


def tab_to(window: Page, name: str, key: str = "Tab") -> None:
    """Presses Tab until what is called so has the focus. Fails when it cannot be reached."""
    passed = []
    for _ in range(MOST_TABS):
        window.keyboard.press(key)
        focused = window.evaluate(FOCUSED)
        if focused.startswith(name):
            return
        passed.append(focused)
    pytest.fail(f"{name!r} cannot be reached with Tab; passed {passed}")


def test_a_function_is_written_run_and_shared_by_keyboard_alone(
    page: Page, server: RunningServer, account: Account
) -> None:
    account.sign_in(page, server)
    page.goto("/")

    # write
    tab_to(page, "Shop")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Shop", level=1)).to_be_visible()
    tab_to(page, "Name of a new function")
    page.keyboard.type("Tip")
    page.keyboard.press("Enter")
    editor = Editor(page)
    editor.wait_until_checked()
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TIP.replace("the bill.", "the bil."))
    expect(editor.status).to_contain_text("1 mistake")
    page.keyboard.press("F8")
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("Enter")
    expect(editor.status).to_have_text("No mistakes, 1 example passes")
    page.keyboard.press("Control+s")
    expect(editor.keeping).to_have_text("Saved as version 2")

    # run
    page.keyboard.press("Escape")
    tab_to(page, "Run Tip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tip", level=1)).to_be_visible()
    tab_to(page, "Bill")
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_contain_text("$4.50")

    # share
    tab_to(page, "Design and share", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sharing")).to_be_visible()
    tab_to(page, "Everyone in this workspace")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Anyone with the link")).to_be_checked()
    tab_to(page, "Save sharing")
    page.keyboard.press("Enter")
    link = page.get_by_label("Link to the form").input_value()

    # run what was shared, as a stranger
    page.context.clear_cookies()
    page.goto(link)
    tab_to(page, "Bill")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_contain_text("$15")
