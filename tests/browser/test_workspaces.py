"""Workspaces and projects in a real browser: the way from an empty workspace to a page, and pages without barriers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(page: Page) -> Page:
    """The demo person's window."""
    page.goto("/")
    page.get_by_role("button", name="Try it without an account").click()
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()
    return page


def _open_shop(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Shop").click()
    expect(page.get_by_role("heading", name="Shop", exact=True)).to_be_visible()


def test_from_an_empty_workspace_to_a_page(signed_in: Page):
    page = signed_in
    page.get_by_role("link", name="New workspace").click()
    page.get_by_label("Name").fill("Acme")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("No projects yet")).to_be_visible()
    page.get_by_label("Name of a new project").fill("Delivery")
    page.get_by_role("button", name="Start it").click()
    expect(page.get_by_text("No pages yet")).to_be_visible()
    page.get_by_label("Name of a new function").fill("Delivery cost")
    page.get_by_role("button", name="Add the page").click()
    page.wait_for_url(re.compile("/pages/"))


def test_a_page_is_deleted_and_brought_back(signed_in: Page):
    page = signed_in
    _open_shop(page)
    page.get_by_label("Name of a new function").fill("Going away")
    page.get_by_role("button", name="Add the page").click()
    page.wait_for_url(re.compile("/pages/"))
    _open_shop(page)
    page.get_by_label("More about Going away").click()
    page.get_by_role("button", name="Delete").and_(page.locator(".menu[open] button")).click()
    expect(page.get_by_text("The page Going away is deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Going away", exact=True)).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_have_no_barriers_and_fit(signed_in: Page, barriers: Callable[[Page], list[str]], look: str, width: int):
    page = signed_in
    page.emulate_media(color_scheme="light" if look == "light" else "dark")
    page.set_viewport_size({"width": width, "height": 900})
    _open_shop(page)
    shop = page.url
    page.get_by_label("More about Basket total").click()
    menu = page.locator(".menu[open] .menu__list").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0, "the menu hangs out of the window"
    assert menu["x"] + menu["width"] <= width
    versions = page.get_by_role("link", name="Versions").and_(page.locator(".menu[open] a")).get_attribute("href")
    workspace = page.get_by_role("navigation", name="Where you are").get_by_role("link").get_attribute("href")
    for address in (
        "/",
        shop,
        versions,
        f"{versions}1/",
        f"{shop}settings/",
        workspace,
        f"{workspace}members/",
        f"{workspace}activity/",
        "/w/new/",
    ):
        page.goto(str(address))
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than the window"
