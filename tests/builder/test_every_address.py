"""Every address of the app, tried by everybody who should not get in.

The addresses are read from Django itself, so a new one is tried without being added here. It fails until it is one of:

- an address with an object in it (`world` says how to fill its arguments): closed to strangers and to members of
  other workspaces, and closed for changes to viewers unless `VIEWERS_MAY` gives a reason;
- an address of one's own account (`PERSONAL`): closed to strangers;
- an address for anybody (`PUBLIC`), with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from builder.models import (
    ApiClient,
    ApiKey,
    Form,
    Invitation,
    LiveFunction,
    Page,
    Project,
    Sharing,
    User,
    Workspace,
)
from builder.services.bulk_runs import upload
from builder.services.pages import add_page_with_text, delete_page
from builder.services.projects import create_project, delete_project
from builder.views.projects import show as project_view
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WRITES = ("POST", "PUT", "PATCH", "DELETE")

PUBLIC = {
    "home": "the landing page",
    "demo": "answers only where the embedded default has a demo person, and enters only that account",
    "invitation": "whoever holds the token sees what the invitation is to; joining takes an account",
    "help": "the help is for everybody",
    "help_messages": "the help is for everybody",
    "help_message": "the help is for everybody",
    "form_accent": "a style sheet made of nothing but the colour in its address",
    "shared_form": "a form that its owner shared by link: the token is the permission",
    "shared_form_check": "a form that its owner shared by link: the token is the permission",
    # allauth's entrance
    "account_login": "signing in",
    "account_signup": "signing up",
    "account_signup_by_passkey": "signing up",
    "account_logout": "signing out does nothing for strangers",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "asking for a new password",
    "account_reset_password_done": "says to look at the mail",
    "account_reset_password_from_key": "the key in the mail is the permission",
    "account_reset_password_from_key_done": "says that it is done",
    "account_confirm_login_code": "leads to signing in",
    "account_email_verification_sent": "asks the browser that is signing up for its code",
    "mfa_authenticate": "the second step of signing in",
    "mfa_trust": "the end of the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "mfa_signup_webauthn": "signing up with a passkey",
    # allauth's OAuth2 server
    "configuration": "the description that OAuth2 clients look for",
    "jwks": "public keys",
    "authorization": "asks for signing in, then whether to give anything",
    "token": "the client's secret is the permission",
    "revoke": "the client's secret is the permission",
    "device_code": "the client's secret is the permission",
    "userinfo": "the token is the permission",
    "introspect": "the client's secret is the permission",
    "logout": "ends only one's own session",
}
"""Name of the address: why anybody may open it."""

PERSONAL = {
    "account",
    "outbox",
    "workspace_create",
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "usersessions_list",
    "device_authorization",
}
"""Addresses about whoever is signed in and nobody else."""

VIEWERS_MAY = {
    "workspace_leave": "leaving is for everybody",
    "page_check": "reads the text that is sent and keeps nothing",
    "page_complete": "reads the text that is sent and keeps nothing",
    "page_format": "reads the text that is sent and keeps nothing",
    "function_form": "running is for everybody in the workspace",
    "function_form_check": "reads the answers that are sent and keeps nothing",
    "function_spreadsheet": "running is for everybody in the workspace",
    "spreadsheet_columns": "running is for everybody in the workspace",
    "spreadsheet_cancel": "only one's own run, as running is for everybody in the workspace",
    "spreadsheet_delete": "only one's own run, as running is for everybody in the workspace",
}
"""Name of the address: why a viewer may send something there."""


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf."""

    name: str
    route: str
    arguments: tuple[str, ...]
    pattern: URLPattern
    namespace: str

    def __str__(self) -> str:
        return self.name or self.route


def _walk(resolver: URLResolver, route: str = "", taken: tuple[str, ...] = (), space: str = "") -> Iterator[Address]:
    for part in resolver.url_patterns:
        whole = route + str(part.pattern)
        arguments = taken + tuple(part.pattern.regex.groupindex)
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from _walk(part, whole, arguments, inner)
        else:
            yield Address(part.name or "", whole, arguments, part, space)


EVERY = list(_walk(get_resolver()))
OBJECT_ADDRESSES = [each for each in EVERY if each.arguments and each.name not in PUBLIC]


@dataclass(frozen=True)
class World:
    """One of everything, owned by Olga; Edward edits, Viola views, Stan is elsewhere."""

    workspace: Workspace
    project: Project
    page: Page
    objects: dict[str, object]
    special: dict[str, dict[str, object]]


@pytest.fixture
def world(
    olga: User, edward: User, viola: User, stan: User, workspace: Workspace, project: Project, page: Page
) -> World:
    function = LiveFunction.objects.get(project=project)
    Form.objects.create(project=project, function_name=function.name, sharing=Sharing.WORKSPACE)
    invitation = Invitation.objects.create(
        workspace=workspace, email="a@example.com", token_hash="0" * 64, expires=timezone.now().replace(year=2999)
    )
    key = ApiKey.objects.create(project=project, name="Key", prefix="ps_abc", hash="1" * 64, created_by=olga)
    client = ApiClient.objects.create(
        project=project, name="Client", client=OAuthClient.objects.create(name="Client"), created_by=olga
    )
    run = upload(olga, function, SimpleUploadedFile("a.csv", b"amount\n1\n2\n"))
    passkey = Authenticator.objects.create(user=olga, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    gone_page = add_page_with_text(olga, project, DOUBLE.replace("Double", "Triple"), "Triple")
    delete_page(olga, gone_page)
    gone_project = create_project(olga, workspace, "Gone")
    delete_project(olga, gone_project)
    return World(
        workspace,
        project,
        page,
        {
            "workspace_id": workspace.public_id,
            "member_id": edward.public_id,
            "invitation_id": invitation.public_id,
            "project_id": project.public_id,
            "page_id": page.public_id,
            "number": 1,
            "slug": function.slug,
            "key_id": key.public_id,
            "client_id": client.public_id,
            "run_id": run.public_id,
            "pk": passkey.pk,
        },
        {
            "page_restore": {"page_id": gone_page.public_id},
            "project_restore": {"project_id": gone_project.public_id},
        },
    )


def _path(address: Address, world: World) -> str:
    values = world.objects | world.special.get(address.name, {})
    missing = [argument for argument in address.arguments if argument not in values]
    assert not missing, f"Say in `world` of this test how to fill {missing} of {address.route}"
    path = address.route
    for part in _arguments(address.route):
        path = path.replace(part, str(values[part.strip("<>").split(":")[-1]]))
    return "/" + path


def _arguments(route: str) -> list[str]:
    return ["<" + part.split(">")[0] + ">" for part in route.split("<")[1:]]


def _snapshot() -> dict[str, list[tuple]]:
    """All rows of all tables of the builder, to see that nothing changed."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("builder").get_models()
    }


def _is_closed(answer: HttpResponse) -> bool:
    """Whether an answer tells nothing: not found, no such method, no credential, or the way to sign in."""
    if answer.status_code in {301, 302}:
        return answer["Location"].startswith(("/accounts/login/", "/accounts/reauthenticate/"))
    return answer.status_code in {401, 404, 405}


def test_every_address_has_a_name_and_is_accounted_for():
    unnamed = [each.route for each in EVERY if not each.name]
    assert not unnamed, "give these addresses a name"
    loose = [each for each in EVERY if not each.arguments and each.name not in PUBLIC and each.name not in PERSONAL]
    assert not loose, f"neither PUBLIC nor PERSONAL, and without an object: {[str(each) for each in loose]}"


def test_the_tables_name_only_addresses_that_exist():
    optional = {"introspect", "userinfo", "account_signup_by_passkey", "mfa_trust"}
    names = {each.name for each in EVERY}
    assert (set(PUBLIC) | PERSONAL | set(VIEWERS_MAY)) - names - optional == set()


@pytest.mark.parametrize("address", OBJECT_ADDRESSES, ids=str)
def test_an_owner_gets_in(address: Address, world: World, olga: User, client: Client):
    """Without this the tests below would pass for an address that never answers anybody."""
    client.force_login(olga)
    path = _path(address, world)
    assert any(client.generic(method, path).status_code not in {401, 403, 404} for method in METHODS)


@pytest.mark.parametrize("address", OBJECT_ADDRESSES, ids=str)
@pytest.mark.parametrize("who", ["nobody", "stan"])
def test_strangers_find_nothing_and_change_nothing(
    address: Address, who: str, world: World, stan: User, client: Client
):
    if who == "stan":
        client.force_login(stan)
    before = _snapshot()
    path = _path(address, world)
    for method in METHODS:
        answer = client.generic(method, path)
        open_to_all = method == "OPTIONS" and answer.status_code == 200 and not answer.content
        assert _is_closed(answer) or open_to_all, f"{who} {method} {path}: {answer.status_code}"
        assert world.project.name not in answer.content.decode(errors="replace") or answer.status_code == 302
    assert _snapshot() == before


@pytest.mark.parametrize("address", [each for each in OBJECT_ADDRESSES if each.name not in VIEWERS_MAY], ids=str)
def test_viewers_change_nothing(address: Address, world: World, viola: User, client: Client):
    client.force_login(viola)
    before = _snapshot()
    path = _path(address, world)
    for method in WRITES:
        answer = client.generic(method, path)
        assert answer.status_code in {302, 403, 404, 405}, f"{method} {path}: {answer.status_code}"
        assert answer.status_code != 302 or _is_closed(answer), f"{method} {path} leads to {answer['Location']}"
    assert _snapshot() == before


@pytest.mark.parametrize("address", [each for each in EVERY if each.name in PERSONAL], ids=str)
def test_personal_pages_lead_strangers_to_signing_in(address: Address, client: Client):
    before = _snapshot()
    for method in METHODS:
        answer = client.generic(method, "/" + address.route)
        refused = answer.status_code in {400, 403} and address.namespace.startswith("idp:")
        assert _is_closed(answer) or refused, f"{method} {address.route}: {answer.status_code}"
    assert _snapshot() == before


def test_an_open_address_would_be_noticed(world: World, stan: User, rf: RequestFactory):
    """A view that forgets to ask who is there does not count as closed."""
    request = rf.get(f"/p/{world.project.public_id}/")
    request.user = stan
    careless = HttpResponse(Project.objects.get(public_id=world.project.public_id).name)
    assert not _is_closed(careless)
    assert not _is_closed(HttpResponse(status=403))
    assert not _is_closed(HttpResponseRedirect(f"/p/{world.project.public_id}/"))
    with pytest.raises(Http404):
        project_view(request, project_id=world.project.public_id)
