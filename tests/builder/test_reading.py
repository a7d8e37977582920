"""Reading projects out of the database: what is being written replaces what is saved, and threads do not disturb each other."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from builder.models import Page, Project, User
from builder.reading import read_project, read_sources, sources_of
from builder.services.pages import add_page, delete_page
from builder.services.saving import save_page
from builder.services.wording import TEXT_LENGTH
from compiler import Source, read
from tests.builder.conftest import DOUBLE


@pytest.mark.django_db
def test_sources_are_the_pages_in_their_order_without_deleted_ones(olga: User, project: Project, page: Page):
    second = add_page(olga, project, "Second")
    third = add_page(olga, project, "Third")
    delete_page(olga, second)
    assert [source.name for source in sources_of(project)] == [page.public_id, third.public_id]


@pytest.mark.django_db
def test_what_is_being_written_replaces_what_is_saved(project: Project, page: Page):
    assert read_project(project).messages == ()
    changed = read_project(project, {page.public_id: DOUBLE.replace("Set the result", "Sett the result")})
    assert changed.messages != ()
    assert read_project(project).messages == ()


def test_threads_that_read_at_once_read_as_one_alone():
    texts = [
        DOUBLE.replace("amount", f"amount {number % 7}").replace("Double", f"Double {number}") for number in range(40)
    ]
    wrong = [text.replace("Set the", "Sett the") for text in texts[::3]]
    alone = [read([Source("page", text)]) for text in texts + wrong]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: read_sources([Source("page", text)]), (texts + wrong) * 3))
    for index, reading in enumerate(together):
        expected = alone[index % len(alone)]
        assert reading.messages == expected.messages
        assert reading.plan == expected.plan


@pytest.mark.django_db
@pytest.mark.parametrize(
    "piece",
    ["a b c ", "Set the result to the amount.\n", "Function: A\n", "((((", "\u202e\u200b\x07", "| a | b |\n", "- "],
)
def test_the_longest_text_of_any_sort_is_kept_in_bounded_time(olga: User, page: Page, piece: str):
    text = (DOUBLE + piece * TEXT_LENGTH)[:TEXT_LENGTH]
    start = time.monotonic()
    assert save_page(olga, page, text, 1).text == text
    assert time.monotonic() - start < 5
