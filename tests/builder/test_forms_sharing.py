"""Sharing forms: by link with anyone, without showing anything else, until the link ends."""

from __future__ import annotations

import json

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from builder.models import AuditEvent, Form, LiveFunction, Sharing, User, Workspace
from builder.services.errors import Refused
from builder.services.forms import renew_link, share
from builder.services.projects import delete_project
from builder.services.samples import add_shop
from builder.views.forms import RUNS_PER_MINUTE


@pytest.fixture
def function(olga: User, workspace: Workspace) -> LiveFunction:
    """Quantity discount of the sample project."""
    return LiveFunction.objects.get(project=add_shop(olga, workspace), slug="quantity-discount")


@pytest.fixture
def link(olga: User, function: LiveFunction) -> str:
    """The address of its form, shared with anyone."""
    return address_of(share(olga, function, Sharing.LINK))


def address_of(form: Form) -> str:
    return reverse("shared_form", args=[form.token])


def test_anyone_with_the_link_may_run_it(client: Client, link: str) -> None:
    assert client.get(link).status_code == 200
    assert "$10" in client.post(link, {"price": "20", "quantity": "10"}).content.decode()
    cells = {"cells": [["price", "x"]]}
    answer = client.post(f"{link}check", json.dumps(cells), content_type="application/json")
    assert "x" in answer.json()["cells"][0][1]


def test_a_shared_form_shows_nothing_else_of_the_workspace(
    client: Client, link: str, function: LiveFunction, workspace: Workspace
) -> None:
    pages = [client.get(link), client.post(link, {"price": "20", "quantity": "0"})]
    for page in pages:
        html = page.content.decode()
        for secret in (workspace.name, function.project.public_id, function.page.public_id, "Basket total", "olga"):
            assert secret not in html
        assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Order at least one." in pages[1].content.decode()


def test_the_sentences_of_the_page_are_shown_by_link_only_if_the_owner_allows_it(
    client: Client, link: str, function: LiveFunction, olga: User
) -> None:
    answers = {"price": "20", "quantity": "10", ".do": "explain"}
    html = client.post(link, answers).content.decode()
    assert "How this came about" not in html
    assert "$10" in html
    assert "This sentence stopped it" not in client.post(link, {"price": "1", "quantity": "0"}).content.decode()
    share(olga, function, Sharing.LINK, explain_on_link=True)
    html = client.post(link, answers).content.decode()
    assert "How this came about" in html
    assert f"/p/{function.project.public_id}" not in html


@pytest.mark.parametrize("sharing", [Sharing.PRIVATE, Sharing.WORKSPACE])
def test_another_choice_ends_the_link_for_good(
    client: Client, link: str, function: LiveFunction, olga: User, sharing: str
) -> None:
    share(olga, function, sharing)
    assert client.get(link).status_code == 404
    assert address_of(share(olga, function, Sharing.LINK)) != link
    assert client.get(link).status_code == 404


def test_saving_the_same_choice_keeps_the_link(link: str, function: LiveFunction, olga: User) -> None:
    assert address_of(share(olga, function, Sharing.LINK)) == link


def test_a_renewed_link_ends_the_one_before(client: Client, link: str, function: LiveFunction, olga: User) -> None:
    new = address_of(renew_link(olga, function))
    assert client.get(link).status_code == 404
    assert client.get(new).status_code == 200


def test_a_link_ends_with_its_project(client: Client, link: str, function: LiveFunction, olga: User) -> None:
    delete_project(olga, function.project)
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "None", "a" * 32, "%00", "é"])
def test_other_links_lead_nowhere(client: Client, link: str, token: str) -> None:
    assert client.get(f"/f/{token}/").status_code == 404


def test_one_address_may_not_use_shared_forms_without_end(client: Client, link: str) -> None:
    answers = {"price": "20", "quantity": "10"}
    for _ in range(RUNS_PER_MINUTE):
        assert client.post(link, answers, REMOTE_ADDR="192.0.2.1").status_code == 200
    refused = client.post(link, answers, REMOTE_ADDR="192.0.2.1")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "wait a minute" in refused.content.decode()
    in_place = client.post(link, json.dumps({"answers": []}), content_type="application/json", REMOTE_ADDR="192.0.2.1")
    assert in_place.status_code == 429
    assert "wait a minute" in in_place.json()["error"]
    assert client.post(link, answers, REMOTE_ADDR="192.0.2.2").status_code == 200


def test_one_customer_of_a_provider_has_one_count_in_all_its_addresses(client: Client, link: str) -> None:
    answers = {"price": "20", "quantity": "10"}
    for number in range(RUNS_PER_MINUTE):
        client.post(link, answers, REMOTE_ADDR=f"2001:db8::{number:x}")
    assert client.post(link, answers, REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert client.post(link, answers, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_members_use_a_form_shared_by_link_as_before(
    client: Client, link: str, function: LiveFunction, viola: User
) -> None:
    client.force_login(viola)
    url = reverse("function_form", args=[function.project.public_id, function.slug])
    assert client.get(url).status_code == 200


def test_only_editors_may_share(function: LiveFunction, viola: User, stan: User) -> None:
    for person in (viola, stan):
        with pytest.raises(Http404):
            share(person, function, Sharing.LINK)
        with pytest.raises(Http404):
            renew_link(person, function)
    assert not Form.objects.exists()


def test_there_is_nothing_to_renew_without_a_link(function: LiveFunction, olga: User) -> None:
    with pytest.raises(Refused, match="not shared by a link"):
        renew_link(olga, function)
    with pytest.raises(Refused, match="choose"):
        share(olga, function, "everybody")


def test_sharing_is_in_the_audit_trail(link: str, workspace: Workspace) -> None:
    assert AuditEvent.objects.filter(workspace=workspace, action__contains="anyone with the link").count() == 1


def test_the_design_page_shares_and_shows_the_link(client: Client, olga: User, function: LiveFunction) -> None:
    client.force_login(olga)
    ids = [function.project.public_id, function.slug]
    client.post(reverse("function_form_sharing", args=ids), {"sharing": "link", "explain_on_link": "yes"})
    form = Form.objects.get()
    assert form.explain_on_link
    assert address_of(form) in client.get(reverse("function_design", args=ids)).content.decode()
    before = form.token
    client.post(reverse("function_form_renew", args=ids))
    form.refresh_from_db()
    assert form.token != before
