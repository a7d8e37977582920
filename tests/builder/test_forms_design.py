"""Designing a form: saved as it is filled in, refused in words, taken back, and fitted to inputs that change."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from builder.forms.design import Design, FieldDesign, load
from builder.models import AuditEvent, Form, LiveFunction, Page, User, Workspace
from builder.services.errors import Refused
from builder.services.forms import save_design, undo_design
from builder.services.samples import add_shop
from builder.services.saving import save_page

FILLED_IN = {
    "title": "What do I save?",
    "introduction": "For our regular customers.",
    "button": "Tell me",
    "own_accent": "yes",
    "accent": "#b0306a",
    "order": ["quantity", "price"],
    "label.quantity": "How many?",
    "help.quantity": "Boxes, not bottles.",
    "show.quantity": "yes",
    "show.price": "yes",
    "fixed.price": "",
}


@pytest.fixture
def function(olga: User, workspace: Workspace) -> LiveFunction:
    """Quantity discount of the sample project."""
    return LiveFunction.objects.get(project=add_shop(olga, workspace), slug="quantity-discount")


def address(function: LiveFunction, name: str = "function_design") -> str:
    return reverse(name, args=[function.project.public_id, function.slug])


def test_a_saved_design_is_how_the_form_looks(as_olga: Client, function: LiveFunction) -> None:
    assert as_olga.post(address(function), FILLED_IN).status_code == 302
    html = as_olga.get(address(function, "function_form")).content.decode()
    for words in ("What do I save?", "For our regular customers.", "Tell me", "How many?", "Boxes, not bottles."):
        assert words in html
    assert html.index("q-quantity") < html.index("q-price")
    assert reverse("form_accent", args=["b0306a"]) in html


def test_the_design_page_shows_what_was_saved(as_olga: Client, function: LiveFunction) -> None:
    as_olga.post(address(function), FILLED_IN)
    html = as_olga.get(address(function)).content.decode()
    assert 'value="How many?"' in html
    assert html.index('data-field="quantity"') < html.index('data-field="price"')


def test_a_preview_is_made_without_saving(as_olga: Client, function: LiveFunction) -> None:
    html = as_olga.post(address(function, "function_form_preview"), FILLED_IN).content.decode()
    assert "How many?" in html
    assert "<html" not in html
    assert not Form.objects.exists()


def test_a_pale_colour_is_shown_darker_and_the_page_says_so(as_olga: Client, function: LiveFunction) -> None:
    html = as_olga.post(address(function, "function_form_preview"), {**FILLED_IN, "accent": "#ffee88"})
    assert "On a light page" in html.content.decode()


def test_fields_are_moved_without_scripts_and_nothing_is_saved_yet(as_olga: Client, function: LiveFunction) -> None:
    html = as_olga.post(address(function), {**FILLED_IN, ".do": "up:order.price"}).content.decode()
    assert html.index('data-field="price"') < html.index('data-field="quantity"')
    assert 'value="How many?"' in html
    assert not Form.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"show.price": ""}, "needs a value that is always used"),
        ({"show.price": "", "fixed.price": "a lot"}, "“a lot”"),
        ({"accent": "pink"}, "“pink” is not a colour"),
        ({"title": "x" * 101}, "101 characters"),
        ({"help.price": "x" * 301}, "301 characters"),
        ({"button": "Go\0"}, "a character in it that cannot be kept"),
        ({"fixed.price": "1\0"}, "a character in it that cannot be kept"),
        ({"fixed.price": "1" * 100_001}, "too long for a form"),
    ],
)
def test_a_design_that_cannot_be_is_refused_in_words_and_kept_on_the_page(
    as_olga: Client, function: LiveFunction, changes: dict[str, str], words: str
) -> None:
    page = as_olga.post(address(function), {**FILLED_IN, **changes})
    html = page.content.decode()
    assert page.status_code == 422
    assert words in html
    assert "How many?" in html
    assert not Form.objects.exists()


def test_a_change_is_taken_back_and_done_again(olga: User, function: LiveFunction) -> None:
    save_design(olga, function, Design(title="First"))
    save_design(olga, function, Design(title="Second"))
    assert load(undo_design(olga, function).design).title == "First"
    assert load(undo_design(olga, function).design).title == "Second"


def test_there_is_nothing_to_take_back_at_first(as_olga: Client, olga: User, function: LiveFunction) -> None:
    with pytest.raises(Refused, match="no earlier design"):
        undo_design(olga, function)
    assert "Go back to the form" not in as_olga.get(address(function)).content.decode()


def test_what_people_write_is_shown_as_text(as_olga: Client, olga: User, function: LiveFunction) -> None:
    nasty = "<script>alert(1)</script>"
    save_design(olga, function, Design(nasty, nasty, "<b>Go</b>", "", (FieldDesign("price", nasty, nasty),)))
    for name in ("function_form", "function_design"):
        html = as_olga.get(address(function, name)).content.decode()
        assert "<script>alert" not in html
        assert "<b>Go" not in html


def test_only_editors_may_design(function: LiveFunction, viola: User, stan: User) -> None:
    for person in (viola, stan):
        with pytest.raises(Http404):
            save_design(person, function, Design())
        with pytest.raises(Http404):
            undo_design(person, function)


def test_designing_is_in_the_audit_trail(olga: User, function: LiveFunction, workspace: Workspace) -> None:
    save_design(olga, function, Design(title="First"))
    assert AuditEvent.objects.filter(workspace=workspace, action="changed the form of").count() == 1


def test_a_design_follows_inputs_that_come_go_and_come_back(as_olga: Client, olga: User, page: Page) -> None:
    function = LiveFunction.objects.get(project=page.project)
    save_design(olga, function, Design(fields=(FieldDesign("amount", label="How much?"),)))

    def asked_after(text: str) -> str:
        page.refresh_from_db()
        save_page(olga, page, text, page.version)
        return as_olga.get(address(LiveFunction.objects.get(project=page.project), "function_form")).content.decode()

    with_more = page.text.replace("Needs an amount (number).", "Needs a note (text) and an amount (number).")
    with_more = with_more.replace("with an amount of 2", 'with a note of "x" and an amount of 2')
    html = asked_after(with_more)
    assert html.index("q-amount") < html.index("q-note")
    without = page.text.replace("an amount (number)", "a size (number)").replace("the amount", "the size")
    html = asked_after(without.replace("an amount of 2", "a size of 2"))
    assert "How much?" not in html
    assert "q-size" in html
    save_design(olga, LiveFunction.objects.get(project=page.project), Design(title="Twice"))
    assert "How much?" in asked_after(with_more)
