"""Every page, in light and dark, on a phone and on a wide screen: axe-core finds nothing, and nothing sticks out.

The pages are found as a person finds them, by following links from the first page, one page of each kind; so a
new page is covered as soon as something links to it. What nothing links to is listed in `UNLINKED`.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.browser.conftest import Account
from tests.server import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNLINKED = ("/no/such/page/",)
NOT_PAGES = {"function_openapi", "openapi", "version_compare"}
"""Names of addresses that give something else than a page to look at."""

Barriers = Callable[[Page], list[str]]


def name_of(path: str) -> str | None:
    """Which kind of page an address is: its name, or None if it is none of ours."""
    try:
        return resolve(path).url_name
    except Resolver404:
        return None


def links_on(window: Page) -> list[str]:
    """The addresses of this server that a page links to."""
    return window.evaluate(
        "[...document.querySelectorAll('a[href]')].filter((link) => link.origin === location.origin && !link.download)"
        ".map((link) => link.pathname + link.search)"
    )


def sticks_out(window: Page) -> bool:
    """Whether the page has to be moved sideways to be read."""
    return window.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def look_around(window: Page, first: str, barriers: Barriers) -> tuple[list[str], set[str]]:
    """What is wrong with the pages reached from `first`, and the names of the pages that were looked at."""
    waiting, seen, wrong = [first, *UNLINKED], set(), []
    while waiting:
        path = waiting.pop(0)
        name = name_of(urlsplit(path).path) or path
        if name in seen or name in NOT_PAGES or (name == path and path not in UNLINKED):
            continue
        seen.add(name)
        answer = window.goto(path)
        if answer is None or "text/html" not in (answer.header_value("content-type") or ""):
            continue
        assert answer.status < 500, f"{path} failed"
        window.wait_for_load_state("networkidle")
        wrong += [f"{path}: {barrier}" for barrier in barriers(window)]
        if sticks_out(window):
            wrong.append(f"{path}: wider than the screen")
        waiting += links_on(window)
    return wrong, seen


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, page: Page) -> str:
    page.emulate_media(color_scheme=request.param)
    return request.param


@pytest.fixture(params=[390, 1440])
def width(request: pytest.FixtureRequest, page: Page) -> int:
    page.set_viewport_size({"width": request.param, "height": 900})
    return request.param


def test_strangers_find_no_barriers(page: Page, barriers: Barriers, theme: str, width: int) -> None:
    wrong, seen = look_around(page, "/", barriers)
    assert {"home", "account_login", "account_signup", "help", "help_messages", "help_message"} <= seen
    assert wrong == []


def test_members_find_no_barriers(
    page: Page, server: RunningServer, account: Account, barriers: Barriers, theme: str, width: int
) -> None:
    account.sign_in(page, server)
    wrong, seen = look_around(page, "/", barriers)
    assert {"home", "workspace", "project", "page_editor", "versions", "function_form", "account"} <= seen
    assert wrong == []


def test_the_editor_with_mistakes_has_no_barriers(
    page: Page, server: RunningServer, account: Account, barriers: Barriers, theme: str, width: int
) -> None:
    account.sign_in(page, server)
    page.goto(account.editor)
    expect(page.locator("#status-reading")).to_contain_text("No mistakes")
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("Example: with an amount of 3, the result is 7.\n")
    expect(page.locator(".line-failed")).to_have_count(1)
    assert barriers(page) == []
    page.keyboard.insert_text("Set the result to the amuont.\nNote: a mess\n")
    expect(page.locator("#mistakes > li")).not_to_have_count(0)
    assert barriers(page) == []
    page.keyboard.type("Set the result to the am")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    assert barriers(page) == []
    assert not sticks_out(page)


def test_the_switch_changes_the_look_and_is_remembered(page: Page, server: RunningServer, account: Account) -> None:
    page.emulate_media(color_scheme="light")
    account.sign_in(page, server)
    page.goto("/")
    switch = page.get_by_role("button", name="Dark look")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate("getComputedStyle(document.body).color")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).color") == dark
    switch.click()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
