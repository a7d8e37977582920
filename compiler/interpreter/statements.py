"""The meaning of statements: what each does with the variables of its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler import plan
from compiler.interpreter.frame import Frame, Halt, evaluate
from compiler.plan import Fault, Statement
from compiler.trace import OpenStep


def execute_all(body: tuple[Statement, ...], frame: Frame) -> None:
    """Executes statements in order."""
    for statement in body:
        _execute(statement, frame)


def _execute(statement: Statement, frame: Frame) -> None:
    """Executes one statement; a halt without a place gets its place."""
    run = frame.run
    run.count_operation(statement.place)
    action = _ACTIONS[type(statement)]
    step = OpenStep.none() if run.trace is None else run.trace.open(statement, frame.depth, frame.function.name)
    try:
        action(statement, frame, step)
    except Halt as halt:
        if halt.place is None:
            halt.place = statement.place
            step.stopped(halt.fault)
        raise
    finally:
        step.close()


def _execute_inside(body: tuple[Statement, ...], frame: Frame) -> None:
    """Executes the body of a statement."""
    frame.depth += 1
    try:
        execute_all(body, frame)
    finally:
        frame.depth -= 1


def _assign(statement: plan.Assign, frame: Frame, step: OpenStep) -> None:
    value = evaluate(statement.value, frame)
    frame.variables[statement.variable.name] = value
    step.wrote(statement.variable, value)


def _if(statement: plan.If, frame: Frame, step: OpenStep) -> None:
    for number, (condition, body) in enumerate(statement.branches):
        if step.condition(evaluate(condition, frame)):
            step.took_branch(number)
            _execute_inside(body, frame)
            return
    step.took_branch(None)
    _execute_inside(statement.otherwise, frame)


def _choose(statement: plan.Choose, frame: Frame, step: OpenStep) -> None:
    for number, (condition, result) in enumerate(statement.rows):
        if step.condition(evaluate(condition, frame)):
            step.took_row(number)
            value = evaluate(result, frame)
            frame.variables[statement.variable.name] = value
            step.wrote(statement.variable, value)
            return
    raise Halt(Fault.NO_ROW)


def _require(statement: plan.Require, frame: Frame, step: OpenStep) -> None:
    if not step.condition(evaluate(statement.condition, frame)):
        raise Halt(Fault.STOPPED, text=evaluate(statement.text, frame))


def _stop(statement: plan.Stop, frame: Frame, step: OpenStep) -> None:
    raise Halt(Fault.STOPPED, text=evaluate(statement.text, frame))


def _for_each(statement: plan.ForEach, frame: Frame, step: OpenStep) -> None:
    items = evaluate(statement.list, frame)
    for number, item in enumerate(items, start=1):
        step.began_round(number, len(items), statement.item, item).close()
        frame.with_item(statement.item.name, item, lambda: _execute_inside(statement.body, frame))


def _repeat(statement: plan.Repeat, frame: Frame, step: OpenStep) -> None:
    times = evaluate(statement.times, frame)
    for number in range(1, times + 1):
        step.began_round(number, times).close()
        _execute_inside(statement.body, frame)


def _repeat_until(statement: plan.RepeatUntil, frame: Frame, step: OpenStep) -> None:
    test, number = step, 0
    while not test.condition(evaluate(statement.condition, frame)):
        test.close()
        number += 1
        _execute_inside(statement.body, frame)
        test = step.began_round(number)
    test.close()


_ACTIONS: dict[type, Callable[[Any, Frame, OpenStep], None]] = {
    plan.Assign: _assign,
    plan.If: _if,
    plan.Choose: _choose,
    plan.Require: _require,
    plan.Stop: _stop,
    plan.ForEach: _for_each,
    plan.Repeat: _repeat,
    plan.RepeatUntil: _repeat_until,
}
