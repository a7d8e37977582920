"""The page editor and what it asks while somebody writes: check, complete, format, keep a draft, save.

The asking is JSON by POST (docs/editor.md has the protocol). Without scripts the page is a plain form that saves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from builder.access import draft_of, may, page_for
from builder.models import Page, PageVersion, Role
from builder.reading import cache, read_project, sources_of
from builder.services.errors import Conflict, Refused
from builder.services.saving import discard_draft, save_draft, save_written
from builder.services.wording import clean_text
from builder.views.answers import person
from builder.views.editor_answers import Offsets, check_answer, functions_of, running
from compiler import complete, format_text

STARTER = """\
Function: My first function
Needs a price (money) and a quantity (whole number).
Gives a total (money).

Set the total to the price times the quantity.

Example: with a price of $20 and a quantity of 3, the total is $60.
"""
"""What an empty page offers to start from. It is not saved until the person saves it."""

MOST_COUNTED = 2**31
"""Versions and places stay below: a column of PostgreSQL holds no more."""

_VERSION = re.compile("[0-9]{1,9}")

LATEST = 2**43
"""Moments stay below, in milliseconds since 1970: the year 2248."""

View = Callable[..., HttpResponse]


class BadRequest(Exception):
    """The request is not what the editor sends."""


def answering(view: View) -> View:
    """Makes a view's refusals answers in JSON: 401 nobody is signed in, 400 no such request, 409 and 422 with words."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"words": "Your sign-in has ended. Please sign in again."}, status=401)
        try:
            return view(request, *args, **kwargs)
        except BadRequest:
            return JsonResponse({"words": "The editor is out of date. Please reload the page."}, status=400)
        except Conflict as conflict:
            return JsonResponse({"words": conflict.words, "newest": _newest(conflict.newest)}, status=409)
        except Refused as refusal:
            return JsonResponse({"words": refusal.words}, status=422)

    return answer


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent, its text made clean. Raises BadRequest or, for its text, Refused."""
    try:
        body = json.loads(request.body)
    except RequestDataTooBig as problem:
        raise Refused("This page is too long to keep. Please split it into several pages.") from problem
    except (ValueError, RecursionError) as problem:
        raise BadRequest from problem
    if not isinstance(body, dict):
        raise BadRequest
    if "text" in body:
        if not isinstance(body["text"], str):
            raise BadRequest
        body["text"] = clean_text(body["text"])
    return body


def number_in(body: dict[str, Any], name: str, limit: int = MOST_COUNTED) -> int:
    """A whole number from 0 to below a limit that the body must have. Raises BadRequest when it does not."""
    number = body.get(name)
    if type(number) is not int or not 0 <= number < limit:
        raise BadRequest
    return number


def text_in(body: dict[str, Any]) -> str:
    """The text that the body must have. Raises BadRequest when it does not."""
    if "text" not in body:
        raise BadRequest
    text: str = body["text"]
    return text


@login_required
@require_safe
def page_editor(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """The editor of one page; only to read for those who may not change it."""
    page = page_for(request.user, project_id, page_id)
    return _editor(request, page, status=200)


def _editor(request: HttpRequest, page: Page, status: int, mine: str | None = None) -> HttpResponse:
    """The editor; `mine` is the text of a plain form that could not be saved."""
    writable = may(request.user, page.project, Role.EDITOR)
    starter = writable and not page.text.strip()
    runs = running(request.user, page)
    ids = [page.project.public_id, page.public_id]
    addresses = {each: reverse(f"page_{each}", args=ids) for each in ("check", "complete", "format", "draft", "save")}
    here = reverse("page_editor", args=ids)
    opening = {
        "page": page.public_id,
        "person": str(request.user.pk),
        "text": STARTER if starter else page.text,
        "version": page.version,
        "starter": starter,
        "writable": writable,
        "now": _milliseconds(timezone.now()),
        "draft": _draft(request, page) if writable else None,
        "functions": functions_of(read_project(page.project), page, runs),
        "addresses": {**addresses, "signIn": f"{reverse('account_login')}?{urlencode({'next': here})}"},
    }
    context = {
        "project": page.project,
        "workspace": page.project.workspace,
        "page": page,
        "writable": writable,
        "opening": opening,
        "mine": mine,
        "crumbs": [(page.project.name, reverse("project", args=[page.project.public_id]))],
    }
    return render(request, "builder/editor.html", context, status=status)


@answering
def page_check(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """What the compiler makes of a text: words, mistakes, readings, examples, functions."""
    page = page_for(request.user, project_id, page_id)
    body = body_of(request)
    text = text_in(body)
    reading = read_project(page.project, {page.public_id: text})
    answer = check_answer(reading, page, text, running(request.user, page))
    return JsonResponse({"sequence": number_in(body, "sequence"), **answer})


@answering
def page_complete(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """What may be written at a place in a text."""
    page = page_for(request.user, project_id, page_id)
    body = body_of(request)
    text = text_in(body)
    offsets = Offsets(text)
    place = offsets.to_characters(number_in(body, "offset"))
    sources = sources_of(page.project, {page.public_id: text})
    options = complete(sources, page.public_id, place, cache)
    return JsonResponse(
        {
            "options": [
                {
                    "label": each.label,
                    "insert": each.insert,
                    "detail": each.detail,
                    "kind": each.kind,
                    "start": offsets.to_units(each.start),
                }
                for each in options
            ]
        }
    )


@answering
def page_format(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """A text in the canonical wording; sentences that are not understood stay as they are."""
    page = page_for(request.user, project_id, page_id)
    return JsonResponse({"text": _formatted(page, text_in(body_of(request)))})


@answering
def page_draft(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """Keeps unsaved work, or forgets it."""
    page = page_for(request.user, project_id, page_id, Role.EDITOR)
    body = body_of(request)
    if body.get("discard") is True:
        discard_draft(person(request), page)
        return JsonResponse({"updated": _milliseconds(timezone.now())})
    draft = save_draft(person(request), page, text_in(body), number_in(body, "based_on"))
    return JsonResponse({"updated": _milliseconds(draft.updated)})


def page_save(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    """Formats a text and saves it as a version: for the editor in JSON, or for a plain form."""
    if request.content_type == "application/json":
        return _save_from_editor(request, project_id, page_id)
    return _save_from_form(request, project_id, page_id)


@answering
def _save_from_editor(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    page = page_for(request.user, project_id, page_id, Role.EDITOR)
    body = body_of(request)
    text, based_on = text_in(body), number_in(body, "based_on")
    draft_kept = _moment(number_in(body, "draft_kept", LATEST)) if "draft_kept" in body else None
    version = save_written(person(request), page, text, _formatted(page, text), based_on, draft_kept)
    functions = functions_of(read_project(page.project), page, running(request.user, page))
    told = {"version": version.number, "text": version.text, "title": str(page), "functions": functions}
    return JsonResponse(told)


@login_required
@require_POST
def _save_from_form(request: HttpRequest, project_id: str, page_id: str) -> HttpResponse:
    page = page_for(request.user, project_id, page_id, Role.EDITOR)
    text, based_on = request.POST.get("text", ""), request.POST.get("based_on", "")
    try:
        if not _VERSION.fullmatch(based_on):
            raise Refused("This form is out of date. Reload the page and try again.")
        tidy = clean_text(text)
        version = save_written(person(request), page, tidy, _formatted(page, tidy), int(based_on))
    except Refused as refusal:
        messages.error(request, refusal.words)
        return _editor(request, page, status=409 if isinstance(refusal, Conflict) else 422, mine=text)
    messages.success(request, f"Saved as version {version.number}.")
    return redirect("page_editor", project_id, page_id)


def _formatted(page: Page, text: str) -> str:
    return format_text(text, read_project(page.project, {page.public_id: text}))


def _draft(request: HttpRequest, page: Page) -> dict[str, Any] | None:
    draft = draft_of(person(request), page)
    if draft is None:
        return None
    return {"text": draft.text, "basedOn": draft.based_on, "updated": _milliseconds(draft.updated)}


def _newest(version: PageVersion) -> dict[str, Any]:
    return {"number": version.number, "text": version.text, "author": str(version.author or "somebody")}


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
