"""`plainspark explain`: shows step by step how a result comes about."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator

from compiler.cli.arguments import split_call
from compiler.cli.clock import clock_now
from compiler.cli.inputs import inputs_from_json, inputs_from_words
from compiler.cli.projects import function_named, open_project
from compiler.cli.refusing import misused, visible
from compiler.interpreter import interpret
from compiler.messages import explain_stop
from compiler.plan import Place
from compiler.trace import Step, Trace, shown_briefly
from compiler.values import join_words, show

MOST_STEPS = 2_000
"""Steps that are shown; the run itself always goes to its end."""


def carry_out(chosen: Namespace) -> int:
    """The steps, and then the result, go to the standard output. The exit code is 1 when the run stops."""
    files, name, words = split_call(chosen.words)
    if words and chosen.input is not None:
        raise misused("Give the inputs in one way: name=value and --input do not go together.")
    opened = open_project(files)
    function = function_named(opened, name)
    inputs = inputs_from_words(function, words) if chosen.input is None else inputs_from_json(function, chosen.input)
    trace = Trace(longest=MOST_STEPS)
    plan = opened.project.plan
    outcome = interpret(plan, function.name, inputs, clock_now(), trace=trace)
    given = join_words([f"the {each.name} {shown_briefly(inputs[each.name], each.type)}" for each in function.inputs])
    _print(f"{function.name}, given {given}:" if function.inputs else f"{function.name}:")
    for number, step in enumerate(trace.steps, start=1):
        for line in _lines(number, step, plan.places, function.name):
            _print(line)
    if trace.cut:
        _print(f"… and more: only the first {MOST_STEPS:,} steps are shown.")
    _print("")
    if outcome.stopped is not None:
        _print(f"It stopped: {explain_stop(outcome.stopped, plan.places).text}")
        return 1
    assert outcome.outputs is not None
    for output in function.outputs:
        _print(f"{output.name} = {show(outcome.outputs[output.name], output.type)}")
    return 0


def _lines(number: int, step: Step, places: tuple[Place, ...], main: str) -> Iterator[str]:
    """A step as a line with its sentence, and lines below it with what it read, found and set."""
    space = "  " * step.depth
    place = places[step.place] if 0 <= step.place < len(places) else None
    if step.kind == "round":
        sentence = step.note
    else:
        where = "" if place is None else f"line {place.line}: "
        inside = "" if step.function == main else f"{step.function}, "
        sentence = f"{inside}{where}{place.text if place else step.kind}"
    yield f"{number:>4}. {space}{sentence}"
    below = f"      {space}"
    if step.reads:
        yield f"{below}with {join_words([f'the {_name(name)} {step.shown_read(name)}' for name in step.reads])}"
    if step.note and step.kind != "round":
        yield f"{below}{step.note}"
    for name in step.writes:
        yield f"{below}→ {_name(name)} = {step.shown_written(name)}"
    if step.fault is not None:
        yield f"{below}→ it stops here"


def _name(name: str) -> str:
    """A name as its owner knows it: the item of a loop has a number in the plan, as in "(item 1)"."""
    return re.sub(r"\((.+?)(?: \d+)?\)", r"\1", name)


def _print(line: str) -> None:
    print(visible(line))
