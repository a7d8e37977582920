"""A whole form that was filled in: its questions again, with nothing lost, and the inputs of a run when all is well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from builder.forms import words
from builder.forms.design import Answers, FieldDesign, own_answers
from builder.forms.questions import Question
from builder.forms.reader import Reader, Unanswered
from compiler.plan import Value
from compiler.targets.form import Field, FieldKind
from compiler.values import key

Arranged = Sequence[tuple[Field, FieldDesign]]
"""Fields in the order of a design, each with what was said of it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in. `values` are the inputs by name, in no order, or None when there is a problem."""

    questions: tuple[Question, ...]
    values: Mapping[str, Value] | None
    problems: Mapping[str, str]


def fill(arranged: Arranged, answers: Answers, zone: ZoneInfo) -> Filled:
    """Reads the answers to a form; moments typed without a zone are in `zone`. Hidden fields take fixed answers."""
    reader = Reader(answers, zone, judges=True)
    values: dict[str, Value] = {}
    questions: list[Question] = []
    complete = True
    for field, said in arranged:
        if said.hidden:
            value = fixed_value(field, said, zone)
        else:
            question, value = reader.ask(_said(field, said, zone), key(field.name))
            questions.append(question)
        if isinstance(value, Unanswered):
            complete = False
        else:
            values[field.name] = value
    return Filled(tuple(questions), values if complete else None, reader.problems)


def unjudged(arranged: Arranged, answers: Answers, zone: ZoneInfo) -> tuple[Question, ...]:
    """The questions with these answers but without problems: of a form that is still being filled in."""
    reader = Reader(answers, zone, judges=False)
    return tuple(
        reader.ask(_said(field, said, zone), key(field.name))[0] for field, said in arranged if not said.hidden
    )


def fixed_value(field: Field, said: FieldDesign, zone: ZoneInfo) -> Value | Unanswered:
    """The value that a hidden field always has; something that is no value when its fixed answer has a problem."""
    return Reader(said.fixed, zone, judges=True).ask(field, key(field.name))[1]


def fixed_problem(field: Field, said: FieldDesign, zone: ZoneInfo) -> str:
    """What is wrong with the fixed answer of a hidden field, or ""."""
    reader = Reader(said.fixed, zone, judges=True)
    reader.ask(field, key(field.name))
    return next(iter(reader.problems.values()), "")


def usable(arranged: Arranged, zone: ZoneInfo) -> tuple[tuple[Field, FieldDesign], ...]:
    """The same, with fields shown again whose fixed answer no longer fits what the function needs."""
    return tuple(
        (field, replace(said, hidden=False) if said.hidden and fixed_problem(field, said, zone) else said)
        for field, said in arranged
    )


def fixed_question(field: Field, said: FieldDesign, zone: ZoneInfo, prefix: str) -> Question:
    """The question for the fixed answer of a field, its control's name put after `prefix` and a dot."""
    answers = {f"{prefix}.{name}": texts for name, texts in own_answers(said.fixed, key(field.name)).items()}
    return Reader(answers, zone, judges=said.hidden).ask(field, f"{prefix}.{key(field.name)}")[0]


def _said(field: Field, said: FieldDesign, zone: ZoneInfo) -> Field:
    own_help = words.ZONE.format(zone=zone.key) if field.kind is FieldKind.MOMENT else field.help
    return replace(field, label=said.label or field.label, help=said.help or own_help)
