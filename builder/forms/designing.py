"""Reading what an owner filled in on the design page of a form, and the questions that page asks about each field.

The names there: `title`, `introduction`, `button`, `own_accent` ("yes") and `accent`; `order` once for each field with
its key, in order; and for a field with the key `price`: `label.price`, `help.price`, `show.price` ("yes") and, for the
value that it always has while it is hidden, names that begin with `fixed.price`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from builder.forms.design import Answers, Design, FieldDesign, arrange, own_answers
from builder.forms.filling import fixed_question
from builder.forms.questions import Question
from compiler.targets.form import Field, FormDescription
from compiler.values import key

_FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field on the design page: its key, wordings as designed, and the question for its value while it is hidden."""

    key: str
    field: Field
    label: str
    help: str
    hidden: bool
    fixed: Question


def field_choices(fields: Sequence[tuple[Field, FieldDesign]], zone: ZoneInfo) -> tuple[FieldChoice, ...]:
    """The fields for the design page, in order."""
    return tuple(
        FieldChoice(
            key(field.name), field, said.label, said.help, said.hidden, fixed_question(field, said, zone, _FIXED)
        )
        for field, said in fields
    )


def read_design(answers: Answers, description: FormDescription) -> Design:
    """The design that was filled in. Fields that were not sent come last, as the form's own."""
    by_key = {key(field.name): field for field in description.fields}
    order = [each for each in dict.fromkeys(answers.get("order", ())) if each in by_key]
    sent = Design(
        title=_text(answers, "title"),
        introduction=_text(answers, "introduction").replace("\r\n", "\n"),
        button=_text(answers, "button"),
        accent=_text(answers, "accent") if _text(answers, "own_accent") else "",
        fields=tuple(_field(answers, each, by_key[each]) for each in order),
    )
    return Design(
        sent.title,
        sent.introduction,
        sent.button,
        sent.accent,
        tuple(said for _, said in arrange(sent, description)),
    )


def _field(answers: Answers, name: str, field: Field) -> FieldDesign:
    wording = _text(answers, f"label.{name}")
    fixed = {each.removeprefix(f"{_FIXED}."): texts for each, texts in own_answers(answers, f"{_FIXED}.{name}").items()}
    return FieldDesign(
        name=field.name,
        label="" if wording.strip() == field.label else wording,
        help=_text(answers, f"help.{name}"),
        hidden=not _text(answers, f"show.{name}"),
        fixed=fixed,
    )


def _text(answers: Answers, name: str) -> str:
    texts = answers.get(name, ())
    return texts[-1] if texts else ""
