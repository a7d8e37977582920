"""Which variables an expression reads."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from compiler import plan
from compiler.plan import Expression

_BINDERS = (plan.Filter, plan.Map, plan.Sort, plan.Holds)


def variables_in(value: Expression) -> tuple[plan.Variable, ...]:
    """The variables that `value` reads from outside, in order, without those that it binds itself."""
    found: dict[str, plan.Variable] = {}
    _collect(value, frozenset(), found)
    return tuple(found.values())


def _collect(node: object, bound: frozenset[str], found: dict[str, plan.Variable]) -> None:
    if isinstance(node, plan.Variable):
        if node.name not in bound:
            found.setdefault(node.name, node)
        return
    if isinstance(node, _BINDERS):
        _collect(node.list, bound, found)
        bound = bound | {node.item.name}
    if isinstance(node, tuple):
        for part in node:
            _collect(part, bound, found)
    elif is_dataclass(node) and type(node).__module__ == plan.__name__ and not isinstance(node, plan.Literal):
        for field in fields(node):
            if field.name not in ("type", "item") or not isinstance(node, _BINDERS):
                _collect(getattr(node, field.name), bound, found)
