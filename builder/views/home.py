"""The front door: what Plainspark is for strangers, their projects for members."""

from __future__ import annotations

from django.contrib.auth import login
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from builder.access import visible_projects
from builder.coloured import coloured
from builder.services.demo import demo_for
from builder.services.samples import FOLDER, SHOP

LIVE_PAGES = Count("pages", filter=Q(pages__deleted_at=None))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The landing page for strangers; for members the projects of all their workspaces, the newest change first."""
    if not request.user.is_authenticated:
        example = (FOLDER / SHOP[0][1]).read_text(encoding="utf-8")
        return render(request, "builder/landing.html", {"demo": demo_for(request), "example": coloured(example)})
    projects = visible_projects(request.user).annotate(page_count=LIVE_PAGES).order_by("-changed", "-id")
    return render(request, "builder/projects.html", {"projects": projects})


@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """Signs a stranger in as the demo person, where this server has one and they sit at its machine."""
    user = demo_for(request)
    if user is None or request.user.is_authenticated:
        raise Http404("No demo person")
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home")
