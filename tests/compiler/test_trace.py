"""The trace of a run: which sentences ran, with which values, in words."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from compiler import plan
from compiler.interpreter import interpret
from compiler.plan import Comparison, Fault, Function, Literal, Plan, Statement, Value, Variable
from compiler.run import Clock
from compiler.trace import LONGEST_TRACE, Step, Trace, shown_briefly
from compiler.types import TEXT, WHOLE, YES_NO, ListType, Type
from tests.compiler.generators import Case, cases
from tests.compiler.plans import shop_plan

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))
N, TOTAL = Variable("n", WHOLE), Variable("total", WHOLE)


def whole(value: int) -> Literal:
    return Literal(value, WHOLE)


def add(amount: plan.Expression, place: int) -> plan.Assign:
    return plan.Assign(TOTAL, plan.Arithmetic(plan.ArithmeticOperator.ADD, TOTAL, amount, WHOLE), place)


def steps_of(*body: Statement, limit: int = 20_000) -> tuple[Step, ...]:
    trace = Trace()
    interpret(Plan({"f": Function("f", (), (), body)}), "f", {}, CLOCK, limit, trace)
    return trace.steps


def discount_steps(quantity: int) -> tuple[Step, ...]:
    trace = Trace()
    interpret(shop_plan(), "Quantity discount", {"price": Decimal(20), "quantity": quantity}, CLOCK, trace=trace)
    return trace.steps


def test_conditions_are_told_with_their_values() -> None:
    require, choice, assign = discount_steps(12)
    assert (require.kind, require.place, require.note) == ("require", 0, "12 is at least 1, so yes.")
    assert (choice.kind, choice.place, choice.branch) == ("if", 1, 1)
    assert choice.note == "12 is less than 100, so no. 12 is at least 10, so yes."
    assert choice.reads == {"quantity": 12}
    assert (assign.kind, assign.place, assign.depth) == ("set", 2, 1)
    assert assign.reads == {"price": Decimal(20), "quantity": 12}
    assert assign.writes == {"discount": Decimal("12.00")}
    assert assign.shown_read("price") == "$20"
    assert assign.shown_written("discount") == "$12"


def test_a_variable_that_changes_is_told_before_and_after() -> None:
    _, step = steps_of(plan.Assign(TOTAL, whole(1), 0), add(whole(4), 1))
    assert (step.shown_read("total"), step.shown_written("total")) == ("1", "5")


def test_the_last_step_says_why_a_run_stopped() -> None:
    (require,) = discount_steps(0)
    assert require.fault is Fault.STOPPED
    assert require.note == "0 is less than 1, so no."


def test_the_steps_of_a_called_function_are_inside_of_its_caller() -> None:
    trace = Trace()
    items = ({"name": "pen", "price": Decimal("1.50"), "quantity": 10, "exempt mark": False},)
    interpret(shop_plan(), "Basket total", {"items": items, "state": "Texas"}, CLOCK, trace=trace)
    choose, *_ = trace.steps
    assert (choose.kind, choose.row) == ("choose", 1)
    assert choose.note == "Row 2 fits. “Texas” is “Texas”, so yes."
    assert choose.writes == {"tax rate": Decimal("0.0625")}
    told = [(step.kind, step.place, step.depth, step.function) for step in trace.steps]
    assert told[3:9] == [
        ("for each", 7, 0, "Basket total"),
        ("round", 7, 1, "Basket total"),
        ("set", 8, 1, "Basket total"),
        ("require", 0, 2, "Quantity discount"),
        ("if", 1, 2, "Quantity discount"),
        ("set", 2, 3, "Quantity discount"),
    ]
    line = trace.steps[5]
    assert line.reads == {"item's price": Decimal("1.50"), "item's quantity": 10}
    assert line.shown_written("line") == "$14.25"


def test_rounds_of_loops_are_steps() -> None:
    steps = steps_of(
        plan.Assign(TOTAL, whole(0), 0),
        plan.ForEach(N, Literal((5, 6), ListType(WHOLE)), (add(N, 2),), 1),
    )
    assert [(step.kind, step.round, step.rounds, dict(step.writes)) for step in steps[1:]] == [
        ("for each", None, None, {}),
        ("round", 1, 2, {"n": 5}),
        ("set", None, None, {"total": 5}),
        ("round", 2, 2, {"n": 6}),
        ("set", None, None, {"total": 11}),
    ]
    assert steps[2].note == "Round 1 of 2."


def test_each_test_of_a_repeat_until_is_told() -> None:
    enough = plan.Compare(Comparison.AT_MOST, whole(2), TOTAL, YES_NO)
    steps = steps_of(plan.Assign(TOTAL, whole(0), 0), plan.RepeatUntil(enough, (add(whole(1), 2),), 1))
    assert [(step.kind, step.note) for step in steps[1:]] == [
        ("repeat until", "0 is less than 2, so no."),
        ("set", ""),
        ("round", "Round 1. 1 is less than 2, so no."),
        ("set", ""),
        ("round", "Round 2. 2 is at least 2, so yes."),
    ]


def test_items_of_list_expressions_are_not_told_one_by_one() -> None:
    above = plan.Compare(Comparison.LESS, TOTAL, N, YES_NO)
    kept = plan.Filter(Literal((1, 2, 3), ListType(WHOLE)), N, above, ListType(WHOLE))
    steps = steps_of(
        plan.Assign(TOTAL, whole(1), 0),
        plan.Require(plan.Not(plan.IsEmpty(kept, YES_NO), YES_NO), Literal("", TEXT), 1),
    )
    assert steps[1].reads == {"total": 1}
    assert steps[1].note == "The answer is yes."


def test_a_long_run_keeps_its_first_steps() -> None:
    body = (plan.Assign(TOTAL, whole(0), 0), plan.Repeat(whole(9000), (add(whole(1), 2),), 1))
    trace = Trace()
    interpret(Plan({"f": Function("f", (), (), body)}), "f", {}, CLOCK, 20_000, trace)
    assert trace.cut
    assert len(trace.steps) == LONGEST_TRACE


def test_where_a_later_round_stopped() -> None:
    first = plan.First(Variable("list", ListType(WHOLE)), False, WHOLE)
    empty = plan.Assign(Variable("list", ListType(WHOLE)), Literal((), ListType(WHOLE)), 3)
    steps = steps_of(
        plan.Assign(Variable("list", ListType(WHOLE)), Literal((1,), ListType(WHOLE)), 0),
        plan.RepeatUntil(plan.Compare(Comparison.EQUAL, first, whole(2), YES_NO), (empty,), 1),
    )
    assert [(step.kind, step.fault) for step in steps] == [
        ("set", None), ("repeat until", None), ("set", None), ("round", Fault.NONE_FOUND),
    ]  # fmt: skip


def test_long_values_are_cut() -> None:
    shown: list[tuple[Value, Type]] = [("x" * 1000, TEXT), (tuple(range(100_000)), ListType(WHOLE))]
    for value, type_ in shown:
        words = shown_briefly(value, type_)
        assert "…" in words
        assert len(words) <= 82


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_every_sentence_that_ran_is_a_step(case: Case) -> None:
    trace = Trace()
    outcome = interpret(case.plan, case.function, case.inputs, case.clock, case.limit, trace)
    sentences = [step for step in trace.steps if step.kind != "round"]
    assert len(sentences) == outcome.operations
    faults = [step for step in trace.steps if step.fault is not None]
    if outcome.stopped is not None and outcome.stopped.fault is not Fault.OPERATIONS and outcome.stopped.place >= 0:
        assert [(step.fault, step.place) for step in faults] == [(outcome.stopped.fault, outcome.stopped.place)]
    else:
        assert faults == []
    for step in trace.steps[:50]:
        assert set(step.reads) | set(step.writes) == set(step.types)
        assert [step.shown_read(name) for name in step.reads] == [
            shown_briefly(value, step.types[name]) for name, value in step.reads.items()
        ]
