"""What runs: always the newest build in which a function reads without mistakes."""

from decimal import Decimal

import pytest
from django.http import Http404

from builder.forms.opening import open_by_link
from builder.models import Build, Form, LiveFunction, Page, Project, Sharing, User
from builder.programs import plan_for, program_for
from builder.services.pages import add_page_with_text, delete_page, rename_page, restore_page
from builder.services.releases import build_hash, keep_build
from builder.services.saving import save_page
from compiler import Source
from compiler.interpreter import interpret
from compiler.run import Clock
from tests.builder.conftest import DOUBLE

pytestmark = pytest.mark.django_db

BROKEN = DOUBLE.replace("Set the result", "Sett the result")
USES_DOUBLE = """Function: Four times
Needs an amount (number).
Gives a result (number).

Let the half be the result of Double with the amount.
Set the result to the result of Double with the half.

Example: with an amount of 2, the result is 8.
"""


def _live(project: Project) -> dict[str, LiveFunction]:
    return {each.name: each for each in LiveFunction.objects.filter(project=project).select_related("build", "page")}


def _run(function: LiveFunction, amount: int, clock: Clock) -> Decimal:
    outcome = interpret(plan_for(function), function.name, {"amount": Decimal(amount)}, clock)
    assert outcome.outputs is not None
    return outcome.outputs["result"]


def test_a_page_with_mistakes_keeps_its_last_good_function(edward: User, project: Project, page: Page):
    good = _live(project)["Double"].build_id
    save_page(edward, page, BROKEN, 1)
    function = _live(project)["Double"]
    assert function.is_behind
    assert function.build_id == good
    save_page(edward, page, DOUBLE, 2)
    assert not _live(project)["Double"].is_behind


def test_a_function_never_runs_before_it_reads_well(edward: User, project: Project):
    add_page_with_text(edward, project, BROKEN, "Double")
    assert _live(project) == {}


def test_what_calls_a_broken_function_stays_on_its_last_good_build(edward: User, project: Project, page: Page):
    add_page_with_text(edward, project, USES_DOUBLE, "Four times")
    before = _live(project)
    assert set(before) == {"Double", "Four times"}
    save_page(edward, page, BROKEN, 1)
    after = _live(project)
    assert after["Four times"].is_behind
    assert after["Four times"].build_id == before["Four times"].build_id


def test_a_renamed_function_keeps_its_address_and_form(edward: User, project: Project, page: Page):
    Form.objects.create(project=project, function_name="Double", design={"button": "Go"})
    rename_page(edward, page, "Twice")
    function = _live(project)["Twice"]
    assert function.slug == "double"
    assert Form.objects.get(project=project).function_name == "Twice"


def _shared(project: Project, name: str) -> Form:
    return Form.objects.create(
        project=project, function_name=name, sharing=Sharing.LINK, token=f"the-token-of-{name}", design={"button": name}
    )


def test_the_form_of_a_deleted_page_is_kept_when_another_function_takes_its_name(
    edward: User, project: Project, page: Page
):
    other = add_page_with_text(edward, project, DOUBLE.replace("Double", "Twice"), "Twice")
    _shared(project, "Double")
    _shared(project, "Twice")
    delete_page(edward, page)
    rename_page(edward, other, "Double")
    assert set(Form.objects.values_list("token", flat=True)) == {"the-token-of-Double", "the-token-of-Twice"}
    assert open_by_link("the-token-of-Twice").function.name == "Double"
    with pytest.raises(Http404):
        open_by_link("the-token-of-Double")
    rename_page(edward, other, "Thrice")
    restore_page(edward, page)
    assert open_by_link("the-token-of-Twice").function.name == "Thrice"
    restored = open_by_link("the-token-of-Double")
    assert (restored.function.page, restored.design.button) == (page, "Double")


@pytest.mark.parametrize("comes_by_renaming", [True, False])
def test_the_link_of_a_form_does_not_open_another_function(
    edward: User, project: Project, page: Page, comes_by_renaming: bool
):
    _shared(project, "Double")
    delete_page(edward, page)
    if comes_by_renaming:
        rename_page(edward, add_page_with_text(edward, project, DOUBLE.replace("Double", "Twice"), "Twice"), "Double")
    else:
        add_page_with_text(edward, project, DOUBLE, "Double")
    form = Form.objects.get(project=project, function_name="Double")
    assert (form.sharing, form.token) == (Sharing.PRIVATE, None)
    assert form.design == {"button": "Double"}


def test_the_link_of_a_form_works_again_when_its_page_comes_back(edward: User, project: Project, page: Page):
    _shared(project, "Double")
    delete_page(edward, page)
    restore_page(edward, page)
    assert open_by_link("the-token-of-Double").function.page == page


def test_the_link_of_a_form_ends_when_a_page_of_the_same_name_takes_over(edward: User, project: Project, page: Page):
    save_page(edward, add_page_with_text(edward, project, "Function: Other", "Other"), DOUBLE, 1)
    _shared(project, "Double")
    save_page(edward, page, "Just words.", 1)
    assert Form.objects.get(project=project).sharing == Sharing.PRIVATE


def test_two_functions_whose_names_look_alike_have_two_addresses(edward: User, project: Project, page: Page):
    rename_page(edward, page, "Twice")
    add_page_with_text(edward, project, DOUBLE, "Double")
    assert {function.slug for function in _live(project).values()} == {"double", "double-2"}


def test_a_function_that_no_page_names_any_more_stops(edward: User, project: Project, page: Page):
    save_page(edward, page, "Just words.", 1)
    assert _live(project) == {}


def test_a_page_may_hold_several_functions(edward: User, project: Project, page: Page):
    save_page(edward, page, DOUBLE + "\n" + DOUBLE.replace("Double", "Again"), 1)
    assert {name: function.page for name, function in _live(project).items()} == {"Double": page, "Again": page}
    assert Page.objects.get(pk=page.pk).title == "Double"


def test_builds_that_nothing_runs_from_are_dropped(edward: User, project: Project, page: Page):
    for number in range(1, 4):
        save_page(edward, page, f"{DOUBLE}Note: {number}\n", number)
    assert Build.objects.count() == 1
    delete_page(edward, page)
    assert Build.objects.count() == 0


def test_a_build_is_named_by_its_sources_and_their_order():
    one, two = Source(name="a", text="x"), Source(name="b", text="y")
    assert build_hash((one, two)) == build_hash((one, two))
    assert len({build_hash((one, two)), build_hash((two, one)), build_hash((Source("a", "xb"), Source("", "y")))}) == 3
    assert keep_build((one, two)) == keep_build((one, two))


def test_the_program_of_a_function_runs_what_its_page_says(edward: User, project: Project, page: Page, clock: Clock):
    function = _live(project)["Double"]
    typed, program = program_for(function)
    assert [each.name for each in typed.inputs] == ["amount"]
    outcome = program.run(function.name, {"amount": Decimal("2.5")}, clock)
    assert outcome.outputs == {"result": Decimal(5)}
    assert _run(function, 3, clock) == 6
