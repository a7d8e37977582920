"""Showing the outputs of a run: each by its type, lists of records as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from compiler.plan import Value
from compiler.targets.form import Result, label
from compiler.types import ListType, NumberType, OptionalType, RecordType, Type
from compiler.values import show

MOST_ROWS_SHOWN = 500
"""Rows of a result that a page shows; the API and spreadsheets give all."""

LONGEST_SHOWN = 20_000
"""Characters of one value that a page shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table, and whether it is a number, which stands at the end of its column."""

    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An output as a page shows it: by its `form`, one of "value", "list", "table" and "parts".

    `text` is that of a value; `items` those of a list; `columns` and `rows` make a table; `parts` those of a record.
    `left_out` counts rows or items that are not shown.
    """

    label: str
    form: str
    text: str = ""
    items: tuple[str, ...] = ()
    columns: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    parts: tuple[Shown, ...] = ()
    left_out: int = 0


def show_results(results: tuple[Result, ...], outputs: Mapping[str, Value]) -> tuple[Shown, ...]:
    """The outputs of a run in the order of the function."""
    return tuple(show_value(result.label, outputs[result.name], result.type) for result in results)


def show_value(shown_label: str, value: Value, of: Type) -> Shown:
    """One value under a label."""
    bare = of.of if isinstance(of, OptionalType) else of
    if value is None:
        return Shown(shown_label, "value", "nothing")
    if isinstance(bare, RecordType):
        record = cast(dict[str, Value], value)
        parts = tuple(show_value(label(part.name), record[part.name], part.type) for part in bare.fields)
        return Shown(shown_label, "parts", parts=parts)
    if isinstance(bare, ListType):
        return _list(shown_label, cast(tuple[Value, ...], value), bare.item)
    return Shown(shown_label, "value", _cut(show(value, bare)))


def _list(shown_label: str, items: tuple[Value, ...], of: Type) -> Shown:
    kept, left_out = items[:MOST_ROWS_SHOWN], max(0, len(items) - MOST_ROWS_SHOWN)
    if not items:
        return Shown(shown_label, "value", "nothing")
    if not isinstance(of, RecordType):
        return Shown(shown_label, "list", items=tuple(_cut(show(item, of)) for item in kept), left_out=left_out)
    columns = tuple(Cell(label(part.name), _is_number(part.type)) for part in of.fields)
    rows = tuple(
        tuple(
            Cell(_cut(show(cast(dict[str, Value], item)[part.name], part.type)), _is_number(part.type))
            for part in of.fields
        )
        for item in kept
    )
    return Shown(shown_label, "table", columns=columns, rows=rows, left_out=left_out)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _is_number(of: Type) -> bool:
    return isinstance(of.of if isinstance(of, OptionalType) else of, NumberType)
