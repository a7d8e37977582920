"""The meaning of expressions on lists and records. The item of a list expression is a variable only inside of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from compiler import plan
from compiler.interpreter.arithmetic import decimal_result, whole_result
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.plan import LONGEST_LIST, Aggregation, ArithmeticOperator, Expression, Fault, Quantity, Value
from compiler.types import ListType, NumberKind, NumberType, RecordType


def _for_item(frame: Frame, item: plan.Variable, value: Value, expression: Expression) -> Any:
    """The value of an expression for one item."""
    trace = frame.run.trace
    if trace is None:
        return frame.with_item(item.name, value, lambda: evaluate(expression, frame))
    with trace.inside_list(item.name):
        return frame.with_item(item.name, value, lambda: evaluate(expression, frame))


@meaning_of(plan.MakeList)
def _make_list(node: plan.MakeList, frame: Frame) -> tuple[Value, ...]:
    if len(node.items) > LONGEST_LIST:
        raise Halt(Fault.MEMORY)
    return tuple([evaluate(item, frame) for item in node.items])


@meaning_of(plan.ListWith)
def _list_with(node: plan.ListWith, frame: Frame) -> tuple[Value, ...]:
    items: tuple[Value, ...] = evaluate(node.list, frame)
    item = evaluate(node.item, frame)
    if len(items) >= LONGEST_LIST:
        raise Halt(Fault.MEMORY)
    return (*items, item)


@meaning_of(plan.MakeRecord)
def _make_record(node: plan.MakeRecord, frame: Frame) -> dict[str, Value]:
    assert isinstance(node.type, RecordType)
    values = [evaluate(value, frame) for value in node.values]
    return {field.name: value for field, value in zip(node.type.fields, values, strict=True)}


@meaning_of(plan.Filter)
def _filter(node: plan.Filter, frame: Frame) -> tuple[Value, ...]:
    items = evaluate(node.list, frame)
    return tuple([item for item in items if _for_item(frame, node.item, item, node.condition)])


@meaning_of(plan.Map)
def _map(node: plan.Map, frame: Frame) -> tuple[Value, ...]:
    items = evaluate(node.list, frame)
    return tuple([_for_item(frame, node.item, item, node.value) for item in items])


@meaning_of(plan.Sort)
def _sort(node: plan.Sort, frame: Frame) -> tuple[Value, ...]:
    items = evaluate(node.list, frame)
    keys = [_for_item(frame, node.item, item, node.key) for item in items]
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=node.descending)
    return tuple([items[index] for index in order])


@meaning_of(plan.Aggregate)
def _aggregate(node: plan.Aggregate, frame: Frame) -> Value:
    items = evaluate(node.list, frame)
    if node.aggregation is Aggregation.SUM:
        return _sum(items, node.list)
    if not items:
        raise Halt(Fault.NONE_FOUND)
    match node.aggregation:
        case Aggregation.AVERAGE:
            return decimal_result(ArithmeticOperator.DIVIDE, _sum(items, node.list), Decimal(len(items)))
        case Aggregation.HIGHEST:
            return _best(items, lambda item, best: item > best)
        case Aggregation.LOWEST:
            return _best(items, lambda item, best: item < best)


def _sum(items: tuple[Any, ...], of: Expression) -> Any:
    assert isinstance(of.type, ListType)
    assert isinstance(of.type.item, NumberType)
    if of.type.item.kind is NumberKind.WHOLE:
        whole = 0
        for item in items:
            whole = whole_result(ArithmeticOperator.ADD, whole, item)
        return whole
    total = Decimal(0)
    for item in items:
        total = decimal_result(ArithmeticOperator.ADD, total, item)
    return total


def _best(items: tuple[Any, ...], better: Callable[[Any, Any], bool]) -> Any:
    """The first of the best items."""
    best = items[0]
    for item in items[1:]:
        if better(item, best):
            best = item
    return best


@meaning_of(plan.Count)
def _count(node: plan.Count, frame: Frame) -> int:
    return len(evaluate(node.list, frame))


@meaning_of(plan.First)
def _first(node: plan.First, frame: Frame) -> Value:
    items: tuple[Value, ...] = evaluate(node.list, frame)
    if not items:
        raise Halt(Fault.NONE_FOUND)
    return items[-1 if node.last else 0]


@meaning_of(plan.Holds)
def _holds(node: plan.Holds, frame: Frame) -> bool:
    items = evaluate(node.list, frame)
    decides = node.quantity is not Quantity.EVERY
    for item in items:
        if _for_item(frame, node.item, item, node.condition) is decides:
            return node.quantity is Quantity.ANY
    return node.quantity is not Quantity.ANY
