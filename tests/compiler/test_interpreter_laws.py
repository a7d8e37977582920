"""Laws of the interpreter on generated plans, its limits of size, and the shop example."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler import plan
from compiler.interpreter import interpret
from compiler.plan import (
    Assign,
    Fault,
    Variable,
)
from compiler.run import Outcome, Stopped
from compiler.trace import Trace
from compiler.types import (
    TEXT,
    WHOLE,
)
from tests.compiler.generators import Case, cases
from tests.compiler.plans import shop_plan
from tests.compiler.short_plans import (
    CLOCK,
    outcome_of,
    run_statements,
    text,
    whole,
)
from tests.compiler.value_strategies import is_value_of

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

GENERATED = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


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
