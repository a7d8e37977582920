"""A project read as a whole: its pages, what is wrong with them, and the plan of all that works.

Pages are read and checked one by one and remembered by their text and by what they can see of the others, so that a
keystroke in one page costs only that page.
"""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compiler import plan
from compiler.checking.examples import Example
from compiler.checking.page import CheckedPage, PageChecker, PageTree, Surroundings
from compiler.kept import LRU
from compiler.messages import CATALOGUE, words_of
from compiler.places import renumbered
from compiler.reading.names import Introduced, introduced_by
from compiler.reading.parser import Parser
from compiler.reading.spans import Problem, Span
from compiler.reading.structure import RawPage, Structure, read_structure
from compiler.reading.trees import TreeReader
from compiler.reading.vocabulary import Vocabulary
from compiler.showing import Highlight, Reading, highlights, readings
from compiler.types import RecordType

_LONGEST_NAME = 200
_DEEPEST_CALLS = 50
_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Source:
    """A text with pages in it, under a name that is used only to say where things are."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A ready-made change to a source: replace the text between two offsets."""

    label: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell about a source. Lines and columns count from 1, `start` and `length` are in characters."""

    code: str
    severity: str
    source: str
    line: int
    column: int
    length: int
    start: int
    text: str
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a project: its kind, name, source, and the line of its heading. `works` when it may be run."""

    kind: str
    name: str
    source: str
    line: int
    works: bool
    tree: PageTree | None = field(default=None, repr=False, compare=False)
    examples: tuple[Example, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Project:
    """What was understood of some sources. `plan` holds only functions without mistakes."""

    sources: tuple[Source, ...]
    messages: tuple[Message, ...]
    plan: plan.Plan
    pages: tuple[Page, ...]
    parser: Parser = field(repr=False, compare=False)

    def messages_for(self, source: str) -> tuple[Message, ...]:
        """The messages about one source, in order of place."""
        return tuple(message for message in self.messages if message.source == source)

    def pages_of(self, source: str) -> tuple[Page, ...]:
        """The pages in one source."""
        return tuple(page for page in self.pages if page.source == source)

    def trees_of(self, source: str) -> tuple[PageTree, ...]:
        """The trees of the function pages in one source."""
        return tuple(page.tree for page in self.pages_of(source) if page.tree is not None)

    def highlights(self, source: str) -> tuple[Highlight, ...]:
        """The colours of the words of one source."""
        return highlights(self.trees_of(source), self.parser)

    def reading(self, source: str) -> tuple[Reading, ...]:
        """The sentences of one source as they were understood, in canonical words."""
        return readings(self.trees_of(source))


class ReadingCache:
    """What was read before. Only a cache: with it or without, the same sources give the same project.

    Several threads may share one: each looking up and keeping is done under a lock, reading itself is not.
    """

    def __init__(self) -> None:
        self.parser = Parser()
        self._kept: LRU[Hashable, Any] = LRU(_CACHED)

    def get(self, key: Hashable) -> Any:
        """What is kept under a key, or None."""
        return self._kept.get(key)

    def put(self, key: Hashable, value: Any) -> Any:
        """Keeps a value and gives it back."""
        return self._kept.put(key, value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A source taken apart: its structure, the offsets of its lines, and what each of its pages introduces."""

    structure: Structure
    line_starts: tuple[int, ...]
    introduced: tuple[Introduced, ...]


def read(sources: Sequence[Source], cache: ReadingCache | None = None) -> Project:
    """Reads a project. Never raises, whatever the text."""
    return _ProjectReader(tuple(sources), cache or ReadingCache()).read()


class _ProjectReader:
    def __init__(self, sources: tuple[Source, ...], cache: ReadingCache) -> None:
        self.sources = sources
        self.cache = cache
        self.shapes = {source.name: self._shape(source.text) for source in sources}
        self.problems: dict[str, list[Problem]] = {
            s.name: list(self.shapes[s.name].structure.problems) for s in sources
        }

    def _shape(self, text: str) -> _Shape:
        key = ("shape", text)
        found = self.cache.get(key)
        if found is None:
            structure = read_structure(text)
            starts = (0, *(index + 1 for index, character in enumerate(text) if character == "\n"))
            introduced = tuple(
                introduced_by(p.sentences) if p.kind == "Function" else Introduced() for p in structure.pages
            )
            found = self.cache.put(key, _Shape(structure, starts, introduced))
        assert isinstance(found, _Shape)
        return found

    def read(self) -> Project:
        pages = list(self._own_pages())
        functions = [(source, index, raw) for source, index, raw in pages if raw.kind == "Function"]
        exported = self._exported(functions)
        trees = [self._tree(source, index, raw, exported) for source, index, raw in functions]
        names = [raw.name for _, _, raw in functions]
        checked = self._checked(trees, names)
        working = self._working(names, checked)
        made, places = _assembled(names, checked, working)
        for tree, page in zip(trees, checked, strict=True):
            self.problems[tree.source].extend(page.problems)
        self._name_circles(names, checked, trees, working)
        found_pages = []
        by_raw = {id(raw): index for index, (_, _, raw) in enumerate(functions)}
        for source, _, raw in pages:
            line = bisect.bisect_right(self.shapes[source].line_starts, raw.header.start)
            index = by_raw.get(id(raw))
            if index is None:
                self.problems[source].append(Problem("L801", raw.header, {"kind": raw.kind}))
                found_pages.append(Page(raw.kind, raw.name, source, line, False))
            else:
                works = raw.name in working and working[raw.name] == index
                examples = checked[index].examples if works else ()
                found_pages.append(Page(raw.kind, raw.name, source, line, works, trees[index], examples))
        messages = tuple(self._messages())
        return Project(self.sources, messages, plan.Plan(made, places), tuple(found_pages), self.cache.parser)

    def _own_pages(self) -> Iterable[tuple[str, int, RawPage]]:
        seen: set[str] = set()
        for source in self.sources:
            for index, raw in enumerate(self.shapes[source.name].structure.pages):
                if len(raw.name) > _LONGEST_NAME:
                    self.problems[source.name].append(Problem("R132", raw.name_span, {"limit": str(_LONGEST_NAME)}))
                    continue
                key = " ".join(raw.name.lower().split())
                if key in seen and raw.kind == "Function":
                    self.problems[source.name].append(Problem("R131", raw.name_span, {"name": raw.name}))
                    continue
                seen.add(key)
                yield source.name, index, raw

    def _exported(self, functions: Sequence[tuple[str, int, RawPage]]) -> tuple[object, Vocabulary]:
        """What all pages may say of each other, with a key that changes when it does."""
        introduced = [(raw.name, self.shapes[source].introduced[index]) for source, index, raw in functions]
        key = ("exported", tuple((name, item.digest()) for name, item in introduced))
        found = self.cache.get(key)
        if found is None:
            vocabulary = Vocabulary(of_others=True)
            for name, item in introduced:
                vocabulary.add_function(name)
                item.fill(vocabulary, exported_only=True)
            vocabulary.add_plurals()
            found = self.cache.put(key, vocabulary)
        assert isinstance(found, Vocabulary)
        return key, found

    def _tree(self, source: str, index: int, raw: RawPage, exported: tuple[object, Vocabulary]) -> PageTree:
        text = next(item.text for item in self.sources if item.name == source)
        key = ("tree", source, text, index, exported[0])
        found = self.cache.get(key)
        if found is None:
            shape = self.shapes[source]
            vocabulary = self._vocabulary(shape.introduced[index], exported)
            reader = TreeReader(self.cache.parser, vocabulary, shape.introduced[index].reserved)
            lines = reader.lines(raw.sentences)
            found = PageTree(raw, source, shape.line_starts, lines, vocabulary, tuple(reader.problems))
            self.cache.put(key, found)
        assert isinstance(found, PageTree)
        return found

    def _vocabulary(self, introduced: Introduced, exported: tuple[object, Vocabulary]) -> Vocabulary:
        """The names that a page may use; the same object as long as they are the same."""
        key = ("vocabulary", introduced.content(), exported[0])
        found = self.cache.get(key)
        if found is None:
            found = Vocabulary(exported[1])
            introduced.fill(found)
            found.add_plurals()
            self.cache.put(key, found)
        assert isinstance(found, Vocabulary)
        return found

    def _checked(self, trees: Sequence[PageTree], names: Sequence[str]) -> list[CheckedPage]:
        """Every page checked against what the others declare."""
        declared = [self._declared(tree) for tree in trees]
        records: dict[str, RecordType] = {}
        surroundings = Surroundings({}, records)
        for page in declared:
            page.project = surroundings
        for page in declared:
            for key, record in page.own_records().items():
                records.setdefault(key, record)
        signatures = {name: page.settle() for name, page in zip(names, declared, strict=True)}
        surroundings.signatures = signatures
        seen_key = ("seen", tuple(signatures.items()), tuple(records.items()))
        seen = self.cache.get(seen_key) or self.cache.put(seen_key, object())
        outcome = []
        for tree, page in zip(trees, declared, strict=True):
            place = ("checked", id(tree), id(seen))
            kept = self.cache.get(place)
            if kept is None or kept[0] is not tree or kept[1] is not seen:
                kept = self.cache.put(place, (tree, seen, page.check(surroundings)))
            outcome.append(kept[2])
        return outcome

    def _declared(self, tree: PageTree) -> PageChecker:
        page = PageChecker(tree)
        page.declare()
        return page

    def _working(self, names: Sequence[str], checked: Sequence[CheckedPage]) -> dict[str, int]:
        """The functions that may run, in an order in which each comes after those it calls.

        Those that would call others more than `_DEEPEST_CALLS` deep may not.
        """
        indices = {name: index for index, name in enumerate(names)}
        order: dict[str, int] = {}
        depths: dict[str, int] = {}
        started: set[str] = set()
        waiting = list(reversed(names))
        while waiting:  # without recursion: a thousand functions may call each other in a row
            name = waiting[-1]
            page = checked[indices[name]]
            if name not in started:
                started.add(name)
                waiting.extend(called for called, _ in page.calls if called in indices and called not in started)
                continue
            waiting.pop()
            fine = not any(CATALOGUE[p.code].severity.value == "error" for p in page.problems)
            if name not in order and fine and all(called in order for called, _ in page.calls):
                depths[name] = 1 + max((depths[called] for called, _ in page.calls), default=0)
                if depths[name] <= _DEEPEST_CALLS:
                    order[name] = indices[name]
        return order

    def _name_circles(
        self,
        names: Sequence[str],
        checked: Sequence[CheckedPage],
        trees: Sequence[PageTree],
        working: Mapping[str, int],
    ) -> None:
        """Says where a function without mistakes of its own cannot run because of one that it uses."""
        calls = {name: dict(page.calls) for name, page in zip(names, checked, strict=True)}
        told: set[str] = set()
        for name, page, tree in zip(names, checked, trees, strict=True):
            if name in working or any(CATALOGUE[p.code].severity.value == "error" for p in page.problems):
                continue
            for called, span in page.calls:
                circle = _circle(name, called, calls) if name not in told else ()
                if circle:
                    told.update(circle)
                    details = {"function": called, "chain": ", which uses ".join((*circle[2:], name))}
                    self.problems[tree.source].append(Problem("N226", span, details))
                elif called not in working and name not in told:
                    self.problems[tree.source].append(Problem("N219", span, {"function": called}))

    def _messages(self) -> Iterable[Message]:
        for source in self.sources:
            starts = self.shapes[source.name].line_starts
            unique = dict.fromkeys((p.span.start, p.span.end, p.code) for p in self.problems[source.name])
            by_place = {(p.span.start, p.span.end, p.code): p for p in self.problems[source.name]}
            for place in sorted(unique):
                yield _message(source, starts, by_place[place])


def _message(source: Source, starts: Sequence[int], problem: Problem) -> Message:
    span = Span(min(problem.span.start, len(source.text)), min(problem.span.end, len(source.text)))
    line = bisect.bisect_right(starts, span.start)
    fixes = tuple(Fix(s.label, s.span.start, s.span.end, s.replacement) for s in problem.suggestions)
    return Message(
        problem.code,
        CATALOGUE[problem.code].severity.value,
        source.name,
        line,
        span.start - starts[line - 1] + 1,
        max(1, span.end - span.start),
        span.start,
        words_of(problem),
        fixes,
    )


def _circle(name: str, called: str, calls: Mapping[str, Mapping[str, Span]]) -> tuple[str, ...]:
    """The functions from `name` by way of `called` back to `name`; none when that way does not lead back."""
    ways: list[tuple[str, ...]] = [(name, called)]
    seen = {called}
    while ways:
        way = ways.pop(0)
        if way[-1] == name:
            return way[:-1]
        for further in calls.get(way[-1], ()):
            if further not in seen:
                seen.add(further)
                ways.append((*way, further))
    return ()


def _assembled(
    names: Sequence[str], checked: Sequence[CheckedPage], working: Mapping[str, int]
) -> tuple[dict[str, plan.Function], tuple[plan.Place, ...]]:
    """All working functions with their places numbered through."""
    functions: dict[str, plan.Function] = {}
    places: list[plan.Place] = []
    for index in working.values():
        page = checked[index]
        for function in page.functions:
            body = renumbered(function.body, len(places))
            functions[function.name] = replace(function, body=body)
        places.extend(page.places)
    return functions, tuple(places)
