"""The meaning of statements and calls, what they count, and where a fault is."""

from __future__ import annotations

from compiler import plan
from compiler.interpreter import interpret
from compiler.plan import (
    Aggregation,
    Arithmetic,
    ArithmeticOperator,
    Assign,
    Comparison,
    Expression,
    Fault,
    Function,
    Parameter,
    Plan,
    Statement,
    Value,
    Variable,
)
from compiler.run import Outcome, Stopped
from compiler.types import (
    TEXT,
    WHOLE,
)
from tests.compiler.short_plans import (
    CLOCK,
    WHOLES,
    compare,
    run_statements,
    text,
    whole,
    wholes,
    yes,
)

N = Variable("n", WHOLE)
NONE_FOUND = Fault.NONE_FOUND
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
