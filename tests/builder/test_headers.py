"""What browsers are told, and that our own pages keep to it: no script and no style inside a page."""

import re

import pytest
from django.test import Client

from builder.models import Page, Project, Workspace

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
INLINE = re.compile(r"\son\w+=|\sstyle=|<style\b|javascript:", re.IGNORECASE)

ADDRESSES = [
    "/",
    "/account/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/w/new/",
    "/w/{workspace}/",
    "/w/{workspace}/members/",
    "/w/{workspace}/activity/",
    "/p/{project}/",
    "/p/{project}/settings/",
    "/p/{project}/pages/{page}/",
    "/p/{project}/pages/{page}/versions/",
    "/p/{project}/pages/{page}/versions/1/",
    "/p/{project}/functions/double/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_keeps_to_its_security_policy(
    address: str, as_olga: Client, workspace: Workspace, project: Project, page: Page
):
    answer = as_olga.get(address.format(workspace=workspace.public_id, project=project.public_id, page=page.public_id))
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    html = answer.content.decode()
    assert not INLINE.search(html), INLINE.search(html)
    for attributes in SCRIPT.findall(html):
        assert "src=" in attributes or 'type="application/json"' in attributes, attributes


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_pages_for_strangers_keep_to_it_too(address: str, client: Client):
    answer = client.get(address)
    html = answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not INLINE.search(html)
    assert all("src=" in each or 'type="application/json"' in each for each in SCRIPT.findall(html))


def test_a_change_without_its_token_is_refused(workspace: Workspace, olga):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)
    assert client.post(f"/w/{workspace.public_id}/rename/", {"name": "Mine"}).status_code == 403
    workspace.refresh_from_db()
    assert workspace.name == "Acme"
