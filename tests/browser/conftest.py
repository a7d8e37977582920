"""What browser tests share: a person signed in on a fresh project, and the page editor as a person uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import RunningServer

DOUBLE = """Function: Double
Needs an amount (number).
Gives a result (number).

Set the result to the amount times 2.

Example: with an amount of 2, the result is 4.
"""

MAKE_ACCOUNT = """
import json
from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from builder.models import Membership, Role, User, Workspace
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace

given = json.loads({given!r})
user = User.objects.create_user(given["email"], given["password"], name=given["name"], welcomed_at=timezone.now())
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
if given["workspace"]:
    workspace = Workspace.objects.get(public_id=given["workspace"])
    Membership.objects.create(user=user, workspace=workspace, role=Role.EDITOR)
    project = page = None
else:
    workspace = create_workspace(user, "Acme")
    project = create_project(user, workspace, "Shop").public_id
    page = add_page_with_text(user, workspace.projects.get(), given["text"], "Double").public_id
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
made = {{"session": session.session_key, "workspace": workspace.public_id, "project": project, "page": page}}
print(json.dumps(made))
"""

PASSWORD = "a good long password"

TEXT_IN_EDITOR = """() => [...document.querySelectorAll(".editor .cm-line")].map((line) => {
  const copy = line.cloneNode(true);
  copy.querySelectorAll(".why-not").forEach((why) => why.remove());
  return copy.textContent;
}).join("\\n")"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the running server: their address, the key of their session, and what they may open."""

    email: str
    session: str
    workspace: str
    project: str | None
    page: str | None

    @property
    def editor(self) -> str:
        """The path of the editor of their page."""
        return f"/p/{self.project}/pages/{self.page}/"

    def sign_in(self, window: Page, server: RunningServer) -> None:
        """Signs a browser window in, as the sign-in form would."""
        window.context.add_cookies([{"name": "sessionid", "value": self.session, "url": server.url}])


MakeAccount = Callable[..., Account]


@pytest.fixture
def make_account(server: RunningServer) -> MakeAccount:
    """A function that makes somebody on the server: with a workspace of their own, or in that of `colleague`."""

    def make(text: str = DOUBLE, colleague: Account | None = None, name: str = "Olga") -> Account:
        email = f"{name.lower()}-{uuid4().hex[:10]}@example.com"
        workspace = colleague.workspace if colleague else None
        given = {"email": email, "password": PASSWORD, "name": name, "workspace": workspace, "text": text}
        made = json.loads(server.python(MAKE_ACCOUNT.format(given=json.dumps(given))))
        return Account(email=email, **made)

    return make


@dataclass(frozen=True, slots=True)
class Editor:
    """The page editor in a window."""

    window: Page

    def open(self, account: Account) -> None:
        self.window.goto(account.editor)
        self.wait_until_checked()

    def wait_until_checked(self) -> None:
        """Returns once the first answer is shown."""
        expect(self.status).not_to_be_empty()

    @property
    def text(self) -> str:
        """The text as it stands in the editor."""
        return self.window.evaluate(TEXT_IN_EDITOR)

    @property
    def status(self) -> Locator:
        return self.window.locator("#status-reading")

    @property
    def keeping(self) -> Locator:
        return self.window.locator("#status-keeping")

    def write(self, text: str) -> None:
        """Replaces the whole text, as by pasting."""
        self.window.locator(".cm-content").focus()
        self.window.keyboard.press("Control+a")
        self.window.keyboard.insert_text(text)

    def add(self, text: str) -> None:
        """Types at the end."""
        self.window.locator(".cm-content").focus()
        self.window.keyboard.press("Control+End")
        self.window.keyboard.type(text)


@pytest.fixture
def account(make_account: MakeAccount) -> Account:
    return make_account()


@pytest.fixture
def editor(page: Page, server: RunningServer, account: Account) -> Editor:
    """The editor, open on the page of `account`, with the function Double."""
    account.sign_in(page, server)
    opened = Editor(page)
    opened.open(account)
    return opened
