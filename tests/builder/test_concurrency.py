"""Two people at the same moment, on real connections: one of them waits, nobody's text is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from builder.models import LiveFunction, Membership, Page, PageVersion, Project, Role, User, Workspace
from builder.services.errors import Conflict, Refused
from builder.services.pages import add_page
from builder.services.saving import save_page
from builder.services.workspaces import leave_workspace
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 4


def _together(action) -> list[object]:
    """Runs `action(number)` in `PEOPLE` threads that start at once; what each returned or raised."""
    start = Barrier(PEOPLE)

    def one(number: int) -> object:
        try:
            start.wait()
            return action(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_of_several_saves_from_one_version_one_wins_and_the_others_are_told(edward: User, page: Page):
    answers = _together(lambda number: save_page(edward, Page.objects.get(pk=page.pk), f"{DOUBLE}Note: {number}\n", 1))
    assert sum(isinstance(answer, PageVersion) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == PEOPLE - 1
    assert PageVersion.objects.filter(page=page).count() == 2


def test_saves_of_different_pages_all_end_in_the_build_that_runs(edward: User, project: Project):
    pages = [add_page(edward, project, f"Function {number}") for number in range(PEOPLE)]
    _together(lambda number: save_page(edward, pages[number], f"{pages[number].text}Note: {number}\n", 1))
    functions = LiveFunction.objects.filter(project=project).select_related("build")
    assert len({function.build_id for function in functions}) == 1
    texts = "".join(text for _name, text in functions[0].build.sources)
    assert all(f"Note: {number}" in texts for number in range(PEOPLE))


def test_two_owners_cannot_both_leave(olga: User, workspace: Workspace, make_person):
    owners = [olga] + [make_person(f"Owner{number}") for number in range(1, PEOPLE)]
    for owner in owners[1:]:
        Membership.objects.create(user=owner, workspace=workspace, role=Role.OWNER)
    answers = _together(lambda number: leave_workspace(owners[number], workspace))
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Membership.objects.filter(workspace=workspace, role=Role.OWNER).count() == 1
