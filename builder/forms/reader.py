"""Reading the answer to any field, simple or nested, as a question for the page and as a value.

The names of the controls in a posted form:

- a simple field has the key of its name ("exempt_mark"), a duration also `.unit` for the unit chosen beside it;
- a part of a record has the record's name, a dot and its own key;
- a list sends its own name once for each row with that row's key, in order ("items=1", "items=4"), and the cells of
  a row as "items.4.price"; a list of plain values has "items.4.value".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from builder.forms import words
from builder.forms.cells import LONGEST_ANSWER, control_text, read_text
from builder.forms.design import Answers
from builder.forms.questions import DURATION_UNITS, NEW_ROW, Question, Row
from compiler.plan import Value
from compiler.targets.form import SIMPLE, Field, FieldKind
from compiler.values import ValueProblem, key

MOST_ROWS = 1_000
"""Rows that a list in a form may have: more belongs in a file."""

_PLAIN_ITEM = "value"
_ROW_KEY = re.compile(r"[0-9]{1,9}")
_BARE_NUMBER = re.compile(r"[-+]?(?=[.,\s]*\d)[\d.,\s]*")


class Unanswered:
    """Stands for the value of an answer that has a problem, or that was not given though it had to be."""


UNANSWERED = Unanswered()
Answer = Value | Unanswered


def find_field(fields: Sequence[Field], name: str) -> Field | None:
    """The simple field whose control has this name ("price", or "items.3.address.city" in a row), or None."""
    first, _, rest = name.partition(".")
    for field in fields:
        if _part_key(field) != first:
            continue
        if field.kind in SIMPLE:
            return None if rest else field
        if field.kind is FieldKind.LIST:
            rest = rest.partition(".")[2]
        return find_field(field.parts, rest) if rest else None
    return None


class Reader:
    """Reads one set of answers, collecting the problems by the name of the control they belong to."""

    def __init__(self, answers: Answers, zone: ZoneInfo, *, judges: bool) -> None:
        self.answers = answers
        self.zone = zone
        self.judges = judges
        self.problems: dict[str, str] = {}

    def ask(self, field: Field, name: str) -> tuple[Question, Answer]:
        """The question for a field whose control has this name, and its value."""
        if field.kind is FieldKind.RECORD:
            return self._ask_record(field, name)
        if field.kind is FieldKind.LIST:
            return self._ask_list(field, name)
        return self._ask_simple(field, name, in_table=False)

    def _ask_simple(self, field: Field, name: str, *, in_table: bool) -> tuple[Question, Answer]:
        typed = self._text(name)
        unit = ""
        text = typed
        if field.kind is FieldKind.DURATION and not in_table:
            unit = self._text(f"{name}.unit")
            unit = unit if unit in DURATION_UNITS else "days"
            if len(typed) <= LONGEST_ANSWER and _BARE_NUMBER.fullmatch(typed.strip()):
                text = f"{typed.strip()} {unit}"
        value, problem = self._value(field, text)
        shown = typed
        if not problem and typed and not isinstance(value, Unanswered):
            shown = control_text(field, value, typed, self.zone)
        return self._question(field, name, problem, text=shown, unit=unit), value

    def _value(self, field: Field, text: str) -> tuple[Answer, str]:
        if not text.strip():
            if field.kind is FieldKind.YES_NO and field.required:
                return False, ""
            if not field.required:
                return None, ""
            missing = words.CHOOSE if field.kind is FieldKind.CHOICE else words.FILL_IN
            return UNANSWERED, missing.format(label=field.label)
        try:
            return read_text(field, text if field.kind is FieldKind.TEXT else text.strip(), self.zone), ""
        except ValueProblem as problem:
            return UNANSWERED, problem.words

    def _ask_record(self, field: Field, name: str) -> tuple[Question, Answer]:
        if not field.required and self._is_blank(field, name):
            silent = Reader(self.answers, self.zone, judges=False)
            parts = [silent.ask(part, f"{name}.{_part_key(part)}")[0] for part in field.parts]
            return self._question(field, name, "", parts=tuple(parts)), None
        asked = [self.ask(part, f"{name}.{_part_key(part)}") for part in field.parts]
        question = self._question(field, name, "", parts=tuple(part for part, _ in asked))
        return question, _record(field, [value for _, value in asked])

    def _ask_list(self, field: Field, name: str) -> tuple[Question, Answer]:
        keys = [each for each in dict.fromkeys(self.answers.get(name, ())) if _ROW_KEY.fullmatch(each)]
        if len(keys) > MOST_ROWS:
            problem = words.TOO_MANY_ROWS.format(count=len(keys), limit=MOST_ROWS)
            rows = tuple(
                self._row(field, name, each, at, judges=False)[0] for at, each in enumerate(keys[:MOST_ROWS], 1)
            )
            return self._question(field, name, problem, rows=rows), UNANSWERED
        rows_asked: list[Row] = []
        items: list[Answer] = []
        for at, each in enumerate(keys, start=1):
            blank = self._row_is_blank(field, f"{name}.{each}")
            row, item = self._row(field, name, each, at, judges=self.judges and not blank)
            rows_asked.append(row)
            if not blank:
                items.append(item)
        if not rows_asked:
            # A page never shows an empty table: there is a row to start with.
            rows_asked.append(self._row(field, name, "1", 1, judges=False)[0])
        question = self._question(field, name, "", rows=tuple(rows_asked))
        if any(isinstance(item, Unanswered) for item in items):
            return question, UNANSWERED
        if not items and not field.required:
            return question, None
        return question, tuple(items)

    def _row(self, field: Field, name: str, row: str, number: int, *, judges: bool) -> tuple[Row, Answer]:
        reader = Reader(self.answers, self.zone, judges=judges)
        start = f"{name}.{row}"
        if field.is_table:
            asked = [
                reader._ask_simple(
                    replace(column.field, label=column.label), cell_name(start, column.path), in_table=True
                )
                for column in field.columns
            ]
            values = {column.path: value for column, (_, value) in zip(field.columns, asked, strict=True)}
            item = _nested(field, values, ())
        else:
            asked = [reader.ask(part, f"{start}.{_part_key(part)}") for part in field.parts]
            item = asked[0][1] if _is_single(field) else _record(field, [value for _, value in asked])
        self.problems.update(reader.problems)
        return Row(row, number, tuple(question for question, _ in asked)), item

    def _question(
        self,
        field: Field,
        name: str,
        problem: str,
        *,
        text: str = "",
        unit: str = "",
        parts: tuple[Question, ...] = (),
        rows: tuple[Row, ...] = (),
    ) -> Question:
        told = problem if self.judges else ""
        if told:
            self.problems[name] = told
        new_row = self._new_row(field, name) if field.kind is FieldKind.LIST else None
        return Question(field, name, field.label, field.help, text, unit, told, parts, rows, new_row)

    def _new_row(self, field: Field, name: str) -> Row:
        return Reader({}, self.zone, judges=False)._row(field, name, NEW_ROW, 0, judges=False)[0]

    def _text(self, name: str) -> str:
        texts = self.answers.get(name, ())
        return texts[-1] if texts else ""

    def _row_is_blank(self, field: Field, start: str) -> bool:
        """Whether a row has nothing in it; a row of yes/no alone always says something."""
        if field.is_table:
            cells = [(column.field, cell_name(start, column.path)) for column in field.columns]
        else:
            cells = [(part, f"{start}.{_part_key(part)}") for part in field.parts]
        says_nothing = all(self._is_blank(cell, name) for cell, name in cells)
        return says_nothing and any(cell.kind is not FieldKind.YES_NO or not cell.required for cell, _ in cells)

    def _is_blank(self, field: Field, name: str) -> bool:
        if field.kind is FieldKind.RECORD:
            return all(self._is_blank(part, f"{name}.{_part_key(part)}") for part in field.parts)
        if field.kind is FieldKind.LIST:
            return all(self._row_is_blank(field, f"{name}.{row}") for row in self.answers.get(name, ()))
        return not self._text(name).strip()


def cell_name(start: str, path: tuple[str, ...]) -> str:
    """The name of a cell's control in the row whose cells begin with `start`."""
    return ".".join((start, *(key(part) for part in path))) if path else f"{start}.{_PLAIN_ITEM}"


def _part_key(field: Field) -> str:
    """The last part of the name of a field's control; items of a list of plain values have no name of their own."""
    return key(field.name) if field.name else _PLAIN_ITEM


def _is_single(field: Field) -> bool:
    """Whether the items of a list are not records, so that its one part is the item itself."""
    return len(field.parts) == 1 and not field.parts[0].name


def _record(field: Field, values: Sequence[Answer]) -> Answer:
    if any(isinstance(value, Unanswered) for value in values):
        return UNANSWERED
    return {part.name: value for part, value in zip(field.parts, values, strict=True)}


def _nested(field: Field, values: Mapping[tuple[str, ...], Answer], path: tuple[str, ...]) -> Answer:
    """The item of a table's row, put together from its cells by their paths."""
    if _is_single(field) and not path:
        return values[()]
    parts = [
        _nested(part, values, (*path, part.name)) if part.kind is FieldKind.RECORD else values[(*path, part.name)]
        for part in field.parts
    ]
    return _record(field, parts)
