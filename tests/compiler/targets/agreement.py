"""Compares a run of a module with what the interpreter says it must be."""

from __future__ import annotations

from decimal import Decimal

from compiler.interpreter import interpret
from compiler.plan import Fault
from compiler.run import Outcome
from runtime.engine import Engine
from tests.compiler.generators import Case


def exact(value: object) -> object:
    """A value such that numbers are equal only if they are written alike: 1.50 is not 1.5 here.

    Minus zero is zero: a module makes it so where it comes in, the interpreter hands an input on as it is.
    """
    if isinstance(value, Decimal):
        return ("decimal", (value if value else value.copy_abs()).as_tuple())
    if isinstance(value, tuple):
        return tuple(exact(one) for one in value)
    if isinstance(value, dict):
        return {name: exact(one) for name, one in value.items()}
    return (type(value), value)


def comparable(outcome: Outcome) -> tuple[object, ...]:
    """All of an outcome, as something to compare with `==`."""
    outputs = None if outcome.outputs is None else [(name, exact(value)) for name, value in outcome.outputs.items()]
    return outputs, outcome.stopped, outcome.operations


def outcomes(engine: Engine, case: Case) -> tuple[Outcome, Outcome]:
    """What the interpreter and the engine make of a case."""
    meant = interpret(case.plan, case.function, case.inputs, case.clock, case.limit)
    done = engine.load(case.plan).run(case.function, case.inputs, case.clock, case.limit)
    return meant, done


def agree(engine: Engine, case: Case) -> bool:
    """Whether both give the same result, or the same fault at the same place with the same text, and the same count.

    The memory of a module also limits what all values of a run take together, which the interpreter does not count.
    """
    meant, done = outcomes(engine, case)
    if done.stopped is not None and done.stopped.fault is Fault.MEMORY and meant.stopped != done.stopped:
        return False
    return comparable(meant) == comparable(done)
