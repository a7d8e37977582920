"""A form as it stands on a page: its questions with what was answered, as templates draw them."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.targets.form import Field, FieldKind, label

MOST_RADIOS = 4
"""Options shown all at once; more are in a list to pick from."""

DURATION_UNITS = ("seconds", "minutes", "hours", "days", "weeks")

NEW_ROW = "__row__"
"""The key of rows that are not there yet."""

_INPUT_TYPES = {FieldKind.DATE: "date", FieldKind.TIME: "time", FieldKind.MOMENT: "datetime-local"}
_INPUT_MODES = {
    FieldKind.NUMBER: "decimal",
    FieldKind.WHOLE: "numeric",
    FieldKind.PERCENTAGE: "decimal",
    FieldKind.MONEY: "decimal",
    FieldKind.MEASURE: "decimal",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its key, its place counted from 1, and a question for each column (or part, outside tables)."""

    key: str
    number: int
    cells: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers to choose from: what is sent and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it stands on a page: how it is asked, what was answered, and what is wrong with that (or "").

    `text` is what the field's control holds; of a duration, `unit` is the one chosen beside it.
    Of a list, `new_row` is an empty row with the key `NEW_ROW`, from which the page's script makes more.
    """

    field: Field
    name: str
    label: str
    help: str
    text: str = ""
    unit: str = ""
    problem: str = ""
    parts: tuple[Question, ...] = ()
    rows: tuple[Row, ...] = ()
    new_row: Row | None = None

    @property
    def id(self) -> str:
        """The id of its control in the page."""
        return f"q-{self.name}"

    @property
    def kind(self) -> str:
        """The kind of its field, as a word for templates: "whole-number"."""
        return self.field.kind.value.replace(" ", "-").replace("/", "-")

    @property
    def input_type(self) -> str:
        """The type of an `<input>` for it: numbers are texts, so that none is changed by the browser."""
        return _INPUT_TYPES.get(self.field.kind, "text")

    @property
    def input_mode(self) -> str:
        """Which keyboard a phone should show, or ""."""
        return _INPUT_MODES.get(self.field.kind, "")

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from, of a choice or a yes/no that may be left open."""
        if self.field.kind is FieldKind.YES_NO:
            return Option("yes", "Yes"), Option("no", "No")
        return tuple(Option(option, label(option)) for option in self.field.options)

    @property
    def asks_by_radio(self) -> bool:
        """Whether all options are shown at once: when there are few, and one must be chosen."""
        return self.field.kind is FieldKind.CHOICE and self.field.required and len(self.field.options) <= MOST_RADIOS

    @property
    def asks_by_select(self) -> bool:
        """Whether it is a yes/no with a third answer, that it is left open."""
        return self.field.kind is FieldKind.YES_NO and not self.field.required

    @property
    def units(self) -> tuple[str, ...]:
        """The units that a duration can be given in."""
        return DURATION_UNITS

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it."""
        return " ".join([*([f"{self.id}-help"] if self.help else []), f"{self.id}-problem"])
