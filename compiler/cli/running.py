"""`plainspark run`: runs a function once, or over the rows of a CSV file.

Runs use the engine of `runtime`, the one place where this package reaches there. It is imported when something is run,
so that the compiler and its other commands stay without it.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from compiler.cli.arguments import split_call
from compiler.cli.clock import clock_now
from compiler.cli.files import write_whole
from compiler.cli.inputs import inputs_from_json, inputs_from_words
from compiler.cli.projects import Opened, counted, function_named, open_project
from compiler.cli.refusing import Refused, complain, misused, visible
from compiler.messages import explain_stop
from compiler.plan import Function, Value
from compiler.run import Outcome
from compiler.values import dump_json, key, show, to_json


def carry_out(chosen: Namespace) -> int:
    """Runs what was named. The exit code is 1 when a run stops; stopped rows of a CSV file are told in the rows."""
    files, name, words = split_call(chosen.words)
    _refuse_mixtures(chosen, words)
    opened = open_project(files)
    function = function_named(opened, name)
    if chosen.csv is not None:
        return _run_csv(opened, function, Path(chosen.csv), Path(chosen.out))
    inputs = inputs_from_words(function, words) if chosen.input is None else inputs_from_json(function, chosen.input)
    outcome = _run(opened, function, inputs)
    if chosen.json:
        return _print_json(opened, function, outcome)
    return print_outcome(opened, function, outcome)


def _refuse_mixtures(chosen: Namespace, words: list[str]) -> None:
    if (chosen.csv is None) != (chosen.out is None):
        raise misused("--csv and --out go together: the file with the rows, and the file for them with their results.")
    ways = [
        way
        for way, used in (("name=value", words), ("--input", chosen.input is not None), ("--csv", chosen.csv))
        if used
    ]
    if len(ways) > 1:
        raise misused(f"Give the inputs in one way: {ways[0]} and {ways[1]} do not go together.")
    if chosen.csv is not None and chosen.json:
        raise misused("The results of --csv are rows, so --json does not go with it.")


def _run(opened: Opened, function: Function, inputs: dict[str, Value]) -> Outcome:
    from runtime.engine import Engine

    return Engine().load(opened.project.plan).run(function.name, inputs, clock_now())


def print_outcome(opened: Opened, function: Function, outcome: Outcome) -> int:
    """Prints outputs as `name = value`, or says why there are none. Gives the exit code."""
    if outcome.stopped is not None:
        raise Refused(explain_stop(outcome.stopped, opened.project.plan.places).text)
    assert outcome.outputs is not None
    for output in function.outputs:
        print(f"{visible(output.name)} = {show(outcome.outputs[output.name], output.type)}")
    return 0


def _print_json(opened: Opened, function: Function, outcome: Outcome) -> int:
    if outcome.stopped is not None:
        message = explain_stop(outcome.stopped, opened.project.plan.places)
        data = {"error": {"code": message.code, "message": message.text}}
    else:
        assert outcome.outputs is not None
        data = {key(each.name): to_json(outcome.outputs[each.name], each.type) for each in function.outputs}
    sys.stdout.write(dump_json(data).decode() + "\n")
    return 1 if outcome.stopped is not None else 0


def _run_csv(opened: Opened, function: Function, rows: Path, out: Path) -> int:
    from runtime.engine import Engine
    from runtime.tables.layout import FileRefused
    from runtime.tables.running import Summary, run_csv

    if not rows.is_file():
        raise Refused(f"{rows} is a folder. Please name a file." if rows.is_dir() else f"There is no file {rows}.")
    if out.exists() and out.samefile(rows):
        raise Refused("--csv and --out name the same file. Please name another for the results.")
    program = Engine().load(opened.project.plan)
    done = Summary(0, 0)

    def write(new: Path) -> None:
        nonlocal done
        done = run_csv(program, function, rows, new, clock_now(), threads=os.cpu_count() or 1)

    try:
        write_whole(out, write)
    except FileRefused as refused:
        raise Refused(f"{rows}: {refused.words}") from None
    problems = f", {done.failed:,} with a problem (see the last column)" if done.failed else ""
    complain(f"{counted(done.rows, 'row')} written to {out}{problems}.")
    return 0
