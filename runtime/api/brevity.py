"""Which functions are over in no time, whatever their inputs: those without lists, repeating and the making of texts.

A text that is made can be twice as long as the one before, so a dozen sentences would be enough to keep a server busy.

Such a function may run in the thread that answers requests; any other runs beside it, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from compiler.plan import (
    Call,
    ChangeCase,
    Compare,
    ForEach,
    Function,
    Join,
    Length,
    Plan,
    Repeat,
    RepeatUntil,
    Show,
    TestText,
)
from compiler.types import ListType, TextType

MOST_NODES = 2_000
"""A function with more nodes than this, with those that it calls, is not brief."""

TEXT_NODES = 20
"""As how many nodes one counts that looks at every character of a text."""

_SLOW = (ForEach, Repeat, RepeatUntil, ListType, Join, Show, ChangeCase, TestText)


def is_brief(plan: Plan, function: Function) -> bool:
    """Whether every run of the function, given texts of some kilobytes at most, takes about a millisecond or less."""
    count = 0
    for node in _nodes(plan, (function.inputs, function.body)):
        count += TEXT_NODES if _reads_text(node) else 1
        if count > MOST_NODES or isinstance(node, _SLOW):
            return False
    return True


def _reads_text(node: Any) -> bool:
    return isinstance(node, Length) or (isinstance(node, Compare) and isinstance(node.left.type, TextType))


def _nodes(plan: Plan, value: Any) -> Iterator[Any]:
    """All parts of a value, with the bodies of the functions that it calls as often as it does."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
        elif is_dataclass(part):
            yield part
            waiting.extend(getattr(part, field.name) for field in fields(part))
            if isinstance(part, Call):
                waiting.append(plan.functions[part.function].body)
