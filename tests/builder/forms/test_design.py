"""Designs of forms: laid over what a function needs now, without losing what was said of what it needed before."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from builder.forms.design import Design, FieldDesign, arrange, dump, keep_absent, load, own_answers
from builder.forms.designing import field_choices, read_design
from compiler.plan import Function, Parameter
from compiler.targets.form import FormDescription, describe
from compiler.types import TEXT, WHOLE


def form_asking(*names: str) -> FormDescription:
    return describe(Function("Try", tuple(Parameter(name, WHOLE) for name in names), (), ()))


def names(design: Design, described: FormDescription) -> list[str]:
    return [field.name for field, _ in arrange(design, described)]


def test_without_a_design_fields_are_in_the_order_of_the_page() -> None:
    assert names(Design(), form_asking("a", "b")) == ["a", "b"]


def test_new_fields_come_at_the_end_and_fields_that_are_gone_are_left_out() -> None:
    design = Design(fields=(FieldDesign("c"), FieldDesign("gone"), FieldDesign("a")))
    assert names(design, form_asking("a", "b", "c")) == ["c", "a", "b"]


def test_what_was_said_of_a_field_that_is_gone_is_kept_when_the_design_is_saved_again() -> None:
    old = Design(fields=(FieldDesign("gone", label="Before"), FieldDesign("a")))
    new = keep_absent(Design(fields=(FieldDesign("a", label="Now"),)), old)
    assert new.fields == (FieldDesign("a", label="Now"), FieldDesign("gone", label="Before"))


def test_a_design_comes_back_from_the_database_as_it_was() -> None:
    field = FieldDesign("a", "Label", "Help", True, {"a": ("1",)})
    design = Design("Title", "Introduction", "Go", "#0c5c68", (field,))
    assert load(dump(design)) == design
    assert load({}) == Design()


def test_answers_of_a_field_are_told_from_those_of_another_that_begins_alike() -> None:
    answers = {"item": ("1",), "item.1.value": ("5",), "items": ("2",)}
    assert own_answers(answers, "item") == {"item": ("1",), "item.1.value": ("5",)}


def test_the_design_page_is_read_back() -> None:
    described = describe(Function("Try", (Parameter("unit price", WHOLE), Parameter("state", TEXT)), (), ()))
    design = read_design(
        {
            "title": ("Prices",),
            "button": ("Go",),
            "accent": ("#ff0000",),
            "order": ("state", "unit_price"),
            "label.unit_price": ("Price",),
            "help.state": ("Where you are",),
            "show.unit_price": ("yes",),
            "fixed.state": ("Texas",),
        },
        described,
    )
    assert design == Design(
        title="Prices",
        button="Go",
        fields=(
            FieldDesign("state", help="Where you are", hidden=True, fixed={"state": ("Texas",)}),
            FieldDesign("unit price", label="Price"),
        ),
    )


def test_a_colour_counts_only_when_it_is_wanted() -> None:
    sent = {"accent": ("#ff0000",)}
    assert read_design(sent, form_asking("a")).accent == ""
    assert read_design({**sent, "own_accent": ("yes",)}, form_asking("a")).accent == "#ff0000"


def test_the_fixed_value_of_a_field_is_asked_under_a_name_of_its_own() -> None:
    said = FieldDesign("a", hidden=True, fixed={"a": ("7",)})
    (choice,) = field_choices(arrange(Design(fields=(said,)), form_asking("a")), ZoneInfo("UTC"))
    assert (choice.fixed.name, choice.fixed.text) == ("fixed.a", "7")
