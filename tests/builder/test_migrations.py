"""The migrations: complete, and able to take a database with data in it from each step to the next."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

FIRST = ("builder", "0001_first")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def at_first(transactional_db: None) -> Iterator[None]:
    """The database as the first migration leaves it; brought up to date again afterwards."""
    executor = MigrationExecutor(connection)
    executor.migrate([FIRST, *_leaves_without("builder")])
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _leaves_without(app: str) -> list[tuple[str, str]]:
    """The newest migrations of the apps that ours build on, so that only our own are undone."""
    graph = MigrationLoader(connection).graph
    return [leaf for leaf in graph.leaf_nodes() if leaf[0] != app]


@pytest.mark.slow
def test_what_people_made_before_survives_all_later_migrations(at_first: None):
    old = MigrationExecutor(connection).loader.project_state([FIRST]).apps
    user = old.get_model("builder", "User").objects.create(email="olga@example.com", password="x")
    workspace = old.get_model("builder", "Workspace").objects.create(name="Acme")
    old.get_model("builder", "Membership").objects.create(user=user, workspace=workspace, role="owner")
    project = old.get_model("builder", "Project").objects.create(workspace=workspace, name="Shop")
    page = old.get_model("builder", "Page").objects.create(project=project, text="Function: Double", title="Double")
    old.get_model("builder", "PageVersion").objects.create(page=page, number=1, text=page.text, author=user)
    old.get_model("builder", "Draft").objects.create(page=page, user=user, text="unsaved", based_on=1)
    build = old.get_model("builder", "Build").objects.create(hash="0" * 64, sources=[["a", "Function: Double"]])
    old.get_model("builder", "LiveFunction").objects.create(
        project=project, name="Double", slug="double", page=page, build=build
    )
    old.get_model("builder", "Form").objects.create(project=project, function_name="Double", design={"button": "Go"})
    old.get_model("builder", "ApiKey").objects.create(project=project, name="Key", prefix="ps_", hash="1" * 64)
    old.get_model("builder", "BulkRun").objects.create(
        project=project, function_name="Double", build=build, file_name="a.csv", state="done", finished=timezone.now()
    )

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    from builder.models import ApiKey, BulkRun, Draft, Form, LiveFunction, Membership, Page, PageVersion

    assert Membership.objects.get().user.email == "olga@example.com"
    assert Page.objects.get().text == PageVersion.objects.get().text == "Function: Double"
    assert Draft.objects.get().text == "unsaved"
    assert LiveFunction.objects.get().build.sources == [["a", "Function: Double"]]
    assert Form.objects.get().design["button"] == "Go"
    assert ApiKey.objects.get().name == "Key"
    assert BulkRun.objects.get().state == "done"
