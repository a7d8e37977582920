"""People and what they own, made through the services as the app makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from builder.models import Membership, Page, Project, Role, User, Workspace
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace
from compiler.run import Clock

DOUBLE = """Function: Double
Needs an amount (number).
Gives a result (number).

Set the result to the amount times 2.

Example: with an amount of 2, the result is 4.
"""

PASSWORD = "a good long password"

MakePerson = Callable[[str], User]


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """A function that makes somebody with a verified address, who has been welcomed already (owns nothing)."""

    def make(name: str) -> User:
        email = f"{name.lower()}@example.com"
        user = User.objects.create_user(email, PASSWORD, name=name, welcomed_at=timezone.now())
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    return make


@pytest.fixture
def olga(make_person: MakePerson) -> User:
    """The owner of the workspace."""
    return make_person("Olga")


@pytest.fixture
def workspace(olga: User) -> Workspace:
    return create_workspace(olga, "Acme")


@pytest.fixture
def edward(make_person: MakePerson, workspace: Workspace) -> User:
    """An editor in the workspace."""
    user = make_person("Edward")
    Membership.objects.create(user=user, workspace=workspace, role=Role.EDITOR)
    return user


@pytest.fixture
def viola(make_person: MakePerson, workspace: Workspace) -> User:
    """A viewer in the workspace."""
    user = make_person("Viola")
    Membership.objects.create(user=user, workspace=workspace, role=Role.VIEWER)
    return user


@pytest.fixture
def stan(make_person: MakePerson) -> User:
    """Somebody with a workspace of their own, who is not in the workspace."""
    user = make_person("Stan")
    create_workspace(user, "Elsewhere")
    return user


@pytest.fixture
def project(olga: User, workspace: Workspace) -> Project:
    return create_project(olga, workspace, "Shop")


@pytest.fixture
def page(olga: User, project: Project) -> Page:
    """A page with the function Double, which reads without mistakes."""
    return add_page_with_text(olga, project, DOUBLE, "Double")


@pytest.fixture
def as_olga(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


@pytest.fixture
def clock() -> Clock:
    return Clock(now=datetime(2026, 3, 1, 9, tzinfo=UTC), today=date(2026, 3, 1))
