"""Which functions are over in no time, whatever their inputs: those without lists and without repeating.

Such a function may run in the thread that answers requests; any other runs beside it, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from compiler.plan import Call, ForEach, Function, Plan, Repeat, RepeatUntil
from compiler.types import ListType

MOST_NODES = 2_000
"""A function with more nodes than this, with those that it calls, is not brief."""


def is_brief(plan: Plan, function: Function) -> bool:
    """Whether every run of the function takes well under a millisecond."""
    for count, node in enumerate(_nodes(plan, (function.inputs, function.body))):
        if count > MOST_NODES or isinstance(node, (ForEach, Repeat, RepeatUntil, ListType)):
            return False
    return True


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
