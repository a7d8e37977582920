"""From the shape of a page to its trees: every sentence read, bullets and tables put where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from compiler.nodes import Block, CellNode, Line, Node, Phrase, Sentence, TableNode
from compiler.phrases.conditions import AllOfThese, AnyOfThese
from compiler.reading.parser import Parser
from compiler.reading.spans import Misread, Problem, Span
from compiler.reading.structure import RawSentence, Table
from compiler.reading.vocabulary import Vocabulary

_MOST_PROBLEMS = 100
"""How many sentences of a page are explained that cannot be read; more would help nobody."""


class TreeReader:
    """Reads the sentences of one page. Problems are collected with places in the source."""

    def __init__(self, parser: Parser, vocabulary: Vocabulary, reserved: Mapping[int, Span] | None = None) -> None:
        self.parser = parser
        self.vocabulary = vocabulary
        self.reserved = reserved or {}
        self.problems: list[Problem] = []

    def lines(self, sentences: Sequence[RawSentence], start: str = "page_sentence") -> tuple[Line, ...]:
        """The lines for some sentences; those that cannot be read have no tree."""
        return tuple(self._line(sentence, start) for sentence in sentences)

    def _line(self, raw: RawSentence, start: str) -> Line:
        if raw.cut:
            return Line(raw.text, raw.span.start, None, raw.span, raw.bullet, raw.last_of_bullet)
        try:
            if taken := self.reserved.get(raw.span.start):
                details = {"word": raw.text[taken.start : taken.end]}
                raise Misread(Problem("N225", taken, details))
            node: Node | None = self.parser.parse(start, raw.text, self.vocabulary, len(self.problems) < _MOST_PROBLEMS)
        except Misread as misread:
            if len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(misread.problem.moved(raw.span.start))
            node = None
        if isinstance(node, Sentence):
            node = self._completed(node, raw)
        elif raw.children and node is not None:
            self.problems.append(Problem("R130", raw.children[0].span))
        assert node is None or isinstance(node, Sentence | Phrase)
        return Line(raw.text, raw.span.start, node, raw.span, raw.bullet, raw.last_of_bullet)

    def _completed(self, node: Sentence, raw: RawSentence) -> Sentence:
        if raw.table is not None and (asking := _asks_for_table(node)) is not None:
            node = _with_table(node, asking, self._table(raw.table))
        elif raw.table is not None:
            self.problems.append(Problem("R105", raw.table.span))
        if not raw.children:
            return node
        if _open_condition(node) is not None:
            conditions = self.lines(raw.children, "condition")
            parts = tuple(line.node for line in conditions if isinstance(line.node, Phrase))
            if len(parts) < len(conditions):
                return replace(node, children=conditions)
            return replace(_with_conditions(node, parts), children=conditions)  # type: ignore[return-value, call-arg]
        owner = _owner(node)
        if owner is None:
            self.problems.append(Problem("R130", raw.children[0].span))
            return node
        return _with_children(node, self.lines(raw.children, owner.bullets))

    def _table(self, table: Table) -> TableNode:
        rows = tuple(tuple(CellNode(cell.text, cell.span, self._cell(cell.text)) for cell in row) for row in table.rows)
        return TableNode(rows[0] if rows else (), rows[1:], table)

    def _cell(self, text: str) -> Phrase | None:
        """How a cell reads as a phrase, or None: many cells hold plain words."""
        try:
            node = self.parser.parse("cell", text, self.vocabulary, False)
        except Misread:
            return None
        return node if isinstance(node, Phrase) else None


def _asks_for_table(node: Sentence) -> Sentence | None:
    """The sentence at the end of `node` that a table belongs to."""
    block = getattr(node, "body", None)
    if isinstance(block, Block) and block.sentences:
        return _asks_for_table(block.sentences[-1])
    return node if node.takes_table else None


def _with_table(node: Sentence, asking: Sentence, table: TableNode) -> Sentence:
    if node is asking:
        return replace(node, table=table)
    block = node.body  # type: ignore[attr-defined]
    last = _with_table(block.sentences[-1], asking, table)
    return replace(node, body=replace(block, sentences=(*block.sentences[:-1], last)))  # type: ignore[call-arg]


def _owner(node: Sentence) -> Sentence | None:
    """The innermost sentence at the end of `node` that goes on in bullets; None when there is none."""
    block = getattr(node, "body", None)
    if isinstance(block, Block) and block.sentences:
        return _owner(block.sentences[-1])
    return node if node.bullets else None


def _with_children(node: Sentence, children: tuple[Line, ...]) -> Sentence:
    block = getattr(node, "body", None)
    if isinstance(block, Block) and block.sentences:
        last = _with_children(block.sentences[-1], children)
        return replace(node, body=replace(block, sentences=(*block.sentences[:-1], last)))  # type: ignore[call-arg]
    return replace(node, children=children)


def _open_condition(node: Node) -> AllOfThese | AnyOfThese | None:
    """The "all of these are true" in a sentence whose conditions are its bullets."""
    if isinstance(node, AllOfThese | AnyOfThese):
        return node
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, Phrase) and (found := _open_condition(value)) is not None:
            return found
    return None


def _with_conditions(node: Node, conditions: tuple[Phrase, ...]) -> Node:
    if isinstance(node, AllOfThese | AnyOfThese):
        return replace(node, conditions=conditions)
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, Phrase) and _open_condition(value) is not None:
            return replace(node, **{item.name: _with_conditions(value, conditions)})  # type: ignore[arg-type]
    return node
