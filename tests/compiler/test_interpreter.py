"""The meaning of plans: each kind of expression and statement, counting, limits and faults."""

from __future__ import annotations

import datetime
import typing
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler import plan
from compiler.interpreter import interpret
from compiler.interpreter.frame import kinds_with_meaning
from compiler.plan import (
    Aggregate,
    Aggregation,
    Arithmetic,
    ArithmeticOperator,
    Assign,
    Compare,
    Comparison,
    DatePart,
    Expression,
    Fault,
    Function,
    Literal,
    Parameter,
    Plan,
    Quantity,
    Rounding,
    Statement,
    TextTest,
    Value,
    Variable,
)
from compiler.run import Clock, Outcome, Stopped
from compiler.trace import Trace
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    FieldType,
    ListType,
    OptionalType,
    RecordType,
    Type,
    money,
)
from tests.compiler.generators import Case, cases
from tests.compiler.plans import shop_plan
from tests.compiler.value_strategies import is_value_of

USD = money("USD")
ITEM = RecordType("item", (FieldType("name", TEXT), FieldType("price", USD)))
NUMBERS, WHOLES, TEXTS = ListType(NUMBER), ListType(WHOLE), ListType(TEXT)
NOW = datetime.datetime(2026, 3, 1, 9, 30, 5, 250_000, datetime.UTC)
CLOCK = Clock(NOW, datetime.date(2026, 3, 2))


def number(text: str) -> Literal:
    return Literal(Decimal(text), NUMBER)


def whole(value: int) -> Literal:
    return Literal(value, WHOLE)


def text(value: str) -> Literal:
    return Literal(value, TEXT)


def yes(value: bool = True) -> Literal:
    return Literal(value, YES_NO)


def date(value: str) -> Literal:
    return Literal(datetime.date.fromisoformat(value), DATE)


def moment(value: str) -> Literal:
    return Literal(datetime.datetime.fromisoformat(value), MOMENT)


def numbers(*values: str) -> Literal:
    return Literal(tuple(Decimal(value) for value in values), NUMBERS)


def wholes(*values: int) -> Literal:
    return Literal(values, WHOLES)


def arithmetic(left: Literal, operator: str, right: Literal) -> Arithmetic:
    return Arithmetic(ArithmeticOperator(operator), left, right, left.type)


def compare(left: Expression, comparison: Comparison, right: Expression) -> Compare:
    return Compare(comparison, left, right, YES_NO)


def rounded(value: str, places: int, rounding: Rounding = Rounding.HALF_EVEN) -> plan.RoundPlaces:
    return plan.RoundPlaces(number(value), places, rounding, NUMBER)


def run_statements(
    *body: Statement, output: Type | None = None, limit: int = 1000, functions: tuple[Function, ...] = ()
) -> Outcome:
    """Runs a function of these statements, whose output is the variable `result` when it has a type."""
    outputs = () if output is None else (Parameter("result", output),)
    function = Function("tested", (), outputs, body)
    return interpret(Plan({each.name: each for each in (*functions, function)}), "tested", {}, CLOCK, limit)


def outcome_of(expression: Expression) -> Value | Fault:
    """The value of an expression, or the fault with which it stops."""
    outcome = run_statements(Assign(Variable("result", expression.type), expression, 7), output=expression.type)
    assert outcome.operations == 1
    if outcome.stopped is not None:
        assert outcome.stopped.place == 7
        return outcome.stopped.fault
    assert outcome.outputs is not None
    return outcome.outputs["result"]


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


# --- statements

RESULT = Variable("result", WHOLE)


def add(amount: Expression, place: int = 0) -> Assign:
    """Increases the result."""
    return Assign(RESULT, Arithmetic(ArithmeticOperator.ADD, RESULT, amount, WHOLE), place)


ZERO = Assign(RESULT, whole(0), 0)


def result_of(*body: Statement) -> tuple[Value, int]:
    outcome = run_statements(*body, output=WHOLE)
    assert outcome.outputs is not None, outcome.stopped
    return outcome.outputs["result"], outcome.operations


def stop_of(*body: Statement, limit: int = 1000) -> tuple[Stopped | None, int]:
    outcome = run_statements(*body, output=WHOLE, limit=limit)
    assert outcome.outputs is None
    return outcome.stopped, outcome.operations


def test_if_runs_the_first_branch_that_holds() -> None:
    def choice(first: bool, second: bool) -> plan.If:
        return plan.If(((yes(first), (add(whole(1)),)), (yes(second), (add(whole(2)),))), (add(whole(3)),), 1)

    assert result_of(ZERO, choice(True, True)) == (1, 3)
    assert result_of(ZERO, choice(False, True)) == (2, 3)
    assert result_of(ZERO, choice(False, False)) == (3, 3)
    assert result_of(ZERO, plan.If(((yes(False), (add(whole(1)),)),), (), 1)) == (0, 2)


def test_choose_takes_the_first_row_that_fits() -> None:
    rows = ((yes(False), whole(1)), (yes(), whole(2)), (yes(), whole(3)))
    assert result_of(plan.Choose(RESULT, rows, 1)) == (2, 1)
    assert stop_of(plan.Choose(RESULT, rows[:1], 4)) == (Stopped(Fault.NO_ROW, 4), 1)


def test_require_and_stop_stop_with_their_text() -> None:
    join = plan.Join((text("Order at least "), plan.Show(whole(1), TEXT)), TEXT)
    assert stop_of(plan.Require(yes(False), join, 3)) == (Stopped(Fault.STOPPED, 3, "Order at least 1"), 1)
    assert stop_of(plan.Stop(text("No."), 5)) == (Stopped(Fault.STOPPED, 5, "No."), 1)
    assert result_of(plan.Require(yes(), Variable("never read", TEXT), 3), ZERO) == (0, 2)


def test_for_each_runs_over_the_list_as_it_was() -> None:
    items = Variable("items", WHOLES)
    grow = Assign(items, wholes(9, 9, 9, 9), 0)
    body = plan.ForEach(N, items, (add(N), grow), 1)
    assert result_of(ZERO, Assign(items, wholes(1, 2), 0), body) == (3, 7)


def test_the_item_of_a_loop_is_a_variable_only_inside() -> None:
    loop = plan.ForEach(N, wholes(1), (add(N),), 1)
    assert stop_of(ZERO, loop, add(N, 9))[0] == Stopped(Fault.EMPTY, 9)
    assert result_of(ZERO, Assign(N, whole(50), 0), loop, add(N)) == (51, 5)
    inside = plan.Aggregate(Aggregation.SUM, plan.Map(wholes(1, 2), N, N, WHOLES), WHOLE)
    assert result_of(ZERO, Assign(N, whole(50), 0), add(inside), add(N)) == (53, 4)


def test_variables_of_a_loop_keep_their_values() -> None:
    last = Variable("last", WHOLE)
    loop = plan.ForEach(N, wholes(1, 2), (Assign(last, N, 0),), 1)
    assert result_of(loop, Assign(RESULT, last, 0)) == (2, 4)


def test_repeat_and_repeat_until() -> None:
    assert result_of(ZERO, plan.Repeat(whole(3), (add(whole(1)),), 1)) == (3, 5)
    assert result_of(ZERO, plan.Repeat(whole(-3), (add(whole(1)),), 1)) == (0, 2)
    enough = compare(whole(4), Comparison.AT_MOST, RESULT)
    assert result_of(ZERO, plan.RepeatUntil(enough, (add(whole(2)),), 1)) == (4, 4)
    assert result_of(Assign(RESULT, whole(9), 0), plan.RepeatUntil(enough, (add(whole(2)),), 1)) == (9, 2)


def test_the_limit_stops_before_the_sentence_that_exceeds_it() -> None:
    body = (ZERO, add(whole(1), 1), add(whole(1), 2))
    assert run_statements(*body, output=WHOLE, limit=3).stopped is None
    assert stop_of(*body, limit=2) == (Stopped(Fault.OPERATIONS, 2), 2)
    assert stop_of(*body, limit=0) == (Stopped(Fault.OPERATIONS, 0), 0)
    endless = plan.RepeatUntil(yes(False), (add(whole(1), 8),), 7)
    assert stop_of(ZERO, endless, limit=100) == (Stopped(Fault.OPERATIONS, 8), 100)
    many = plan.Repeat(whole(10**18 - 1), (add(whole(1), 8),), 7)
    assert stop_of(ZERO, many, limit=100) == (Stopped(Fault.OPERATIONS, 8), 100)


def test_a_fault_has_the_place_of_the_innermost_sentence() -> None:
    bad = Assign(RESULT, plan.First(wholes(), False, WHOLE), 5)
    assert stop_of(plan.If(((yes(), (bad,)),), (), 1))[0] == Stopped(NONE_FOUND, 5)
    condition = compare(plan.First(wholes(), False, WHOLE), Comparison.EQUAL, whole(1))
    assert stop_of(plan.If(((condition, (ZERO,)),), (), 1))[0] == Stopped(NONE_FOUND, 1)
    again = plan.RepeatUntil(
        compare(plan.First(Variable("list", WHOLES), False, WHOLE), Comparison.EQUAL, whole(2)),
        (Assign(Variable("list", WHOLES), wholes(), 6),),
        2,
    )
    assert stop_of(Assign(Variable("list", WHOLES), wholes(1), 0), again)[0] == Stopped(NONE_FOUND, 2)


def test_an_output_that_was_never_set_is_empty() -> None:
    assert stop_of() == (Stopped(Fault.EMPTY, -1), 0)


# --- calls

DOUBLE = Function(
    "double",
    (Parameter("n", WHOLE),),
    (Parameter("twice", WHOLE), Parameter("same", WHOLE)),
    (
        plan.Require(compare(whole(1), Comparison.AT_MOST, N), text("Too small."), 20),
        Assign(Variable("twice", WHOLE), Arithmetic(ArithmeticOperator.ADD, N, N, WHOLE), 21),
        Assign(Variable("same", WHOLE), N, 22),
    ),
)


def call(argument: Expression, output: str = "twice") -> plan.Call:
    return plan.Call("double", (argument,), output, WHOLE)


def test_calls_work_out_other_functions_and_count_their_sentences() -> None:
    outcome = run_statements(
        Assign(N, whole(9), 0), Assign(RESULT, call(call(whole(3))), 1), output=WHOLE, functions=(DOUBLE,)
    )
    assert outcome == Outcome({"result": 12}, None, 8)
    same = run_statements(Assign(RESULT, call(whole(3), "same"), 1), output=WHOLE, functions=(DOUBLE,))
    assert same.outputs == {"result": 3}


def test_a_stop_in_a_called_function_stops_the_run_at_its_place() -> None:
    outcome = run_statements(Assign(RESULT, call(whole(0)), 1), output=WHOLE, functions=(DOUBLE,))
    assert outcome == Outcome(None, Stopped(Fault.STOPPED, 20, "Too small."), 2)


def test_a_called_function_has_variables_of_its_own() -> None:
    leak = Function("leak", (), (Parameter("out", WHOLE),), (Assign(Variable("out", WHOLE), N, 30),))
    outcome = run_statements(
        Assign(N, whole(9), 0), Assign(RESULT, plan.Call("leak", (), "out", WHOLE), 1), output=WHOLE, functions=(leak,)
    )
    assert outcome.stopped == Stopped(Fault.EMPTY, 30)


def test_an_output_that_a_called_function_never_set_is_empty() -> None:
    unset = Function("unset", (), (Parameter("out", WHOLE),), ())
    outcome = run_statements(Assign(RESULT, plan.Call("unset", (), "out", WHOLE), 1), output=WHOLE, functions=(unset,))
    assert outcome.stopped == Stopped(Fault.EMPTY, -1)


def test_calls_too_deep_are_a_fault_and_not_a_crash() -> None:
    functions = [Function("f 0", (), (Parameter("out", WHOLE),), (Assign(Variable("out", WHOLE), whole(1), 0),))]
    for number in range(1, 2000):
        deeper = Assign(Variable("out", WHOLE), plan.Call(f"f {number - 1}", (), "out", WHOLE), 0)
        functions.append(Function(f"f {number}", (), (Parameter("out", WHOLE),), (deeper,)))
    whole_plan = Plan({function.name: function for function in functions})
    assert interpret(whole_plan, "f 60", {}, CLOCK).outputs == {"out": 1}
    assert interpret(whole_plan, "f 1999", {}, CLOCK).stopped == Stopped(Fault.MEMORY)


# --- limits of size


def test_texts_that_are_too_large_are_a_memory_fault() -> None:
    word = Variable("word", TEXT)
    grow = Assign(word, plan.Join((word, word), TEXT), 3)
    outcome = run_statements(Assign(word, text("é"), 0), plan.Repeat(whole(60), (grow,), 1), output=WHOLE)
    # two bytes doubled 20 times are 2 MiB, and 21 times more than 4,000,000
    assert outcome == Outcome(None, Stopped(Fault.MEMORY, 3), 2 + 21)


def test_texts_of_the_largest_size_are_fine() -> None:
    whole_text = "x" * plan.LARGEST_TEXT
    joined = plan.Length(plan.Join((text(whole_text[1:]), text("x")), TEXT), WHOLE)
    assert outcome_of(joined) == plan.LARGEST_TEXT
    assert outcome_of(plan.Length(plan.Join((text(whole_text), text("x")), TEXT), WHOLE)) is Fault.MEMORY


# --- the example


def test_the_shop_example() -> None:
    shop = shop_plan()
    for price, quantity, discount in [("20", 10, "10"), ("20", 100, "300"), ("20", 9, "0")]:
        outcome = interpret(shop, "Quantity discount", {"price": Decimal(price), "quantity": quantity}, CLOCK)
        assert outcome.outputs == {"discount": Decimal(discount)}
    stopped = interpret(shop, "Quantity discount", {"price": Decimal(20), "quantity": 0}, CLOCK).stopped
    assert stopped == Stopped(Fault.STOPPED, 0, "Order at least one.")
    items = (
        {"name": "book", "price": Decimal(12), "quantity": 2, "exempt mark": True},
        {"name": "pen", "price": Decimal("1.50"), "quantity": 10, "exempt mark": False},
    )
    outcome = interpret(shop, "Basket total", {"items": items, "state": "New York"}, CLOCK)
    assert outcome.outputs == {"subtotal": Decimal("38.25"), "tax": Decimal("1.26"), "total": Decimal("39.51")}


# --- laws

GENERATED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@GENERATED
@given(cases())
def test_a_run_gives_outputs_of_their_types_or_a_fault(case: Case) -> None:
    outcome = interpret(case.plan, case.function, case.inputs, case.clock, case.limit)
    assert 0 <= outcome.operations <= case.limit
    assert (outcome.outputs is None) != (outcome.stopped is None)
    if outcome.outputs is not None:
        function = case.plan.functions[case.function]
        assert list(outcome.outputs) == [output.name for output in function.outputs]
        assert all(is_value_of(outcome.outputs[output.name], output.type) for output in function.outputs)
    if outcome.stopped is not None:
        assert -1 <= outcome.stopped.place < len(case.plan.places)
        assert outcome.stopped.text == "" or outcome.stopped.fault is Fault.STOPPED


@GENERATED
@given(cases())
def test_running_again_and_tracing_give_the_same(case: Case) -> None:
    outcome = interpret(case.plan, case.function, case.inputs, case.clock, case.limit)
    assert interpret(case.plan, case.function, case.inputs, case.clock, case.limit) == outcome
    assert interpret(case.plan, case.function, case.inputs, case.clock, case.limit, Trace()) == outcome


@GENERATED
@given(cases(), st.integers(0, 200))
def test_a_higher_limit_changes_only_runs_that_reached_it(case: Case, limit: int) -> None:
    low = interpret(case.plan, case.function, case.inputs, case.clock, limit)
    high = interpret(case.plan, case.function, case.inputs, case.clock, limit + 50)
    if low.stopped is None or low.stopped.fault is not Fault.OPERATIONS:
        assert high == low
    else:
        assert low.operations == limit
        assert high.operations >= limit
