"""Places in a text, and problems found there."""

from __future__ import annotations

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
    details: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()

    def moved(self, by: int) -> Problem:
        """The same problem in a text in front of which `by` characters were put."""
        return Problem(
            self.code,
            self.span.moved(by),
            self.details,
            tuple(Suggestion(s.label, s.span.moved(by), s.replacement) for s in self.suggestions),
        )


class Misread(Exception):
    """Raised inside a reader to give up on one sentence; never leaves `compiler`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
