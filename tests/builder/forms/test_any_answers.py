"""Laws of filling in: nothing that is sent breaks a form, and what the app shows can be pasted back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from builder.forms.cells import read_cell, read_text
from builder.forms.design import Design, arrange
from builder.forms.filling import fill, unjudged
from builder.forms.rows import ACTIONS, edit_rows
from compiler.plan import Function, Parameter
from compiler.targets.form import describe
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    FieldType,
    ListType,
    OptionalType,
    RecordType,
    Type,
    measure,
    money,
)
from compiler.values import show
from tests.compiler.value_strategies import values

ZONES = tuple(map(ZoneInfo, ("UTC", "America/New_York", "Pacific/Kiritimati")))
SIMPLE = (
    NUMBER, WHOLE, PERCENTAGE, DURATION, money("USD"), money("CHF"), measure("degC"), measure("USD/kg"),
    YES_NO, DATE, TIME, MOMENT, ChoiceType(("small", "large")),
)  # fmt: skip
ITEM = RecordType("item", tuple(FieldType(f"part {at}", of) for at, of in enumerate(SIMPLE)))
NESTED = RecordType("nest", (FieldType("name", TEXT), FieldType("items", ListType(ITEM))))
ASKED: tuple[Type, ...] = (
    *SIMPLE, TEXT, ITEM, ListType(ITEM), ListType(TEXT), ListType(NESTED), NESTED,
    OptionalType(ITEM), OptionalType(ListType(YES_NO)), OptionalType(MOMENT),
)  # fmt: skip
FORM = describe(Function("Try", tuple(Parameter(f"i {at}", of) for at, of in enumerate(ASKED)), (), ()))
ARRANGED = arrange(Design(), FORM)

steps = some.sampled_from(["1", "2", "value", "unit", "name", "items", "part_1", "part_9", "", "x", "²", "9" * 30])
names = some.builds(
    lambda start, path: ".".join((start, *path)),
    some.sampled_from([f"i_{at}" for at in range(len(ASKED))]),
    some.lists(steps, max_size=4),
)
texts = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        ["1", "2", "yes", "5 kg", "2026-03-01", "2026-03-29T02:30", "0001-01-01T00:00", "9999-12-31T23:59"]
    ),
)
answers = some.dictionaries(names, some.lists(texts, max_size=3).map(tuple), max_size=12)


@given(answers, some.sampled_from(ZONES))
def test_no_answers_break_a_form(sent: dict[str, tuple[str, ...]], zone: ZoneInfo) -> None:
    filled = fill(ARRANGED, sent, zone)
    assert (filled.values is None) == bool(filled.problems)
    assert all(words.strip() for words in filled.problems.values())
    assert [question.name for question in unjudged(ARRANGED, sent, zone)] == [each.name for each in filled.questions]


@given(answers, some.sampled_from(ACTIONS), names)
def test_no_change_of_rows_breaks_a_form(sent: dict[str, tuple[str, ...]], action: str, name: str) -> None:
    changed = edit_rows(sent, f"{action}:{name}")
    assert changed is not None
    unjudged(ARRANGED, changed, ZONES[0])


@given(some.sampled_from(SIMPLE).flatmap(lambda of: some.tuples(some.just(of), values(of))))
def test_what_is_shown_can_be_pasted_back(typed: tuple[Type, object]) -> None:
    of, value = typed
    (field,) = describe(Function("Try", (Parameter("thing", of),), (), ())).fields
    held, problem = read_cell(field, show(value, of), ZONES[0])  # type: ignore[arg-type]
    assert problem == ""
    assert read_text(field, held, ZONES[0]) == value
