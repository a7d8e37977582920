"""Adding, renaming, ordering, deleting and bringing back pages. What a page says is the editor's."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from builder.access import page_for, project_for
from builder.models import Page, Role
from builder.services.pages import add_page, delete_page, move_page, order_pages, rename_page, restore_page
from builder.views.answers import attempt, person


@login_required
@require_POST
def add(request: HttpRequest, project_id: str) -> HttpResponse:
    """Adds a page from the template of its kind and opens it."""
    user = person(request)
    project = project_for(user, project_id, Role.EDITOR)
    name, kind = request.POST.get("name", ""), request.POST.get("kind", "function")
    made: list[Page] = []
    if attempt(request, lambda: made.append(add_page(user, project, name, kind))):
        return redirect("page_editor", project_id, made[0].public_id)
    return redirect("project", project_id)


@login_required
@require_POST
def order(request: HttpRequest, project_id: str) -> HttpResponse:
    """Moves one page (`up` or `down` is its id), or puts all of them in order (`page` once for each)."""
    user = person(request)
    project = project_for(user, project_id, Role.EDITOR)
    if "up" in request.POST:
        attempt(request, lambda: move_page(user, project, request.POST["up"], -1))
    elif "down" in request.POST:
        attempt(request, lambda: move_page(user, project, request.POST["down"], +1))
    else:
        attempt(request, lambda: order_pages(user, project, request.POST.getlist("page")))
    return redirect("project", project_id)


@login_required
@require_POST
def rename(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """Changes the name in the page's first line."""
    user = person(request)
    page = page_for(user, project_id, page_id, Role.EDITOR)
    attempt(request, lambda: rename_page(user, page, request.POST.get("name", "")), "The name is changed.")
    return redirect("project", project_id)


@login_required
@require_POST
def delete(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """Deletes the page; the page that follows offers to undo it."""
    user = person(request)
    page = page_for(user, project_id, page_id, Role.EDITOR)
    project = reverse("project", args=[project_id])
    if attempt(request, lambda: delete_page(user, page)):
        return redirect(f"{project}?deleted={page_id}")
    return redirect("project", project_id)


@login_required
@require_POST
def restore(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """Brings a deleted page back."""
    user = person(request)
    page = page_for(user, project_id, page_id, Role.EDITOR, deleted=True)
    attempt(request, lambda: restore_page(user, page), f"{page} is back.")
    return redirect("project", project_id)
