"""Accounts in a real browser, on the embedded default: signing up with the mail shown in the app, and passkeys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PASSWORD = "a good long password"


def _sign_up(page: Page, email: str) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    _confirm_the_address(page)
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()


def _confirm_the_address(page: Page) -> None:
    expect(page.get_by_role("heading", name="This mail was not sent")).to_be_visible()
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", page.locator(".mail").inner_text())
    assert code is not None
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Confirm").click()


def _give_a_passkey_device(page: Page) -> None:
    """A virtual authenticator that says yes, as a phone with a finger on it would (Chrome DevTools Protocol)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _prove_it_is_you(page: Page) -> None:
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()


def test_a_new_person_starts_with_a_shop_to_look_at(page: Page):
    _sign_up(page, "starts@example.com")
    expect(page.get_by_role("link", name="Shop")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_a_password(page: Page):
    _give_a_passkey_device(page)
    _sign_up(page, "passkey@example.com")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    _prove_it_is_you(page)
    expect(page.get_by_label("Sign in with it alone, without my password")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()
    assert "passkey@example.com" in page.locator(".site-head").inner_html()


def test_an_account_is_made_with_a_passkey_and_no_password(page: Page):
    _give_a_passkey_device(page)
    page.goto("/accounts/signup/")
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("Email").fill("keyonly@example.com")
    page.get_by_role("button", name="Make my account").click()
    _confirm_the_address(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()


def test_a_passkey_that_does_not_work_is_answered_in_plain_words(page: Page):
    page.goto("/accounts/login/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey was not used")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_account_pages_have_no_barriers(page: Page, barriers: Callable[[Page], list[str]], look: str):
    page.emulate_media(color_scheme="light" if look == "light" else "dark")
    _sign_up(page, f"{look}@example.com")
    for address in (
        "/account/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/sessions/",
        "/outbox/",
        "/w/new/",
        "/accounts/logout/",
    ):
        page.goto(address)
        _prove_it_is_you(page)
        assert barriers(page) == [], address
