"""The phrases and kinds of values of the language, told for the help from their own classes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache

from compiler.nodes import PHRASES
from compiler.pattern import Optional, Slot, Words

GROUPS = (
    ("Calculating", ("arithmetic",)),
    ("Rounding", ("rounding",)),
    ("Conditions", ("conditions", "tests")),
    ("Lists and things", ("lists",)),
    ("Dates and times", ("dates",)),
    ("Text", ("texts",)),
    ("Using another function", ("calls",)),
)
"""Titles, each with the modules of `compiler.phrases` that it covers, in the order in which somebody learns them."""

HIDDEN = frozenset({"FieldValue", "Equals", "BothTests", "Does", "EveryDoes", "AnyItemDoes", "NoItemDoes"})
"""Phrases that have no words of their own, or only stand inside others."""

KINDS = (
    ("text", "a name (text)", '"Order at least one."'),
    ("number", "a factor (number)", "1,250.5"),
    ("whole number", "a quantity (whole number)", "10"),
    ("percentage", "a tax rate (percentage)", "8.875%"),
    ("money", "a price (money), a fee (money in EUR)", "$20, 20 EUR"),
    ("yes/no", "an express mark (yes/no)", "yes"),
    ("date", "a birthday (date)", "1 March 2026"),
    ("time", "an opening time (time)", "9:00"),
    ("moment", "an arrival (moment)", "now"),
    ("duration", "a notice period (duration)", "3 days"),
    ("a measure with its unit", "a weight (kg), a distance (km), a temperature (°C), a speed (km/h)", "2.5 kg"),
    ("one of some words", "a size (one of small, medium or large)", "medium"),
    ("several", "several prices (money), several items", "the items"),
    ("what may be left out", "an optional note (text)", "nothing"),
)
"""Each kind of value, how it is declared, and a value of it."""


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases of one sort, each as it is written, with dots where something is filled in."""

    title: str
    wordings: tuple[str, ...]


@lru_cache(maxsize=1)
def phrase_groups() -> tuple[PhraseGroup, ...]:
    """All phrases with words of their own, by group."""
    found: list[PhraseGroup] = []
    for title, modules in GROUPS:
        wordings = [
            wording(cls.wording)
            for cls in PHRASES
            if sys.modules[cls.__module__].__name__.rpartition(".")[2] in modules and cls.__name__ not in HIDDEN
        ]
        found.append(PhraseGroup(title, tuple(dict.fromkeys(wordings))))
    return tuple(found)


def wording(parts: tuple[Words | Slot | Optional, ...]) -> str:
    """A pattern for people: its words, and dots for its slots."""
    text = ""
    for part in parts:
        if isinstance(part, Optional):
            continue
        piece = part.printed if isinstance(part, Words) else _dots(part)
        text += piece if not text or piece[:1] in ", " or text.endswith(" ") else f" {piece}"
    return " ".join(text.split())


def _dots(slot: Slot) -> str:
    joint = {"list": "and", "with": "and", "and": "and", "or": "or", "choice": "or"}.get(slot.several)
    return f"… {joint} …" if joint else "…"
