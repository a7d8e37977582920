"""Where brackets are needed: found from the patterns, so that no class has to say it.

A phrase in a slot needs brackets when its level does not fit the slot, or when its own last slot would take in the
word that follows: "(the sum of a) times b", because "the sum of a times b" sums products.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from compiler.nodes import PHRASES, Node, Phrase
from compiler.pattern import Optional, Part, Slot, Words, parse_pattern

Follow = tuple[str, ...] | None
"""The words that follow a phrase, as the key of a keyword; None for nothing that a phrase could take in."""

COMMA: Follow = (",",)
AND: Follow = ("and",)
OR: Follow = ("or",)

_UNITS = {
    "expression": ("sum",),
    "sum": ("product",),
    "product": ("unary",),
    "unary": ("primary",),
    "condition": ("atom", "junction"),
    "inner_condition": ("strict", "junction"),
    "atom": ("strict", "sum"),
    "cell": ("test",),
}
_BRACKETED = {
    **dict.fromkeys(("expression", "sum", "product", "unary", "primary"), "primary"),
    **dict.fromkeys(("junction", "strict"), "strict"),
}
"""What a phrase of a level is once it has brackets around it."""

_SEPARATORS: dict[str, frozenset[Follow]] = {
    "list": frozenset({COMMA, AND}),
    "and": frozenset({AND}),
    "or": frozenset({OR}),
    "with": frozenset({AND}),
    "choice": frozenset(),
    "semicolon": frozenset({(";",)}),
}
"""The words by which a list of two or more goes on. A choice ends with its "or"."""


@cache
def reachable(kind: str) -> frozenset[str]:
    """The levels of which a phrase may stand in a slot of some kind without brackets."""
    found = {kind}
    for inner in _UNITS.get(kind, ()):
        found |= reachable(inner)
    return frozenset(found)


@cache
def _continuations() -> dict[tuple[str, ...], frozenset[tuple[str, str]]]:
    """For each word that can go on after a phrase: the level of the phrase before it and of what comes out."""
    found: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for cls in PHRASES:
        for pattern in (cls.pattern, *cls.also):
            first, *rest = parse_pattern(pattern)
            if not isinstance(first, Slot):
                continue
            if first.several:
                following: list[Follow] = list(_SEPARATORS[first.several])
            else:
                following = list(_starts(rest))
            for words in following:
                if words is not None:
                    found.setdefault(words, set()).add((first.kind, cls.level))
    return {words: frozenset(levels) for words, levels in found.items()}


def _starts(parts: list[Part]) -> Iterator[Follow]:
    """The words with which some parts of a pattern may start."""
    for part in parts:
        if isinstance(part, Words):
            yield part.key
            return
        if isinstance(part, Optional):
            yield from _starts(list(part.parts))
            continue
        yield from (
            words for cls in PHRASES if cls.level in reachable(part.kind) for words in _starts([*cls.wording[:1]])
        )
        return


@cache
def _extensions() -> dict[str, set[Follow]]:
    """By the name of a class, the words that make another phrase of it: "sorted by …" and "from highest to lowest"."""
    found: dict[str, set[Follow]] = {}
    for cls in PHRASES:
        length = len(cls.wording)
        for other in PHRASES:
            if other.level != cls.level or len(other.wording) <= length:
                continue
            following = other.wording[length]
            alike = all(_same(one, two) for one, two in zip(cls.wording, other.wording, strict=False))
            if alike and isinstance(following, Words):
                found.setdefault(cls.__name__, set()).add(following.key)
    return found


def _same(one: Part, two: Part) -> bool:
    if isinstance(one, Slot) and isinstance(two, Slot):
        return (one.kind, one.several) == (two.kind, two.several)
    return isinstance(one, Words) and isinstance(two, Words) and one.key == two.key


def needs_brackets(node: Phrase, kind: str, follow: Follow) -> bool:
    """Whether a phrase in a slot of some kind needs brackets when `follow` comes after it."""
    if node.level not in _BRACKETED:
        return False
    if node.level not in reachable(kind):
        return True
    return (node.greedy and follow in (COMMA, AND, OR)) or takes_in(node, follow)


def takes_in(node: Node, follow: Follow) -> bool:
    """Whether the end of a phrase would go on with `follow`."""
    if follow is not None and follow in _extensions().get(type(node).__name__, ()):
        return True
    slot = last_part(node)
    if follow is None or not isinstance(slot, Slot):
        return False
    if slot.several and follow in _SEPARATORS[slot.several]:
        return True
    value = getattr(node, slot.field)
    inner = value[-1] if isinstance(value, tuple) and value else value
    if not isinstance(inner, Phrase):
        return False
    bracketed = needs_brackets(inner, slot.kind, follow)
    level = _BRACKETED[inner.level] if bracketed else inner.level
    if any(
        result in reachable(slot.kind) and level in reachable(before)
        for before, result in _continuations().get(follow, ())
    ):
        return True
    return inner.level not in _BRACKETED and takes_in(inner, follow)


def printed_parts(node: Node) -> list[Words | Slot]:
    """The parts of the wording of a node that are written: an optional part is, when its slots are filled."""
    parts: list[Words | Slot] = []
    for part in node.wording:
        if not isinstance(part, Optional):
            parts.append(part)
            continue
        slots = [inner for inner in part.parts if isinstance(inner, Slot)]
        if slots and all(getattr(node, slot.field) not in (None, ()) for slot in slots):
            parts.extend(part.parts)
    return parts


def last_part(node: Node) -> Words | Slot | None:
    """The last part of the wording of a node that is written."""
    parts = printed_parts(node)
    return parts[-1] if parts else None


def first_words(node: Node) -> Follow:
    """The words that a node starts with; None when it starts with a slot for a value."""
    first = printed_parts(node)[0]
    if isinstance(first, Words):
        return first.key
    value: Any = getattr(node, first.field)
    inner = value[0] if isinstance(value, tuple) and value else value
    return first_words(inner) if isinstance(inner, Node) and fields(inner) else None
