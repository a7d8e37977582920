"""A project: its pages and functions; making, renaming, deleting and bringing back projects."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.access import demand, project_for, visible_functions, visible_pages, workspace_for
from builder.models import Page, Project, Role
from builder.services.pages import kinds_with_template
from builder.services.projects import create_project, delete_project, rename_project, restore_project, set_time_zone
from builder.views.answers import attempt, person


@login_required
@require_safe
def show(request: HttpRequest, project_id: str) -> HttpResponse:
    """The pages of a project in their order, the functions that run, and pages that can be brought back."""
    project = project_for(request.user, project_id)
    membership = demand(request.user, project.workspace, Role.VIEWER)
    functions: dict[int, list[object]] = {}
    for function in visible_functions(request.user, project):
        functions.setdefault(function.page_id, []).append(function)
    pages = list(visible_pages(project))
    deleted = Page.objects.filter(project=project).exclude(deleted_at=None).order_by("-deleted_at")
    return render(
        request,
        "builder/project.html",
        {
            "workspace": project.workspace,
            "project": project,
            "pages": [(page, functions.get(page.pk, [])) for page in pages],
            "deleted": deleted if membership.allows(Role.EDITOR) else [],
            "just_deleted": request.GET.get("deleted", ""),
            "kinds": kinds_with_template(),
            "may_edit": membership.allows(Role.EDITOR),
            "is_owner": membership.allows(Role.OWNER),
        },
    )


@login_required
@require_POST
def create(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """Makes a project."""
    user = person(request)
    workspace = workspace_for(user, workspace_id, Role.EDITOR)
    made: list[Project] = []
    if attempt(request, lambda: made.append(create_project(user, workspace, request.POST.get("name", "")))):
        return redirect("project", made[0].public_id)
    return redirect("workspace", workspace_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, project_id: str) -> HttpResponse:
    """The project's name, time zone, and for owners deleting it; a POST sets the time zone."""
    user = person(request)
    project = project_for(user, project_id, Role.EDITOR)
    if request.method == "POST":
        zone = request.POST.get("time_zone", "")
        attempt(request, lambda: set_time_zone(user, project, zone), "The time zone is set.")
        return redirect("project_settings", project_id)
    membership = demand(user, project.workspace, Role.EDITOR)
    return render(
        request,
        "builder/project_settings.html",
        {
            "workspace": project.workspace,
            "project": project,
            "zones": sorted(available_timezones()),
            "is_owner": membership.allows(Role.OWNER),
        },
    )


@login_required
@require_POST
def rename(request: HttpRequest, project_id: str) -> HttpResponse:
    """Gives the project another name."""
    user = person(request)
    project = project_for(user, project_id, Role.EDITOR)
    attempt(request, lambda: rename_project(user, project, request.POST.get("name", "")), "The name is changed.")
    return redirect("project_settings", project_id)


@login_required
@require_POST
def delete(request: HttpRequest, project_id: str) -> HttpResponse:
    """Deletes the project; the page that follows offers to undo it."""
    user = person(request)
    project = project_for(user, project_id, Role.OWNER)
    workspace = reverse("workspace", args=[project.workspace.public_id])
    if attempt(request, lambda: delete_project(user, project)):
        return redirect(f"{workspace}?deleted={project_id}")
    return redirect("project", project_id)


@login_required
@require_POST
def restore(request: HttpRequest, project_id: str) -> HttpResponse:
    """Brings a deleted project back."""
    user = person(request)
    project = project_for(user, project_id, Role.OWNER, deleted=True)
    attempt(request, lambda: restore_project(user, project), f"{project} is back.")
    return redirect("project", project_id)
