"""One answer at a time: from the text of a control to a value, and from a value to what its control then holds."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

from builder.forms import words
from compiler.plan import Value
from compiler.targets.form import Field, FieldKind
from compiler.values import ValueProblem, parse_value

LONGEST_ANSWER = 1_000
"""Characters that an answer may have that is no text: it is refused before anything is made of it."""

_LOCAL_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?")


def read_cell(field: Field, text: str, zone: ZoneInfo) -> tuple[str, str]:
    """A text pasted into the cell of a table: what its control then holds, and what is wrong with it (or "")."""
    typed = text.strip()
    if not typed:
        return "", ""
    try:
        value = read_text(field, typed, zone)
    except ValueProblem as problem:
        return typed, problem.words
    return control_text(field, value, typed, zone), ""


def read_text(field: Field, text: str, zone: ZoneInfo) -> Value:
    """The value of a text that is not blank; raises ValueProblem."""
    if field.kind is not FieldKind.TEXT and len(text) > LONGEST_ANSWER:
        raise ValueProblem(words.TOO_LONG.format(count=len(text), limit=LONGEST_ANSWER))
    if field.kind is FieldKind.MOMENT and _LOCAL_MOMENT.fullmatch(text):
        try:
            local = datetime.datetime.fromisoformat(text)
            return local.replace(tzinfo=zone).astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            raise ValueProblem(words.NO_SUCH_MOMENT.format(text=text)) from None
    return parse_value(text, field.type)


def control_text(field: Field, value: Value, typed: str, zone: ZoneInfo) -> str:
    """What the control of a field holds for a value: pickers want one spelling, others keep what was typed."""
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
