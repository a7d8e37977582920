"""Forms in front of people: filling in, checking, running and explaining, for members and by a shared link."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.forms import words
from builder.forms.accent import accent, read_colour
from builder.forms.cells import read_cell
from builder.forms.design import Answers
from builder.forms.explaining import Explained, explain
from builder.forms.filling import fill, unjudged
from builder.forms.limits import address_of, may_go_on
from builder.forms.opening import OpenForm, open_by_link, open_for_member
from builder.forms.questions import Question
from builder.forms.reader import find_field
from builder.forms.rows import edit_rows
from builder.forms.running import Ran, run
from compiler.targets.form import FieldKind

RUNS_PER_MINUTE = 60
CHECKS_PER_MINUTE = 600
"""How often one address may use forms shared by link."""

MOST_CELLS = 20_000
"""Cells that one check may ask about: a pasted table."""

PRESSED = ".do"
"""The name of all buttons: with a dot, so that it is no key of an input."""

RUN, EXPLAIN = "run", "explain"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: its answers, which button was pressed, and whether only what changed is wanted back."""

    answers: Answers
    action: str
    in_place: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_form(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """The form of a function, for members of its workspace."""
    opened = open_for_member(request.user, project_id, slug)
    return _form(request, opened, reverse("function_form_check", args=[project_id, slug]))


@login_required
@require_POST
def member_check(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """What is wrong with single answers, for members."""
    return _check(request, open_for_member(request.user, project_id, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def shared_form(request: HttpRequest, token: str) -> HttpResponse:
    """A form that anyone with its link may use. Says nothing of the project it belongs to."""
    opened = open_by_link(token)
    if request.method == "POST" and not may_go_on("form", address_of(request), RUNS_PER_MINUTE):
        return _too_often(request)
    response = _form(request, opened, reverse("shared_form_check", args=[token]))
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def shared_check(request: HttpRequest, token: str) -> HttpResponse:
    """What is wrong with single answers, for anyone with the link."""
    opened = open_by_link(token)
    if not may_go_on("form-check", address_of(request), CHECKS_PER_MINUTE):
        return _too_often(request)
    return _check(request, opened)


@require_safe
@cache_control(public=True, max_age=365 * 24 * 60 * 60, immutable=True)
def accent_sheet(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of an accent colour, given as six hexadecimal digits. Depends on nothing else."""
    known = read_colour(colour)
    if known is None:
        raise Http404("No such colour")
    return render(request, "builder/forms/accent.css", {"accent": accent(known)}, content_type="text/css")


def form_context(opened: OpenForm, questions: tuple[Question, ...], check_url: str) -> dict[str, Any]:
    """What the templates of a form need: also those of its preview."""
    return {
        "opened": opened,
        "function": opened.function,
        "may_edit": opened.may_edit,
        "questions": questions,
        "title": opened.design.title or opened.function.name,
        "introduction": opened.design.introduction,
        "button": opened.design.button or words.BUTTON,
        "accent": opened.design.accent.removeprefix("#"),
        "check_url": check_url,
        "is_wide": any(question.field.kind is FieldKind.LIST for question in questions),
    }


def posted_answers(request: HttpRequest) -> dict[str, tuple[str, ...]]:
    """Everything that a plain HTML form sent, the button that was pressed included."""
    return {name: tuple(map(str, request.POST.getlist(name))) for name in request.POST}


def _form(request: HttpRequest, opened: OpenForm, check_url: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, opened, unjudged(opened.fields, {}, opened.zone), check_url)
    sent = _sent(request)
    changed = edit_rows(sent.answers, sent.action)
    if changed is not None:
        return _page(request, opened, unjudged(opened.fields, changed, opened.zone), check_url)
    filled = fill(opened.fields, sent.answers, opened.zone)
    ran: Ran | None = None
    explained: Explained | None = None
    if filled.values is not None:
        if sent.action == EXPLAIN and opened.may_explain:
            explained = explain(opened, filled.values)
            ran = explained.ran
        else:
            ran = run(opened, filled.values)
    outcome = {
        "ran": ran,
        "explained": explained,
        "summary": words.CHECK_ANSWERS.format(count=len(filled.problems)) if filled.problems else "",
    }
    if sent.in_place:
        context = {"opened": opened, **outcome}
        return JsonResponse(
            {
                "problems": filled.problems,
                "summary": outcome["summary"],
                "outcome": render_to_string("builder/forms/outcome.html", context, request=request),
                "steps": render_to_string("builder/forms/steps.html", context, request=request) if explained else "",
            }
        )
    return _page(request, opened, filled.questions, check_url, outcome, status=422 if filled.problems else 200)


def _page(
    request: HttpRequest,
    opened: OpenForm,
    questions: tuple[Question, ...],
    check_url: str,
    outcome: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    template = "builder/forms/shared.html" if opened.by_link else "builder/forms/form.html"
    context = {**form_context(opened, questions, check_url), **(outcome or {})}
    return render(request, template, context, status=status)


def _check(request: HttpRequest, opened: OpenForm) -> HttpResponse:
    """Takes `{"cells": [[name of a control, its text], …]}` and gives `{"cells": [[text for it, problem], …]}`."""
    asked = _pairs(_body(request).get("cells"))
    if len(asked) > MOST_CELLS:
        return JsonResponse({"error": words.TOO_MANY_CELLS.format(limit=MOST_CELLS)}, status=413)
    fields = [field for field, said in opened.fields if not said.hidden]
    cells = []
    for name, text in asked:
        field = find_field(fields, name)
        cells.append(["", ""] if field is None else read_cell(field, text, opened.zone))
    return JsonResponse({"cells": cells})


def _sent(request: HttpRequest) -> Sent:
    if request.content_type == "application/json":
        body = _body(request)
        answers: dict[str, list[str]] = {}
        for name, text in _pairs(body.get("answers")):
            answers.setdefault(name, []).append(text)
        action = body.get("do", RUN)
        return Sent({name: tuple(texts) for name, texts in answers.items()}, str(action), in_place=True)
    posted = posted_answers(request)
    action = posted.pop(PRESSED, (RUN,))[-1]
    return Sent(posted, action, in_place=False)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that a page's script sent; raises BadRequest for anything else."""
    try:
        body = json.loads(request.body)
    except RequestDataTooBig:
        megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        raise BadRequest(words.TOO_MUCH.format(megabytes=megabytes)) from None
    except (ValueError, RecursionError):
        raise BadRequest(words.NOT_UNDERSTOOD) from None
    if not isinstance(body, dict):
        raise BadRequest(words.NOT_UNDERSTOOD)
    return body


def _pairs(data: object) -> list[tuple[str, str]]:
    """A list of pairs of texts; raises BadRequest for anything else."""
    if not isinstance(data, list):
        raise BadRequest(words.NOT_UNDERSTOOD)
    pairs: list[tuple[str, str]] = []
    for pair in data:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise BadRequest(words.NOT_UNDERSTOOD)
        pairs.append((pair[0], pair[1]))
    return pairs


def _too_often(request: HttpRequest) -> HttpResponse:
    if request.content_type == "application/json":
        response: HttpResponse = JsonResponse({"error": words.TOO_OFTEN}, status=429)
    else:
        response = render(request, "builder/forms/too_often.html", {"text": words.TOO_OFTEN}, status=429)
    response["Retry-After"] = "60"
    return response
