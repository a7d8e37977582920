"""Saving pages: every save is a version, nothing is ever overwritten or lost."""

import pytest
from django.http import Http404

from builder.access import draft_of
from builder.models import AuditEvent, Draft, Page, PageVersion, User
from builder.services.errors import Conflict, Refused
from builder.services.pages import delete_page, rename_page
from builder.services.saving import discard_draft, restore_version, save_draft, save_page, save_written
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db

TRIPLE = DOUBLE.replace("times 2", "times 3").replace("result is 4", "result is 6")


def test_each_save_is_a_version_with_its_author(edward: User, page: Page):
    version = save_page(edward, page, TRIPLE, 1)
    assert (version.number, version.text, version.author) == (2, TRIPLE, edward)
    assert (page.version, page.text) == (2, TRIPLE)
    assert list(PageVersion.objects.filter(page=page).values_list("number", "text")) == [(2, TRIPLE), (1, DOUBLE)]
    assert AuditEvent.objects.first().action == "saved the page"


def test_the_same_text_again_makes_no_version(edward: User, page: Page):
    assert save_page(edward, page, DOUBLE.replace("\n", "\r\n"), 1).number == 1
    assert PageVersion.objects.filter(page=page).count() == 1


def test_a_save_from_an_older_version_is_a_conflict_that_carries_the_other_text(olga: User, edward: User, page: Page):
    same_page = Page.objects.get(pk=page.pk)
    save_page(olga, page, TRIPLE, 1)
    with pytest.raises(Conflict) as conflict:
        save_page(edward, same_page, DOUBLE + "Note: mine\n", 1)
    assert conflict.value.newest.text == TRIPLE
    assert "Olga saved this page while you were writing" in conflict.value.words
    assert Page.objects.get(pk=page.pk).text == TRIPLE
    assert save_page(edward, same_page, DOUBLE + "Note: mine\n", 2).number == 3


def test_both_writing_the_same_is_no_conflict(olga: User, edward: User, page: Page):
    same_page = Page.objects.get(pk=page.pk)
    save_page(olga, page, TRIPLE, 1)
    assert save_page(edward, same_page, TRIPLE, 1).number == 2
    assert same_page.text == TRIPLE


def test_bringing_back_a_version_makes_a_new_one(edward: User, page: Page):
    save_page(edward, page, TRIPLE, 1)
    version = restore_version(edward, page, 1)
    assert (version.number, version.text, version.restored_from) == (3, DOUBLE, 1)
    assert PageVersion.objects.get(page=page, number=2).text == TRIPLE


def test_viewers_and_strangers_save_nothing(viola: User, stan: User, page: Page):
    for person in (viola, stan):
        for action in (
            lambda who: save_page(who, page, TRIPLE, 1),
            lambda who: save_draft(who, page, TRIPLE, 1),
            lambda who: discard_draft(who, page),
            lambda who: restore_version(who, page, 1),
        ):
            with pytest.raises(Http404):
                action(person)
    assert Page.objects.get(pk=page.pk).text == DOUBLE
    assert not Draft.objects.exists()


def test_a_deleted_page_is_not_saved(edward: User, page: Page):
    stale = Page.objects.get(pk=page.pk)
    delete_page(edward, page)
    with pytest.raises(Refused, match="deleted meanwhile"):
        save_page(edward, stale, TRIPLE, 1)


def test_a_draft_is_each_persons_own_and_replaced_by_the_next(olga: User, edward: User, page: Page):
    save_draft(olga, page, "one", 1)
    save_draft(olga, page, "two\r\n", 1)
    save_draft(edward, page, "other", 1)
    mine = draft_of(olga, page)
    assert mine is not None
    assert (mine.text, mine.based_on) == ("two\n", 1)
    assert Page.objects.get(pk=page.pk).text == DOUBLE
    discard_draft(olga, page)
    assert draft_of(olga, page) is None
    assert draft_of(edward, page) is not None


def test_saving_what_was_written_drops_ones_own_draft_of_it_only(olga: User, edward: User, page: Page):
    save_draft(olga, page, TRIPLE, 1)
    save_draft(edward, page, TRIPLE, 1)
    save_written(olga, page, TRIPLE, TRIPLE, 1)
    assert draft_of(olga, page) is None
    assert draft_of(edward, page) is not None


def test_what_is_not_saved_by_writing_leaves_drafts_alone(olga: User, page: Page):
    save_draft(olga, page, "mine", 1)
    rename_page(olga, page, "Twice")
    restore_version(olga, page, 1)
    restore_version(olga, page, 1)
    save_page(olga, page, TRIPLE, 3)
    mine = draft_of(olga, page)
    assert mine is not None
    assert (mine.text, mine.based_on) == ("mine", 1)


def test_a_text_that_cannot_be_kept_is_refused_and_nothing_changes(edward: User, page: Page):
    with pytest.raises(Refused, match="cannot be kept"):
        save_page(edward, page, "Function: A\0", 1)
    assert PageVersion.objects.filter(page=page).count() == 1


def test_any_text_can_be_saved_however_wrong(edward: User, page: Page):
    strange = "Fnuction Double\n\u202eabc\u200b )))) \t {{ 💥"
    assert save_page(edward, page, strange, 1).text == strange
    assert Page.objects.get(pk=page.pk).title == ""
