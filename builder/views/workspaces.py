"""A workspace: its projects, its name, and what happened in it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.access import membership_for, workspace_for
from builder.models import AuditEvent, Project, Role, Workspace
from builder.services.workspaces import create_workspace, rename_workspace
from builder.views.answers import attempt, person
from builder.views.home import LIVE_PAGES

EVENTS_PER_PAGE = 50


@login_required
@require_safe
def show(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """The projects of a workspace, and for owners those that were deleted."""
    membership = membership_for(request.user, workspace_id)
    workspace = membership.workspace
    projects = Project.objects.filter(workspace=workspace)
    deleted = projects.exclude(deleted_at=None).order_by("-deleted_at") if membership.allows(Role.OWNER) else []
    return render(
        request,
        "builder/workspace.html",
        {
            "workspace": workspace,
            "projects": projects.filter(deleted_at=None).annotate(page_count=LIVE_PAGES).order_by("-changed", "-id"),
            "deleted": deleted,
            "just_deleted": request.GET.get("deleted", ""),
            "may_edit": membership.allows(Role.EDITOR),
            "is_owner": membership.allows(Role.OWNER),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Asks for the name of a new workspace, and makes it."""
    user = person(request)
    made: list[Workspace] = []
    if request.method == "POST" and attempt(
        request, lambda: made.append(create_workspace(user, request.POST.get("name", ""))), "Your workspace is ready."
    ):
        return redirect("workspace", made[0].public_id)
    return render(request, "builder/workspace_new.html", {"name": request.POST.get("name", "")})


@login_required
@require_POST
def rename(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Gives the workspace another name."""
    user = person(request)
    workspace = workspace_for(user, workspace_id, Role.OWNER)
    attempt(request, lambda: rename_workspace(user, workspace, request.POST.get("name", "")), "The name is changed.")
    return redirect("workspace", workspace_id)


@login_required
@require_safe
def activity(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Who did what, the newest first."""
    workspace = workspace_for(request.user, workspace_id)
    events = Paginator(AuditEvent.objects.filter(workspace=workspace), EVENTS_PER_PAGE)
    shown = events.get_page(request.GET.get("page"))
    return render(request, "builder/activity.html", {"workspace": workspace, "events": shown})
