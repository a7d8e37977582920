"""The API page of a function: how to call it, with samples and a try-it; and its OpenAPI document."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from builder.access import function_for, may
from builder.api_samples import client_sample, run_path, samples
from builder.credentials import find
from builder.models import LiveFunction, Role
from builder.programs import plan_for
from compiler.targets.form import FieldKind, describe
from compiler.targets.openapi import INPUTS_PER_CALL, TOKEN_PATH, sample, sample_input
from compiler.targets.openapi import describe as describe_api
from compiler.values import key
from runtime.api.problems import BAD_CREDENTIAL, NO_CREDENTIAL, NOT_FOUND, Problem


@login_required
@require_safe
def page(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """How to run this function from another program. Every member."""
    function = function_for(request.user, project_id, slug)
    plan = plan_for(function)
    planned = plan.functions[function.name]
    path = run_path(project_id, slug)
    data = sample_input(planned)
    form = describe(planned)
    return render(
        request,
        "builder/api/function.html",
        {
            "workspace": function.project.workspace,
            "function": function,
            "path": path,
            "url": settings.PLAINSPARK_ORIGIN + path,
            "samples": samples(settings.PLAINSPARK_ORIGIN + path, data),
            "token_sample": client_sample(settings.PLAINSPARK_ORIGIN + TOKEN_PATH),
            "body": json.dumps(data, ensure_ascii=False, indent=2),
            "inputs": [
                {
                    "key": key(field.name),
                    "kind": _kind(field.kind, field.unit),
                    "required": field.required,
                    "example": json.dumps(sample(field.type), ensure_ascii=False),
                }
                for field in form.fields
            ],
            "outputs": [
                {"key": key(result.name), "example": json.dumps(sample(result.type), ensure_ascii=False)}
                for result in form.results
            ],
            "most_inputs": INPUTS_PER_CALL,
            "rate": settings.API_RATE_PER_SECOND,
            "burst": settings.API_RATE_BURST,
            "may_edit": may(request.user, function.project, Role.EDITOR),
        },
    )


def _kind(kind: FieldKind, unit: str) -> str:
    return f"{kind.value} ({unit})" if unit and kind in (FieldKind.MONEY, FieldKind.MEASURE) else kind.value


@require_safe
def openapi(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """The OpenAPI 3.1 document, for members who are signed in and for programs with a key or token of the project."""
    found = _function(request, project_id, slug)
    if isinstance(found, Problem):
        answer = JsonResponse(found.body(), status=found.status)
        if found.status == 401:
            answer["WWW-Authenticate"] = "Bearer"
        return answer
    document = describe_api(
        plan_for(found),
        settings.PLAINSPARK_ORIGIN,
        {found.name: run_path(project_id, slug)},
        title=f"{found.name} ({found.project.name})",
    )
    return JsonResponse(document, json_dumps_params={"indent": 2, "ensure_ascii": False})


def _function(request: HttpRequest, project_id: str, slug: str) -> LiveFunction | Problem:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credential.strip():
        found = find(slug, credential.strip())
        if found is None:
            return BAD_CREDENTIAL
        if isinstance(found, Problem):
            return found
        _, owner, _, name, _ = found
        function = None
        if owner == project_id:
            functions = LiveFunction.objects.select_related("project", "build")
            function = functions.filter(project__public_id=owner, name=name).first()
        return function or NOT_FOUND
    if not request.user.is_authenticated:
        return NO_CREDENTIAL
    try:
        return function_for(request.user, project_id, slug)
    except Http404:
        return NOT_FOUND
