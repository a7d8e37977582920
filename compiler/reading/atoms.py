"""Atoms: the words, numbers, quotes and signs of a sentence, before anyone asks what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from compiler.reading.spans import Misread, Problem, Span, Suggestion

ARTICLES = frozenset({"the", "a", "an"})

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ATOM = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<quote>["“”])
  | (?P<date>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?![\w-])|\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{1,4}}(?!\w))
  | (?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\w:]))
  | (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|\.\d+)
  | (?P<negation>(?:is|are|does|do|must|may)n['’]t\b)
  | (?P<possessive>['’]s\b|['’](?=\s))
  | (?P<word>[^\W\d_](?:[\w\u0300-\u036f])*(?:[-](?=[^\W_])\w+)*|_+)
  | (?P<unit>°\s?[CFcf]\b|°)
  | (?P<sign><=|>=|<>|!=|\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a sentence. `kind` is word, number, date, time, text, unit, possessive or sign; `key` is lower case."""

    kind: str
    text: str
    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@lru_cache(maxsize=20_000)
def atoms_of(text: str) -> tuple[Atom, ...]:
    """The atoms of a sentence. Raises `Misread` for hidden characters and quotes that are not closed."""
    hidden = _HIDDEN.search(text)
    if hidden:
        place = Span(hidden.start(), hidden.end())
        details = {"number": f"U+{ord(hidden.group()):04X}"}
        raise Misread(Problem("R110", place, details, (Suggestion("Take it out", place, ""),)))
    atoms: list[Atom] = []
    position = 0
    while position < len(text):
        match = _ATOM.match(text, position)
        assert match is not None, "every character is a sign at least"
        kind = match.lastgroup or "sign"
        start, end = match.span()
        word = match.group()
        if kind == "quote":
            end = _closing(text, start)
            atoms.append(Atom("text", text[start:end], "", start, end))
        elif kind == "negation":
            verb = word[: re.search("n['’]t", word).start()]  # type: ignore[union-attr]
            atoms.append(Atom("word", verb, verb.lower(), start, start + len(verb)))
            atoms.append(Atom("word", word[len(verb) :], "not", start + len(verb), end))
        elif kind != "space":
            key = "'s" if kind == "possessive" else word.lower()
            atoms.append(Atom(kind, word, key, start, end))
        position = end
    return tuple(atoms)


def _closing(text: str, start: int) -> int:
    for position in range(start + 1, len(text)):
        if text[position] in '"”':
            return position + 1
    place = Span(start, len(text))
    raise Misread(Problem("R111", place, {}, (Suggestion('Close it with "', Span(len(text), len(text)), '"'),)))
