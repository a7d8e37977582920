"""Invitations to a workspace: a mail with a link that whoever holds it can accept, once, until it expires."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from builder.access import demand
from builder.models import Invitation, Membership, Role, User, Workspace
from builder.secrets import fingerprint
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.workspaces import refuse_one_more

_log = logging.getLogger(__name__)

DAYS_OPEN = 7
OPEN_PER_WORKSPACE = 100
SENT_PER_DAY = 100
"""How many invitations one person may send in a day, so that nobody sends masses of mail from here."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation just made: its link, which is not kept anywhere, and whether the mail left."""

    email: str
    link: str
    mailed: bool


def invite(user: User, workspace: Workspace, email: str, role: str) -> Sent:
    """Makes an invitation and mails its link. Owners only.

    An open invitation to the same address is replaced, so its old link stops working.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(f'"{email.strip()}" does not look like an e-mail address, such as ann@example.com.') from error
    if role not in Role.values:
        raise Refused("Please choose one of the roles: owner, editor or viewer.")
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        demand(user, workspace, Role.OWNER)
        if Membership.objects.filter(workspace=workspace, user__email=address).exists():
            raise Refused(f"{address} is in this workspace already.")
        still_open = Invitation.objects.filter(workspace=workspace, accepted_at=None, withdrawn_at=None)
        still_open.filter(email=address).update(withdrawn_at=now)
        if still_open.filter(expires__gt=now).count() >= OPEN_PER_WORKSPACE:
            raise Refused(f"There are {OPEN_PER_WORKSPACE} open invitations. Please withdraw some first.")
        if Invitation.objects.filter(invited_by=user, created__gt=now - timedelta(days=1)).count() >= SENT_PER_DAY:
            raise Refused(f"You have sent {SENT_PER_DAY} invitations today. Please send the others tomorrow.")
        invitation = Invitation.objects.create(
            workspace=workspace,
            email=address,
            role=role,
            token_hash=fingerprint(token),
            invited_by=user,
            expires=now + timedelta(days=DAYS_OPEN),
        )
        record(workspace, user, f"invited as {role}:", invitation, name=address)
    link = settings.PLAINSPARK_ORIGIN + reverse("invitation", args=[token])
    return Sent(address, link, _mail(invitation, user, link))


def _mail(invitation: Invitation, user: User, link: str) -> bool:
    """Whether the mail could be handed over. If not, the link is still shown to whoever invites."""
    about = {"invitation": invitation, "person": user, "link": link, "days": DAYS_OPEN}
    try:
        send_mail(
            subject=f"{user} invites you to {invitation.workspace} on Plainspark",
            message=render_to_string("builder/mail/invitation.txt", about),
            from_email=None,
            recipient_list=[invitation.email],
        )
    except (SMTPException, OSError):
        _log.exception("The mail with an invitation could not be sent")
        return False
    return True


@transaction.atomic
def withdraw(user: User, invitation: Invitation) -> None:
    """Makes the link of an invitation useless. Owners only."""
    demand(user, invitation.workspace, Role.OWNER)
    if not invitation.is_open:
        raise Refused("This invitation is not open any more.")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(invitation.workspace, user, "withdrew the invitation of", invitation, name=invitation.email)


def open_invitation(token: str) -> Invitation | None:
    """The open invitation with this token, or None (unknown, used, withdrawn and expired look alike)."""
    found = Invitation.objects.select_related("workspace", "invited_by").filter(token_hash=fingerprint(token)).first()
    return found if found is not None and _is_acceptable(found) else None


def _is_acceptable(invitation: Invitation) -> bool:
    """Whether it is open and whoever made it still is an owner, who may let people in."""
    return (
        invitation.is_open
        and Membership.objects.filter(
            workspace=invitation.workspace, user=invitation.invited_by_id, user__is_active=True, role=Role.OWNER
        ).exists()
    )


@transaction.atomic
def accept(user: User, token: str) -> Workspace:
    """Joins the workspace of an open invitation, whatever address it was sent to. Raises Refused otherwise.

    Somebody who is a member already keeps the higher of the two roles.
    """
    invitations = Invitation.objects.select_related("workspace").filter(token_hash=fingerprint(token))
    found = invitations.first()
    if found is not None:
        # First the workspace, as whoever changes its members does: an owner may be removed at this moment.
        Workspace.objects.select_for_update().get(pk=found.workspace_id)
    invitation = invitations.select_for_update(of=("self",)).first()
    if invitation is None or not _is_acceptable(invitation):
        raise Refused("This invitation is not open any more. Please ask for a new one.")
    if not Membership.objects.filter(user=user, workspace=invitation.workspace).exists():
        refuse_one_more(user)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership, is_new = Membership.objects.get_or_create(
        user=user, workspace=invitation.workspace, defaults={"role": invitation.role}
    )
    if not is_new and Role(invitation.role).allows(Role(membership.role)):
        membership.role = invitation.role
        membership.save(update_fields=["role"])
    record(invitation.workspace, user, f"joined as {membership.role}", invitation.workspace)
    return invitation.workspace
