"""The people of a workspace: roles, invitations, joining and leaving."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from builder.access import membership_for, workspace_for
from builder.accounts import SESSION_INVITATION
from builder.models import Invitation, Membership, Role, User, Workspace
from builder.services.invitations import Sent, accept, invite, open_invitation
from builder.services.invitations import withdraw as withdraw_open
from builder.services.workspaces import change_role as give_role
from builder.services.workspaces import leave_workspace, remove_member
from builder.views.answers import attempt, person

SESSION_LINK = "invitation_link"
"""Session key: address and link of the invitation just sent, shown once to whoever sent it."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Lists the members; an owner sees the open invitations and can send another one by POST."""
    membership = membership_for(request.user, workspace_id)
    workspace = membership.workspace
    if request.method == "POST":
        return _invite(request, workspace)
    is_owner = membership.allows(Role.OWNER)
    invitations = Invitation.objects.filter(
        workspace=workspace, accepted_at=None, withdrawn_at=None, expires__gt=timezone.now()
    )
    return render(
        request,
        "builder/members.html",
        {
            "workspace": workspace,
            "memberships": Membership.objects.filter(workspace=workspace).select_related("user"),
            "invitations": invitations if is_owner else [],
            "is_owner": is_owner,
            "roles": Role.choices[::-1],
            "sent": request.session.pop(SESSION_LINK, None) if is_owner else None,
        },
    )


def _invite(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    user = person(request)
    workspace_for(user, workspace.public_id, Role.OWNER)
    email, role = request.POST.get("email", ""), request.POST.get("role", "")
    sent: list[Sent] = []
    if attempt(request, lambda: sent.append(invite(user, workspace, email, role))):
        request.session[SESSION_LINK] = asdict(sent[0])
    return redirect("members", workspace.public_id)


@login_required
@require_POST
def change_role(request: HttpRequest, workspace_id: str, member_id: str) -> HttpResponse:
    """Gives a member another role."""
    user = person(request)
    workspace = workspace_for(user, workspace_id, Role.OWNER)
    member = _member(workspace, member_id)
    role = request.POST.get("role", "")
    attempt(request, lambda: give_role(user, workspace, member, role), f"{member} now has the role {role}.")
    return redirect("members", workspace_id)


@login_required
@require_POST
def remove(request: HttpRequest, workspace_id: str, member_id: str) -> HttpResponse:
    """Takes a member out of the workspace."""
    user = person(request)
    workspace = workspace_for(user, workspace_id, Role.OWNER)
    member = _member(workspace, member_id)
    attempt(request, lambda: remove_member(user, workspace, member), f"{member} is not a member any more.")
    return redirect("home" if member == user else "members", *([] if member == user else [workspace_id]))


@login_required
@require_POST
def leave(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Takes oneself out of the workspace."""
    user = person(request)
    workspace = workspace_for(user, workspace_id)
    if attempt(request, lambda: leave_workspace(user, workspace), f"You have left {workspace}."):
        return redirect("home")
    return redirect("members", workspace_id)


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, workspace_id: str, invitation_id: str) -> HttpResponse:
    """Makes the link of an invitation useless."""
    user = person(request)
    workspace = workspace_for(user, workspace_id, Role.OWNER)
    found = Invitation.objects.select_related("workspace").filter(workspace=workspace, public_id=invitation_id).first()
    if found is None:
        raise Http404("No such invitation")
    attempt(request, lambda: withdraw_open(user, found), f"The invitation of {found.email} is withdrawn.")
    return redirect("members", workspace_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation is to, for whoever holds its link; accepting it takes an account and a POST."""
    found = open_invitation(token)
    user = request.user
    if not user.is_authenticated:
        if found is not None:
            request.session[SESSION_INVITATION] = token
        return render(request, "builder/invitation.html", {"invitation": found}, status=200 if found else 404)
    request.session.pop(SESSION_INVITATION, None)
    if request.method == "POST":
        joined: list[Workspace] = []
        if attempt(request, lambda: joined.append(accept(user, token)), "Welcome: you are a member now."):
            return redirect("workspace", joined[0].public_id)
        return redirect("home")
    return render(request, "builder/invitation.html", {"invitation": found}, status=200 if found else 404)


def _member(workspace: Workspace, public_id: str) -> User:
    member = User.objects.filter(public_id=public_id, memberships__workspace=workspace).first()
    if member is None:
        raise Http404("No such member")
    return member
