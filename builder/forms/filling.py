"""Reading what a person answered: from the texts of a posted form to the inputs of a run, with words where one is wrong.

`fill` gives the questions back as they now stand (texts, rows, problems), so that a page can show them again with
nothing lost, and the values when there is no problem. The names of fields in the posted form:

- a simple field has the key of its name ("exempt_mark"), a duration also `.unit` for the unit chosen beside it;
- a part of a record has the record's name, a dot and its own key;
- a list sends its own name once for each row with that row's key, in order ("items=1", "items=4"), and the cells of
  a row as "items.4.price"; a list of plain values has "items.4.value".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from builder.forms import words
from builder.forms.design import Answers, FieldDesign, own_answers
from compiler.plan import Value
from compiler.targets.form import Field, FieldKind
from compiler.values import ValueProblem, key, parse_value

MOST_ROWS = 1_000
"""Rows that a list in a form may have: more belongs in a file."""

DURATION_UNITS = ("seconds", "minutes", "hours", "days", "weeks")

_PLAIN_ITEM = "value"
_ROW_KEY = re.compile(r"[0-9]{1,9}")
_BARE_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*")
_LOCAL_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its key, its place counted from 1, and a question for each column (or part, outside tables)."""

    key: str
    number: int
    cells: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it stands on a page: how it is asked, what was answered, and what is wrong with that (or "").

    `text` is what the field's control holds; of a duration, `unit` is the one chosen beside it.
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

    @property
    def id(self) -> str:
        """The id of its control in the page."""
        return f"q-{self.name}"

    @property
    def kind(self) -> str:
        """The kind of its field, as a word for templates: "whole-number"."""
        return self.field.kind.value.replace(" ", "-").replace("/", "-")

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it."""
        return " ".join([*([f"{self.id}-help"] if self.help else []), f"{self.id}-problem"])


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in. `values` are the inputs by name, in no order, or None when there is a problem."""

    questions: tuple[Question, ...]
    values: Mapping[str, Value] | None
    problems: Mapping[str, str]


class _Unanswered:
    """Stands for the value of an answer that has a problem."""


_UNANSWERED = _Unanswered()
_Answer = Value | _Unanswered


def fill(arranged: Sequence[tuple[Field, FieldDesign]], answers: Answers, zone: ZoneInfo) -> Filled:
    """Reads the answers to a form; moments typed without a zone are in `zone`. Hidden fields take their fixed answers."""
    reader = _Reader(answers, zone, judges=True)
    values: dict[str, Value] = {}
    questions: list[Question] = []
    complete = True
    for field, said in arranged:
        if said.hidden:
            value = fixed_value(field, said, zone)
        else:
            question, value = reader.ask(_said(field, said), key(field.name))
            questions.append(question)
        if isinstance(value, _Unanswered):
            complete = False
        else:
            values[field.name] = value
    return Filled(tuple(questions), values if complete else None, reader.problems)


def unjudged(arranged: Sequence[tuple[Field, FieldDesign]], answers: Answers, zone: ZoneInfo) -> tuple[Question, ...]:
    """The questions with these answers but without problems: of a form that is still being filled in."""
    reader = _Reader(answers, zone, judges=False)
    return tuple(reader.ask(_said(field, said), key(field.name))[0] for field, said in arranged if not said.hidden)


def fixed_value(field: Field, said: FieldDesign, zone: ZoneInfo) -> Value | _Unanswered:
    """The value that a hidden field always has; something that is no value when its fixed answer has a problem."""
    return _Reader(said.fixed, zone, judges=True).ask(field, key(field.name))[1]


def fixed_problem(field: Field, said: FieldDesign, zone: ZoneInfo) -> str:
    """What is wrong with the fixed answer of a hidden field, or ""."""
    reader = _Reader(said.fixed, zone, judges=True)
    reader.ask(field, key(field.name))
    return next(iter(reader.problems.values()), "")


def usable(arranged: Sequence[tuple[Field, FieldDesign]], zone: ZoneInfo) -> tuple[tuple[Field, FieldDesign], ...]:
    """The same, with fields shown again whose fixed answer no longer fits what the function needs."""
    return tuple(
        (field, replace(said, hidden=False) if said.hidden and fixed_problem(field, said, zone) else said)
        for field, said in arranged
    )


def fixed_question(field: Field, said: FieldDesign, zone: ZoneInfo, prefix: str) -> Question:
    """The question for the fixed answer of a field, its control's name put after `prefix` and a dot."""
    answers = {f"{prefix}.{name}": texts for name, texts in own_answers(said.fixed, key(field.name)).items()}
    return _Reader(answers, zone, judges=said.hidden).ask(field, f"{prefix}.{key(field.name)}")[0]


def read_cell(field: Field, text: str, zone: ZoneInfo) -> tuple[str, str]:
    """A text pasted into the cell of a table: what its control then holds, and what is wrong with it (or "")."""
    typed = text.strip()
    if not typed:
        return "", ""
    try:
        value = _parse(field, typed, zone)
    except ValueProblem as problem:
        return typed, problem.words
    return _control_text(field, value, typed, zone), ""


def find_list(fields: Sequence[Field], name: str) -> Field | None:
    """The list whose control has this name ("order.lines", or "orders.3.lines" in the third row), or None."""
    first, _, rest = name.partition(".")
    for field in fields:
        if _part_key(field) != first:
            continue
        if not rest:
            return field if field.kind is FieldKind.LIST else None
        if field.kind is FieldKind.LIST:
            _, _, rest = rest.partition(".")
        return find_list(field.parts, rest) if rest else None
    return None


def _said(field: Field, said: FieldDesign) -> Field:
    return replace(field, label=said.label or field.label, help=said.help or field.help)


class _Reader:
    """Reads one set of answers, collecting the problems by the name of the control they belong to."""

    def __init__(self, answers: Answers, zone: ZoneInfo, *, judges: bool) -> None:
        self.answers = answers
        self.zone = zone
        self.judges = judges
        self.problems: dict[str, str] = {}

    def ask(self, field: Field, name: str) -> tuple[Question, _Answer]:
        """The question for a field whose control has this name, and its value."""
        if field.kind is FieldKind.RECORD:
            return self._ask_record(field, name)
        if field.kind is FieldKind.LIST:
            return self._ask_list(field, name)
        return self._ask_simple(field, name, in_table=False)

    def _ask_simple(self, field: Field, name: str, *, in_table: bool) -> tuple[Question, _Answer]:
        typed = self._text(name)
        unit = ""
        text = typed
        if field.kind is FieldKind.DURATION and not in_table:
            unit = self._text(f"{name}.unit")
            unit = unit if unit in DURATION_UNITS else "days"
            if _BARE_NUMBER.fullmatch(typed.strip()):
                text = f"{typed.strip()} {unit}"
        value, problem = self._value(field, text)
        shown = typed
        if not problem and typed and not isinstance(value, _Unanswered):
            shown = _control_text(field, value, typed, self.zone)
        return self._question(field, name, problem, text=shown, unit=unit), value

    def _value(self, field: Field, text: str) -> tuple[_Answer, str]:
        if not text.strip():
            if field.kind is FieldKind.YES_NO and field.required:
                return False, ""
            if not field.required:
                return None, ""
            missing = words.CHOOSE if field.kind is FieldKind.CHOICE else words.FILL_IN
            return _UNANSWERED, missing.format(label=field.label)
        try:
            return _parse(field, text if field.kind is FieldKind.TEXT else text.strip(), self.zone), ""
        except ValueProblem as problem:
            return _UNANSWERED, problem.words

    def _ask_record(self, field: Field, name: str) -> tuple[Question, _Answer]:
        if not field.required and self._is_blank(field, name):
            silent = _Reader(self.answers, self.zone, judges=False)
            parts = [silent.ask(part, f"{name}.{_part_key(part)}")[0] for part in field.parts]
            return self._question(field, name, "", parts=tuple(parts)), None
        asked = [self.ask(part, f"{name}.{_part_key(part)}") for part in field.parts]
        question = self._question(field, name, "", parts=tuple(part for part, _ in asked))
        return question, _record(field, [value for _, value in asked])

    def _ask_list(self, field: Field, name: str) -> tuple[Question, _Answer]:
        keys = [each for each in dict.fromkeys(self.answers.get(name, ())) if _ROW_KEY.fullmatch(each)]
        if len(keys) > MOST_ROWS:
            problem = words.TOO_MANY_ROWS.format(count=len(keys), limit=MOST_ROWS)
            rows = tuple(self._row(field, name, each, at, judges=False)[0] for at, each in enumerate(keys[:MOST_ROWS], 1))
            return self._question(field, name, problem, rows=rows), _UNANSWERED
        rows_asked: list[Row] = []
        items: list[_Answer] = []
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
        if any(isinstance(item, _Unanswered) for item in items):
            return question, _UNANSWERED
        if not items and not field.required:
            return question, None
        return question, tuple(items)

    def _row(self, field: Field, name: str, row: str, number: int, *, judges: bool) -> tuple[Row, _Answer]:
        reader = _Reader(self.answers, self.zone, judges=judges)
        start = f"{name}.{row}"
        if field.is_table:
            asked = [
                reader._ask_simple(replace(column.field, label=column.label), cell_name(start, column.path), in_table=True)
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
        return Question(field, name, field.label, field.help, text, unit, told, parts, rows)

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


def _record(field: Field, values: Sequence[_Answer]) -> _Answer:
    if any(isinstance(value, _Unanswered) for value in values):
        return _UNANSWERED
    return {part.name: value for part, value in zip(field.parts, values, strict=True)}


def _nested(field: Field, values: Mapping[tuple[str, ...], _Answer], path: tuple[str, ...]) -> _Answer:
    """The item of a table's row, put together from its cells by their paths."""
    if _is_single(field) and not path:
        return values[()]
    parts = [
        _nested(part, values, (*path, part.name)) if part.kind is FieldKind.RECORD else values[(*path, part.name)]
        for part in field.parts
    ]
    return _record(field, parts)


def _parse(field: Field, text: str, zone: ZoneInfo) -> Value:
    """The value of a text that is not blank; raises ValueProblem."""
    if field.kind is FieldKind.MOMENT and _LOCAL_MOMENT.fullmatch(text):
        try:
            local = datetime.datetime.fromisoformat(text)
            return local.replace(tzinfo=zone).astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            raise ValueProblem(words.NO_SUCH_ZONE_TIME.format(text=text)) from None
    return parse_value(text, field.type)


def _control_text(field: Field, value: Value, typed: str, zone: ZoneInfo) -> str:
    """What the control of a field holds for a value: browsers' pickers want one spelling; others keep what was typed."""
    if value is None:
        return typed
    if field.kind is FieldKind.YES_NO:
        return "yes" if value else "no"
    if field.kind is FieldKind.CHOICE:
        return str(value)
    if isinstance(value, datetime.datetime):
        return _local(value, zone)
    if isinstance(value, datetime.date | datetime.time):
        text = value.isoformat()
        return text.removesuffix(":00") if isinstance(value, datetime.time) and value.second == 0 else text
    return typed


def _local(moment: datetime.datetime, zone: ZoneInfo) -> str:
    try:
        local = moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # within hours of the year 1 or 9999, where the zone's own calendar ends
        local = moment.replace(tzinfo=None)
    return local.isoformat(timespec="minutes" if not (local.second or local.microsecond) else "auto")
