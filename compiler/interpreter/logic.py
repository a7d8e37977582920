"""The meaning of constants, variables, comparisons and conditions, and of values that may be missing."""

from __future__ import annotations

from typing import Any

from compiler import plan
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.plan import Comparison, Fault, Value


@meaning_of(plan.Literal)
def _literal(node: plan.Literal, frame: Frame) -> Value:
    return node.value


@meaning_of(plan.Variable)
def _variable(node: plan.Variable, frame: Frame) -> Value:
    value = _value_of(node, frame)
    if frame.run.trace is not None:
        frame.run.trace.read(node.name, value, node.type)
    return value


def _value_of(variable: plan.Variable, frame: Frame) -> Any:
    if variable.name not in frame.variables:
        raise Halt(Fault.EMPTY)
    return frame.variables[variable.name]


@meaning_of(plan.FieldOf)
def _field_of(node: plan.FieldOf, frame: Frame) -> Value:
    if not isinstance(node.record, plan.Variable):
        made: Value = evaluate(node.record, frame)[node.name]
        return made
    value: Value = _value_of(node.record, frame)[node.name]
    if frame.run.trace is not None:
        frame.run.trace.read_field(node.record.name, node.name, value, node.type)
    return value


@meaning_of(plan.Compare)
def _compare(node: plan.Compare, frame: Frame) -> bool:
    left = evaluate(node.left, frame)
    right = evaluate(node.right, frame)
    match node.comparison:
        case Comparison.EQUAL:
            result = left == right
        case Comparison.LESS:
            result = left < right
        case Comparison.AT_MOST:
            result = left <= right
    if frame.run.trace is not None:
        frame.run.trace.compared(node, left, right, result)
    return bool(result)


@meaning_of(plan.Not)
def _not(node: plan.Not, frame: Frame) -> bool:
    return not evaluate(node.value, frame)


@meaning_of(plan.And)
def _and(node: plan.And, frame: Frame) -> bool:
    return all(evaluate(part, frame) for part in node.parts)


@meaning_of(plan.Or)
def _or(node: plan.Or, frame: Frame) -> bool:
    return any(evaluate(part, frame) for part in node.parts)


@meaning_of(plan.Some)
def _some(node: plan.Some, frame: Frame) -> Value:
    value: Value = evaluate(node.value, frame)
    return value


@meaning_of(plan.Required)
def _required(node: plan.Required, frame: Frame) -> Value:
    value: Value = evaluate(node.value, frame)
    if value is None:
        raise Halt(Fault.EMPTY)
    return value


@meaning_of(plan.IsEmpty)
def _is_empty(node: plan.IsEmpty, frame: Frame) -> bool:
    value = evaluate(node.value, frame)
    return value is None or (isinstance(value, str | tuple) and len(value) == 0)
