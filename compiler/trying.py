"""Trying the examples of a project with the interpreter."""

from __future__ import annotations

import bisect
import datetime
from dataclasses import dataclass

from compiler import plan
from compiler.checking.examples import Example, Expectation
from compiler.interpreter import interpret
from compiler.messages import explain_stop
from compiler.plan import Fault, Parameter, Value
from compiler.project import Page, Project
from compiler.run import Clock, Outcome
from compiler.types import TEXT, YES_NO, RecordType
from compiler.values.show import show

EXAMPLE_CLOCK = Clock(datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 1, 1))
"""What "now" and "today" are in examples, so that they come out the same every day."""

MOST_OPERATIONS = 200_000
"""Sentences that all examples of one trying may execute together: they are tried while somebody types."""

_TRY = "(example)"
_EACH_RUN = 10
"""What beginning a run costs, in sentences."""

_NOT_TRIED = "Not tried: the examples before it took all the time there is. Make some of them smaller."


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How an example came out; `text` says why it did not pass, or was not `tried`."""

    source: str
    line: int
    page: str
    name: str
    passed: bool
    text: str = ""
    tried: bool = True


class _Budget:
    """What is left for the examples of one trying. Each run has the usual limit, so the last one may go beyond."""

    def __init__(self) -> None:
        self._left = MOST_OPERATIONS

    @property
    def is_spent(self) -> bool:
        return self._left <= 0

    def run(self, project_plan: plan.Plan, function: str, inputs: dict[str, Value]) -> Outcome:
        outcome = interpret(project_plan, function, inputs, EXAMPLE_CLOCK)
        self._left -= outcome.operations + _EACH_RUN
        return outcome


def run_examples(project: Project, source: str | None = None) -> tuple[ExampleResult, ...]:
    """Tries the examples of all working functions, or of those in one source.

    Together they may take `MOST_OPERATIONS`; those that are not reached have not passed and are not `tried`.
    """
    results: list[ExampleResult] = []
    budget = _Budget()
    for page in project.pages:
        if source is None or page.source == source:
            results.extend(_tried(project, page, example, budget) for example in page.examples)
    return tuple(results)


def _tried(project: Project, page: Page, example: Example, budget: _Budget) -> ExampleResult:
    assert page.tree is not None
    line = _line_of(page, example.span.start)
    if budget.is_spent:
        return ExampleResult(page.source, line, page.name, example.name, False, _NOT_TRIED, tried=False)
    text = _failure(project, example, budget)
    return ExampleResult(page.source, line, page.name, example.name, not text, text)


def _line_of(page: Page, offset: int) -> int:
    assert page.tree is not None
    return bisect.bisect_right(page.tree.line_starts, offset)


def _failure(project: Project, example: Example, budget: _Budget) -> str:
    """Why an example does not pass, in words; empty when it does."""
    function = project.plan.functions[example.function]
    given = _evaluated(project, {}, example.givens, budget)
    if given.outputs is None:
        return f"What is given cannot be worked out: {_why(given, project)}"
    outcome = budget.run(project.plan, function.name, dict(given.outputs))
    if example.stops:
        return _stop_failure(project, example, dict(given.outputs), outcome, budget)
    if outcome.outputs is None:
        return f"It stopped: {_why(outcome, project)}"
    known = {**given.outputs, **outcome.outputs}
    wrong = [text for expectation in example.expectations if (text := _unmet(project, expectation, known, budget))]
    return " ".join(wrong)


def _stop_failure(
    project: Project, example: Example, given: dict[str, Value], outcome: Outcome, budget: _Budget
) -> str:
    if outcome.stopped is None:
        shown = ", ".join(
            f"the {name} is {_shown(value, project, example, name)}" for name, value in (outcome.outputs or {}).items()
        )
        return f"It did not stop; {shown}."
    if example.stop_text is None:
        return ""
    wanted = _evaluated(project, given, (("text", example.stop_text),), budget)
    text = (wanted.outputs or {}).get("text")
    if outcome.stopped.fault is Fault.STOPPED and outcome.stopped.text == text:
        return ""
    return f'It stopped with "{_why(outcome, project)}" instead.'


def _shown(value: Value, project: Project, example: Example, name: str) -> str:
    type_ = next(o.type for o in project.plan.functions[example.function].outputs if o.name == name)
    return show(value, type_)


def _unmet(project: Project, expectation: Expectation, known: dict[str, Value], budget: _Budget) -> str:
    """What is wrong with an expectation, or nothing."""
    outcome = _evaluated(project, known, (("holds", expectation.condition),), budget)
    if outcome.outputs is None:
        return f"It cannot be told whether {expectation.words}: {_why(outcome, project)}"
    if outcome.outputs["holds"] is True:
        return ""
    if expectation.actual is None or isinstance(expectation.actual.type, RecordType):
        return f"It is not so that {expectation.words}."
    found = _evaluated(project, known, (("actual", plan.Show(expectation.actual, TEXT)),), budget)
    actual = (found.outputs or {}).get("actual", "nothing")
    return f"Expected that {expectation.words}, but the {expectation.name} is {actual}."


def _evaluated(
    project: Project, known: dict[str, Value], values: tuple[tuple[str, plan.Expression], ...], budget: _Budget
) -> Outcome:
    """Some expressions worked out, given values for names, by way of a function made for it."""
    literals = tuple(plan.Assign(plan.Variable(name, value.type), value, -1) for name, value in values)
    outputs = tuple(Parameter(name, value.type) for name, value in values)
    inputs = tuple(Parameter(name, YES_NO) for name in known)
    function = plan.Function(_TRY, inputs, outputs, literals)
    extended = plan.Plan({**project.plan.functions, _TRY: function}, project.plan.places)
    return budget.run(extended, _TRY, known)


def _why(outcome: Outcome, project: Project) -> str:
    assert outcome.stopped is not None
    return explain_stop(outcome.stopped, project.plan.places).text
