"""The outbox: mail kept instead of sent, and who may read it."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.mail import EmailMessage, send_mail
from django.core.management import call_command
from django.test import Client

from builder.mail import keeps_mail
from builder.models import OutboxMessage, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_mail(settings):
    settings.EMAIL_BACKEND = "builder.mail.OutboxBackend"


def test_each_recipient_gets_a_row():
    mail = EmailMessage("A\nb", "text", "from@example.com", ["Ann <ANN@example.com>"], cc=["bob@example.com"])
    assert mail.send() == 1
    rows = list(OutboxMessage.objects.order_by("recipient").values_list("recipient", "subject", "text"))
    assert rows == [("ann@example.com", "A b", "text"), ("bob@example.com", "A b", "text")]


def test_a_person_reads_only_mail_to_their_own_verified_addresses(as_olga: Client, olga: User):
    EmailAddress.objects.create(user=olga, email="second@example.com", verified=True)
    EmailAddress.objects.create(user=olga, email="claimed@example.com", verified=False)
    for name in ("olga", "second", "claimed", "stan"):
        send_mail(f"For {name}", "text", None, [f"{name}@example.com"])
    shown = as_olga.get("/outbox/").content.decode()
    assert "For olga" in shown
    assert "For second" in shown
    assert "For claimed" not in shown
    assert "For stan" not in shown


def test_mail_from_before_an_address_was_verified_is_not_shown(as_olga: Client, olga: User):
    send_mail("For whoever had it", "text", None, ["other@example.com"])
    address = EmailAddress.objects.create(user=olga, email="other@example.com", verified=True)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    send_mail("For olga now", "text", None, ["other@example.com"])
    shown = as_olga.get("/outbox/").content.decode()
    assert "For olga now" in shown
    assert "For whoever had it" not in shown


def test_mail_from_before_the_account_was_made_is_not_shown(as_olga: Client, olga: User):
    send_mail("For whoever had it", "text", None, ["olga@example.com"])
    OutboxMessage.objects.update(created=olga.date_joined - timedelta(seconds=1))
    assert "For whoever had it" not in as_olga.get("/outbox/").content.decode()


def test_a_stranger_has_to_sign_in(client: Client):
    send_mail("Hello", "text", None, ["olga@example.com"])
    answer = client.get("/outbox/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_there_is_no_outbox_where_mail_is_sent(as_olga: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert not keeps_mail()
    assert as_olga.get("/outbox/").status_code == 404


def test_whoever_runs_the_server_can_print_mail():
    send_mail("Hello", "the text", None, ["olga@example.com"])
    printed = StringIO()
    call_command("outbox", "OLGA@example.com", stdout=printed)
    assert "to olga@example.com: Hello" in printed.getvalue()
    assert "the text" in printed.getvalue()


def test_links_in_a_mail_work_and_markup_in_it_does_not(as_olga: Client):
    send_mail("Hello", "see http://localhost:8000/x <script>alert(1)</script>", None, ["olga@example.com"])
    shown = as_olga.get("/outbox/").content.decode()
    assert 'href="http://localhost:8000/x"' in shown
    assert "<script>alert" not in shown
