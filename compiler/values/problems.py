"""What is wrong with a value from outside, in whole plain sentences, and how each type is called in them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from compiler.units import dimension_words
from compiler.values.show import join_words, show

_LONGEST_QUOTE = 60


class ValueProblem(ValueError):
    """A value from outside cannot be taken. `words` are whole sentences for the person who gave it.

    `path` says where inside a list or record it is: names of fields, and numbers of items counted from 1.
    """

    def __init__(self, words: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(words)
        self.sentence = words
        self.path = path

    @property
    def words(self) -> str:
        """The sentences, with the place before them: "In item 2, the price: …"."""
        if not self.path:
            return self.sentence
        places = [f"item {step}" if isinstance(step, int) else f"the {step}" for step in self.path]
        return f"In {', '.join(places)}: {self.sentence}"

    def inside(self, step: str | int) -> ValueProblem:
        """The same problem, seen from the list or record around it."""
        return ValueProblem(self.sentence, (step, *self.path))


def quoted(text: str) -> str:
    """A value in quotation marks, cut when it is long."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return f"“{shown}”"


def type_words(type_: Type) -> str:
    """What a value of a type is, in a sentence: "a whole number", "a length of time", "one of small or large"."""
    match type_:
        case NumberType(NumberKind.WHOLE):
            return "a whole number"
        case NumberType(NumberKind.PERCENTAGE):
            return "a percentage"
        case NumberType(_, unit):
            return dimension_words(unit) if unit else "a number"
        case TextType():
            return "a text"
        case YesNoType():
            return "yes or no"
        case DateType():
            return "a date"
        case TimeType():
            return "a time of day"
        case MomentType():
            return "a date with a time"
        case ChoiceType(options):
            return "one of " + " or ".join(part for part in (", ".join(options[:-1]), options[-1]) if part)
        case ListType():
            return "a list"
        case RecordType(name, fields):
            return f"the parts of the {name} ({join_words([field.name for field in fields])})"
        case OptionalType(of):
            return type_words(of)


def example(type_: Type) -> str:
    """A value of a type as people write it, to show how; a text or record has none (an empty text)."""
    match type_:
        case NumberType(NumberKind.WHOLE):
            return "12"
        case NumberType(NumberKind.PERCENTAGE):
            return "15%"
        case NumberType(_, "s"):
            return "3 days"
        case NumberType():
            return show(Decimal("12.5"), type_)
        case YesNoType():
            return "yes"
        case DateType():
            return "1 March 2026"
        case TimeType():
            return "9:00"
        case MomentType():
            return show(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), type_)
        case ChoiceType(options):
            return options[0]
        case ListType(item):
            return " and ".join([example(item)] * 2) if example(item) else ""
        case OptionalType(of):
            return example(of)
    return ""


def not_understood(text: str, type_: Type) -> ValueProblem:
    """A text that is no value of a type."""
    return ValueProblem(f"{quoted(text)} is not {type_words(type_)}. Write it like {quoted(example(type_))}.")
