"""Pages of a project: adding, renaming, ordering, deleting and bringing back."""

import pytest
from django.http import Http404
from django.test import Client

from builder.access import visible_pages
from builder.models import AuditEvent, LiveFunction, Page, Project, User
from builder.services.errors import Refused
from builder.services.pages import (
    add_page,
    add_page_with_text,
    delete_page,
    move_page,
    order_pages,
    rename_page,
    restore_page,
)
from builder.services.saving import save_page
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db


def _titles(project: Project) -> list[str]:
    return [page.title for page in visible_pages(project)]


def test_a_new_page_is_a_function_that_works(edward: User, project: Project):
    page = add_page(edward, project, "Delivery cost")
    assert page.text.startswith("Function: Delivery cost\n")
    assert (page.kind, page.title, page.version) == ("Function", "Delivery cost", 1)
    function = LiveFunction.objects.get(project=project)
    assert (function.name, function.slug, function.is_behind) == ("Delivery cost", "delivery-cost", False)


def test_names_are_taken_once(edward: User, project: Project, page: Page):
    with pytest.raises(Refused, match="already a page called double"):
        add_page(edward, project, "double")
    other = add_page(edward, project, "Other")
    with pytest.raises(Refused, match="already a page called Double"):
        rename_page(edward, other, "Double")


def test_renaming_changes_the_first_line_as_a_new_version(edward: User, page: Page):
    rename_page(edward, page, "Twice  as much")
    assert page.text == DOUBLE.replace("Function: Double", "Function: Twice as much")
    assert (page.title, page.version) == ("Twice as much", 2)


def test_a_page_without_a_first_line_cannot_be_renamed_here(edward: User, page: Page):
    save_page(edward, page, "Just words.", 1)
    with pytest.raises(Refused, match="has no line such as"):
        rename_page(edward, page, "Double")


def test_pages_move_and_stay_at_the_ends(edward: User, project: Project, page: Page):
    second, third = add_page(edward, project, "Second"), add_page(edward, project, "Third")
    move_page(edward, project, third.public_id, -1)
    assert _titles(project) == ["Double", "Third", "Second"]
    move_page(edward, project, page.public_id, -1)
    assert _titles(project) == ["Double", "Third", "Second"]
    order_pages(edward, project, [second.public_id, page.public_id, third.public_id])
    assert _titles(project) == ["Second", "Double", "Third"]


def test_an_order_that_misses_a_page_is_refused(edward: User, project: Project, page: Page):
    add_page(edward, project, "Second")
    with pytest.raises(Refused, match="changed meanwhile"):
        order_pages(edward, project, [page.public_id])
    with pytest.raises(Refused, match="changed meanwhile"):
        order_pages(edward, project, [page.public_id, page.public_id])


def test_a_deleted_page_comes_back_with_its_versions_and_function(edward: User, project: Project, page: Page):
    save_page(edward, page, DOUBLE + "Note: a\n", 1)
    delete_page(edward, page)
    assert _titles(project) == []
    assert not LiveFunction.objects.filter(project=project).exists()
    restore_page(edward, page)
    assert _titles(project) == ["Double"]
    assert page.versions.count() == 2
    assert LiveFunction.objects.get(project=project).slug == "double"


def test_what_somebody_else_did_meanwhile_counts(olga: User, edward: User, project: Project, page: Page):
    first, second = Page.objects.get(pk=page.pk), Page.objects.get(pk=page.pk)
    save_page(olga, page, DOUBLE + "Note: a\n", 1)
    rename_page(edward, first, "Twice")
    assert first.text == DOUBLE.replace("Function: Double", "Function: Twice") + "Note: a\n"
    for change, words in ((delete_page, "deleted the page"), (restore_page, "brought back the page")):
        stale = Page.objects.get(pk=page.pk)
        change(olga, second)
        change(edward, stale)
        assert AuditEvent.objects.filter(action=words).count() == 1


def test_only_editors_change_pages(viola: User, stan: User, project: Project, page: Page):
    for person in (viola, stan):
        for action in (
            lambda who: add_page(who, project, "New"),
            lambda who: add_page_with_text(who, project, "Function: New", "New"),
            lambda who: rename_page(who, page, "New"),
            lambda who: order_pages(who, project, [page.public_id]),
            lambda who: delete_page(who, page),
            lambda who: restore_page(who, page),
        ):
            with pytest.raises(Http404):
                action(person)
    assert _titles(project) == ["Double"]


def test_the_project_page_offers_to_undo_a_deletion(as_olga: Client, project: Project, page: Page):
    after = as_olga.post(f"/p/{project.public_id}/pages/{page.public_id}/delete/", follow=True).content.decode()
    assert "The page Double is deleted." in after
    undo = f"/p/{project.public_id}/pages/{page.public_id}/restore/"
    assert undo in after
    back = as_olga.post(undo, follow=True).content.decode()
    assert "Double is back." in back
    assert _titles(project) == ["Double"]


def test_a_page_that_has_mistakes_says_so_in_the_list(as_olga: Client, olga: User, project: Project, page: Page):
    save_page(olga, page, DOUBLE.replace("Set the result", "Sett the result"), 1)
    assert "Has mistakes" in as_olga.get(f"/p/{project.public_id}/").content.decode()
