"""What any test may ask for: `server` is the app in its own process with its own data, `page` a real browser.

Everything else is Django's and pytest's own. A test that touches the database runs on SQLite and on PostgreSQL.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings
from playwright.sync_api import Page, sync_playwright

from tests.server import RunningServer, serve
from tests.services import NEEDED, find

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# How long one example takes depends on what else the machine does; `timeout` in pyproject.toml catches what hangs.
hypothesis.settings.register_profile("plainspark", deadline=None)
hypothesis.settings.load_profile("plainspark")
DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "django_user_model"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database by a fixture, so that `-m django_db` finds all of it."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session", autouse=True)
def quick_and_tidy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Passwords hashed quickly, files in a folder that goes away."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in life: in memory, threads would share one connection's locks."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits and the like start afresh in each test with a database."""
    if request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The app as `make run` serves it, on the embedded default, with its samples. One for all tests of a process."""
    with serve(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def page(server: RunningServer) -> Iterator[Page]:
    """A fresh Chromium window on the server. A script's error in the page fails the test."""
    chromium = os.environ.get("CHROMIUM") or find(NEEDED["Chromium"][0])
    if chromium is None:
        pytest.fail("Chromium is missing: run the tests by make test, or set CHROMIUM to a browser's path.")
    errors: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        window = browser.new_context(base_url=server.url, viewport={"width": 1440, "height": 900}).new_page()
        window.on("pageerror", lambda error: errors.append(str(error)))
        yield window
        browser.close()
    assert not errors, f"scripts failed in the page: {errors}"


@pytest.fixture
def barriers() -> Callable[[Page], list[str]]:
    """A function that gives what axe-core finds wrong with a page for people with a disability, one line each."""
    script = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        page.evaluate(script)
        violations: list[dict[str, Any]] = page.evaluate("axe.run().then((found) => found.violations)")
        return [f"{v['id']}: {v['help']} – {[node['html'] for node in v['nodes']]}" for v in violations]

    return look
