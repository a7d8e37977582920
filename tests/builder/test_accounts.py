"""Accounts from the browser's side: signing up in the embedded default, passwords, two steps, and what is not shown."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from builder.models import OutboxMessage, ProvedAddress, User
from tests.builder.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def kept_mail(settings):
    settings.EMAIL_BACKEND = "builder.mail.OutboxBackend"


def _code(text: str) -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text)
    assert found is not None
    return found[0]


def test_signing_up_shows_the_mail_that_was_not_sent_and_its_code_lets_in(client: Client):
    page = client.post("/accounts/signup/", NEW, follow=True).content.decode()
    assert "This mail was not sent" in page
    home = client.post("/accounts/confirm-email/", {"code": _code(page)}, follow=True)
    assert home.redirect_chain[-1][0] == "/"
    assert home.wsgi_request.user.email == "new@example.com"
    assert EmailAddress.objects.get(email="new@example.com").verified
    assert ProvedAddress.objects.get(email="new@example.com").user == home.wsgi_request.user


def test_another_browser_does_not_see_the_mail(client: Client):
    client.post("/accounts/signup/", NEW)
    other = Client()
    assert other.get("/outbox/").status_code == 302
    assert "This mail was not sent" not in other.get("/accounts/confirm-email/", follow=True).content.decode()


def test_nothing_is_shown_where_mail_is_sent(client: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = client.post("/accounts/signup/", NEW, follow=True).content.decode()
    assert "This mail was not sent" not in page
    assert not OutboxMessage.objects.exists()


def test_the_mail_to_reset_a_password_is_never_shown_to_whoever_asked_for_it(client: Client, olga: User):
    page = client.post("/accounts/password/reset/", {"email": olga.email}, follow=True).content.decode()
    mail = OutboxMessage.objects.get(recipient=olga.email)
    link = re.search(r"/accounts/password/reset/key/\S+", mail.text)
    assert link is not None
    assert link[0] not in page
    assert client.get("/outbox/").status_code == 302


def test_a_password_is_reset_by_the_link_in_the_mail(client: Client, olga: User):
    client.post("/accounts/password/reset/", {"email": olga.email})
    link = re.search(r"/accounts/password/reset/key/\S+", OutboxMessage.objects.get(recipient=olga.email).text)
    assert link is not None
    form = client.get(link[0], follow=True)
    new = "another good long password"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    olga.refresh_from_db()
    assert olga.check_password(new)


def test_signing_up_again_tells_the_owner_of_the_address_and_makes_no_second_account(client: Client, olga: User):
    client.post("/accounts/signup/", {**NEW, "email": olga.email})
    assert User.objects.filter(email=olga.email).count() == 1
    assert "There is one already" in OutboxMessage.objects.get(recipient=olga.email).text


def test_a_second_step_is_asked_for_once_an_app_is_set_up(client: Client, olga: User):
    secret = generate_totp_secret()
    TOTP.activate(olga, secret)
    asked = client.post("/accounts/login/", {"login": olga.email, "password": PASSWORD}, follow=True)
    assert asked.redirect_chain[-1][0] == "/accounts/2fa/authenticate/"
    assert not asked.wsgi_request.user.is_authenticated
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    home = client.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)
    assert home.wsgi_request.user == olga


def test_an_app_is_set_up_from_the_account_pages(client: Client, olga: User):
    client.post("/accounts/login/", {"login": olga.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    done = client.post("/accounts/2fa/totp/activate/", {"code": format_hotp_value(hotp_value(secret, counter))})
    assert done.status_code == 302
    codes = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "Recovery Codes" in codes
    used = client.get("/accounts/2fa/").content.decode()
    assert "10 codes left" in used


@pytest.mark.parametrize(
    "address",
    [
        "/account/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/outbox/",
    ],
)
def test_every_account_page_has_our_look(as_olga: Client, address: str):
    page = as_olga.get(address)
    assert page.status_code == 200
    assert 'class="site-head"' in page.content.decode()


def test_a_person_can_change_the_name_that_others_see(as_olga: Client, olga: User):
    as_olga.post("/account/", {"name": "  Olga   Owner "})
    olga.refresh_from_db()
    assert str(olga) == "Olga Owner"
    shown = as_olga.post("/account/", {"name": ""}, follow=True).content.decode()
    assert "Please give the person a name" in shown
