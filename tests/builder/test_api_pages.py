"""The API page of a function, its OpenAPI document, and the keys of a project."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse
from openapi_spec_validator import OpenAPIV31SpecValidator

from builder.models import ApiClient, ApiKey, AuditEvent, Form, LiveFunction, Project, Sharing, User
from builder.services import bulk_runs
from builder.services.api_keys import create_client, create_key, hash_of, revoke_client, revoke_key
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project

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


def access_token(client: ApiClient, secret: str) -> str:
    """A token as a program gets it."""
    basic = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    answer = Client().post(
        "/identity/o/api/token",
        {"grant_type": "client_credentials", "scope": "run"},
        headers={"Authorization": f"Basic {basic}"},
    )
    token = answer.json()["access_token"]
    assert isinstance(token, str)
    return token


def test_an_access_token_opens_the_openapi_document(olga: User, function: LiveFunction) -> None:
    address = reverse("function_openapi", args=[function.project.public_id, function.slug])
    client, secret = create_client(olga, function.project, "Reader")
    with_token = {"headers": {"Authorization": f"bearer {access_token(client, secret)}"}}
    document = Client().get(address, **with_token)
    assert document.status_code == 200
    assert document.json()["openapi"].startswith("3.1")
    elsewhere = create_project(olga, function.project.workspace, "Elsewhere")
    add_page_with_text(olga, elsewhere, DISCOUNT, "Quantity discount")
    other = reverse("function_openapi", args=[elsewhere.public_id, function.slug])
    assert Client().get(other, **with_token).status_code == 404
    revoke_client(olga, client)
    assert Client().get(address, **with_token).status_code == 401


def test_a_private_function_is_there_for_editors_only(
    client: Client, olga: User, viola: User, edward: User, function: LiveFunction
) -> None:
    names = ("function_api", "function_openapi", "function_spreadsheet", "function_form")
    addresses = [reverse(name, args=[function.project.public_id, function.slug]) for name in names]
    project = reverse("project", args=[function.project.public_id])
    client.force_login(viola)
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    assert addresses[-1] in client.get(project).content.decode()
    run = bulk_runs.upload(olga, function, SimpleUploadedFile("a.csv", b"price,quantity\n1,2\n"))
    Form.objects.create(project=function.project, function_name=function.name, sharing=Sharing.PRIVATE)
    runs = ("spreadsheet_run", "spreadsheet_columns", "spreadsheet_progress", "spreadsheet_result")
    addresses += [reverse(name, args=[function.project.public_id, function.slug, run.public_id]) for name in runs]
    assert [client.get(address).status_code for address in addresses] == [404] * 8
    assert addresses[-1] not in client.get(project).content.decode()
    with pytest.raises(Http404):
        bulk_runs.upload(viola, function, SimpleUploadedFile("a.csv", b"price,quantity\n1,2\n"))
    client.force_login(edward)
    assert [client.get(address).status_code for address in addresses[:4]] == [200] * 4


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
