"""What changed between two texts of a page, line by line and word by word. Pure; shown with <ins> and <del>."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "changed", "added", "removed"]
Change = Literal["same", "ins", "del"]

WORDS = re.compile(r"\s+|\w+|[^\w\s]")

# Comparing takes time that grows with the square of what is compared, and texts come from people. Beyond these bounds
# the comparison gets coarser, never wrong: all of both texts is still shown.
LINES_MATCHED = 4_000
"""If more lines than this lie between the first and the last difference, they are paired in order instead of matched."""
LINE_PAIRS = 2_000_000
"""The same if more pairs of equal lines than this would have to be looked at."""
WORD_PAIRS = 4_000_000
"""How many pairs of words are looked at in all; lines after that are shown as taken out and put in whole."""
LEAST_EFFORT = 200
"""Comparing even the shortest lines costs as much as looking at so many pairs of words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether they were put in, taken out or neither."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind, its number (1-based) before and after (None where it is not), and its pieces."""

    kind: Kind
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]


def compare_texts(before: str, after: str) -> Iterator[Line]:
    """All lines of both texts in order. A line that has a counterpart is given once, with its changed words.

    Lines are compared as they are asked for, so whoever shows only the first thousand waits only for those.
    """
    old, new = before.split("\n"), after.split("\n")
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    for index in range(start):
        yield _same(old, index, index)
    words = _Allowance(WORD_PAIRS)
    for tag, gone, come in _blocks(old[start : len(old) - end], new[start : len(new) - end]):
        gone, come = _moved(gone, start), _moved(come, start)
        if tag == "equal":
            for pair in zip(gone, come, strict=True):
                yield _same(old, *pair)
        else:
            yield from _changed_lines(old, gone, new, come, words)
    for index in range(end):
        yield _same(old, len(old) - end + index, len(new) - end + index)


class _Allowance:
    """How much comparing is left to do."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, cost: int) -> bool:
        """Whether so much is left; if so, it is used up."""
        if cost > self._left:
            return False
        self._left -= cost
        return True


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are equal at the start."""
    for index, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return index
    return min(len(old), len(new))


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, range, range]]:
    """Runs of equal and of replaced lines, as ranges of both."""
    in_old, in_new = Counter(old), Counter(new)
    pairs = sum(count * in_new[line] for line, count in in_old.items())
    if len(old) + len(new) > LINES_MATCHED or pairs > LINE_PAIRS:
        yield "replace", range(len(old)), range(len(new))
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag, range(start, end), range(new_start, new_end)


def _moved(lines: range, by: int) -> range:
    return range(lines.start + by, lines.stop + by)


def _same(old: Sequence[str], before: int, after: int) -> Line:
    return _line("same", before, after, [Piece("same", old[before])])


def _changed_lines(
    old: Sequence[str], gone: range, new: Sequence[str], come: range, allowance: _Allowance
) -> Iterator[Line]:
    """Lines that were replaced: paired as long as both sides have some, then what is over on one side."""
    for index in range(max(len(gone), len(come))):
        if index >= len(come):
            yield _line("removed", gone[index], None, [Piece("del", old[gone[index]])])
        elif index >= len(gone):
            yield _line("added", None, come[index], [Piece("ins", new[come[index]])])
        elif old[gone[index]] == new[come[index]]:
            yield _same(old, gone[index], come[index])
        else:
            pieces = compare_words(old[gone[index]], new[come[index]], allowance)
            yield _line("changed", gone[index], come[index], pieces)


def compare_words(before: str, after: str, allowance: _Allowance | None = None) -> list[Piece]:
    """The words of two lines in order, as pieces of the longest runs of equal, removed and added words."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if not (allowance or _Allowance(WORD_PAIRS)).allows(max(len(old) * len(new), LEAST_EFFORT)):
        return [Piece("del", before), Piece("ins", after)]
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("del", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("ins", "".join(new[new_start:new_end])))
    return pieces


def _line(kind: Kind, before: int | None, after: int | None, pieces: list[Piece]) -> Line:
    return Line(
        kind,
        None if before is None else before + 1,
        None if after is None else after + 1,
        tuple(piece for piece in pieces if piece.text),
    )
