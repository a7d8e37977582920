"""The meaning of a plan: the plainest interpreter, which every other target is tested against.

It is not fast and does not try to be. It also explains: given a `Trace`, it notes every sentence that ran.
"""

from __future__ import annotations

from collections.abc import Mapping

# the modules that give the nodes their meaning
from compiler.interpreter import arithmetic, calls, lists, logic, texts, times  # noqa: F401
from compiler.interpreter.calls import run_body
from compiler.interpreter.frame import Frame, Halt, Run
from compiler.plan import OPERATION_LIMIT, Fault, Plan, Value
from compiler.run import Clock, Outcome, Stopped
from compiler.trace import Trace

__all__ = ["interpret"]


def interpret(
    plan: Plan,
    function_name: str,
    inputs: Mapping[str, Value],
    clock: Clock,
    limit: int = OPERATION_LIMIT,
    trace: Trace | None = None,
) -> Outcome:
    """Works out a function of a plan.

    `inputs` holds a value for every input, of its type as `compiler.types` says; they are not checked again.
    At most `limit` sentences are executed. The steps are added to `trace` when one is given. Raises KeyError when there
    is no such function or an input is missing; everything that can go wrong in a page is in the outcome instead.
    Functions that call each other more than about a hundred deep stop with `Fault.MEMORY`.
    """
    function = plan.functions[function_name]
    run = Run(plan, clock, limit, trace)
    variables = {parameter.name: inputs[parameter.name] for parameter in function.inputs}
    try:
        outputs = run_body(function, Frame(run, function, variables))
    except Halt as halt:
        return Outcome(None, Stopped(halt.fault, halt.place_or_none, halt.text), run.operations)
    except RecursionError:
        return Outcome(None, Stopped(Fault.MEMORY), run.operations)
    return Outcome(outputs, None, run.operations)
