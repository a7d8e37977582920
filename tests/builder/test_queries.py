"""How many times the main pages ask the database, pinned: a page that asks once per row fails here.

Each page is opened with a little and with a lot in it, and must ask as often. Two of the queries are the session and
the person, one the workspaces of the menu.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from builder.models import Membership, Page, Project, User, Workspace
from builder.services.pages import add_page
from builder.services.projects import create_project
from builder.services.saving import save_page
from tests.builder.conftest import DOUBLE, MakePerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def plenty(olga: User, workspace: Workspace, project: Project, page: Page, make_person: MakePerson) -> None:
    """Several of everything."""
    for number in range(2, 6):
        create_project(olga, workspace, f"Project {number}")
        add_page(olga, project, f"Function {number}")
        save_page(olga, page, f"{DOUBLE}Note: {number}\n", number - 1)
        Membership.objects.create(user=make_person(f"Member{number}"), workspace=workspace)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 4),
        ("/w/{workspace}/", 6),
        ("/w/{workspace}/members/", 6),
        ("/w/{workspace}/activity/", 6),
        ("/p/{project}/", 8),
        ("/p/{project}/pages/{page}/versions/", 7),
        ("/p/{project}/pages/{page}/versions/compare/?from=1&to=5", 7),
        ("/outbox/", 5),
    ],
)
def test_a_page_asks_the_database_as_often_as_before(
    address: str,
    queries: int,
    plenty: None,
    as_olga: Client,
    workspace: Workspace,
    project: Project,
    page: Page,
    django_assert_num_queries: Callable,
    settings,
):
    settings.EMAIL_BACKEND = "builder.mail.OutboxBackend"
    path = address.format(workspace=workspace.public_id, project=project.public_id, page=page.public_id)
    with django_assert_num_queries(queries):
        assert as_olga.get(path).status_code == 200


def test_saving_asks_as_often_however_many_pages_there_are(
    olga: User, plenty: None, page: Page, django_assert_max_num_queries: Callable
):
    page.refresh_from_db()
    with django_assert_max_num_queries(40):
        save_page(olga, page, f"{DOUBLE}Note: more\n", page.version)
