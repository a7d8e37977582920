"""Forms in a browser: by keyboard alone, on a phone, without scripts, by a shared link, and arranged by their owner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Account, MakeAccount
from tests.server import RunningServer

pytestmark = pytest.mark.browser

Barriers = Callable[[Page], list[str]]

SHOP = """Function: Quantity discount
Needs a price (money) and a quantity (whole number).
Gives a discount (money).

The quantity must be at least 1, otherwise "Order at least one."
If the quantity is at least 100, set the discount to 15% of the price times the quantity.
Otherwise if the quantity is at least 10, set the discount to 5% of the price times the quantity.
Otherwise set the discount to $0.

Function: Basket total
Needs several items and a day (date).
An item has a name (text), a price (money), a quantity (whole number) and an exempt mark (yes/no).
Gives a total (money) and several dear items (item).

Set the dear items to the items where the item's price is at least $1.
Set the total to $0.
For each item where it is not exempt, increase the total by its price times its quantity.
"""

PHONE = {"width": 390, "height": 844}

NEAREST_ROW = "xpath=ancestor::*[@data-row]"


@pytest.fixture
def shop(page: Page, server: RunningServer, make_account: MakeAccount) -> Account:
    """Somebody signed in, whose project has Quantity discount and Basket total."""
    account = make_account(SHOP)
    account.sign_in(page, server)
    return account


def discount(account: Account) -> str:
    return f"/p/{account.project}/functions/quantity-discount/"


def basket(account: Account) -> str:
    return f"/p/{account.project}/functions/basket-total/"


def outcome(page: Page) -> Locator:
    return page.get_by_role("status", name="Result")


def cell(page: Page, label: str, row: int) -> Locator:
    return page.get_by_label(f"{label}, row {row}", exact=True)


def paste(page: Page, into: Locator, text: str) -> None:
    """What a browser does on Ctrl+V with a spreadsheet's cells on the clipboard."""
    into.focus()
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_form_is_filled_in_and_run_by_keyboard(page: Page, shop: Account) -> None:
    page.goto(discount(shop))
    page.get_by_label("Price", exact=True).focus()
    page.keyboard.type("20")
    page.keyboard.press("Tab")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(outcome(page)).to_contain_text("$10")
    expect(page.get_by_label("Quantity", exact=True)).to_be_focused()


def test_a_form_is_found_and_shared_by_keyboard(page: Page, shop: Account) -> None:
    page.goto(discount(shop))
    page.get_by_role("link", name="Design and share").press("Enter")
    choice = page.get_by_label("Everyone in this workspace", exact=True)
    choice.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Anyone with the link", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    link = page.get_by_label("Link to the form")
    expect(link).to_have_value(re.compile(r"/f/[\w-]{32}/$"))
    page.goto(link.input_value())
    expect(page.get_by_role("heading", name="Quantity discount")).to_be_visible()


def test_a_problem_is_said_beside_its_answer_and_gets_the_focus(page: Page, shop: Account) -> None:
    page.goto(discount(shop))
    price = page.get_by_label("Price", exact=True)
    page.get_by_label("Quantity", exact=True).fill("10")
    page.get_by_role("button", name="Work it out").click()
    expect(price).to_be_focused()
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(price).to_have_accessible_description("$ Please fill in “Price”.")
    price.fill("20")
    page.get_by_role("button", name="Work it out").click()
    expect(outcome(page)).to_contain_text("$10")
    expect(price).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_is_checked_when_it_is_left(page: Page, shop: Account) -> None:
    page.goto(discount(shop))
    page.get_by_label("Price", exact=True).fill("a lot")
    page.keyboard.press("Tab")
    expect(page.locator("#q-price-problem")).to_contain_text("“a lot”")
    page.get_by_label("Price", exact=True).fill("$20")
    page.keyboard.press("Tab")
    expect(page.locator("#q-price-problem")).to_be_hidden()


def test_a_run_that_stops_says_so_in_the_words_of_the_page(page: Page, shop: Account) -> None:
    page.goto(discount(shop))
    page.get_by_label("Price", exact=True).fill("20")
    page.get_by_label("Quantity", exact=True).fill("0")
    page.keyboard.press("Enter")
    expect(outcome(page)).to_contain_text("Order at least one.")
    expect(outcome(page).get_by_role("link", name="Line 5 of the page")).to_be_visible()


def test_the_steps_are_gone_through_by_keyboard(page: Page, shop: Account, barriers: Barriers) -> None:
    page.goto(discount(shop))
    page.get_by_label("Price", exact=True).fill("20")
    page.get_by_label("Quantity", exact=True).fill("10")
    page.get_by_role("button", name="Explain").press("Enter")
    steps = page.get_by_role("region", name="How this came about")
    expect(steps.locator("summary").first).to_be_focused()
    expect(steps.locator("details[open]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(steps.locator("summary").nth(1)).to_be_focused()
    expect(steps.locator("details[open]")).to_contain_text("10 is at least 10")
    steps.get_by_role("button", name="Next").press("Enter")
    expect(steps.get_by_role("status")).to_contain_text("Step 3 of")
    expect(steps.locator("details[open]")).to_contain_text("Discount")
    assert barriers(page) == []


def test_rows_are_added_moved_removed_and_brought_back_by_keyboard(page: Page, shop: Account) -> None:
    page.goto(basket(shop))
    cell(page, "Name", 1).focus()
    page.keyboard.type("book")
    page.keyboard.press("Enter")
    expect(cell(page, "Name", 2)).to_be_focused()
    page.keyboard.type("pen")
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, "Name", 1)).to_have_value("pen")
    expect(cell(page, "Name", 1)).to_be_focused()
    expect(page.get_by_text("Row 2 is now row 1.")).to_be_visible()
    page.get_by_role("button", name="Remove row 1").press("Enter")
    expect(cell(page, "Name", 1)).to_have_value("book")
    expect(page.get_by_role("button", name="Remove row 1")).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(cell(page, "Name", 1)).to_have_value("pen")
    expect(cell(page, "Name", 2)).to_have_value("book")


def test_rows_are_pasted_from_a_spreadsheet(page: Page, shop: Account) -> None:
    page.goto(basket(shop))
    paste(page, cell(page, "Name", 1), "book\t$12\t2\tyes\r\npen\t1.50\t10\tno\r\n")
    expect(page.get_by_text("2 rows pasted.")).to_be_visible()
    expect(cell(page, "Price", 2)).to_have_value("1.50")
    expect(cell(page, "Exempt mark", 1)).to_be_checked()
    page.get_by_label("Day", exact=True).fill("2026-03-01")
    page.get_by_role("button", name="Work it out").click()
    expect(outcome(page)).to_contain_text("$15")
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, "Name", 1)).to_have_value("")


def test_pasted_columns_with_names_find_their_places_and_bad_cells_say_so(page: Page, shop: Account) -> None:
    page.goto(basket(shop))
    paste(page, cell(page, "Name", 1), "Quantity\tName\tExempt mark\n3\tbook\tmaybe\n")
    expect(cell(page, "Quantity", 1)).to_have_value("3")
    expect(cell(page, "Name", 1)).to_have_value("book")
    expect(page.get_by_text("1 cell could not be read")).to_be_visible()
    expect(page.get_by_role("cell").filter(has_text="maybe")).to_be_visible()


def test_a_form_works_on_a_phone(page: Page, shop: Account, barriers: Barriers) -> None:
    page.set_viewport_size(PHONE)
    for address in (discount(shop), basket(shop), f"{basket(shop)}design"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert barriers(page) == []
    page.goto(basket(shop))
    cell(page, "Name", 1).fill("pen")
    cell(page, "Price", 1).fill("1.50")
    cell(page, "Quantity", 1).fill("10")
    page.get_by_label("Day", exact=True).fill("2026-03-01")
    page.get_by_role("button", name="Work it out").click()
    expect(outcome(page)).to_contain_text("$15")
    expect(outcome(page)).to_be_in_viewport()
    expect(outcome(page).get_by_role("table")).to_contain_text("Exempt mark")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page) == []


@pytest.fixture
def phone(browser: Browser, server: RunningServer) -> Iterator[BrowserContext]:
    """A browser that is touched with a finger."""
    context = browser.new_context(base_url=server.url, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def browser(page: Page) -> Browser:
    """The browser of `page`, for more windows."""
    found = page.context.browser
    assert found is not None
    return found


def test_what_is_touched_is_large_enough_for_a_finger(
    phone: BrowserContext, shop: Account, server: RunningServer
) -> None:
    window = phone.new_page()
    shop.sign_in(window, server)
    window.goto(basket(shop))
    small = window.evaluate(
        """() => [...document.querySelectorAll("main button, main input:not([type=hidden]), main select")]
          .filter((each) => each.offsetParent && !each.classList.contains("visually-hidden"))
          .map((each) => ({ name: each.ariaLabel ?? each.textContent.trim(), box: (each.closest(".choice, .sheet__cell") ?? each).getBoundingClientRect() }))
          .filter(({ box }) => box.height < 43.5).map(({ name, box }) => `${name}: ${box.height}`)"""
    )
    assert small == []


def test_a_form_works_without_scripts(browser: Browser, shop: Account, server: RunningServer) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    window = context.new_page()
    shop.sign_in(window, server)
    window.goto(basket(shop))
    cell(window, "Name", 1).fill("pen")
    window.get_by_role("button", name="Add a row").click()
    expect(cell(window, "Name", 1)).to_have_value("pen")
    window.get_by_role("button", name="Remove row 2").click()
    expect(cell(window, "Name", 2)).to_have_count(0)
    cell(window, "Price", 1).fill("1.50")
    cell(window, "Quantity", 1).fill("10")
    window.get_by_label("Day", exact=True).fill("2026-03-01")
    window.keyboard.press("Enter")
    expect(outcome(window)).to_contain_text("$15")
    window.get_by_role("button", name="Explain").click()
    expect(window.get_by_role("heading", name="How this came about")).to_be_visible()
    context.close()


def test_a_form_is_shared_with_somebody_who_has_no_account(
    page: Page, browser: Browser, shop: Account, server: RunningServer, barriers: Barriers
) -> None:
    page.goto(f"{discount(shop)}design")
    page.get_by_label("Anyone with the link", exact=True).check()
    page.get_by_role("button", name="Save sharing").click()
    link = page.get_by_label("Link to the form").input_value()
    stranger = browser.new_context(base_url=server.url)
    window = stranger.new_page()
    window.goto(link)
    expect(window.get_by_role("heading", name="Quantity discount")).to_be_visible()
    expect(window.get_by_role("button", name="Explain")).to_have_count(0)
    assert barriers(window) == []
    window.get_by_label("Price", exact=True).fill("20")
    window.get_by_label("Quantity", exact=True).fill("100")
    window.keyboard.press("Enter")
    expect(outcome(window)).to_contain_text("$300")
    page.get_by_role("button", name="Make a new link").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Make a new link").click()
    expect(page.get_by_label("Link to the form")).not_to_have_value(link)
    response = window.goto(link)
    assert response is not None
    assert response.status == 404
    stranger.close()
