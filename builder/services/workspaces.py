"""Workspaces and their members: making, renaming, roles, removing, leaving. There is always an owner."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from builder.access import demand
from builder.models import Invitation, Membership, Role, User, Workspace
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.wording import clean_name

WORKSPACES_PER_PERSON = 100


@transaction.atomic
def create_workspace(user: User, name: str) -> Workspace:
    """A new workspace owned by this person."""
    refuse_one_more(user)
    workspace = Workspace.objects.create(name=clean_name(name, "workspace"))
    Membership.objects.create(user=user, workspace=workspace, role=Role.OWNER)
    record(workspace, user, "made the workspace", workspace)
    return workspace


def refuse_one_more(user: User) -> None:
    """Raises Refused when this person is in as many workspaces as one can be. Call it inside a transaction."""
    # The person's row is held, so that two at the same moment are counted.
    User.objects.select_for_update().get(pk=user.pk)
    if user.memberships.count() >= WORKSPACES_PER_PERSON:
        raise Refused(f"You are in {WORKSPACES_PER_PERSON} workspaces already, which is the most one person can be in.")


@transaction.atomic
def rename_workspace(user: User, workspace: Workspace, name: str) -> None:
    """Gives the workspace another name. Owners only."""
    demand(user, workspace, Role.OWNER)
    before, workspace.name = workspace.name, clean_name(name, "workspace")
    if workspace.name != before:
        workspace.save(update_fields=["name"])
        record(workspace, user, f"renamed the workspace {before} to", workspace)


@transaction.atomic
def change_role(user: User, workspace: Workspace, member: User, role: str) -> None:
    """Gives a member another role. Owners only; the last owner stays one."""
    memberships = _locked(workspace)
    demand(user, workspace, Role.OWNER)
    if role not in Role.values:
        raise Refused("Please choose one of the roles: owner, editor or viewer.")
    membership = _of(memberships, member)
    if membership.role == role:
        return
    if _is_last_owner(memberships, membership):
        raise Refused(f"{member} is the only owner. Make somebody else an owner first.")
    membership.role = role
    membership.save(update_fields=["role"])
    record(workspace, user, f"made {role}:", member)
    if role != Role.OWNER:
        _withdraw_invitations(user, workspace, member)


@transaction.atomic
def remove_member(user: User, workspace: Workspace, member: User) -> None:
    """Takes somebody out of the workspace. Owners only."""
    memberships = _locked(workspace)
    demand(user, workspace, Role.OWNER)
    membership = _of(memberships, member)
    if _is_last_owner(memberships, membership):
        raise Refused(f"{member} is the only owner. Make somebody else an owner first.")
    membership.delete()
    record(workspace, user, "removed from the workspace", member)
    _withdraw_invitations(user, workspace, member)


@transaction.atomic
def leave_workspace(user: User, workspace: Workspace) -> None:
    """Takes oneself out of the workspace; the last owner cannot."""
    memberships = _locked(workspace)
    membership = _of(memberships, user)
    if _is_last_owner(memberships, membership):
        raise Refused("You are the only owner, so you cannot leave. Make somebody else an owner first.")
    membership.delete()
    record(workspace, user, "left the workspace", workspace)
    _withdraw_invitations(user, workspace, user)


def _withdraw_invitations(user: User, workspace: Workspace, member: User) -> None:
    """Nobody comes back, or back to what they were, by an open invitation that they made or that went to them."""
    addresses = [*EmailAddress.objects.filter(user=member).values_list("email", flat=True), member.email]
    theirs = Q(invited_by=member) | Q(email__in=[address.lower() for address in addresses])
    now = timezone.now()
    for invitation in Invitation.objects.filter(
        theirs, workspace=workspace, accepted_at=None, withdrawn_at=None, expires__gt=now
    ):
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
        record(workspace, user, "withdrew the invitation of", invitation, name=invitation.email)


def _locked(workspace: Workspace) -> list[Membership]:
    """All memberships, held until the transaction ends, so that two owners cannot both leave at the same moment."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    return list(Membership.objects.filter(workspace=workspace).select_related("user"))


def _of(memberships: list[Membership], person: User) -> Membership:
    for membership in memberships:
        if membership.user_id == person.pk:
            return membership
    raise Http404("No such member")


def _is_last_owner(memberships: list[Membership], membership: Membership) -> bool:
    return membership.role == Role.OWNER and sum(each.role == Role.OWNER for each in memberships) == 1
