"""The shape of a text: pages, sentences, bullets, tables and notes, each with its place. Knows no words.

A page starts with `Kind: Name` on a line of its own. A sentence ends with a full stop that is followed by a
space or the end of the line, or at a colon that introduces bullets or a table. A line that starts with
`Note:` is a comment. Bullets nest by their indentation.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from compiler.reading.spans import Problem, Span, Suggestion

PAGE_KINDS = ("Function", "Document", "Flow", "Device", "Gateway", "Contract", "Integration", "Dashboard")
LONGEST_TEXT = 200_000
"""Characters that one source may have."""
LONGEST_SENTENCE = 4_000
MOST_SENTENCES = 5_000
DEEPEST_BULLETS = 12

_HEADER = re.compile(r"[ \t]*([A-Za-z]+)[ \t]*:(.*)$")
_NOTE = re.compile(r"[ \t]*(?:[-*•][ \t]+)?note[ \t]*:", re.IGNORECASE)
_BULLET = re.compile(r"([ \t]*)([-*•–])[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|")
_CELL = re.compile(r'(?:"[^"]*"|[^|])*')
"""Up to the next bar outside quotes; matches everywhere."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, without the white space around its text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, the first of which is the header; rows may have different lengths."""

    rows: tuple[tuple[Cell, ...], ...]
    span: Span


@dataclass(slots=True)
class RawSentence:
    """A sentence as written. `span` includes its full stop, `text` does not; it starts at `span.start`."""

    text: str
    span: Span
    bullet: bool
    depth: int
    children: list[RawSentence] = field(default_factory=list)
    table: Table | None = None
    last_of_bullet: bool = True
    cut: bool = False
    """Whether bullets below it were left out, which has been reported."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """The mark and indentation in front of a bullet, with its depth (0 for the outermost)."""

    span: Span
    depth: int


@dataclass(slots=True)
class RawPage:
    """A page as written: its kind, name and sentences; `span` covers all of it, the header line included."""

    kind: str
    name: str
    header: Span
    name_span: Span
    span: Span
    sentences: list[RawSentence] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """The pages of a text and what was wrong with its shape."""

    pages: tuple[RawPage, ...]
    problems: tuple[Problem, ...]


def read_structure(text: str) -> Structure:
    """Splits a text into pages and sentences. Never raises."""
    if len(text) > LONGEST_TEXT:
        details = {"size": f"{len(text):,}", "limit": f"{LONGEST_TEXT:,}"}
        return Structure((), (Problem("R101", Span(0, 1), details),))
    return _StructureReader(text).read()


class _StructureReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pages: list[RawPage] = []
        self.problems: list[Problem] = []
        self.page: RawPage | None = None
        self.stack: list[tuple[int, RawSentence]] = []  # open bullets: indentation and their last sentence
        self.count = 0

    def read(self) -> Structure:
        lines = self._lines()
        index = 0
        stray: Span | None = None
        while index < len(lines):
            start, end = lines[index]
            line = self.text[start:end]
            if not line.strip():
                index += 1
                continue
            header = self._header(line, start)
            if header is not None:
                self._open(header, end)
                index += 1
                continue
            if self.page is None:
                if _NOTE.match(line) is None and stray is None:
                    stray = Span(start + len(line) - len(line.lstrip()), end)
                index += 1
                continue
            if _NOTE.match(line):
                self.page.notes.append(Span(start, end))
                index += 1
            elif _ROW.match(line):
                index = self._table(lines, index)
            elif match := _BULLET.match(line):
                index = self._bullet(lines, index, match)
            else:
                index = self._paragraph(lines, index)
        if stray is not None:
            fix = Suggestion(
                'Start a page here, called "My function"', Span(stray.start, stray.start), "Function: My function\n"
            )
            self.problems.append(Problem("R102", stray, {}, (fix,)))
        self._close(len(self.text))
        return Structure(tuple(self.pages), tuple(self.problems))

    def _lines(self) -> list[tuple[int, int]]:
        lines, start = [], 0
        for match in re.finditer(r"\r\n|\n|\r|$", self.text):
            lines.append((start, match.start()))
            start = match.end()
        return lines

    def _header(self, line: str, start: int) -> RawPage | None:
        match = _HEADER.match(line)
        if match is None:
            return None
        word, rest = match.group(1), match.group(2)
        end = len(rest)
        while end and (rest[end - 1] == "." or rest[end - 1].isspace()):
            end -= 1
        name = rest[:end].lstrip()
        kind = word.capitalize()
        whole = Span(start + match.start(1), start + len(line.rstrip()))
        if kind not in PAGE_KINDS:
            near = difflib.get_close_matches(kind, PAGE_KINDS, 1, 0.75)
            if not near or kind in ("Note", "Example", "Otherwise"):
                return None
            place = Span(start + match.start(1), start + match.end(1))
            fix = Suggestion(f'Write "{near[0]}"', place, near[0])
            self.problems.append(Problem("R103", place, {"word": word, "nearest": near[0]}, (fix,)))
            kind = near[0]
        if not name:
            self.problems.append(Problem("R104", whole, {"kind": kind}))
            name = "(no name)"
            return RawPage(kind, name, whole, Span(whole.end, whole.end), whole)
        name_start = start + match.start(2) + len(rest) - len(rest.lstrip())
        return RawPage(kind, name, whole, Span(name_start, name_start + len(name)), whole)

    def _open(self, page: RawPage, end: int) -> None:
        self._close(page.header.start)
        self.page = page
        self.stack = []

    def _close(self, end: int) -> None:
        if self.page is not None:
            self.page.span = Span(self.page.header.start, end)
            self.pages.append(self.page)

    def _table(self, lines: list[tuple[int, int]], index: int) -> int:
        rows: list[tuple[Cell, ...]] = []
        first = lines[index][0]
        last = lines[index][1]
        while index < len(lines) and _ROW.match(self.text[slice(*lines[index])]):
            start, last = lines[index]
            cells = self._cells(start, last)
            if not all(re.fullmatch(r":?-{2,}:?", cell.text) for cell in cells):
                rows.append(cells)
            index += 1
        first += len(self.text[first:last]) - len(self.text[first:last].lstrip())
        table = Table(tuple(rows), Span(first, last))
        owner = self._last_sentence()
        if owner is None or owner.table is not None:
            self.problems.append(Problem("R105", table.span))
        else:
            owner.table = table
        return index

    def _cells(self, start: int, end: int) -> tuple[Cell, ...]:
        cells = []
        position = self.text.index("|", start) + 1
        while position <= end:
            bar = _CELL.match(self.text, position, end).end()  # type: ignore[union-attr]
            raw = self.text[position:bar]
            if bar == end and not raw.strip():
                break
            left = position + len(raw) - len(raw.lstrip())
            cells.append(Cell(raw.strip(), Span(left, left + len(raw.strip()))))
            position = bar + 1
        return tuple(cells)

    def _last_sentence(self) -> RawSentence | None:
        if self.stack:
            return self.stack[-1][1]
        assert self.page is not None
        return self.page.sentences[-1] if self.page.sentences else None

    def _bullet(self, lines: list[tuple[int, int]], index: int, match: re.Match[str]) -> int:
        assert self.page is not None
        start = lines[index][0]
        indent = len(match.group(1).expandtabs(4))
        begin = start + match.end()
        end = lines[index][1]
        index += 1
        while index < len(lines) and self._continues(lines[index]):  # a bullet that runs on in the next line
            end = lines[index][1]
            index += 1
        while self.stack and self.stack[-1][0] >= indent:
            self.stack.pop()
        depth = len(self.stack)
        self.page.bullets.append(Bullet(Span(start, begin), depth))
        if depth >= DEEPEST_BULLETS:
            if all(problem.code != "R106" for problem in self.problems):
                self.problems.append(Problem("R106", Span(begin, end), {"limit": str(DEEPEST_BULLETS)}))
            cut = self._last_sentence()
            if cut is not None:
                cut.cut = True
            return index
        owner = self._last_sentence()
        sentences = self._sentences(begin, end, True, depth)
        if owner is None:
            self.problems.append(Problem("R107", Span(begin, end)))
        else:
            owner.children.extend(sentences)
        if sentences:
            for sentence in sentences[:-1]:
                sentence.last_of_bullet = False
            self.stack.append((indent, sentences[-1]))
        return index

    def _continues(self, line: tuple[int, int]) -> bool:
        text = self.text[slice(*line)]
        return (
            bool(text.strip())
            and text[0] in " \t"
            and not (_BULLET.match(text) or _ROW.match(text) or _NOTE.match(text))
        )

    def _paragraph(self, lines: list[tuple[int, int]], index: int) -> int:
        assert self.page is not None
        self.stack = []
        start, end = lines[index]
        index += 1
        while index < len(lines):
            text = self.text[slice(*lines[index])]
            if not text.strip() or _BULLET.match(text) or _ROW.match(text) or _NOTE.match(text):
                break
            if self._header(text, lines[index][0]) is not None:
                self.problems = [p for p in self.problems if p.span.start < lines[index][0]]
                break
            end = lines[index][1]
            index += 1
        self.page.sentences.extend(self._sentences(start, end, False, 0))
        return index

    def _sentences(self, start: int, end: int, bullet: bool, depth: int) -> list[RawSentence]:
        sentences: list[RawSentence] = []
        for begin, stop, finish in self._split(start, end):
            self.count += 1
            if self.count == MOST_SENTENCES + 1:
                self.problems.append(Problem("R108", Span(begin, finish), {"limit": f"{MOST_SENTENCES:,}"}))
            if self.count > MOST_SENTENCES:
                break
            if stop - begin > LONGEST_SENTENCE:
                details = {"limit": f"{LONGEST_SENTENCE:,}"}
                self.problems.append(Problem("R109", Span(begin, begin + 40), details))
                continue
            sentences.append(RawSentence(self.text[begin:stop], Span(begin, finish), bullet, depth))
        return sentences

    def _split(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Sentences between two offsets: where each starts, where its text ends, where its full stop ends."""
        parts: list[tuple[int, int, int]] = []
        text = self.text
        begin = start
        quote: int | None = None
        position = start
        while position < end:
            character = text[position]
            if quote is not None:
                if character in '"”':
                    quote = None
                elif character in "\r\n" and not text[position + 1 : end].strip(" \t\r\n").count('"') % 2:
                    quote = None  # the quote was never closed in its line: the next line starts afresh
                    parts.append((begin, position, position))
                    begin = position + 1
            elif character in '"“':
                quote = position
            elif character == "." and (position + 1 == end or text[position + 1] in " \t\r\n"):
                parts.append((begin, position, position + 1))
                begin = position + 1
            elif character in "\r\n" and self._new_sentence(begin, position, end):
                parts.append((begin, position, position))
                begin = position + 1
            position += 1
        parts.append((begin, end, end))
        trimmed = []
        for begin, stop, finish in parts:
            raw = text[begin:stop]
            left = begin + len(raw) - len(raw.lstrip())
            right = left + len(raw.strip())
            if left < right:
                trimmed.append((left, right, finish if finish > stop else right))
        return trimmed

    def _new_sentence(self, begin: int, position: int, end: int) -> bool:
        """Whether a line break ends a sentence: after a colon, or when the next line starts with a capital."""
        before = self.text[begin:position].rstrip()
        after = self.text[position:end].lstrip()
        if not before or not after:
            return False
        return before[-1] == ":" or (after[0].isupper() and before[-1] not in ",;(+*/×÷-")
