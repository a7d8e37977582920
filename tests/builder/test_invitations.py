"""Invitations: mailed, accepted once, by anybody signed in who holds the link, until they expire."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.utils import timezone

from builder.access import membership_of
from builder.models import AuditEvent, Invitation, Membership, OutboxMessage, Role, User, Workspace
from builder.services import invitations, workspaces
from builder.services.errors import Refused
from builder.services.invitations import Sent, accept, invite, open_invitation, withdraw
from builder.services.workspaces import change_role, leave_workspace, remove_member
from tests.builder.conftest import MakePerson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_mail(settings):
    """Mail is kept in the database, as in the embedded default (pytest-django would keep it in memory)."""
    settings.EMAIL_BACKEND = "builder.mail.OutboxBackend"


def _token(sent: Sent) -> str:
    return sent.link.rstrip("/").rsplit("/", 1)[1]


def test_the_link_is_mailed_and_only_its_hash_is_kept(olga: User, workspace: Workspace):
    sent = invite(olga, workspace, " New@Example.com ", Role.EDITOR)
    mail = OutboxMessage.objects.get(recipient="new@example.com")
    assert sent.mailed
    assert sent.link.startswith(settings.PLAINSPARK_ORIGIN)
    assert sent.link in mail.text
    assert "Olga" in mail.subject
    assert _token(sent) not in str(Invitation.objects.values().get())


def test_anybody_signed_in_with_the_link_joins_once(olga: User, stan: User, edward: User, workspace: Workspace):
    token = _token(invite(olga, workspace, "other@example.com", Role.VIEWER))
    accept(stan, token)
    membership = membership_of(stan, workspace)
    assert membership is not None
    assert membership.role == Role.VIEWER
    with pytest.raises(Refused, match="not open any more"):
        accept(edward, token)


def test_only_owners_invite(edward: User, workspace: Workspace):
    with pytest.raises(Http404):
        invite(edward, workspace, "x@example.com", Role.OWNER)


def test_an_expired_or_withdrawn_invitation_is_refused(olga: User, stan: User, workspace: Workspace):
    token = _token(invite(olga, workspace, "a@example.com", Role.EDITOR))
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        accept(stan, token)
    token = _token(invite(olga, workspace, "b@example.com", Role.EDITOR))
    withdraw(olga, Invitation.objects.get(email="b@example.com"))
    with pytest.raises(Refused):
        accept(stan, token)
    assert membership_of(stan, workspace) is None


def test_a_new_invitation_to_one_address_ends_the_old_one(olga: User, stan: User, workspace: Workspace):
    first = _token(invite(olga, workspace, "a@example.com", Role.OWNER))
    invite(olga, workspace, "a@example.com", Role.VIEWER)
    with pytest.raises(Refused):
        accept(stan, first)


def test_a_member_who_accepts_keeps_the_higher_role(olga: User, edward: User, workspace: Workspace):
    accept(edward, _token(invite(olga, workspace, "a@example.com", Role.VIEWER)))
    assert Membership.objects.get(user=edward, workspace=workspace).role == Role.EDITOR
    accept(edward, _token(invite(olga, workspace, "b@example.com", Role.OWNER)))
    assert Membership.objects.get(user=edward, workspace=workspace).role == Role.OWNER


def test_an_invitation_whose_mail_cannot_be_sent_is_still_given_by_its_link(
    as_olga: Client, stan: User, workspace: Workspace, settings, unused_tcp_port: int
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_tcp_port
    members = f"/w/{workspace.public_id}/members/"
    shown = as_olga.post(members, {"email": "a@example.com", "role": "editor"}, follow=True).content.decode()
    assert "could not be sent just now" in shown
    link = re.search(r"/invitations/[\w-]+/", shown)
    assert link is not None
    accept(stan, link[0].split("/")[2])


def test_nobody_sends_masses_of_mail(olga: User, workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(invitations, "SENT_PER_DAY", 2)
    invite(olga, workspace, "a@example.com", Role.EDITOR)
    invite(olga, workspace, "a@example.com", Role.EDITOR)
    with pytest.raises(Refused, match="sent 2 invitations today"):
        invite(olga, workspace, "b@example.com", Role.EDITOR)
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize(("email", "words"), [("nonsense", "does not look like"), ("edward@example.com", "already")])
def test_an_address_that_makes_no_sense_is_refused(
    olga: User, edward: User, workspace: Workspace, email: str, words: str
):
    with pytest.raises(Refused, match=words):
        invite(olga, workspace, email, Role.EDITOR)


def test_a_stranger_is_led_through_signing_in_back_to_the_invitation(
    client: Client, olga: User, stan: User, workspace: Workspace
):
    sent = invite(olga, workspace, "a@example.com", Role.EDITOR)
    assert "Sign in" in client.get(sent.link).content.decode()
    signed_in = client.post(
        "/accounts/login/", {"login": "stan@example.com", "password": "a good long password"}, follow=True
    )
    assert signed_in.redirect_chain[-1][0] == f"/invitations/{_token(sent)}/"
    joined = client.post(signed_in.redirect_chain[-1][0], follow=True)
    assert joined.redirect_chain[-1][0] == f"/w/{workspace.public_id}/"


def test_the_link_is_shown_once_to_whoever_invited(as_olga: Client, workspace: Workspace):
    members = f"/w/{workspace.public_id}/members/"
    shown = as_olga.post(members, {"email": "a@example.com", "role": "editor"}, follow=True).content.decode()
    assert "/invitations/" in shown
    assert "/invitations/" not in as_olga.get(members).content.decode().replace(
        f"/w/{workspace.public_id}/invitations/", ""
    )


def _take_out(olga: User, owner: User, workspace: Workspace) -> None:
    remove_member(olga, workspace, owner)


def _demote(olga: User, owner: User, workspace: Workspace) -> None:
    change_role(olga, workspace, owner, Role.EDITOR)


def _leave(_: User, owner: User, workspace: Workspace) -> None:
    leave_workspace(owner, workspace)


@pytest.mark.parametrize("end", [_take_out, _demote, _leave])
def test_nobody_comes_back_by_an_invitation_made_before(
    end: Callable[[User, User, Workspace], None], olga: User, make_person: MakePerson, stan: User, workspace: Workspace
):
    owner = make_person("Owen")
    Membership.objects.create(user=owner, workspace=workspace, role=Role.OWNER)
    made = _token(invite(owner, workspace, "another@example.com", Role.OWNER))
    of_olga = _token(invite(olga, workspace, "third@example.com", Role.EDITOR))
    end(olga, owner, workspace)
    assert set(Invitation.objects.filter(withdrawn_at=None).values_list("email", flat=True)) == {"third@example.com"}
    assert AuditEvent.objects.filter(action="withdrew the invitation of", object_name="another@example.com").exists()
    for person in (owner, stan):
        with pytest.raises(Refused, match="not open any more"):
            accept(person, made)
    assert accept(stan, of_olga) == workspace


def test_an_invitation_to_somebody_who_is_removed_is_withdrawn(olga: User, edward: User, workspace: Workspace):
    EmailAddress.objects.create(user=edward, email="second@example.com", verified=True)
    token = _token(invite(olga, workspace, "second@example.com", Role.OWNER))
    remove_member(olga, workspace, edward)
    with pytest.raises(Refused, match="not open any more"):
        accept(edward, token)


def test_an_invitation_counts_only_while_whoever_made_it_may_invite(olga: User, stan: User, workspace: Workspace):
    token = _token(invite(olga, workspace, "new@example.com", Role.OWNER))
    Membership.objects.filter(user=olga, workspace=workspace).update(role=Role.EDITOR)
    assert open_invitation(token) is None
    with pytest.raises(Refused, match="not open any more"):
        accept(stan, token)


def test_accepting_keeps_to_the_most_workspaces_of_one_person(
    olga: User, stan: User, edward: User, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workspaces, "WORKSPACES_PER_PERSON", 1)
    token = _token(invite(olga, workspace, "new@example.com", Role.OWNER))
    with pytest.raises(Refused, match="most one person can be in"):
        accept(stan, token)
    assert accept(edward, token) == workspace
