"""Patterns: the wording of a sentence or phrase, from which its grammar rule, printing and block all come.

A pattern is canonical text with slots: "set {target:name} to {value:expression}". Square brackets hold a part
that may be left out: "[, otherwise {text:TEXT}]". Words between two slots are one token of the grammar; a bar
splits them ("is|one of") where the grammar needs the words one by one. Articles are printed and otherwise ignored.

The kind of a slot says what may stand in it:
- a level of the grammar ("sum", "condition", "test", "declaration" …): a phrase of that level or a tighter one
- a terminal in capitals (NAME, NUMBER, TEXT …): the value of that token
- either of them with " list" ("a, b and c"), " and" ("a and b and c") or " or" ("a, b or c") for several
- "block": sentences after a comma, or bullets after a colon
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compiler.reading.atoms import ARTICLES

_PIECE = re.compile(r"\{(\w+):([^}]+)\}|([^{}]+)")
_WORD = re.compile(r"[\w-]+|'s|<=|>=|<>|!=|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words. `printed` is how they are written, `key` the words by which they are known, without articles."""

    printed: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill: the field of the class that it fills, what may stand in it, and whether several may."""

    field: str
    kind: str
    several: str = ""  # "", "list", "and" or "or"

    @property
    def symbol(self) -> str:
        """The name of the grammar's symbol for this slot."""
        return f"{self.kind}_{self.several}".lower() if self.several else self.kind


@dataclass(frozen=True, slots=True)
class Optional:
    """Parts that may be left out together."""

    parts: tuple[Words | Slot, ...]


Part = Words | Slot | Optional


def parse_pattern(pattern: str) -> tuple[Part, ...]:
    """The parts of a pattern, in order."""
    parts: list[Part] = []
    for index, piece in enumerate(re.split(r"[\[\]]", pattern)):
        inner = _simple(piece)
        if index % 2:
            parts.append(Optional(inner))
        else:
            parts.extend(inner)
    return tuple(parts)


def _simple(text: str) -> tuple[Words | Slot, ...]:
    parts: list[Words | Slot] = []
    for match in _PIECE.finditer(text):
        field, kind, words = match.groups()
        if field:
            base, _, several = kind.partition(" ")
            parts.append(Slot(field, base, several))
            continue
        for run in words.split("|"):
            key = words_key(run)
            parts.append(Words(run.replace("OTHERWISE_THEN", ", otherwise").replace("AND_TEST", "and"), key))
    return tuple(parts)


def words_key(text: str) -> tuple[str, ...]:
    """The words of a run without its articles, in lower case: what the lexer looks for."""
    return tuple(word for word in _WORD.findall(text.lower()) if word not in ARTICLES)


def alternatives(parts: tuple[Part, ...]) -> list[tuple[Words | Slot, ...]]:
    """All the ways to write a pattern: with and without each of its optional parts."""
    ways: list[tuple[Words | Slot, ...]] = [()]
    for part in parts:
        if isinstance(part, Optional):
            ways = [way + more for way in ways for more in ((), part.parts)]
        else:
            ways = [(*way, part) for way in ways]
    return ways
