"""Places in a text, and problems found there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text, from offset `start` up to and not including `end`."""

    start: int
    end: int

    def moved(self, by: int) -> Span:
        """The same part, in a text in front of which `by` characters were put."""
        return Span(self.start + by, self.end + by)


_ARTICLE = re.compile(r"\b(?:the|an?)\s+\Z", re.IGNORECASE)
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A ready-made change: what it does, in words, and the text to put in place of a span."""

    label: str
    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake: its code in the catalogue, where it is, and what its words are filled in with."""

    code: str
    span: Span
    details: Mapping[str, str | Span] = field(default_factory=dict)
    """A span among them stands for the text there, which `quoting` puts in its place."""
    suggestions: tuple[Suggestion, ...] = ()

    def moved(self, by: int) -> Problem:
        """The same problem in a text in front of which `by` characters were put."""
        return Problem(
            self.code,
            self.span.moved(by),
            self.details,
            tuple(Suggestion(s.label, s.span.moved(by), s.replacement) for s in self.suggestions),
        )

    def saying(self, name: str, words: str) -> Problem:
        """The same problem with other words for one of its details, if it has that."""
        if name not in self.details:
            return self
        return Problem(self.code, self.span, {**self.details, name: words}, self.suggestions)

    def quoting(self, text: str) -> Problem:
        """The same problem with the words of `text` in place of the spans in its details."""
        if not any(isinstance(value, Span) for value in self.details.values()):
            return self
        details = {
            name: _with_article(text, value) if isinstance(value, Span) else value
            for name, value in self.details.items()
        }
        return Problem(self.code, self.span, details, self.suggestions)


def _with_article(text: str, span: Span) -> str:
    article = _ARTICLE.search(text, 0, span.start)
    return text[article.start() if article is not None else span.start : span.end]


class Misread(Exception):
    """Raised inside a reader to give up on one sentence; never leaves `compiler`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
