"""One mistake, one message: problems that only follow from another one are left out.

A name that was misspelt where it was declared is unknown wherever it is used; a sentence that could not be read may
have declared what later sentences speak of. Once the first problem is mended, whatever is left shows up by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from compiler.nodes import Line, Sentence
from compiler.reading.atoms import ARTICLES
from compiler.reading.spans import Problem

_NAMED_BY = {
    "N201": "found",
    "R128": "found",
    "N202": "name",
    "N207": "name",
    "N210": "name",
    "N216": "name",
    "N218": "name",
    "X706": "name",
    "C601": "cell",
    "C607": "cell",
}
"""The problems of not knowing something, with the detail that says what."""

_MAY_COME_LATER = frozenset({"N216", "N218"})
"""What may be declared further down the page."""

_NO_LIST = frozenset({"N215", "N216"})
"""The problems after which a list may be missing."""

_WHOLE_PAGE = frozenset({"N222", "C609"})
"""The problems of a whole page, which may follow from any other."""


def first_mistakes(problems: Iterable[Problem], lines: Sequence[Line], broken: set[str]) -> list[Problem]:
    """The problems that do not follow from others, in order of place. `broken` are names that cannot be known."""
    unread = list(_unread(lines))
    unknown = {_first_word(name) for name in broken}
    complained: set[str] = set()
    found: list[Problem] = []
    for problem in sorted(problems, key=lambda p: (p.span.start, p.span.end)):
        detail = _NAMED_BY.get(problem.code)
        if detail is not None:
            word = _first_word(str(problem.details[detail]))
            others = [line for line in unread if not line.span.start <= problem.span.start <= line.span.end]
            if problem.code not in _MAY_COME_LATER:
                others = [line for line in others if line.span.end <= problem.span.start]
            if (
                word in complained
                or (word in unknown and problem.code != "N216")
                or any(_mentions(line.text, word) for line in others)
            ):
                continue
            if problem.code == "N218" and any(earlier.code in _NO_LIST for earlier in found):
                continue
            complained.add(word)
        found.append(problem)
    if unread or any(problem.code not in _WHOLE_PAGE for problem in found):
        found = [problem for problem in found if problem.code not in _WHOLE_PAGE]
    return found


def _first_word(words: str) -> str:
    """The first word of a name, in the singular as far as an "s" goes."""
    known = [word for word in words.lower().split() if word not in ARTICLES]
    return known[0].removesuffix("s") if known else ""


def _mentions(text: str, word: str) -> bool:
    return bool(word) and re.search(rf"\b{re.escape(word)}(?:s|es)?\b", text, re.IGNORECASE) is not None


def _unread(lines: Sequence[Line]) -> Iterator[Line]:
    """The sentences that could not be read, bullets too."""
    for line in lines:
        if line.node is None:
            yield line
        elif isinstance(line.node, Sentence):
            yield from _unread(line.node.children)
            for inner in getattr(getattr(line.node, "body", None), "sentences", ()):
                yield from _unread(inner.children)
