"""How an owner arranged a form: order, wording, hidden fields, colour. Kept apart from the function it belongs to.

The function may change later. `arrange` lays a design over what the function needs now: new fields come at the end,
and what was said of fields that are gone stays in the design, so that nothing is lost when they come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from compiler.targets.form import Field, FormDescription

LONGEST = {"title": 100, "introduction": 1000, "button": 40, "label": 100, "help": 300}
"""How many characters each wording may have."""

Answers = Mapping[str, tuple[str, ...]]
"""What was sent for a form: every text by the name of its field, as in a posted HTML form."""


@dataclass(frozen=True, slots=True)
class FieldDesign:
    """What the owner said of one field. Empty wordings mean the form's own.

    `hidden` fields are not asked; `fixed` is then what is answered, with names that begin with the field's own.
    """

    name: str
    label: str = ""
    help: str = ""
    hidden: bool = False
    fixed: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Design:
    """A whole design. `accent` is `#rrggbb` or ""; `fields` are in order and may name fields that are gone."""

    title: str = ""
    introduction: str = ""
    button: str = ""
    accent: str = ""
    fields: tuple[FieldDesign, ...] = ()


def load(data: Mapping[str, Any]) -> Design:
    """The design that `dump` gave; an empty mapping is the form's own design."""
    return Design(
        title=data.get("title", ""),
        introduction=data.get("introduction", ""),
        button=data.get("button", ""),
        accent=data.get("accent", ""),
        fields=tuple(_load_field(each) for each in data.get("fields", ())),
    )


def dump(design: Design) -> dict[str, Any]:
    """A design as plain data for the database."""
    return {
        "title": design.title,
        "introduction": design.introduction,
        "button": design.button,
        "accent": design.accent,
        "fields": [
            {
                "name": each.name,
                "label": each.label,
                "help": each.help,
                "hidden": each.hidden,
                "fixed": {name: list(texts) for name, texts in each.fixed.items()},
            }
            for each in design.fields
        ],
    }


def arrange(design: Design, description: FormDescription) -> tuple[tuple[Field, FieldDesign], ...]:
    """The fields that the function has now, in the order of the design, each with what was said of it."""
    by_name = {each.name: each for each in description.fields}
    known = [(by_name.pop(said.name), said) for said in design.fields if said.name in by_name]
    return (*known, *((new, FieldDesign(new.name)) for new in by_name.values()))


def keep_absent(new: Design, old: Design) -> Design:
    """The new design, with what the old one said of fields that the new one does not name put after it."""
    named = {each.name for each in new.fields}
    return replace(new, fields=(*new.fields, *(each for each in old.fields if each.name not in named)))


def own_answers(answers: Answers, name: str) -> dict[str, tuple[str, ...]]:
    """The part of some answers that belongs to one field: under its name, or its name and a dot."""
    return {each: texts for each, texts in answers.items() if each == name or each.startswith(f"{name}.")}


def _load_field(data: Mapping[str, Any]) -> FieldDesign:
    return FieldDesign(
        name=data["name"],
        label=data["label"],
        help=data["help"],
        hidden=data["hidden"],
        fixed={name: tuple(texts) for name, texts in data["fixed"].items()},
    )
