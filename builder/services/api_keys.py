"""Giving and revoking what programs show to run a project's functions: API keys and OAuth2 clients.

What is secret is returned once, when it is made, and only its hash is kept.
"""

from __future__ import annotations

import hashlib
import secrets

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.utils import timezone

from builder.access import demand
from builder.models import ApiClient, ApiKey, Project, Role, User
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.wording import clean_name

KEY_START = "ps_"
"""What every key starts with, so that people and secret scanners recognise one."""

SCOPE = "run"
KEYS_PER_PROJECT = 100
_SHOWN = 8


def hash_of(key: str) -> str:
    """What is kept of a key. Plain SHA-256 is enough: a key is 256 random bits, which nobody can guess."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def create_key(user: User, project: Project, name: str) -> tuple[ApiKey, str]:
    """A new key, and the key itself, which cannot be had again. Editors and owners."""
    demand(user, project.workspace, Role.EDITOR)
    name = clean_name(name, "key")
    if ApiKey.objects.filter(project=project, revoked_at=None).count() >= KEYS_PER_PROJECT:
        raise Refused(f"A project can have {KEYS_PER_PROJECT} keys. Please revoke those that are no longer used.")
    secret = KEY_START + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        project=project,
        name=name,
        prefix=secret[: len(KEY_START) + _SHOWN],
        hash=hash_of(secret),
        created_by=user,
    )
    record(project.workspace, user, "made the API key", key)
    return key, secret


@transaction.atomic
def revoke_key(user: User, key: ApiKey) -> None:
    """Makes a key worthless, from the very next request. Editors and owners."""
    demand(user, key.project.workspace, Role.EDITOR)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        record(key.project.workspace, user, "revoked the API key", key)


@transaction.atomic
def create_client(user: User, project: Project, name: str) -> tuple[ApiClient, str]:
    """A new OAuth2 client, and its secret, which cannot be had again. Editors and owners."""
    demand(user, project.workspace, Role.EDITOR)
    name = clean_name(name, "client")
    if ApiClient.objects.filter(project=project, revoked_at=None).count() >= KEYS_PER_PROJECT:
        raise Refused(f"A project can have {KEYS_PER_PROJECT} clients. Please revoke those that are no longer used.")
    secret = get_adapter().generate_client_secret()
    client = Client(
        name=name,
        type=Client.Type.CONFIDENTIAL,
        grant_types=Client.GrantType.CLIENT_CREDENTIALS,
        scopes=SCOPE,
        default_scopes=SCOPE,
        response_types="",
    )
    client.set_secret(secret)
    client.save()
    made = ApiClient.objects.create(project=project, client=client, name=name, created_by=user)
    record(project.workspace, user, "made the OAuth2 client", made)
    return made, secret


@transaction.atomic
def revoke_client(user: User, client: ApiClient) -> None:
    """Makes a client and all its access tokens worthless, from the very next request. Editors and owners."""
    demand(user, client.project.workspace, Role.EDITOR)
    if client.revoked_at is None:
        client.revoked_at = timezone.now()
        client.save(update_fields=["revoked_at"])
        Token.objects.filter(client=client.client).delete()
        # The client of allauth stays, without any grant, so that the row here still says who had it.
        Client.objects.filter(pk=client.client_id).update(grant_types="")
        record(client.project.workspace, user, "revoked the OAuth2 client", client)
