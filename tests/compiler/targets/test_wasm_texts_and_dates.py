"""Texts and the calendar in modules, over all characters and many days, beside Python's own."""

from __future__ import annotations

import datetime
import random
import sys
import time
from decimal import Decimal

import pyarrow as pa
import pytest

from compiler import plan as nodes
from compiler.interpreter import interpret
from compiler.plan import (
    AddDays,
    AddMonths,
    Assign,
    ChangeCase,
    DatePart,
    Expression,
    Function,
    Length,
    Parameter,
    PartOf,
    Plan,
    Rounding,
    RoundPlaces,
    Show,
    TextTest,
    Value,
    Variable,
)
from compiler.run import Clock
from compiler.types import DATE, DURATION, MOMENT, NUMBER, PERCENTAGE, TEXT, WHOLE, YES_NO, Type, measure, money
from compiler.values.show import show
from runtime.engine import Engine

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))
SURROGATES = range(0xD800, 0xE000)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def working_out(inputs: dict[str, Type], **outputs: Expression) -> Plan:
    """A function that gives each output the value of an expression of the inputs."""
    return Plan(
        {
            "Try": Function(
                "Try",
                tuple(Parameter(name, type_) for name, type_ in inputs.items()),
                tuple(Parameter(name, expression.type) for name, expression in outputs.items()),
                tuple(
                    Assign(Variable(name, expression.type), expression, place)
                    for place, (name, expression) in enumerate(outputs.items())
                ),
            )
        }
    )


def test_every_character_changes_its_case_as_in_python(engine: Engine):
    text = Variable("text", TEXT)
    plan = working_out(
        {"text": TEXT},
        upper=ChangeCase(text, True, TEXT),
        lower=ChangeCase(text, False, TEXT),
        length=Length(text, WHOLE),
    )
    characters = [chr(code) for code in range(sys.maxunicode + 1) if code not in SURROGATES]
    texts = ["".join(characters[start : start + 500]) for start in range(0, len(characters), 500)]
    result = engine.load(plan).run_columns("Try", pa.table({"text": texts}), CLOCK)
    assert result["upper"].to_pylist() == [text.upper() for text in texts]
    assert result["lower"].to_pylist() == ["".join(one.lower() for one in text) for text in texts]
    assert result["length"].to_pylist() == [len(text) for text in texts]


def test_texts_are_searched_as_in_python(engine: Engine):
    chance = random.Random(1)
    value, part = Variable("value", TEXT), Variable("part", TEXT)
    tests = {test.name.lower(): nodes.TestText(test, value, part, YES_NO) for test in TextTest}
    plan = working_out({"value": TEXT, "part": TEXT}, **tests)
    values = ["".join(chance.choice("abé😀") for _ in range(chance.randrange(8))) for _ in range(3000)]
    parts = ["".join(chance.choice("abé😀") for _ in range(chance.randrange(4))) for _ in range(3000)]
    result = engine.load(plan).run_columns("Try", pa.table({"value": values, "part": parts}), CLOCK)
    pairs = list(zip(values, parts, strict=True))
    assert result["contains"].to_pylist() == [part in value for value, part in pairs]
    assert result["starts_with"].to_pylist() == [value.startswith(part) for value, part in pairs]
    assert result["ends_with"].to_pylist() == [value.endswith(part) for value, part in pairs]


def test_texts_that_repeat_themselves_are_searched_as_in_python(engine: Engine):
    chance = random.Random(2)
    value, part = Variable("value", TEXT), Variable("part", TEXT)
    plan = working_out({"value": TEXT, "part": TEXT}, found=nodes.TestText(TextTest.CONTAINS, value, part, YES_NO))
    parts = ["".join(chance.choice("ab") for _ in range(chance.randrange(1, 5))) * 3 for _ in range(20_000)]
    parts = [part[: chance.randrange(len(part) + 1)] + chance.choice(("", "a", "b")) for part in parts]
    values = [
        "".join(chance.choice(("a", "b", part, part[:-1], part[1:], part[:3])) for _ in range(chance.randrange(12)))
        for part in parts
    ]
    result = engine.load(plan).run_columns("Try", pa.table({"value": values, "part": parts}), CLOCK)
    assert result["found"].to_pylist() == [part in value for value, part in zip(values, parts, strict=True)]


@pytest.mark.parametrize("end", ["", "b", "a"])
def test_a_long_search_takes_no_longer_than_the_texts_are(engine: Engine, end: str):
    value, part = Variable("value", TEXT), Variable("part", TEXT)
    plan = working_out({"value": TEXT, "part": TEXT}, found=nodes.TestText(TextTest.CONTAINS, value, part, YES_NO))
    texts = {"value": "a" * 3_000_000, "part": "a" * 700_000 + end + "a" * 700_000}
    began = time.monotonic()
    outcome = engine.load(plan).run("Try", texts, CLOCK)
    assert outcome.outputs == {"found": end != "b"}
    assert time.monotonic() - began < 2


def some_days() -> list[datetime.date]:
    """All days around the ends of months in some years, the first and last days there are, and many others."""
    days = [datetime.date.min, datetime.date.max]
    for year in (1, 4, 100, 400, 1600, 1899, 1900, 1969, 1970, 2000, 2023, 2024, 2100, 9999):
        first = datetime.date(year, 1, 1).toordinal()
        days += [datetime.date.fromordinal(first + day) for day in range(365)]
    chance = random.Random(2)
    return days + [datetime.date.fromordinal(chance.randrange(1, 3_652_060)) for _ in range(20_000)]


def test_days_have_the_parts_and_words_of_the_calendar(engine: Engine):
    day = Variable("day", DATE)
    parts = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY, DatePart.WEEKDAY)
    outputs: dict[str, Expression] = {part.value: PartOf(part, day, WHOLE) for part in parts}
    plan = working_out({"day": DATE}, shown=Show(day, TEXT), **outputs)
    days = some_days()
    result = engine.load(plan).run_columns("Try", pa.table({"day": days}), CLOCK)
    assert result["year"].to_pylist() == [one.year for one in days]
    assert result["month"].to_pylist() == [one.month for one in days]
    assert result["day"].to_pylist() == [one.day for one in days]
    assert result["weekday"].to_pylist() == [one.isoweekday() for one in days]
    assert result["shown"].to_pylist() == [show(one, DATE) for one in days]


def test_days_and_months_are_added_as_the_interpreter_does(engine: Engine):
    chance = random.Random(3)
    day, count = Variable("day", DATE), Variable("count", WHOLE)
    days = chance.choices(some_days(), k=2000)
    counts = [chance.choice((0, 1, -1, 11, 12, -13, 1200, chance.randrange(-120_000, 120_000))) for _ in days]
    for node in (AddDays(day, count, DATE), AddMonths(day, count, DATE)):
        plan = working_out({"day": DATE, "count": WHOLE}, then=node)
        result = engine.load(plan).run_columns("Try", pa.table({"day": days, "count": counts}), CLOCK)
        for row, one, number in zip(result.to_pylist(), days, counts, strict=True):
            meant = interpret(plan, "Try", {"day": one, "count": number}, CLOCK)
            assert row["then"] == (meant.outputs["then"] if meant.outputs else None)
            assert row["fault"] == (meant.stopped.fault.value if meant.stopped else 0)


def some_numbers() -> list[Decimal]:
    """Numbers of every length, scale and sign."""
    chance = random.Random(4)
    numbers = [Decimal(text) for text in ("0", "0E-30", "1", "-1", "1.0", "0.01", "999", "1000", "1E+384", "1E-383")]
    for _ in range(3000):
        digits = chance.randrange(10 ** chance.randrange(1, 19)) * chance.choice((1, -1))
        zeros = chance.randrange(4)
        numbers.append(Decimal(digits // 10**zeros * 10**zeros).scaleb(chance.randrange(-30, 25)))
    return numbers


def some_durations() -> list[Decimal]:
    """Numbers of seconds, often whole numbers of longer units."""
    chance = random.Random(5)
    units = (1, 60, 3600, 86_400, 604_800)
    return [
        Decimal(chance.randrange(-50, 50) * chance.choice(units)).scaleb(chance.choice((0, 0, 5, 12)))
        for _ in range(2000)
    ]


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        (NUMBER, some_numbers()),
        (PERCENTAGE, some_numbers()),
        (money("USD"), some_numbers()),
        (money("CHF"), some_numbers()),
        (measure("day"), some_numbers()),
        (measure("USD/kg"), some_numbers()),
        (measure("degC"), some_numbers()),
        (DURATION, some_numbers() + some_durations()),
        (WHOLE, [0, 1, -1, 999, -1000, 10**18 - 1, 1 - 10**18]),
        (
            MOMENT,
            [
                datetime.datetime(1, 1, 1, tzinfo=datetime.UTC),
                datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, datetime.UTC),
                datetime.datetime(1969, 12, 31, 23, 59, 59, 250000, datetime.UTC),
                datetime.datetime(2026, 3, 1, 0, 0, 5, tzinfo=datetime.UTC),
            ],
        ),
    ],
    ids=lambda given: str(getattr(given, "unit", "")) or None,
)
def test_values_are_written_as_the_interpreter_writes_them(engine: Engine, type_: Type, values: list[Value]):
    program = engine.load(working_out({"value": type_}, shown=Show(Variable("value", type_), TEXT)))
    for value in values:
        assert program.run("Try", {"value": value}, CLOCK).outputs == {"shown": show(value, type_)}


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("places", [0, 1, 2])
def test_numbers_are_rounded_as_the_interpreter_does(engine: Engine, rounding: Rounding, places: int):
    plan = working_out({"value": NUMBER}, rounded=RoundPlaces(Variable("value", NUMBER), places, rounding, NUMBER))
    program = engine.load(plan)
    for digits in range(-260, 261, 5):
        inputs = {"value": Decimal(digits).scaleb(-2 if places == 0 else -3)}
        assert program.run("Try", inputs, CLOCK) == interpret(plan, "Try", inputs, CLOCK)
