"""Explaining: the steps of a run as the page shows them, bounded however long the run is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builder.forms import explaining
from builder.forms.design import Design, FieldDesign, dump
from builder.forms.explaining import MOST_STEPS, Explained, explain
from builder.forms.opening import open_by_link, open_for_member
from builder.models import Form, LiveFunction, Project, Sharing, User
from builder.services.pages import add_page_with_text

SUM_UP = """Function: Sum up
Needs several amounts (number).
Gives a total (number).

Set the total to 0.
For each amount, increase the total by the amount.
"""
GREET = """Function: Greet
Needs a name (text) and an age (whole number).
Gives a greeting (text).

If the age is less than 18, set the greeting to "Hi {the name}".
Otherwise set the greeting to "Good day {the name}".
"""


def explained(user: User, project: Project, text: str, **values: object) -> Explained:
    add_page_with_text(user, project, text, "A page")
    slug = LiveFunction.objects.get(project=project).slug
    return explain(open_for_member(user, project.public_id, slug), values)  # type: ignore[arg-type]


def test_each_step_has_its_sentence_values_and_way(olga: User, project: Project) -> None:
    found = explained(olga, project, GREET, name="Ada", age=36)
    assert [result.text for result in found.ran.results] == ["Good day Ada"]
    choice, setting = found.steps
    assert choice.sentence.startswith("If the age is less than 18")
    assert choice.line == 5
    assert [(noted.name, noted.text) for noted in choice.reads] == [("Age", "36")]
    assert "36 is at least 18, so no." in choice.note
    assert "otherwise" in choice.branch
    assert setting.line == 6
    assert [(noted.name, noted.text) for noted in setting.writes] == [("Greeting", "“Good day Ada”")]
    assert not found.is_cut


def test_a_long_run_is_cut_in_its_steps_but_not_in_its_result(olga: User, project: Project) -> None:
    found = explained(olga, project, SUM_UP, amounts=tuple(Decimal(number) for number in range(1000)))
    assert [result.text for result in found.ran.results] == ["499,500"]
    assert len(found.steps) == MOST_STEPS
    assert found.steps[2].sentence == "Round 1 of 1000."
    assert [(noted.name, noted.text) for noted in found.steps[2].writes] == [("Amount", "0")]
    assert found.operations > 1000
    assert found.is_cut


def test_a_run_that_takes_long_is_not_gone_through(
    olga: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining, "LONGEST_RUN", 0.0)
    found = explained(olga, project, GREET, name="Ada", age=3)
    assert found.too_long
    assert found.steps == ()
    assert [result.text for result in found.ran.results] == ["Hi Ada"]


PRICED = """Function: Priced
Needs an amount (number), a factor (number) and several rates (number).
Gives a total (number) and a plain (number).

Let the mine be the factor plus 1.
If the factor is less than 100, set the total to the amount times the mine.
Otherwise set the total to 1.
For each rate, increase the total by the rate.
Set the plain to the amount plus 1.
"""


def test_a_shared_link_does_not_tell_the_values_of_hidden_fields(olga: User, project: Project) -> None:
    add_page_with_text(olga, project, PRICED, "Priced")
    Form.objects.create(
        project=project,
        function_name="Priced",
        sharing=Sharing.LINK,
        token="a-token-of-this-form",
        explain_on_link=True,
        design=dump(Design(fields=(FieldDesign("factor", hidden=True, fixed={"factor": ("77",)}),))),
    )
    values = {"amount": Decimal(5), "factor": Decimal(77), "rates": (Decimal(3),)}
    by_link = explain(open_by_link("a-token-of-this-form"), values)
    told = str(by_link.steps)
    assert "77" not in told
    assert "78" not in told
    assert "390" not in told
    assert [noted.text for noted in by_link.steps[-1].writes] == ["6"]
    slug = LiveFunction.objects.get(project=project).slug
    assert "77" in str(explain(open_for_member(olga, project.public_id, slug), values).steps)
