"""Which variables of a function may be read before they have a value, so that reading them must be checked.

A variable that has a value on every way to each place where it is read needs no check; most are like that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from compiler.plan import (
    Assign,
    Choose,
    Filter,
    ForEach,
    Function,
    Holds,
    If,
    Literal,
    Map,
    Repeat,
    RepeatUntil,
    Require,
    Sort,
    Statement,
    Stop,
    Variable,
)

Known = frozenset[str] | None
"""The names that surely have a value here; None where no run ever comes."""


def children(node: Any) -> Iterator[Any]:
    """The expressions directly inside an expression."""
    for field in fields(node):
        value = getattr(node, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if is_dataclass(one) and field.name != "type":
                yield one


def unsure(function: Function) -> frozenset[str]:
    """The names of variables (outputs included) that need a flag saying whether they have a value."""
    found: set[str] = set()
    known = _block(function.body, frozenset(one.name for one in function.inputs), found)
    if known is not None:
        found.update(one.name for one in function.outputs if one.name not in known)
    return frozenset(found)


def _block(statements: Iterable[Statement], known: Known, found: set[str]) -> Known:
    for statement in statements:
        if known is None:
            return None
        known = _statement(statement, known, found)
    return known


def _statement(statement: Statement, known: frozenset[str], found: set[str]) -> Known:
    match statement:
        case Assign(variable=variable, value=value):
            _reads(value, known, found)
            return known | {variable.name}
        case If(branches=branches, otherwise=otherwise):
            ends: list[Known] = []
            for condition, body in branches:
                _reads(condition, known, found)
                ends.append(_block(body, known, found))
            ends.append(_block(otherwise, known, found))
            reached = [end for end in ends if end is not None]
            return frozenset.intersection(*reached) if reached else None
        case Choose(variable=variable, rows=rows):
            for condition, value in rows:
                _reads(condition, known, found)
                _reads(value, known, found)
            return known | {variable.name}
        case Require(condition=condition, text=text):
            _reads(condition, known, found)
            _reads(text, known, found)
            return known
        case Stop(text=text):
            _reads(text, known, found)
            return None
        case ForEach(item=item, list=items, body=body):
            _reads(items, known, found)
            _block(body, known | {item.name}, found)
            return known
        case Repeat(times=times, body=body):
            _reads(times, known, found)
            _block(body, known, found)
            return known
        case RepeatUntil(condition=condition, body=body):
            _reads(condition, known, found)
            _block(body, known, found)
            return known


def _reads(expression: Any, known: frozenset[str], found: set[str]) -> None:
    match expression:
        case Variable(name=name):
            if name not in known:
                found.add(name)
        case Literal():
            return
        case Filter() | Map() | Sort() | Holds():
            _reads(expression.list, known, found)
            inner = known | {expression.item.name}
            for child in children(expression):
                if child is not expression.list and child is not expression.item:
                    _reads(child, inner, found)
        case _:
            for child in children(expression):
                _reads(child, known, found)
