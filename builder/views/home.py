"""The front door: what Plainspark is for strangers, their projects for members."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from builder.access import visible_projects


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The landing page for strangers; for members the projects of all their workspaces."""
    if not request.user.is_authenticated:
        return render(request, "builder/landing.html")
    projects = visible_projects(request.user).order_by("-changed")
    return render(request, "builder/projects.html", {"projects": projects})
