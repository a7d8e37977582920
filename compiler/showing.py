"""Showing how a text was understood: colours for its words, and each sentence read back in canonical words."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.nodes import Line, Phrase, Sentence, children_of, table_of
from compiler.printing import print_node
from compiler.reading.parser import Parser
from compiler.reading.spans import Misread

if TYPE_CHECKING:
    from compiler.checking.page import PageTree

_STYLES = {
    "NAME": "name",
    "ADJECTIVE": "name",
    "FUNCTION": "function",
    "CHOICE": "choice",
    "NUMBER": "number",
    "PERCENT": "number",
    "QUANTITY": "number",
    "DATE": "number",
    "TIME": "number",
    "YES_NO": "number",
    "TEXT": "text",
    "TYPE": "type",
    "UNKNOWN": "unknown",
    "COMMA": "punctuation",
    "COLON": "punctuation",
    "SEMICOLON": "punctuation",
    "LPAR": "punctuation",
    "RPAR": "punctuation",
}
_NUMBER = re.compile(r"[-$€£¥₹]?[\d.,]+\s?\S{0,4}")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A part of a source and how it is coloured."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence in canonical words: its line (from 1), and how deep it is in bullets (0 for none)."""

    line: int
    text: str
    depth: int


def highlights(trees: Sequence[PageTree], parser: Parser) -> tuple[Highlight, ...]:
    """The colours of the words of some pages of one source, in order of place and without overlaps."""
    found: list[Highlight] = []
    for tree in trees:
        raw = tree.raw
        # a misspelt kind may be shorter than the kind that was meant
        colon = min(raw.header.start + len(raw.kind), raw.name_span.start)
        found.append(Highlight(raw.header.start, colon, "kind"))
        if raw.name_span.start < raw.name_span.end:
            found.append(Highlight(raw.name_span.start, raw.name_span.end, "title"))
        found.extend(Highlight(note.start, note.end, "note") for note in raw.notes)
        for line in tree.lines:
            found.extend(_line_highlights(line, tree, parser))
    return tuple(sorted(found, key=lambda highlight: highlight.start))


def _line_highlights(line: Line, tree: PageTree, parser: Parser) -> Iterator[Highlight]:
    try:
        tokens = parser.tokens(line.text, tree.vocabulary)
    except Misread:
        tokens = []
        yield Highlight(line.start, line.start + len(line.text), "unknown")
    for token in tokens:
        start, end = token.start_pos or 0, token.end_pos or 0
        if start < end:
            yield Highlight(line.start + start, line.start + end, _STYLES.get(token.type, "keyword"))
    if isinstance(line.node, Sentence):
        if (table := table_of(line.node)) is not None:
            for cell in table.header:
                if cell.text:
                    yield Highlight(cell.span.start, cell.span.end, "name")
            for row in table.rows:
                for cell in row:
                    if cell.text:
                        style = "number" if _NUMBER.fullmatch(cell.text) else "text"
                        yield Highlight(cell.span.start, cell.span.end, style)
        for child in children_of(line.node):
            yield from _line_highlights(child, tree, parser)


def readings(trees: Sequence[PageTree]) -> tuple[Reading, ...]:
    """Every sentence that was understood, in canonical words."""
    return tuple(reading for tree in trees for line in tree.lines for reading in _line_readings(line, tree, 0))


def _line_readings(line: Line, tree: PageTree, depth: int) -> Iterator[Reading]:
    if line.node is None:
        return
    text = sentence_text(line)
    yield Reading(bisect.bisect_right(tree.line_starts, line.start), text, depth)
    if isinstance(line.node, Sentence):
        for child in children_of(line.node):
            yield from _line_readings(child, tree, depth + 1)


def sentence_text(line: Line) -> str:
    """The canonical text of a line with what ends it: a full stop, a colon before bullets, nothing after a bullet."""
    node = line.node
    assert isinstance(node, Sentence | Phrase)
    text = print_node(node, not line.bullet)
    if text.endswith(":"):
        return text
    if isinstance(node, Sentence) and (children_of(node) or (table_of(node) is not None and node.level != "step")):
        return text + ":"
    if line.bullet and line.last_of_bullet:
        return text
    return text if text.endswith(('."', '!"', '?"')) and not line.bullet else text + "."
