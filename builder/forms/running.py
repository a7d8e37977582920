"""Running a function for somebody in front of its form: inputs in, the outputs or why there are none out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from builder.forms.opening import OpenForm
from builder.forms.results import Shown, show_results
from builder.programs import plan_for, program_for
from compiler.messages import explain_stop
from compiler.plan import Place, Plan, Value
from compiler.run import Clock, Outcome, Stopped


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run has no result: whole sentences in plain words, and the sentence of the page that stopped it, if any."""

    words: str
    sentence: Place | None


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: the outputs to show, or why it stopped."""

    results: tuple[Shown, ...]
    stop: Stop | None


def clock_for(opened: OpenForm) -> Clock:
    """The time now, and today's date in the project's zone."""
    now = timezone.now()
    return Clock(now=now, today=now.astimezone(opened.zone).date())


def run(opened: OpenForm, values: Mapping[str, Value]) -> Ran:
    """Runs the form's function and shows what came of it."""
    return shown(opened, outcome_of(opened, values, clock_for(opened)))


def outcome_of(opened: OpenForm, values: Mapping[str, Value], clock: Clock) -> Outcome:
    """Runs the form's function on the engine, which bounds time, memory and operations."""
    function, program = program_for(opened.function)
    inputs = {parameter.name: values[parameter.name] for parameter in function.inputs}
    return program.run(function.name, inputs, clock)


def shown(opened: OpenForm, outcome: Outcome) -> Ran:
    """An outcome as a page shows it."""
    if outcome.outputs is not None:
        return Ran(show_results(opened.description.results, outcome.outputs), None)
    assert outcome.stopped is not None
    return Ran((), _stop(outcome.stopped, plan_for(opened.function), tells_sentence=opened.may_explain))


def _stop(stopped: Stopped, plan: Plan, *, tells_sentence: bool) -> Stop:
    place = plan.places[stopped.place] if tells_sentence and 0 <= stopped.place < len(plan.places) else None
    return Stop(explain_stop(stopped).text, place)
