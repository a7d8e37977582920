"""The keys of a project: API keys and OAuth2 clients, made and revoked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from builder.access import project_for
from builder.api_samples import client_sample
from builder.models import ApiClient, ApiKey, Project, Role
from builder.services import api_keys
from builder.services.errors import Refused
from builder.views.answers import attempt
from compiler.targets.openapi import TOKEN_PATH


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def show(request: HttpRequest, project_id: str) -> HttpResponse:
    """The keys; a POST makes one and shows it, this once. Editors and owners."""
    project = project_for(request.user, project_id, Role.EDITOR)
    if request.method != "POST":
        return _page(request, project)
    assert request.user.is_authenticated
    try:
        key, secret = api_keys.create_key(request.user, project, request.POST.get("name", ""))
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("api_keys", project_id)
    # Shown in the answer to the POST itself, so that the key is kept nowhere, not even in the session.
    return _page(request, project, new_key=key, secret=secret)


@login_required
@require_POST
def revoke(request: HttpRequest, project_id: str, key_id: str) -> HttpResponse:
    """Makes an API key worthless at once."""
    user = request.user
    assert user.is_authenticated
    project = project_for(user, project_id, Role.EDITOR)
    key = ApiKey.objects.select_related("project__workspace").filter(project=project, public_id=key_id).first()
    if key is None:
        raise Http404("No such key")
    attempt(request, lambda: api_keys.revoke_key(user, key), f"“{key.name}” is revoked and works no longer.")
    return redirect("api_keys", project_id)


@login_required
@never_cache
@require_POST
@sensitive_variables("secret")
def create_client(request: HttpRequest, project_id: str) -> HttpResponse:
    """Makes an OAuth2 client and shows its secret, this once."""
    project = project_for(request.user, project_id, Role.EDITOR)
    assert request.user.is_authenticated
    try:
        client, secret = api_keys.create_client(request.user, project, request.POST.get("name", ""))
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("api_keys", project_id)
    return _page(request, project, new_client=client, secret=secret)


@login_required
@require_POST
def revoke_client(request: HttpRequest, project_id: str, client_id: str) -> HttpResponse:
    """Makes an OAuth2 client and its access tokens worthless at once."""
    user = request.user
    assert user.is_authenticated
    project = project_for(user, project_id, Role.EDITOR)
    client = (
        ApiClient.objects.select_related("project__workspace", "client")
        .filter(project=project, public_id=client_id)
        .first()
    )
    if client is None:
        raise Http404("No such client")
    attempt(request, lambda: api_keys.revoke_client(user, client), f"“{client.name}” is revoked and works no longer.")
    return redirect("api_keys", project_id)


def _page(request: HttpRequest, project: Project, **news: Any) -> HttpResponse:
    return render(
        request,
        "builder/api/keys.html",
        {
            "workspace": project.workspace,
            "project": project,
            "keys": ApiKey.objects.filter(project=project).select_related("created_by").order_by("revoked_at", "-id"),
            "clients": ApiClient.objects.filter(project=project).select_related("client").order_by("revoked_at", "-id"),
            "token_sample": client_sample(settings.PLAINSPARK_ORIGIN + TOKEN_PATH),
            **news,
        },
    )
