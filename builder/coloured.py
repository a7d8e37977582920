"""A text of the language with its words coloured as in the editor, for pages that only show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from compiler import Source, read


@dataclass(frozen=True, slots=True)
class Words:
    """A part of a text and its style ("name", "number" …; "" for plain); see `static/src/styles/sentences.css`."""

    style: str
    text: str


@lru_cache(maxsize=16)
def coloured(text: str) -> tuple[Words, ...]:
    """The whole text in parts, in order. For the few texts that are part of the app, which are kept."""
    parts: list[Words] = []
    done = 0
    for highlight in read([Source("shown", text)]).highlights("shown"):
        if highlight.start > done:
            parts.append(Words("", text[done : highlight.start]))
        parts.append(Words(highlight.style, text[highlight.start : highlight.end]))
        done = highlight.end
    return (*parts, Words("", text[done:]))
