"""Explaining a result: the sentences that ran, in order, with the values they read and wrote."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from builder.forms import words
from builder.forms.hiding import telling_steps
from builder.forms.opening import OpenForm
from builder.forms.running import Ran, clock_for, outcome_of, shown
from builder.programs import plan_for
from compiler.interpreter import interpret
from compiler.plan import Plan, Value
from compiler.targets.form import label
from compiler.trace import Step, Trace

MOST_STEPS = 300
"""Steps that a page shows: nobody reads more. The run itself always goes to its end."""

ROUND = "round"
"""The kind of step that is one round of a loop: it has words of its own."""

LONGEST_RUN = 0.1
"""Seconds that the engine may need for a run that is explained: the interpreter needs some hundred times as many."""

_ITEM_OF_LOOP = re.compile(r"\((.+?)(?: \d+)?\)")


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that a sentence read or wrote: its name and the value as people write it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """One sentence that ran, or one round of a loop.

    `sentence` is its wording in the page `source` at `line` (1-based; 0 for none). `depth` counts the sentences and
    functions it is inside of. `inside` names another function that it belongs to, or is "". `note` says how its
    conditions came out.
    """

    number: int
    sentence: str
    source: str
    line: int
    depth: int
    inside: str
    reads: tuple[Noted, ...]
    writes: tuple[Noted, ...]
    note: str
    branch: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """What a run came to, and its first steps, `is_cut` if there are more; none of a run that is `too_long`.

    `operations` counts the sentences that ran in all.
    """

    ran: Ran
    steps: tuple[StepShown, ...]
    operations: int
    is_cut: bool = False
    too_long: bool = False


def explain(opened: OpenForm, values: Mapping[str, Value]) -> Explained:
    """Runs the form's function, then its beginning once more by the interpreter, which notes every sentence.

    The outcome is the engine's; the interpreter stops after `MOST_STEPS` sentences.
    """
    plan, clock = plan_for(opened.function), clock_for(opened)
    started = time.perf_counter()
    outcome = outcome_of(opened, values, clock)
    if time.perf_counter() - started > LONGEST_RUN:
        return Explained(shown(opened, outcome), (), outcome.operations, too_long=True)
    trace = Trace(longest=MOST_STEPS)
    again = interpret(plan, opened.function.name, values, clock, limit=MOST_STEPS, trace=trace)
    hidden = [field.name for field, said in opened.fields if said.hidden] if opened.by_link else []
    kept_back = telling_steps(trace.steps, opened.function.name, hidden)
    steps = tuple(
        _shown(at + 1, step, plan, opened.function.name, tells=at not in kept_back)
        for at, step in enumerate(trace.steps)
    )
    is_cut = trace.cut or again.operations < outcome.operations
    return Explained(shown(opened, outcome), steps, outcome.operations, is_cut)


def _shown(number: int, step: Step, plan: Plan, main: str, *, tells: bool) -> StepShown:
    """A step as the page shows it; without its values unless it `tells`."""
    place = plan.places[step.place] if 0 <= step.place < len(plan.places) else None
    return StepShown(
        number=number,
        sentence=step.note if step.kind == ROUND else place.text if place else "",
        source=place.source if place else "",
        line=place.line if place else 0,
        depth=min(step.depth, 6),
        inside=step.function if step.function != main else "",
        reads=tuple(Noted(_name(name), step.shown_read(name) if tells else words.HIDDEN) for name in step.reads),
        writes=tuple(Noted(_name(name), step.shown_written(name) if tells else words.HIDDEN) for name in step.writes),
        note="" if step.kind == ROUND or not tells else step.note,
        branch=_branch(step),
        stopped=step.fault is not None,
    )


def _name(name: str) -> str:
    """A name as its owner knows it: the item of a loop has a number in the plan, as in "(item 1)'s price"."""
    return label(_ITEM_OF_LOOP.sub(r"\1", name))


def _branch(step: Step) -> str:
    """Which way a choice went, in words, or ""."""
    if step.kind != "if":
        return ""
    if step.branch is None:
        return "No condition holds, so what comes under “otherwise” is done, if there is such a part."
    if step.branch == 0:
        return "Its condition holds, so its part is done."
    return f"Condition {step.branch + 1} is the first that holds, so its part is done."
