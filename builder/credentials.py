"""What a program shows to say who it is, an API key or an OAuth2 access token, and the function that it asks for with it.

The endpoint that runs functions and the pages about them both ask here, so that what opens one opens the other.
"""

from __future__ import annotations

from allauth.idp.oidc.models import Token
from django.db import connection

from builder.models import ApiClient, ApiKey, LiveFunction, Project
from builder.services.api_keys import KEY_START, SCOPE, hash_of
from runtime.api.problems import NO_SCOPE, Problem

Found = tuple[int, str, str, str | None, str | None]
"""Of a key or client: its id, the project's public id and zone, the function's name and its build."""

KEY_QUERY = f"""
    SELECT k.id, p.public_id, p.time_zone, f.name, f.build_id
    FROM {ApiKey._meta.db_table} k
    JOIN {Project._meta.db_table} p ON p.id = k.project_id
    LEFT JOIN {LiveFunction._meta.db_table} f ON f.project_id = p.id AND f.slug = %s
    WHERE k.hash = %s AND k.revoked_at IS NULL AND p.deleted_at IS NULL
"""  # noqa: S608 - the names of the tables come from the models


def find(slug: str, credential: str) -> Found | Problem | None:
    """Whose credential it is, and the function with this slug in its project; None when it is not valid (any more)."""
    return by_key(slug, hash_of(credential)) if credential.startswith(KEY_START) else by_token(slug, credential)


def by_key(slug: str, hashed: str) -> Found | None:
    """As `find`, by the hash of a key."""
    with connection.cursor() as cursor:
        cursor.execute(KEY_QUERY, (slug, hashed))
        return cursor.fetchone()


def by_token(slug: str, credential: str) -> Found | Problem | None:
    """As `find`, by an access token."""
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, credential)
    if token is None or token.client_id is None:
        return None
    client = (
        ApiClient.objects.select_related("project")
        .filter(client_id=token.client_id, revoked_at=None, project__deleted_at=None)
        .first()
    )
    if client is None:
        return None
    if SCOPE not in token.get_scopes():
        return NO_SCOPE
    function = LiveFunction.objects.filter(project=client.project, slug=slug).first()
    name, build = (function.name, function.build_id) if function else (None, None)
    return client.pk, client.project.public_id, client.project.time_zone, name, build
