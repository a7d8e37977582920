"""The API page of a function, its OpenAPI document, and the keys of a project."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from openapi_spec_validator import OpenAPIV31SpecValidator

from builder.models import ApiClient, ApiKey, AuditEvent, LiveFunction, Project, User
from builder.services.api_keys import create_key, hash_of, revoke_key
from builder.services.pages import add_page_with_text

DISCOUNT = Path(__file__).with_name("quantity_discount.plain").read_text(encoding="utf-8")

pytestmark = pytest.mark.django_db


@pytest.fixture
def function(olga: User, project: Project) -> LiveFunction:
    add_page_with_text(olga, project, DISCOUNT, "Quantity discount")
    return LiveFunction.objects.select_related("project").get(project=project)


def test_the_page_shows_how_to_call_it(as_olga: Client, function: LiveFunction) -> None:
    shown = html.unescape(
        as_olga.get(reverse("function_api", args=[function.project.public_id, function.slug])).content.decode()
    )
    path = f"/api/v1/projects/{function.project.public_id}/functions/{function.slug}/run"
    assert shown.count(path) >= 4
    assert '{"price": 20, "quantity": 10}' in shown
    assert "grant_type=client_credentials" in shown


def test_the_openapi_document_is_valid_and_closed(as_olga: Client, olga: User, function: LiveFunction) -> None:
    address = reverse("function_openapi", args=[function.project.public_id, function.slug])
    document = as_olga.get(address).json()
    OpenAPIV31SpecValidator(document).validate()
    assert list(document["paths"]) == [f"/api/v1/projects/{function.project.public_id}/functions/{function.slug}/run"]
    assert Client().get(address).status_code == 401
    key, secret = create_key(olga, function.project, "Reader")
    with_key = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get(address, **with_key).json() == document
    revoke_key(olga, key)
    assert Client().get(address, **with_key).status_code == 401


def test_a_key_is_shown_once_and_kept_as_a_hash(as_olga: Client, project: Project) -> None:
    address = reverse("api_keys", args=[project.public_id])
    answer = as_olga.post(address, {"name": "Web shop"})
    key = ApiKey.objects.get()
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert secret.startswith("ps_")
    assert len(secret) == 46
    assert key.hash == hash_of(secret)
    assert "no-store" in answer["Cache-Control"]
    again = as_olga.get(address).content.decode()
    assert secret not in again
    assert key.prefix in again
    row = json.dumps(list(ApiKey.objects.values()), default=str)
    assert secret not in row
    assert secret not in json.dumps(list(AuditEvent.objects.values()), default=str)


def test_revoking_is_said_and_seen(as_olga: Client, olga: User, project: Project) -> None:
    key, _ = create_key(olga, project, "Web shop")
    answer = as_olga.post(reverse("api_key_revoke", args=[project.public_id, key.public_id]), follow=True)
    assert "revoked and works no longer" in answer.content.decode()
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_key_needs_a_name(as_olga: Client, project: Project) -> None:
    answer = as_olga.post(reverse("api_keys", args=[project.public_id]), {"name": " "}, follow=True)
    assert "give the key a name" in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_a_client_is_made_and_revoked(as_olga: Client, project: Project) -> None:
    answer = as_olga.post(reverse("api_client_create", args=[project.public_id]), {"name": "Warehouse"})
    client = ApiClient.objects.select_related("client").get()
    assert client.client.check_secret(answer.context["secret"])
    assert client.client_id in answer.content.decode()
    as_olga.post(reverse("api_client_revoke", args=[project.public_id, client.public_id]))
    client.refresh_from_db()
    assert client.revoked_at is not None
    assert client.client.__class__.objects.get(pk=client.client_id).get_grant_types() == []


def test_viewers_see_how_to_call_but_no_keys(client: Client, viola: User, function: LiveFunction) -> None:
    client.force_login(viola)
    page = client.get(reverse("function_api", args=[function.project.public_id, function.slug]))
    keys = reverse("api_keys", args=[function.project.public_id])
    assert page.status_code == 200
    assert keys not in page.content.decode()
    assert client.get(keys).status_code == 404
