"""The design page of a form: order, wording, colour, what is asked, and who may open it. For editors of the project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from builder.forms import words
from builder.forms.accent import accent, read_colour
from builder.forms.design import LONGEST, Design, arrange
from builder.forms.designing import field_choices, read_design
from builder.forms.filling import unjudged, usable
from builder.forms.opening import OpenForm, open_for_member
from builder.forms.rows import edit_rows
from builder.models import Role, Sharing
from builder.services.errors import Refused
from builder.services.forms import has_design_before, renew_link, save_design, share, undo_design
from builder.views.answers import attempt
from builder.views.forms import PRESSED, form_context, posted_answers

SAVE = "save"
ACCENT_TO_START_WITH = "#0c5c68"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def design(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """The page to design and share a form; saves the design."""
    user = request.user
    assert user.is_authenticated
    opened = open_for_member(user, project_id, slug, Role.EDITOR)
    if request.method != "POST":
        return _page(request, opened)
    answers = posted_answers(request)
    action = (answers.pop(PRESSED, (SAVE,)))[-1]
    changed = edit_rows(answers, action)
    new = read_design(answers if changed is None else changed, opened.description)
    if changed is not None:
        return _page(request, _with_design(opened, new))
    try:
        save_design(user, opened.function, new)
    except Refused as refusal:
        return _page(request, _with_design(opened, new), problem=refusal.words)
    messages.success(request, words.DESIGN_SAVED)
    return redirect("function_design", project_id, slug)


@login_required
@require_POST
def preview(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """How the form would look with the design as it is filled in; nothing is saved."""
    opened = open_for_member(request.user, project_id, slug, Role.EDITOR)
    new = read_design(posted_answers(request), opened.description)
    return render(request, "builder/forms/preview.html", _preview(_with_design(opened, new)))


@login_required
@require_POST
def undo(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """Goes back to the design before the last change."""
    user = request.user
    assert user.is_authenticated
    opened = open_for_member(user, project_id, slug, Role.EDITOR)
    attempt(request, lambda: undo_design(user, opened.function), words.DESIGN_UNDONE)
    return redirect("function_design", project_id, slug)


@login_required
@require_POST
def sharing(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """Changes who may open the form."""
    user = request.user
    assert user.is_authenticated
    opened = open_for_member(user, project_id, slug, Role.EDITOR)
    chosen, explains = request.POST.get("sharing", ""), bool(request.POST.get("explain_on_link"))
    attempt(request, lambda: share(user, opened.function, chosen, explain_on_link=explains), words.SHARING_SAVED)
    return redirect(reverse("function_design", args=[project_id, slug]) + "#sharing")


@login_required
@require_POST
def renew(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """Gives the form a new link; the old one stops working."""
    user = request.user
    assert user.is_authenticated
    opened = open_for_member(user, project_id, slug, Role.EDITOR)
    attempt(request, lambda: renew_link(user, opened.function), words.LINK_RENEWED)
    return redirect(reverse("function_design", args=[project_id, slug]) + "#sharing")


def _with_design(opened: OpenForm, new: Design) -> OpenForm:
    """The form as it would be with another design; fields stay hidden even while their fixed value is still missing."""
    return replace(opened, design=new, fields=arrange(new, opened.description))


def _page(request: HttpRequest, opened: OpenForm, problem: str = "") -> HttpResponse:
    link = reverse("shared_form", args=[opened.form.token]) if opened.form.token else ""
    context = {
        **_preview(opened),
        "project": opened.function.project,
        "fields": field_choices(opened.fields, opened.zone),
        "may_edit": True,
        "longest": LONGEST,
        "own_accent": bool(opened.design.accent),
        "accent_value": read_colour(opened.design.accent) or ACCENT_TO_START_WITH,
        "button_default": words.BUTTON,
        "sharing": opened.form.sharing,
        "sharing_choices": Sharing.choices,
        "link": request.build_absolute_uri(link) if link else "",
        "has_before": has_design_before(opened.form),
        "problem": problem,
    }
    return render(request, "builder/forms/design.html", context, status=422 if problem else 200)


def _preview(opened: OpenForm) -> dict[str, Any]:
    shown = replace(opened, fields=usable(opened.fields, opened.zone))
    colour = read_colour(opened.design.accent)
    changed_in = accent(colour).changed_in if colour else ()
    context = form_context(shown, unjudged(shown.fields, {}, shown.zone), check_url="")
    return {
        **context,
        "accent": (colour or "").removeprefix("#"),
        "accent_note": words.ACCENT_CHANGED.format(where=" and a ".join(changed_in)) if changed_in else "",
    }
