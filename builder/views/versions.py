"""The versions of a page: all of them, one of them, what changed between two, and bringing one back."""

from __future__ import annotations

from itertools import islice

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from builder.access import demand, page_for, version_of
from builder.changes import compare_texts
from builder.models import Page, PageVersion, Role
from builder.services.saving import restore_version
from builder.views.answers import attempt, person

VERSIONS_PER_PAGE = 50
LINES_SHOWN = 5_000


@login_required
@require_safe
def show(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """All versions of a page, the newest first, to compare any two of them."""
    page = page_for(request.user, project_id, page_id)
    membership = demand(request.user, page.project.workspace, Role.VIEWER)
    versions = PageVersion.objects.filter(page=page).select_related("author").defer("text")
    shown = Paginator(versions, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    about = {"versions": shown, "may_edit": membership.allows(Role.EDITOR)}
    return render(request, "builder/versions.html", {**_around(page), **about})


@login_required
@require_safe
def version(request: HttpRequest, project_id: str, page_id: str, number: int) -> HttpResponse:
    """One version, and what it changed."""
    page = page_for(request.user, project_id, page_id)
    shown = version_of(page, number)
    before = version_of(page, number - 1) if number > 1 else None
    return _comparison(request, page, before, shown)


@login_required
@require_safe
def compare(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """What changed from version `from` to version `to`, whichever is older first."""
    page = page_for(request.user, project_id, page_id)
    try:
        older, newer = sorted((int(request.GET.get("from", "")), int(request.GET.get("to", ""))))
    except ValueError as error:
        raise Http404("No such versions") from error
    return _comparison(request, page, version_of(page, older), version_of(page, newer))


def _comparison(request: HttpRequest, page: Page, before: PageVersion | None, after: PageVersion) -> HttpResponse:
    membership = demand(request.user, page.project.workspace, Role.VIEWER)
    # The first version has nothing to be compared with, so it is compared with itself.
    lines = list(islice(compare_texts((before or after).text, after.text), LINES_SHOWN + 1))
    return render(
        request,
        "builder/version.html",
        {
            **_around(page),
            "before": before,
            "after": after,
            "lines": lines[:LINES_SHOWN],
            "is_cut": len(lines) > LINES_SHOWN,
            "is_same": before is not None and before.text == after.text,
            "may_restore": membership.allows(Role.EDITOR),
        },
    )


@login_required
@require_POST
def restore(request: HttpRequest, project_id: str, page_id: str, number: int) -> HttpResponse:
    """Makes an old version the newest one."""
    user = person(request)
    page = page_for(user, project_id, page_id, Role.EDITOR)
    done = f"Version {number} is back, as the newest version. What was there before is still in this list."
    attempt(request, lambda: restore_version(user, page, number), done)
    return redirect("versions", project_id, page_id)


def _around(page: Page) -> dict[str, object]:
    return {"page": page, "project": page.project, "workspace": page.project.workspace}
