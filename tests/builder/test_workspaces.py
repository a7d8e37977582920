"""Workspaces and their members: who may do what, and that there is always an owner."""

import pytest
from django.http import Http404

from builder.access import membership_of, visible_workspaces
from builder.models import AuditEvent, Membership, Role, User, Workspace
from builder.services.errors import Refused
from builder.services.workspaces import (
    change_role,
    create_workspace,
    leave_workspace,
    remove_member,
    rename_workspace,
)

pytestmark = pytest.mark.django_db


def test_whoever_makes_a_workspace_owns_it(stan: User):
    workspace = create_workspace(stan, "  My   team ")
    assert workspace.name == "My team"
    membership = membership_of(stan, workspace)
    assert membership is not None
    assert membership.role == Role.OWNER


def test_a_person_sees_only_their_own_workspaces(olga: User, stan: User, workspace: Workspace):
    assert workspace in visible_workspaces(olga)
    assert workspace not in visible_workspaces(stan)


def test_only_owners_rename(olga: User, edward: User, workspace: Workspace):
    with pytest.raises(Http404):
        rename_workspace(edward, workspace, "Mine")
    rename_workspace(olga, workspace, "Ours")
    assert Workspace.objects.get(pk=workspace.pk).name == "Ours"


def test_only_owners_change_roles_and_remove(olga: User, edward: User, viola: User, workspace: Workspace):
    with pytest.raises(Http404):
        change_role(edward, workspace, viola, Role.OWNER)
    with pytest.raises(Http404):
        remove_member(edward, workspace, viola)
    change_role(olga, workspace, viola, Role.EDITOR)
    assert Membership.objects.get(user=viola, workspace=workspace).role == Role.EDITOR
    remove_member(olga, workspace, viola)
    assert membership_of(viola, workspace) is None


def test_an_unknown_role_is_refused(olga: User, edward: User, workspace: Workspace):
    with pytest.raises(Refused, match="one of the roles"):
        change_role(olga, workspace, edward, "emperor")


def test_the_last_owner_stays_owner_and_member(olga: User, edward: User, workspace: Workspace):
    with pytest.raises(Refused, match="only owner"):
        leave_workspace(olga, workspace)
    with pytest.raises(Refused, match="only owner"):
        change_role(olga, workspace, olga, Role.VIEWER)
    with pytest.raises(Refused, match="only owner"):
        remove_member(olga, workspace, olga)
    change_role(olga, workspace, edward, Role.OWNER)
    leave_workspace(olga, workspace)
    assert list(Membership.objects.filter(workspace=workspace).values_list("user__name", flat=True)) == ["Edward"]


def test_a_member_may_leave(edward: User, workspace: Workspace):
    leave_workspace(edward, workspace)
    assert membership_of(edward, workspace) is None


def test_every_action_is_in_the_audit_trail(olga: User, edward: User, workspace: Workspace):
    rename_workspace(olga, workspace, "Ours")
    change_role(olga, workspace, edward, Role.VIEWER)
    remove_member(olga, workspace, edward)
    told = [
        f"{event.actor_name} {event.action} {event.object_name}"
        for event in AuditEvent.objects.filter(workspace=workspace).order_by("id")
    ]
    assert told == [
        "Olga made the workspace Acme",
        "Olga renamed the workspace Acme to Ours",
        "Olga made viewer: Edward",
        "Olga removed from the workspace Edward",
    ]
