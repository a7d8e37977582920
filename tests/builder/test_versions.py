"""The pages that show versions: what changed is marked for everybody, and old text comes back by one button."""

import pytest
from django.test import Client

from builder.models import Page, Project, User
from builder.services.saving import save_page
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(olga: User, project: Project, page: Page) -> str:
    save_page(olga, page, DOUBLE.replace("times 2", "times 3").replace("result is 4", "result is 6"), 1)
    return f"/p/{project.public_id}/pages/{page.public_id}/versions/"


def test_all_versions_are_listed_with_their_authors(as_olga: Client, address: str):
    shown = as_olga.get(address).content.decode()
    assert "Version 1" in shown
    assert "Version 2" in shown
    assert "Olga" in shown


def test_changed_words_are_marked_as_inserted_and_deleted(as_olga: Client, address: str):
    for path in (f"{address}compare/?from=1&to=2", f"{address}compare/?from=2&to=1", f"{address}2/"):
        shown = as_olga.get(path).content.decode()
        assert "<del>2</del><ins>3</ins>" in shown


def test_the_first_version_is_shown_whole(as_olga: Client, address: str):
    shown = as_olga.get(f"{address}1/").content.decode()
    assert "Function: Double" in shown
    assert "<ins>" not in shown
    assert "Nothing is different" not in shown


@pytest.mark.parametrize("path", ["9/", "0/", "compare/?from=1", "compare/?from=1&to=x", "compare/?from=1&to=9"])
def test_versions_that_are_not_there_are_not_found(as_olga: Client, address: str, path: str):
    assert as_olga.get(address + path).status_code == 404


def test_an_old_version_is_brought_back_as_a_new_one(as_olga: Client, address: str, page: Page):
    shown = as_olga.post(f"{address}1/restore/", follow=True).content.decode()
    assert "Version 1 again" in shown
    page.refresh_from_db()
    assert (page.version, page.text) == (3, DOUBLE)


def test_markup_in_a_page_is_shown_as_text(as_olga: Client, olga: User, address: str, page: Page):
    page.refresh_from_db()
    save_page(olga, page, "Note: <img src=x onerror=alert(1)>", page.version)
    shown = as_olga.get(f"{address}3/").content.decode()
    assert "<img src=x" not in shown
    assert "img src=x" in shown


def test_of_a_very_long_page_the_first_lines_are_shown(as_olga: Client, olga: User, address: str, page: Page):
    page.refresh_from_db()
    save_page(olga, page, "Note: a\n" * 100_000, page.version)
    shown = as_olga.get(f"{address}3/").content.decode()
    assert "only its first 5000 lines are shown" in shown
    assert len(shown) < 2_000_000
