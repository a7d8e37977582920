"""The form of a function: which questions to ask a person for its inputs, and how its outputs are called.

`describe` turns a function of a plan into a frozen description that anything can draw: the web app, a phone, a
spreadsheet's header. It says nothing of colours, order or wording chosen by an owner; the app lays that on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from compiler.plan import Function, Parameter
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
from compiler.units import is_currency
from compiler.values import number_format


class FieldKind(Enum):
    """What sort of question a field asks."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    PERCENTAGE = "percentage"
    MONEY = "money"
    DURATION = "duration"
    MEASURE = "measure"
    YES_NO = "yes/no"
    CHOICE = "choice"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    RECORD = "record"
    LIST = "list"


SIMPLE = frozenset(FieldKind) - {FieldKind.RECORD, FieldKind.LIST}
"""Kinds that fit in one cell of a table."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `name` is the input's name in the user's words, in lower case, and `label` the same as it is shown. `type` is
    without its `OptionalType`; `required` is False where the page says optional. `prefix` and `suffix` are the unit
    as people write it around the number ("$", "%", "kg"), else "". `help` is a short hint on how to fill it in, with
    an example, or "". `options` are those of a choice. `parts` are the fields of a record, or of each item of a list
    (a list of plain values has one part, with the name ""). `columns` are the cells of one row when a list can be
    asked as a table, else empty.
    """

    name: str
    label: str
    kind: FieldKind
    type: Type
    required: bool = True
    prefix: str = ""
    suffix: str = ""
    help: str = ""
    options: tuple[str, ...] = ()
    parts: tuple[Field, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def unit(self) -> str:
        """The unit as people write it, wherever it goes, else ""."""
        return self.prefix or self.suffix

    @property
    def is_table(self) -> bool:
        """Whether this is a list that can be asked as a table."""
        return bool(self.columns)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list's table: a simple field, and the way to it from an item, as names of record fields.

    The path of a list of plain values is empty. The label of a nested field names the way: "Address city".
    """

    path: tuple[str, ...]
    label: str
    field: Field


@dataclass(frozen=True, slots=True)
class Result:
    """An output: its name in the user's words, the same as it is shown, and its type."""

    name: str
    label: str
    type: Type


@dataclass(frozen=True, slots=True)
class FormDescription:
    """The questions of a function and its results, in the order of its page."""

    function: str
    fields: tuple[Field, ...]
    results: tuple[Result, ...]


def describe(function: Function) -> FormDescription:
    """The form of a function."""
    return FormDescription(
        function=function.name,
        fields=tuple(_field(parameter.name, parameter.type) for parameter in function.inputs),
        results=tuple(_result(parameter) for parameter in function.outputs),
    )


def label(name: str) -> str:
    """A name as a label: with a capital first letter, the rest as the user wrote it."""
    return name[:1].upper() + name[1:]


def _result(parameter: Parameter) -> Result:
    return Result(parameter.name, label(parameter.name), parameter.type)


def _field(name: str, given: Type) -> Field:
    required = not isinstance(given, OptionalType)
    of = given.of if isinstance(given, OptionalType) else given
    shown = label(name)
    match of:
        case NumberType():
            return _number(name, of, required)
        case TextType():
            return Field(name, shown, FieldKind.TEXT, of, required)
        case YesNoType():
            return Field(name, shown, FieldKind.YES_NO, of, required)
        case ChoiceType():
            return Field(name, shown, FieldKind.CHOICE, of, required, options=of.options)
        case DateType():
            return Field(name, shown, FieldKind.DATE, of, required)
        case TimeType():
            return Field(name, shown, FieldKind.TIME, of, required)
        case MomentType():
            return Field(name, shown, FieldKind.MOMENT, of, required)
        case RecordType():
            parts = tuple(_field(part.name, part.type) for part in of.fields)
            return Field(name, shown, FieldKind.RECORD, of, required, parts=parts)
        case ListType():
            return _list(name, of, required)
        case _:
            raise TypeError(f"no field asks for {of!r}")


def _number(name: str, of: NumberType, required: bool) -> Field:
    shown = label(name)
    written = number_format(of)
    kind, hint = FieldKind.MEASURE, ""
    if of.kind is NumberKind.WHOLE:
        kind = FieldKind.WHOLE
    elif of.kind is NumberKind.PERCENTAGE:
        kind = FieldKind.PERCENTAGE
    elif not of.unit:
        kind = FieldKind.NUMBER
    elif of.unit == "s":
        kind, hint = FieldKind.DURATION, "For example 3 days or 90 minutes."
    elif is_currency(of.unit):
        kind = FieldKind.MONEY
    return Field(name, shown, kind, of, required, written.before, written.after.strip(), hint)


def _list(name: str, of: ListType, required: bool) -> Field:
    item = _field("", of.item)
    parts = item.parts if item.kind is FieldKind.RECORD and item.required else (item,)
    columns = _columns(item, (), label(name))
    return Field(name, label(name), FieldKind.LIST, of, required, parts=parts, columns=columns or ())


def _columns(item: Field, path: tuple[str, ...], shown: str) -> tuple[Column, ...] | None:
    """The columns for an item of a list, or None when it holds something that does not fit in one row."""
    if item.kind in SIMPLE:
        return (Column(path, shown, item),)
    if item.kind is FieldKind.LIST or not item.required:
        return None
    columns: list[Column] = []
    for part in item.parts:
        below = _columns(part, (*path, part.name), label(" ".join((*path, part.name))))
        if below is None:
            return None
        columns.extend(below)
    return tuple(columns)
