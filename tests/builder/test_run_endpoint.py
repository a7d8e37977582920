"""The API on a running server: keys, access tokens, and what ends them at once."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest

from tests.server import RunningServer

SETUP = """
import json
from builder.models import LiveFunction, User
from builder.services.api_keys import create_client, create_key
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace
user = User.objects.create_user("{name}@example.com", "a good long password", name="{name}")
project = create_project(user, create_workspace(user, "{name}"), "Shop")
text = open("tests/builder/quantity_discount.plain", encoding="utf-8").read()
add_page_with_text(user, project, text, "Quantity discount")
key, secret = create_key(user, project, "Web shop")
client, client_secret = create_client(user, project, "Warehouse")
slug = LiveFunction.objects.get(project=project).slug
print(json.dumps(dict(project=project.public_id, slug=slug, key=key.public_id, secret=secret,
    client=client.public_id, client_id=client.client_id, client_secret=client_secret)))
"""


@dataclass(frozen=True)
class Shop:
    """A project on the server with a function, a key and a client."""

    server: RunningServer
    project: str
    slug: str
    key: str
    secret: str
    client: str
    client_id: str
    client_secret: str

    @property
    def path(self) -> str:
        return f"/api/v1/projects/{self.project}/functions/{self.slug}/run"

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        request = urllib.request.Request(self.server.url + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def run(self, credential: str, data: Any = None, path: str = "") -> tuple[int, Any]:
        body = json.dumps({"price": 20, "quantity": 10} if data is None else data).encode()
        return self.post(path or self.path, body, {"Authorization": f"Bearer {credential}"})

    def token(self, scope: str = "run", secret: str = "") -> tuple[int, Any]:
        basic = base64.b64encode(f"{self.client_id}:{secret or self.client_secret}".encode()).decode()
        body = urllib.parse.urlencode({"grant_type": "client_credentials", "scope": scope}).encode()
        return self.post("/identity/o/api/token", body, {"Authorization": f"Basic {basic}"})

    def django(self, code: str) -> str:
        return self.server.python(code)


def make_shop(server: RunningServer, name: str) -> Shop:
    return Shop(server, **json.loads(server.python(SETUP.replace("{name}", name))))


@pytest.fixture(scope="module")
def shop(server: RunningServer) -> Shop:
    return make_shop(server, "ada")


@pytest.fixture(scope="module")
def other_shop(server: RunningServer) -> Shop:
    return make_shop(server, "bob")


DISCOUNT = (200, {"outputs": {"discount": 10}})


def test_a_key_runs_the_functions_of_its_project(shop: Shop) -> None:
    assert shop.run(shop.secret) == DISCOUNT
    status, answers = shop.run(shop.secret, [{"price": 20, "quantity": 10}, {"price": 20, "quantity": 0}])
    assert status == 200
    assert answers[0] == DISCOUNT[1]
    assert answers[1]["error"]["message"] == "Order at least one."


def test_a_key_runs_nothing_of_another_project(shop: Shop, other_shop: Shop) -> None:
    assert other_shop.run(other_shop.secret) == DISCOUNT
    assert shop.run(other_shop.secret)[0] == 404
    assert shop.run(other_shop.token()[1]["access_token"])[0] == 404


def test_the_hash_that_is_kept_is_no_key(shop: Shop) -> None:
    kept = shop.django(f"from builder.models import ApiKey; print(ApiKey.objects.get(public_id='{shop.key}').hash)")
    assert shop.run(kept.strip())[0] == 401
    assert shop.run("ps_" + kept.strip())[0] == 401


def test_a_revoked_key_fails_on_the_very_next_request(shop: Shop) -> None:
    made = shop.django(
        "from builder.models import *; from builder.services.api_keys import create_key\n"
        f"project = Project.objects.get(public_id='{shop.project}')\n"
        "key, secret = create_key(User.objects.get(email='ada@example.com'), project, 'Short')\nprint(key.public_id, secret)"
    )
    key, secret = made.split()
    assert shop.run(secret) == DISCOUNT
    shop.django(
        "from builder.models import *; from builder.services.api_keys import revoke_key\n"
        f"revoke_key(User.objects.get(email='ada@example.com'), ApiKey.objects.get(public_id='{key}'))"
    )
    status, answer = shop.run(secret)
    assert (status, answer["error"]["code"]) == (401, "key_not_valid")


def test_when_a_key_was_used_is_noted(shop: Shop) -> None:
    shop.run(shop.secret)
    code = f"from builder.models import ApiKey; print(ApiKey.objects.get(public_id='{shop.key}').last_used)"
    assert shop.django(code).startswith("20")


def test_a_client_gets_a_token_and_runs_with_it(shop: Shop) -> None:
    status, answer = shop.token()
    assert (status, answer["token_type"], answer["scope"]) == (200, "Bearer", "run")
    assert shop.run(answer["access_token"]) == DISCOUNT


def test_a_client_needs_its_secret_and_may_ask_for_nothing_else(shop: Shop) -> None:
    assert shop.token(secret="wrong")[0] in (400, 401)
    assert shop.token(scope="openid")[0] == 400


def test_a_revoked_client_and_its_tokens_fail_at_once(server: RunningServer) -> None:
    shop = make_shop(server, "carl")
    token = shop.token()[1]["access_token"]
    assert shop.run(token) == DISCOUNT
    shop.django(
        "from builder.models import *; from builder.services.api_keys import revoke_client\n"
        f"revoke_client(User.objects.get(email='carl@example.com'), ApiClient.objects.get(public_id='{shop.client}'))"
    )
    assert shop.run(token)[0] == 401
    assert shop.token()[0] in (400, 401)


def test_a_cookie_means_nothing(shop: Shop) -> None:
    status, _ = shop.post(shop.path, b'{"price": 20, "quantity": 10}', {"Cookie": "sessionid=x"})
    assert status == 401


def test_a_deleted_project_answers_nobody(server: RunningServer) -> None:
    shop = make_shop(server, "dora")
    assert shop.run(shop.secret) == DISCOUNT
    shop.django(
        f"from builder.models import *; from builder.services.projects import delete_project\n"
        f"delete_project(User.objects.get(email='dora@example.com'), Project.objects.get(public_id='{shop.project}'))"
    )
    assert shop.run(shop.secret)[0] == 401


def test_a_new_version_of_the_page_runs_at_once(server: RunningServer) -> None:
    shop = make_shop(server, "eve")
    assert shop.run(shop.secret) == DISCOUNT
    shop.django(
        "from builder.models import *; from builder.services.saving import save_page\n"
        f"page = Page.objects.get(project__public_id='{shop.project}')\n"
        "save_page(User.objects.get(email='eve@example.com'), page, page.text.replace('5% of', '6% of'), page.version)"
    )
    assert shop.run(shop.secret) == (200, {"outputs": {"discount": 12}})
