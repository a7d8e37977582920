"""How much is inside a kind of thing, so that things in things stay small enough to work with."""

from __future__ import annotations

from compiler.reading.spans import Problem, Span
from compiler.types import ListType, OptionalType, RecordType, Type

DEEPEST_RECORD = 50
"""How deep things may be inside each other."""

MOST_PARTS = 1_000
"""How many parts a thing may have, those of the things inside it counted, each as often as it is there."""


def has_too_much(type_: Type, already: int) -> bool:
    """Whether a thing with `already` parts may not have one more of this type. What is inside it is within bounds."""
    depth, parts = _measured(type_)
    return depth >= DEEPEST_RECORD or already + parts > MOST_PARTS


def too_much_inside(name: str, span: Span) -> Problem:
    """The problem of a thing that would be too deep or too large."""
    limits = {"limit": str(DEEPEST_RECORD), "parts": f"{MOST_PARTS:,}"}
    return Problem("N227", span, {"name": name, **limits})


def parts_of(type_: Type) -> int:
    """How many parts a type has, itself counted."""
    return _measured(type_)[1]


def _measured(type_: Type) -> tuple[int, int]:
    """How deep a type is in records, and its parts."""
    match type_:
        case RecordType(_, fields):
            inside = [_measured(field.type) for field in fields]
            return 1 + max((depth for depth, _ in inside), default=0), 1 + sum(parts for _, parts in inside)
        case ListType(item):
            return _measured(item)
        case OptionalType(of):
            return _measured(of)
    return 0, 1
