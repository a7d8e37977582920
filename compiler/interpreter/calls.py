"""The meaning of a call: the body of another function is run with its own variables."""

from __future__ import annotations

from compiler import plan
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.interpreter.statements import execute_all
from compiler.plan import Fault, Function, Value


def run_body(function: Function, frame: Frame) -> dict[str, Value]:
    """Runs the body of a function; its outputs in order. Halts with EMPTY, at no place, when one was never set."""
    execute_all(function.body, frame)
    for output in function.outputs:
        if output.name not in frame.variables:
            raise Halt(Fault.EMPTY, -1)
    return {output.name: frame.variables[output.name] for output in function.outputs}


@meaning_of(plan.Call)
def _call(node: plan.Call, frame: Frame) -> Value:
    function = frame.run.plan.functions[node.function]
    values = [evaluate(argument, frame) for argument in node.arguments]
    names = [parameter.name for parameter in function.inputs]
    inside = Frame(frame.run, function, dict(zip(names, values, strict=True)), frame.depth + 1)
    trace = frame.run.trace
    if trace is None:
        return run_body(function, inside)[node.output]
    with trace.inside_call():
        return run_body(function, inside)[node.output]
