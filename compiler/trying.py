"""Trying the examples of a project with the interpreter."""

from __future__ import annotations

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

_TRY = "(example)"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How an example came out; `text` says why it did not pass."""

    source: str
    line: int
    page: str
    name: str
    passed: bool
    text: str = ""


def run_examples(project: Project, source: str | None = None) -> tuple[ExampleResult, ...]:
    """Tries the examples of all working functions, or of those in one source."""
    results: list[ExampleResult] = []
    for page in project.pages:
        if source is None or page.source == source:
            results.extend(_tried(project, page, example) for example in page.examples)
    return tuple(results)


def _tried(project: Project, page: Page, example: Example) -> ExampleResult:
    assert page.tree is not None
    line = _line_of(page, example.span.start)
    text = _failure(project, example)
    return ExampleResult(page.source, line, page.name, example.name, not text, text)


def _line_of(page: Page, offset: int) -> int:
    assert page.tree is not None
    return sum(1 for start in page.tree.line_starts if start <= offset)


def _failure(project: Project, example: Example) -> str:
    """Why an example does not pass, in words; empty when it does."""
    function = project.plan.functions[example.function]
    given = _evaluated(project, {}, example.givens)
    if given.outputs is None:
        return f"What is given cannot be worked out: {_why(given, project)}"
    outcome = interpret(project.plan, function.name, dict(given.outputs), EXAMPLE_CLOCK)
    if example.stops:
        return _stop_failure(project, example, dict(given.outputs), outcome)
    if outcome.outputs is None:
        return f"It stopped: {_why(outcome, project)}"
    known = {**given.outputs, **outcome.outputs}
    wrong = [text for expectation in example.expectations if (text := _unmet(project, expectation, known))]
    return " ".join(wrong)


def _stop_failure(project: Project, example: Example, given: dict[str, Value], outcome: Outcome) -> str:
    if outcome.stopped is None:
        shown = ", ".join(
            f"the {name} is {_shown(value, project, example, name)}" for name, value in (outcome.outputs or {}).items()
        )
        return f"It did not stop; {shown}."
    if example.stop_text is None:
        return ""
    wanted = _evaluated(project, given, (("text", example.stop_text),))
    text = (wanted.outputs or {}).get("text")
    if outcome.stopped.fault is Fault.STOPPED and outcome.stopped.text == text:
        return ""
    return f'It stopped with "{_why(outcome, project)}" instead.'


def _shown(value: Value, project: Project, example: Example, name: str) -> str:
    type_ = next(o.type for o in project.plan.functions[example.function].outputs if o.name == name)
    return show(value, type_)


def _unmet(project: Project, expectation: Expectation, known: dict[str, Value]) -> str:
    """What is wrong with an expectation, or nothing."""
    outcome = _evaluated(project, known, (("holds", expectation.condition),))
    if outcome.outputs is None:
        return f"It cannot be told whether {expectation.words}: {_why(outcome, project)}"
    if outcome.outputs["holds"] is True:
        return ""
    if expectation.actual is None or isinstance(expectation.actual.type, RecordType):
        return f"It is not so that {expectation.words}."
    found = _evaluated(project, known, (("actual", plan.Show(expectation.actual, TEXT)),))
    actual = (found.outputs or {}).get("actual", "nothing")
    return f"Expected that {expectation.words}, but the {expectation.name} is {actual}."


def _evaluated(project: Project, known: dict[str, Value], values: tuple[tuple[str, plan.Expression], ...]) -> Outcome:
    """Some expressions worked out, given values for names, by way of a function made for it."""
    literals = tuple(plan.Assign(plan.Variable(name, value.type), value, -1) for name, value in values)
    outputs = tuple(Parameter(name, value.type) for name, value in values)
    inputs = tuple(Parameter(name, YES_NO) for name in known)
    function = plan.Function(_TRY, inputs, outputs, literals)
    extended = plan.Plan({**project.plan.functions, _TRY: function}, project.plan.places)
    return interpret(extended, _TRY, known, EXAMPLE_CLOCK)


def _why(outcome: Outcome, project: Project) -> str:
    assert outcome.stopped is not None
    return explain_stop(outcome.stopped, project.plan.places).text
