"""The meaning of each kind of expression."""

from __future__ import annotations

import datetime
import typing
from decimal import Decimal

import pytest

from compiler import plan
from compiler.interpreter.frame import kinds_with_meaning
from compiler.plan import (
    Aggregate,
    Aggregation,
    Comparison,
    DatePart,
    Expression,
    Fault,
    Literal,
    Quantity,
    Rounding,
    TextTest,
    Value,
    Variable,
)
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    OptionalType,
)
from tests.compiler.short_plans import (
    CLOCK,
    ITEM,
    NUMBERS,
    TEXTS,
    USD,
    WHOLES,
    arithmetic,
    compare,
    date,
    moment,
    number,
    numbers,
    outcome_of,
    rounded,
    text,
    whole,
    wholes,
    yes,
)

X = Variable("x", NUMBER)
N = Variable("n", WHOLE)
BOOK = plan.MakeRecord((text("book"), Literal(Decimal(12), USD)), ITEM)
BIG = "9.99999999999999999E+384"
DIVISION, RANGE, NONE_FOUND, EMPTY = Fault.DIVISION_BY_ZERO, Fault.OUT_OF_RANGE, Fault.NONE_FOUND, Fault.EMPTY

EXPRESSIONS: list[tuple[Expression, Value | Fault]] = [
    # decimals
    (arithmetic(number("0.1"), "plus", number("0.2")), Decimal("0.3")),
    (arithmetic(number("1"), "divided by", number("3")), Decimal("0.333333333333333333")),
    (arithmetic(number("2"), "divided by", number("3")), Decimal("0.666666666666666667")),
    (arithmetic(number("1"), "minus", number("1")), Decimal("0")),
    (arithmetic(number("1"), "divided by", number("0")), DIVISION),
    (arithmetic(number("0"), "divided by", number("0")), DIVISION),
    (arithmetic(number("5"), "remainder", number("0")), DIVISION),
    (arithmetic(number("-7"), "remainder", number("3")), Decimal("-1")),
    (arithmetic(number("7.5"), "remainder", number("-2")), Decimal("1.5")),
    (arithmetic(number("1E+20"), "remainder", number("3")), RANGE),
    (arithmetic(number(BIG), "times", number("2")), RANGE),
    (arithmetic(number(BIG), "plus", number(BIG)), RANGE),
    (arithmetic(number("1E-383"), "divided by", number("10")), RANGE),
    (arithmetic(number("1E-300"), "times", number("1E-300")), RANGE),
    (plan.Negate(number("2"), NUMBER), Decimal(-2)),
    (plan.ToDecimal(whole(3), USD), Decimal(3)),
    # whole numbers
    (arithmetic(whole(2), "plus", whole(3)), 5),
    (arithmetic(whole(-7), "remainder", whole(3)), -1),
    (arithmetic(whole(7), "remainder", whole(-3)), 1),
    (arithmetic(whole(7), "remainder", whole(0)), DIVISION),
    (arithmetic(whole(10**18 - 1), "plus", whole(1)), RANGE),
    (arithmetic(whole(10**9), "times", whole(10**9)), RANGE),
    (arithmetic(whole(-(10**18) + 1), "minus", whole(1)), RANGE),
    (plan.Negate(whole(2), WHOLE), -2),
    # rounding
    (rounded("1.265", 2), Decimal("1.26")),
    (rounded("1.275", 2), Decimal("1.28")),
    (rounded("1.265", 2, Rounding.HALF_UP), Decimal("1.27")),
    (rounded("-1.265", 2, Rounding.HALF_UP), Decimal("-1.27")),
    (rounded("-1.269", 2, Rounding.UP), Decimal("-1.26")),
    (rounded("1.261", 2, Rounding.UP), Decimal("1.27")),
    (rounded("-1.261", 2, Rounding.DOWN), Decimal("-1.27")),
    (rounded("-0.4", 0), Decimal("0")),
    (rounded("99999999999999999.9", 0, Rounding.UP), Decimal("100000000000000000")),
    (rounded("1E+30", 2), Decimal("1E+30")),
    (rounded("1E-300", 18), Decimal("0")),
    (plan.ToWhole(rounded("2.5", 0), WHOLE), 2),
    (plan.ToWhole(rounded("1E+17", 0), WHOLE), 10**17),
    (plan.ToWhole(rounded("1E+18", 0), WHOLE), RANGE),
    (plan.ToWhole(rounded("1E+384", 0), WHOLE), RANGE),
    # comparing
    (compare(number("1.0"), Comparison.EQUAL, number("1")), True),
    (compare(number("-0"), Comparison.EQUAL, number("0")), True),
    (compare(number("1E+300"), Comparison.LESS, number("1E+301")), True),
    (compare(text("Z"), Comparison.LESS, text("a")), True),
    (compare(text("\U00010000"), Comparison.LESS, text("\uffff")), False),
    (compare(text("e\u0301"), Comparison.EQUAL, text("é")), False),
    (compare(date("2026-03-01"), Comparison.AT_MOST, date("2026-03-01")), True),
    (compare(yes(), Comparison.EQUAL, yes()), True),
    (plan.Not(yes(), YES_NO), False),
    (plan.And((yes(False), compare(X, Comparison.LESS, X)), YES_NO), False),
    (plan.And((yes(), yes()), YES_NO), True),
    (plan.Or((yes(), compare(X, Comparison.LESS, X)), YES_NO), True),
    (plan.Or((yes(False), yes(False)), YES_NO), False),
    (plan.Larger(number("1.0"), number("1.00"), False, NUMBER), Decimal("1.0")),
    (plan.Larger(whole(1), whole(2), True, WHOLE), 1),
    (plan.Larger(date("2026-03-01"), date("2026-03-02"), False, DATE), datetime.date(2026, 3, 2)),
    # missing values
    (plan.Some(whole(3), OptionalType(WHOLE)), 3),
    (plan.Required(Literal(None, OptionalType(WHOLE)), WHOLE), EMPTY),
    (plan.Required(Literal(3, OptionalType(WHOLE)), WHOLE), 3),
    (plan.IsEmpty(Literal(None, OptionalType(WHOLE)), YES_NO), True),
    (plan.IsEmpty(Literal(0, OptionalType(WHOLE)), YES_NO), False),
    (plan.IsEmpty(Literal("", OptionalType(TEXT)), YES_NO), True),
    (plan.IsEmpty(text(" "), YES_NO), False),
    (plan.IsEmpty(wholes(), YES_NO), True),
    (X, EMPTY),
    # text
    (plan.Join((text("a"), text(""), text("b")), TEXT), "ab"),
    (plan.Show(Literal(Decimal("1250.5"), USD), TEXT), "$1,250.50"),
    (plan.Show(wholes(1, 2, 3), TEXT), "1, 2 and 3"),
    (plan.ChangeCase(text("straße ŉ"), True, TEXT), "STRASSE ʼN"),
    (plan.ChangeCase(text("ΣΑΣ İ"), False, TEXT), "σασ i̇"),
    (plan.Length(text("👩‍👧e\u0301"), WHOLE), 5),
    (plan.TestText(TextTest.CONTAINS, text("banana"), text("nan"), YES_NO), True),
    (plan.TestText(TextTest.STARTS_WITH, text("banana"), text("nan"), YES_NO), False),
    (plan.TestText(TextTest.ENDS_WITH, text("banana"), text(""), YES_NO), True),
    # dates and times
    (plan.PartOf(DatePart.WEEKDAY, date("2026-03-01"), WHOLE), 7),
    (plan.PartOf(DatePart.MONTH, moment("2026-03-01T09:30:00Z"), WHOLE), 3),
    (plan.PartOf(DatePart.MINUTE, Literal(datetime.time(9, 30), TIME), WHOLE), 30),
    (plan.DaysBetween(date("2024-02-28"), date("2024-03-01"), WHOLE), 2),
    (plan.DaysBetween(date("2024-03-01"), date("2024-02-28"), WHOLE), -2),
    (
        plan.SecondsBetween(moment("2026-03-01T09:00:00.5Z"), moment("2026-03-01T09:01:00Z"), DURATION),
        Decimal("59.5"),
    ),
    (plan.AddDays(date("2024-02-28"), whole(2), DATE), datetime.date(2024, 3, 1)),
    (plan.AddDays(date("9999-12-31"), whole(1), DATE), RANGE),
    (plan.AddDays(date("2024-01-01"), whole(10**17), DATE), RANGE),
    (plan.AddMonths(date("2024-01-31"), whole(1), DATE), datetime.date(2024, 2, 29)),
    (plan.AddMonths(date("2024-03-31"), whole(-13), DATE), datetime.date(2023, 2, 28)),
    (plan.AddMonths(date("0001-01-01"), whole(-1), DATE), RANGE),
    (plan.AddMonths(date("2024-01-01"), whole(10**17), DATE), RANGE),
    (
        plan.AddMonths(moment("2026-01-31T09:00:00Z"), whole(1), MOMENT),
        datetime.datetime(2026, 2, 28, 9, tzinfo=datetime.UTC),
    ),
    (
        plan.AddSeconds(moment("2026-03-01T09:00:00Z"), Literal(Decimal("0.0000025"), DURATION), MOMENT),
        datetime.datetime(2026, 3, 1, 9, 0, 0, 2, datetime.UTC),
    ),
    (plan.AddSeconds(moment("9999-12-31T23:59:59Z"), Literal(Decimal(1), DURATION), MOMENT), RANGE),
    (plan.AddSeconds(moment("2026-03-01T09:00:00Z"), Literal(Decimal("1E+300"), DURATION), MOMENT), RANGE),
    (plan.DateOf(moment("2026-03-01T09:00:00Z"), DATE), datetime.date(2026, 3, 1)),
    (plan.Today(DATE), CLOCK.today),
    (plan.Now(MOMENT), CLOCK.now),
    # lists and records
    (plan.MakeList((whole(1), whole(2)), WHOLES), (1, 2)),
    (plan.ListWith(wholes(1, 2), whole(3), WHOLES), (1, 2, 3)),
    (plan.ListWith(Literal((0,) * (plan.LONGEST_LIST - 1), WHOLES), whole(0), WHOLES), (0,) * plan.LONGEST_LIST),
    (plan.ListWith(Literal((0,) * plan.LONGEST_LIST, WHOLES), whole(0), WHOLES), Fault.MEMORY),
    (BOOK, {"name": "book", "price": Decimal(12)}),
    (plan.FieldOf(BOOK, "price", USD), Decimal(12)),
    (plan.Filter(wholes(3, 1, 2), N, compare(whole(2), Comparison.AT_MOST, N), WHOLES), (3, 2)),
    (plan.Map(wholes(1, 2), N, plan.ToDecimal(N, NUMBER), NUMBERS), (Decimal(1), Decimal(2))),
    (plan.Sort(wholes(2, 3, 1), N, N, True, WHOLES), (3, 2, 1)),
    (Aggregate(Aggregation.SUM, numbers("0.1", "0.2"), NUMBER), Decimal("0.3")),
    (Aggregate(Aggregation.SUM, numbers(), NUMBER), Decimal(0)),
    (Aggregate(Aggregation.SUM, wholes(), WHOLE), 0),
    (Aggregate(Aggregation.SUM, wholes(10**18 - 1, 1, -1), WHOLE), RANGE),
    (Aggregate(Aggregation.AVERAGE, numbers("1", "2"), NUMBER), Decimal("1.5")),
    (Aggregate(Aggregation.AVERAGE, numbers(), NUMBER), NONE_FOUND),
    (Aggregate(Aggregation.HIGHEST, numbers("1", "2.0", "2"), NUMBER), Decimal("2.0")),
    (Aggregate(Aggregation.LOWEST, wholes(2, 1), WHOLE), 1),
    (Aggregate(Aggregation.LOWEST, wholes(), WHOLE), NONE_FOUND),
    (plan.Count(wholes(1, 1), WHOLE), 2),
    (plan.First(wholes(1, 2), False, WHOLE), 1),
    (plan.First(wholes(1, 2), True, WHOLE), 2),
    (plan.First(wholes(), False, WHOLE), NONE_FOUND),
    (plan.Holds(Quantity.EVERY, wholes(), N, yes(False), YES_NO), True),
    (plan.Holds(Quantity.ANY, wholes(), N, yes(), YES_NO), False),
    (plan.Holds(Quantity.NO, wholes(1, 2), N, compare(N, Comparison.EQUAL, whole(2)), YES_NO), False),
    (plan.Holds(Quantity.ANY, wholes(1, 2), N, compare(N, Comparison.EQUAL, whole(2)), YES_NO), True),
    (plan.Holds(Quantity.EVERY, wholes(2, 1), N, compare(N, Comparison.EQUAL, whole(2)), YES_NO), False),
]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS)
def test_expressions_mean(expression: Expression, expected: Value | Fault) -> None:
    found = outcome_of(expression)
    assert found == expected
    assert type(found) is type(expected)


def test_every_kind_of_expression_has_a_meaning_and_is_tested() -> None:
    kinds = set(typing.get_args(plan.Expression))
    assert kinds == kinds_with_meaning()

    def kinds_in(node: object) -> set[type]:
        found = {type(node)}
        for name in getattr(node, "__dataclass_fields__", ()):
            value = getattr(node, name)
            for part in value if isinstance(value, tuple) else (value,):
                found |= kinds_in(part)
        return found

    tested = set().union(*(kinds_in(expression) for expression, _ in EXPRESSIONS))
    assert kinds - tested == {plan.Call}


def test_minus_zero_is_zero() -> None:
    for expression in (
        arithmetic(number("-1"), "times", number("0")),
        plan.Negate(number("0"), NUMBER),
        rounded("-0.001", 2),
        arithmetic(number("-6"), "remainder", number("3")),
    ):
        found = outcome_of(expression)
        assert isinstance(found, Decimal)
        assert not found.is_signed()


def test_equal_keys_keep_their_order() -> None:
    words = Literal(("b1", "a2", "b2", "a1"), TEXTS)
    word = Variable("word", TEXT)
    key = plan.TestText(TextTest.STARTS_WITH, word, text("a"), YES_NO)
    count = plan.Count(plan.Filter(Literal((1,), WHOLES), N, key, WHOLES), WHOLE)
    assert outcome_of(plan.Sort(words, word, count, False, TEXTS)) == ("b1", "b2", "a2", "a1")
    assert outcome_of(plan.Sort(words, word, count, True, TEXTS)) == ("a2", "a1", "b1", "b2")
