"""The formatter: rewrites what it understands to the one canonical wording, and leaves the rest word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compiler.checking.page import PageTree
from compiler.nodes import Line, Phrase, Sentence, TableNode, children_of, table_of
from compiler.project import Project, Source, read
from compiler.reading.parser import Parser
from compiler.reading.spans import Misread
from compiler.reading.vocabulary import Vocabulary
from compiler.showing import sentence_text

Edit = tuple[int, int, str]
"""From, to, and what to put there."""


def format_text(text: str, project: Project | None = None) -> str:
    """The canonical form of a source. With `project`, which must hold this text, other pages are known too."""
    source = next((s.name for s in project.sources if s.text == text), None) if project is not None else None
    if project is None or source is None:
        project, source = read([Source("page", text)]), "page"
    edits = sorted(edit for tree in project.trees_of(source) for edit in _edits(text, tree, project.parser))
    return _tidied(text, edits)


def _edits(text: str, tree: PageTree, parser: Parser) -> Iterator[Edit]:
    raw = tree.raw
    written = text[raw.header.start : raw.header.end]
    if written.lower().startswith(raw.kind.lower()) and raw.name_span.start < raw.name_span.end:
        yield raw.header.start, raw.header.end, f"{raw.kind}: {raw.name}"
    for bullet in raw.bullets:
        yield bullet.span.start, bullet.span.end, "  " * bullet.depth + "- "
    for line in tree.lines:
        yield from _line_edits(line, 0, tree.vocabulary, parser)


def _line_edits(line: Line, depth: int, vocabulary: Vocabulary, parser: Parser) -> Iterator[Edit]:
    if line.node is None:
        return
    text = sentence_text(line)
    if _reads_the_same(line, text, vocabulary, parser):
        yield line.span.start, line.span.end, text
    if isinstance(line.node, Sentence):
        if (table := table_of(line.node)) is not None:
            yield from _table_edits(table, "  " * depth)
        for child in children_of(line.node):
            yield from _line_edits(child, depth + 1, vocabulary, parser)


def _reads_the_same(line: Line, text: str, vocabulary: Vocabulary, parser: Parser) -> bool:
    """Whether the canonical text reads as the same tree; a name like a keyword could be in the way."""
    if isinstance(line.node, Phrase):
        start = "condition"
    elif line.node is not None and line.node.level == "step":
        start = "step"
    else:
        start = "statement_bullet" if line.bullet else "page_sentence"
    try:
        return parser.parse(start, text.removesuffix("."), vocabulary) == parser.parse(start, line.text, vocabulary)
    except Misread:
        return False


def _table_edits(table: TableNode, indent: str) -> Iterator[Edit]:
    rows = [[cell.text for cell in row] for row in (table.header, *table.rows)]
    widths = [max(len(row[i]) if i < len(row) else 0 for row in rows) for i in range(max(map(len, rows), default=0))]
    lines = [
        f"{indent}| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + " |"
        for row in rows
    ]
    span = table.source.span
    yield span.start, span.end, "\n".join(lines)


def _tidied(text: str, edits: list[Edit]) -> str:
    """The text with its edits made, and white space between them put in order."""
    if not edits:
        return text
    pieces: list[str] = []
    position = 0
    for start, end, replacement in edits:
        if start < position:
            continue
        gap = text[position:start]
        pieces.append(gap if position == 0 or _has_words(gap) else _gap(gap))
        pieces.append(replacement)
        position = end
    rest = text[position:]
    return "".join(pieces) + (rest if _has_words(rest) else "\n")


def _has_words(gap: str) -> bool:
    return bool(gap.strip())


def _gap(gap: str) -> str:
    if "\n" in gap or "\r" in gap:
        return "\n\n" if len(re.findall(r"\r\n|\n|\r", gap)) > 1 else "\n"
    return " " if gap else ""
