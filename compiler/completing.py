"""Completion: what may be written next at a place, from the grammar and the user's own names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from compiler.nodes import PHRASES, SENTENCES, Line, Sentence, children_of
from compiler.pattern import Slot, Words
from compiler.project import Project, ReadingCache, Source, read
from compiler.reading.grammar import terminal_of
from compiler.reading.mistakes import printed_words
from compiler.reading.structure import PAGE_KINDS
from compiler.reading.vocabulary import Vocabulary

_MOST = 40
_LONGEST_PARTIAL = 4
_TYPES = ("text", "number", "whole number", "percentage", "money", "yes/no", "date", "time", "moment", "duration")
_NOT_OFFERED = frozenset(
    {"COMMA", "COLON", "SEMICOLON", "LPAR", "RPAR", "POSSESSIVE", "AND", "OR", "THEN", "OTHERWISE_THEN"}
)


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that may be written: `insert` replaces the text from `start` to the place asked about."""

    label: str
    insert: str
    detail: str
    kind: str
    start: int


def complete(
    sources: Sequence[Source], source: str, offset: int, cache: ReadingCache | None = None
) -> tuple[Completion, ...]:
    """What may be written at an offset of a source, the likeliest first."""
    text = next(item.text for item in sources if item.name == source)
    line_start = text.rfind("\n", 0, offset) + 1
    written = text[line_start:offset]
    if re.fullmatch(r"[A-Za-z]*", written) and not text[:line_start].strip():
        return tuple(_page_kinds(written, line_start))
    project = read(sources, cache)
    tree = next((t for t in reversed(project.trees_of(source)) if t.raw.header.end < offset), None)
    if tree is None:
        return ()
    begin, start = _sentence_at(tree.lines, text, offset)
    found = list(_in_sentence(project, text[begin:offset], begin, start, tree.vocabulary))
    return tuple(found[:_MOST])


def _page_kinds(written: str, start: int) -> Iterator[Completion]:
    for kind in PAGE_KINDS:
        if kind.lower().startswith(written.lower()):
            yield Completion(f"{kind}: …", f"{kind}: ", "a page of this kind", "page", start)


def _sentence_at(lines: Sequence[Line], text: str, offset: int) -> tuple[int, str]:
    """Where the sentence at an offset begins, and what it has to be."""
    begin = max(text.rfind(mark, 0, offset) + len(mark) for mark in (". ", "\n", ".\n"))
    for line in _all(lines):
        if line.span.start <= offset <= line.span.end + 1 and not text[line.span.end : offset].strip(" "):
            if text[line.span.end - 1 : line.span.end] == "." and offset > line.span.end - 1 + 1:
                continue
            begin = max(begin, line.span.start) if "\n" in text[line.span.start : offset] else line.span.start
    row = text.rfind("\n", 0, begin) + 1
    bullet = re.match(r"[ \t]*[-*•]\s+", text[row:offset])
    if bullet is None:
        return begin, "page_sentence"
    above = next(
        (line.node for line in reversed(lines) if line.start < begin and isinstance(line.node, Sentence)), None
    )
    in_example = above is not None and above.bullets == "step"
    return max(begin, row + bullet.end()), "step" if in_example else "statement_bullet"


def _all(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        if isinstance(line.node, Sentence):
            yield from _all(children_of(line.node))


def _in_sentence(
    project: Project, written: str, begin: int, start: str, vocabulary: Vocabulary
) -> Iterator[Completion]:
    if type_part := re.search(r"\(([^()]*)$", written):
        yield from _types(type_part.group(1), begin + type_part.start(1))
        return
    words = [match.start() for match in re.finditer(r"\S+", written)]
    ends_open = bool(written) and not written[-1].isspace()
    for count in range(min(_LONGEST_PARTIAL, len(words)) if ends_open else 0, -1, -1):
        cut = words[-count] if count else len(written)
        partial = written[cut:].lower()
        accepted = project.parser.accepted(start, written[:cut], vocabulary)
        if not accepted or (not count and ends_open):
            continue
        found = [
            option
            for option in _options(accepted, begin + cut, not written[:cut].strip(), start, vocabulary)
            if _fits(option.label, partial)
        ]
        if found:
            yield from found
            return


def _fits(label: str, partial: str) -> bool:
    bare = re.sub(r"^(?:the|an|a) ", "", label.lower())
    wanted = re.sub(r"^(?:the|an|a) ", "", partial)
    return (label.lower().startswith(partial) or bare.startswith(wanted)) and label.lower() != partial


def _options(accepted: set[str], place: int, first: bool, start: str, vocabulary: Vocabulary) -> Iterator[Completion]:
    if first:
        yield from _beginnings(accepted, place, start)
    if "NAME" in accepted:
        for name in dict.fromkeys(vocabulary.names()):
            yield Completion(f"the {name}", f"the {name}", "your name", "name", place)
    if "FUNCTION" in accepted:
        for name in vocabulary.all_functions():
            yield Completion(name, name, "your function", "function", place)
    if "CHOICE" in accepted:
        for word in sorted(vocabulary.choices):
            yield Completion(word, word, "a choice", "choice", place)
    if not first:
        words = _keywords()
        for terminal in sorted(accepted - _NOT_OFFERED, key=_likelihood):
            if terminal in words:
                yield Completion(words[terminal], words[terminal] + " ", "", "keyword", place)


@cache
def _keywords() -> dict[str, str]:
    """The words of each keyword as they are printed, with their articles."""
    words = dict(printed_words())
    for cls in (*SENTENCES, *PHRASES):
        for part in cls.wording:
            if isinstance(part, Words) and part.key and terminal_of(part.key) in words:
                words[terminal_of(part.key)] = part.printed.strip()
    return words


_LIKELIEST = (
    "IS", "PLUS", "MINUS", "TIMES", "DIVIDED_BY", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "ONE_OF", "BETWEEN", "NOT",
    "COMMA_ROUNDED_TO", "WHERE", "CONTAINS", "JOINED_WITH",
)  # fmt: skip


def _likelihood(terminal: str) -> tuple[int, str]:
    """The order in which keywords are offered: the commonest first, the others by name."""
    return (_LIKELIEST.index(terminal) if terminal in _LIKELIEST else len(_LIKELIEST)), terminal


def _beginnings(accepted: set[str], place: int, start: str) -> Iterator[Completion]:
    """Sentences that may start here, with the words up to their first slot."""
    levels = {"step": ("step",), "statement_bullet": ("statement",)}.get(
        start, ("declaration_sentence", "statement", "test_sentence")
    )
    for cls in SENTENCES:
        if cls.level not in levels or not isinstance(cls.wording[0], Words) or not cls.wording[0].key:
            continue
        words = cls.wording[0].printed.rstrip()
        following = cls.wording[1] if len(cls.wording) > 1 else None
        label = words + (" …" if isinstance(following, Slot) else "")
        insert = words if start == "page_sentence" else words[:1].lower() + words[1:]
        yield Completion(label, insert + " ", cls.title, "sentence", place)


def _types(partial: str, place: int) -> Iterator[Completion]:
    for words in _TYPES:
        if words.startswith(partial.lower().strip()):
            yield Completion(words, words + ")", "a kind of value", "type", place)
