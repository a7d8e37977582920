"""What changed between two texts of a page, line by line and word by word. Pure; shown with <ins> and <del>."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "changed", "added", "removed"]
Change = Literal["same", "ins", "del"]

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
COMPARED_BY_WORD = 2_000
"""Lines longer than this many characters are shown as removed and added whole: comparing is quadratic."""


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


def compare_texts(before: str, after: str) -> tuple[Line, ...]:
    """All lines of both texts in order. A line that has a counterpart is shown once, with its changed words."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[Line] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=len(old) > 5_000).get_opcodes():
        if tag == "equal":
            for offset in range(end - start):
                lines.append(_line("same", start + offset, new_start + offset, [Piece("same", old[start + offset])]))
        else:
            lines += _changed_lines(old, range(start, end), new, range(new_start, new_end))
    return tuple(lines)


def _changed_lines(old: Sequence[str], gone: range, new: Sequence[str], come: range) -> Iterator[Line]:
    """Lines that were replaced: paired as long as both sides have some, then what is over on one side."""
    for index in range(max(len(gone), len(come))):
        if index >= len(come):
            yield _line("removed", gone[index], None, [Piece("del", old[gone[index]])])
        elif index >= len(gone):
            yield _line("added", None, come[index], [Piece("ins", new[come[index]])])
        else:
            yield _line("changed", gone[index], come[index], compare_words(old[gone[index]], new[come[index]]))


def compare_words(before: str, after: str) -> list[Piece]:
    """The words of two lines in order, as pieces of the longest runs of equal, removed and added words."""
    if max(len(before), len(after)) > COMPARED_BY_WORD:
        return [Piece("del", before), Piece("ins", after)]
    old, new = WORDS.findall(before), WORDS.findall(after)
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
