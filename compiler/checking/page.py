"""One function page, checked: its names get types, its sentences become statements, and mistakes become problems.

Checking goes in rounds: a local that is given both whole and other numbers is found out along the way, and then the
page is checked again with what has been learnt, until nothing new turns up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.coercion import fit, join, needed
from compiler.checking.following import first_mistakes
from compiler.checking.record_sizes import DEEPEST_RECORD, has_too_much, parts_of, too_much_inside
from compiler.checking.scope import SILENT, Scope
from compiler.checking.type_words import type_words
from compiler.nodes import Block, CellNode, Line, Name, Node, Phrase, Sentence, children_of
from compiler.plan import Expression, Parameter, Place, Statement
from compiler.printing import print_node
from compiler.reading.names import introduced_by
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.reading.structure import RawPage, RawSentence
from compiler.reading.vocabulary import Vocabulary, key_of
from compiler.types import TEXT, ChoiceType, FieldType, ListType, RecordType, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compiler.checking.examples import Example

_MOST_ROUNDS = 8
_TypeMaker = Callable[["PageChecker"], Type]


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function needs and gives."""

    inputs: tuple[Parameter, ...]
    outputs: tuple[Parameter, ...]
    whole: bool = True
    """Whether all of them are known; without that, nothing can be said about how it is used."""


@dataclass(frozen=True, slots=True)
class PageTree:
    """A page as it was read: its lines with their trees, its vocabulary, and what was wrong so far."""

    raw: RawPage
    source: str
    line_starts: tuple[int, ...]
    lines: tuple[Line, ...]
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Surroundings:
    """What a page can use of the others: their functions and their records."""

    signatures: Mapping[str, Signature] = field(default_factory=dict)
    records: Mapping[str, RecordType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """The outcome for one page. `functions` are empty when it has mistakes; places are numbered from 0."""

    problems: tuple[Problem, ...]
    functions: tuple[plan.Function, ...] = ()
    places: tuple[Place, ...] = ()
    calls: tuple[tuple[str, Span], ...] = ()
    examples: tuple[Example, ...] = ()


class PageChecker:
    """Checks one page. `declare` first, then `settle` (types), then `check`."""

    def __init__(self, tree: PageTree) -> None:
        self.tree = tree
        self.project = Surroundings()
        self.currency = "USD"
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.later_names: set[str] = set()
        self.inputs: dict[str, Type] = {}
        self.outputs: dict[str, Type] = {}
        self.variables: dict[str, Type] = {}
        self.formulas: dict[str, Expression] = {}
        self.private: list[plan.Function] = []
        self.places: list[Place] = []
        self.calls: dict[str, Span] = {}
        self._wanted: list[tuple[str, Name, Span, int, _TypeMaker]] = []
        self._records: dict[str, list[tuple[Name, Span, int, _TypeMaker]]] = {}
        self._made_records: dict[str, RecordType] = {}
        self._making: set[str] = set()
        self._changes: list[tuple[Name, Span, int, Callable[[Type], Type]]] = []
        self._formulas: list[tuple[Name, Span, int, Callable[[Scope], Expression], Sentence]] = []
        self._widened: dict[str, Type] = {}
        self._assigned: set[str] = set()
        self._offset = 0
        self._again = False
        self._texts = dict(_texts(tree.lines))

    # --- declaring -----------------------------------------------------------------------------------------

    def declare(self) -> None:
        """Collects what the sentences declare. Types are settled later, when all records are known."""
        for line in self.tree.lines:
            if isinstance(line.node, Sentence):
                self._attempt(line, line.node.declare)
            else:
                self._mark_broken(line)

    def _mark_broken(self, line: Line) -> None:
        """Names that an unreadable sentence would have introduced: speaking of them is no second mistake."""
        raw = RawSentence(line.text, line.span, line.bullet, 0)
        self.broken.update(key_of(name.words) for name in introduced_by([raw]).names)

    def _attempt(self, line: Line, action: Callable[[PageChecker], object]) -> None:
        with self.at(line.start):
            try:
                action(self)
            except Misread as misread:
                self.report(misread.problem)

    def declare_input(self, name: Name, span: Span, type_in: _TypeMaker) -> None:
        """Something the function needs."""
        self._wanted.append(("input", name, span, self._offset, type_in))

    def declare_output(self, name: Name, span: Span, type_in: _TypeMaker) -> None:
        """Something the function gives."""
        self._wanted.append(("output", name, span, self._offset, type_in))

    def declare_record(self, name: Name, span: Span, fields: Sequence[tuple[Name, Span, _TypeMaker]]) -> None:
        """A kind of thing with its parts."""
        if name.key in self._records:
            raise Misread(Problem("N221", span, {"name": name.words}))
        self._records[name.key] = [(field_name, place, self._offset, maker) for field_name, place, maker in fields]

    def extend_record(self, name: Name, span: Span, owner: Name, type_in: _TypeMaker) -> None:
        """A further part of a kind of thing, named after what it belongs to."""
        self._records.setdefault(name.key, []).append((owner, span, self._offset, type_in))

    def retype(self, name: Name, span: Span, change: Callable[[Type], Type]) -> None:
        """Changes the type of something declared elsewhere on the page."""
        self._changes.append((name, span, self._offset, change))

    def declare_choice(self, name: Name, span: Span, type_: ChoiceType) -> None:
        """The words that something can be; it may be an input, an output or a local."""

        def choose(old: Type) -> Type:
            if old not in (TEXT, type_):
                raise Misread(Problem("T326", span, {"name": name.words, "found": type_words(old)}))
            return type_

        self._changes.append((name, span, self._offset, choose))
        self._widened.setdefault(name.key, type_)

    def declare_formula(self, name: Name, span: Span, value: Callable[[Scope], Expression], node: Sentence) -> None:
        """A name for a formula."""
        self._formulas.append((name, span, self._offset, value, node))

    # --- settling ------------------------------------------------------------------------------------------

    def own_records(self) -> dict[str, RecordType]:
        """The kinds of things that this page describes."""
        return {key: made for key in self._records if (made := self.record_named(key)) is not None}

    def record_named(self, key: str) -> RecordType | None:
        """A kind of thing, described here or on another page."""
        if key in self._made_records:
            return self._made_records[key]
        if key not in self._records:
            return self.project.records.get(key)
        if key in self._making:
            raise Misread(Problem("N220", Span(0, 1), {"name": key}))
        if len(self._making) >= DEEPEST_RECORD:
            raise Misread(too_much_inside(key, Span(0, 1)))
        self._making.add(key)
        fields: dict[str, FieldType] = {}
        parts = 1
        for name, span, offset, maker in self._records[key]:
            with self.at(offset):
                try:
                    if name.key in fields:
                        raise Misread(Problem("N221", span, {"name": name.words}))
                    type_ = maker(self)
                    if has_too_much(type_, parts):
                        raise Misread(too_much_inside(key, span))
                    parts += parts_of(type_)
                    fields[name.key] = FieldType(name.key, type_)
                except Misread as misread:
                    self.broken.add(name.key)
                    self.report(misread.problem)
        self._making.discard(key)
        self._made_records[key] = RecordType(key, tuple(fields.values()))
        return self._made_records[key]

    def settle(self) -> Signature:
        """Settles the types of what the function needs and gives."""
        for kind, name, span, offset, maker in self._wanted:
            with self.at(offset):
                try:
                    table = self.inputs if kind == "input" else self.outputs
                    if name.key in self.inputs or name.key in self.outputs:
                        raise Misread(Problem("N221", span, {"name": name.words}))
                    table[name.key] = maker(self)
                except Misread as misread:
                    self.broken.add(name.key)
                    self.report(misread.problem)
        for name, span, offset, change in self._changes:
            with self.at(offset):
                table = self.inputs if name.key in self.inputs else self.outputs
                try:
                    if name.key in table:
                        table[name.key] = change(table[name.key])
                    elif name.key not in self._widened and name.key not in self.broken:
                        raise Misread(Problem("N202", span, {"name": name.words}))
                except Misread as misread:
                    self.report(misread.problem)
        self.problems.extend(self.tree.problems)
        return Signature(
            tuple(Parameter(key, type_) for key, type_ in self.inputs.items()),
            tuple(Parameter(key, type_) for key, type_ in self.outputs.items()),
            not self.broken,
        )

    # --- checking ------------------------------------------------------------------------------------------

    def check(self, surroundings: Surroundings) -> CheckedPage:
        """The whole page as a plan, with its examples; or its problems."""
        from compiler.checking.examples import lower_examples

        self.project = surroundings
        before, broken = list(self.problems), set(self.broken)
        body: tuple[Statement, ...] = ()
        for _ in range(_MOST_ROUNDS):
            self.problems, self.broken = list(before), set(broken)
            self.places, self.calls, self.private, self.formulas = [], {}, [], {}
            self.variables = {**self.inputs, **self.outputs}
            self._assigned, self._again = set(), False
            self.later_names = {name.key for line in self.tree.lines for name in _targets(line)}
            scope = Scope(self, self.variables, formulas=self.formulas)
            self._lower_formulas(scope)
            body = self.sequence(self.tree.lines, scope)
            if not self._again:
                break
        examples = lower_examples(self, self.tree.lines)
        self._check_whole()
        name = self.tree.raw.name
        function = plan.Function(
            name,
            tuple(Parameter(key, type_) for key, type_ in self.inputs.items()),
            tuple(Parameter(key, type_) for key, type_ in self.outputs.items()),
            body,
            self.tree.source,
            self._line_column(self.tree.raw.header.start)[0],
        )
        known = [p for p in self._unique(self.problems) if p.code != SILENT]
        problems = tuple(first_mistakes(known, self.tree.lines, self.broken))
        calls = tuple(self.calls.items())
        return CheckedPage(problems, (*self.private, function), tuple(self.places), calls, examples)

    @staticmethod
    def _unique(problems: Sequence[Problem]) -> list[Problem]:
        seen: dict[tuple[str, int, int], Problem] = {}
        for problem in problems:
            seen.setdefault((problem.code, problem.span.start, problem.span.end), problem)
        return list(seen.values())

    def _check_whole(self) -> None:
        header = self.tree.raw.header
        if not self.outputs and not self.broken:
            after = Span(header.end, header.end)
            fix = Suggestion("Say what it gives", after, "\nGives a result (number).")
            self.problems.append(Problem("N222", header, {"name": self.tree.raw.name}, (fix,)))
            return
        for key in self.outputs:
            if key not in self._assigned and key not in self.broken and not self.problems:
                self.problems.append(Problem("C609", header, {"name": self.spelling(key)}))

    def _lower_formulas(self, scope: Scope) -> None:
        """Formulas become small functions of what they mention, worked out wherever they are used."""
        waiting = list(self._formulas)
        while waiting:
            later = []
            for name, span, offset, value, node in waiting:
                with self.at(offset):
                    try:
                        if name.key in self.variables or name.key in self.formulas:
                            raise Misread(Problem("N221", span, {"name": name.words}))
                        self.formulas[name.key] = self._formula(name, value(scope), node)
                        self.later_names.discard(name.key)
                    except Misread as misread:
                        if misread.problem.code == "N203" and len(waiting) > 1:
                            later.append((name, span, offset, value, node))
                        else:
                            self.broken.add(name.key)
                            self.report(misread.problem)
            waiting = later[:1] if len(later) == len(waiting) else later

    def _formula(self, name: Name, value: Expression, node: Sentence) -> Expression:
        from compiler.checking.variables import variables_in

        used = variables_in(value)
        output = plan.Variable(name.key, value.type)
        title = f"{self.tree.raw.name}: {name.key}"
        body = (plan.Assign(output, value, self.place(node)),)
        inputs = tuple(Parameter(v.name, v.type) for v in used)
        outputs = (Parameter(name.key, value.type),)
        line = self._line_column(self._offset)[0]
        self.private.append(plan.Function(title, inputs, outputs, body, self.tree.source, line, private=True))
        return plan.Call(title, tuple(used), name.key, value.type)

    def sequence(self, lines: Sequence[Line], scope: Scope) -> tuple[Statement, ...]:
        """The statements of some lines; an "otherwise" goes with the "if" before it."""
        from compiler.sentences.choosing import If, Otherwise, OtherwiseIf

        statements: list[Statement] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            if not isinstance(line.node, Sentence):
                self._mark_broken(line)
                index += 1
                continue
            group = [line]
            if isinstance(line.node, OtherwiseIf | Otherwise) and index and lines[index - 1].node is None:
                self._after_unread(lines[index:], scope)
                index += len(_continuing(lines[index:]))
                continue
            if isinstance(line.node, If) and not line.node.otherwise:
                while index + len(group) < len(lines) and isinstance(
                    lines[index + len(group)].node, OtherwiseIf | Otherwise
                ):
                    group.append(lines[index + len(group)])
                    if isinstance(group[-1].node, Otherwise):
                        break
            statement = self._lower(group, scope)
            if statement is not None:
                statements.append(statement)
            index += len(group)
        return tuple(statements)

    def _after_unread(self, lines: Sequence[Line], scope: Scope) -> None:
        """Checks what follows "otherwise" when the "if" before it could not be read."""
        for line in _continuing(lines):
            with self.at(line.start):
                try:
                    self.body(line.node, line.node.body, scope)  # type: ignore[arg-type, union-attr]
                except Misread as misread:
                    self.report(misread.problem)

    def _lower(self, group: Sequence[Line], scope: Scope) -> Statement | None:
        from compiler.sentences.choosing import If

        line = group[0]
        assert isinstance(line.node, Sentence)
        with self.at(line.start):
            try:
                if isinstance(line.node, If):
                    return self._chain(group, scope)
                return line.node.lower(self, scope)
            except Misread as misread:
                self.report(misread.problem)
                for name in _targets(line):
                    if name.key not in self.variables:
                        self.broken.add(name.key)
                return None

    def chain(self, nodes: Sequence[Sentence], scope: Scope) -> Statement:
        """The statement for an "if" inside another sentence, with its own "otherwise" if it has one."""
        line = Line("", self._offset, nodes[0], nodes[0].span)
        return self._chain([line], scope)

    def _chain(self, group: Sequence[Line], scope: Scope) -> Statement:
        from compiler.sentences.choosing import If, Otherwise, OtherwiseIf

        first = group[0].node
        assert isinstance(first, If)
        place = self.place(first)
        branches: list[tuple[Expression, tuple[Statement, ...]]] = []
        otherwise: tuple[Statement, ...] = ()
        for line in group:
            node = line.node
            with self.at(line.start):
                try:
                    if isinstance(node, If | OtherwiseIf):
                        branches.append((self._condition(node, scope), self.body(node, node.body, scope)))
                    elif isinstance(node, Otherwise):
                        otherwise = self.body(node, node.body, scope)
                except Misread as misread:
                    self.report(misread.problem)
                    assert isinstance(node, If | OtherwiseIf | Otherwise)
                    self.body(node, node.body, scope)
        if first.otherwise:
            otherwise = self._inline(first.otherwise, scope)
        return plan.If(tuple(branches), otherwise, place)

    @staticmethod
    def _condition(node: Sentence, scope: Scope) -> Expression:
        from compiler.phrases.conditions import condition

        return condition(node.condition, scope)  # type: ignore[attr-defined]

    def body(self, node: Sentence, block: Block, scope: Scope) -> tuple[Statement, ...]:
        """The statements inside a sentence: those after its comma, or its bullets."""
        if block.sentences:
            return self._inline(block.sentences, scope)
        if not node.children or isinstance(node.children[0].node, Phrase):  # the bullets may be the conditions
            raise Misread(Problem("R129", node.span))
        return self.sequence(node.children, scope)

    def _inline(self, sentences: Sequence[Sentence], scope: Scope) -> tuple[Statement, ...]:
        return self.sequence([Line("", self._offset, sentence, sentence.span) for sentence in sentences], scope)

    # --- what sentences use --------------------------------------------------------------------------------

    def assign(
        self, node: Sentence, target: Name, span: Span, value_span: Span, value: Expression, scope: Scope
    ) -> Statement:
        """The statement that gives a name a value; a new name becomes a local."""
        self.must_be_changeable(target, span, scope)
        key = target.key
        self._assigned.add(key)
        self.later_names.discard(key)
        what = f"the {target.words}"
        declared = self.inputs.get(key) or self.outputs.get(key)
        if declared is not None:
            return plan.Assign(plan.Variable(key, declared), fit(value, declared, value_span, what), self.place(node))
        if isinstance(value, plan.Literal) and value.value is None and key not in self.variables:
            raise Misread(Problem("T325", value_span, {"name": target.words}))
        known = self.variables.get(key) or self._widened.get(key)
        type_ = value.type if known is None else self._joined(key, known, value, value_span, what)
        self.variables[key] = type_
        return plan.Assign(plan.Variable(key, type_), fit(value, type_, value_span, what), self.place(node))

    def _joined(self, key: str, known: Type, value: Expression, span: Span, what: str) -> Type:
        try:
            fit(value, known, span, what)
        except Misread:
            joined = join(known, value.type)
            if joined is None or joined == known:
                raise
            self._learn(key, joined)
            return joined
        return known

    def _learn(self, key: str, type_: Type) -> None:
        if self._widened.get(key) != type_:
            self._widened[key] = type_
            self._again = True

    def choose_into(
        self, node: Sentence, results: Sequence[tuple[Expression, CellNode]], scope: Scope
    ) -> tuple[plan.Variable, list[Expression]]:
        """The variable of a table and the values of its rows, all of its type."""
        target: Name = node.target  # type: ignore[attr-defined]
        self.must_be_changeable(target, node.span, scope)
        key, what = target.key, f"the {target.words}"
        declared = self.inputs.get(key) or self.outputs.get(key)
        type_ = declared or self.variables.get(key) or self._widened.get(key) or needed(results[0][0]).type
        fitted: list[Expression] = []
        for value, cell in results:
            try:
                if declared is None:
                    type_ = self._joined(key, type_, value, cell.span, what)
                fitted.append(fit(value, type_, cell.span, what))
            except Misread as misread:
                self.report_in_source(misread.problem)
                fitted.append(value)
        self.variables.setdefault(key, type_)
        self._assigned.add(key)
        self.later_names.discard(key)
        return plan.Variable(key, type_), fitted

    def must_be_changeable(self, target: Name, span: Span, scope: Scope | None = None) -> None:
        """Raises `Misread` when a name stands for something that cannot be given a value."""
        if target.key in self.formulas:
            raise Misread(Problem("N223", span, {"name": target.words}))
        if scope is not None and any(subject.noun == target.key for subject in scope.subjects):
            raise Misread(Problem("N224", span, {"name": target.words}))

    def list_variable(self, target: Name, span: Span, scope: Scope) -> plan.Variable:
        """A variable that holds a list and may be changed."""
        self.must_be_changeable(target, span, scope)
        value = scope.value_of(target, span)
        if not isinstance(value.type, ListType) or not isinstance(value, plan.Variable):
            raise Misread(Problem("T327", span, {"name": target.words, "found": type_words(value.type)}))
        self._assigned.add(value.name)
        return value

    def append(self, node: Sentence, items: plan.Variable, span: Span, value: Expression) -> Statement:
        """The statement that puts a value at the end of a list."""
        assert isinstance(items.type, ListType)
        type_ = items.type
        declared = items.name in self.inputs or items.name in self.outputs
        if not declared and items.name not in self._widened and type_ == ListType(TEXT) and needed(value).type != TEXT:
            self._learn(items.name, ListType(needed(value).type))  # the list was empty so far
            type_ = ListType(needed(value).type)
        fitted = fit(value, type_.item, span, f"the {items.name}")
        variable = plan.Variable(items.name, type_)
        return plan.Assign(variable, plan.ListWith(variable, fitted, type_), self.place(node))

    def signature(self, function: str, span: Span) -> Signature:
        """What another function needs and gives."""
        found = self.project.signatures.get(function)
        if found is None:
            raise Misread(Problem("N219", span, {"function": function}))
        self.calls.setdefault(function, span.moved(self._offset))
        return found

    def note_call(self, function: str) -> None:
        """Remembers that this page uses a function."""
        self.calls.setdefault(function, Span(self._offset, self._offset + 1))

    def spelling(self, key: str) -> str:
        """A name as its owner spells it."""
        return self.tree.vocabulary.spellings.get(key, key)

    def wording(self, node: Node) -> str:
        """A sentence in canonical words, with its full stop."""
        return print_node(node) + "."

    def place(self, node: Node) -> int:
        """The number of the place of a sentence."""
        start, end = node.span.start + self._offset, node.span.end + self._offset
        line, column = self._line_column(start)
        self.places.append(Place(self.tree.source, line, column, end - start, print_node(node)))
        return len(self.places) - 1

    def report(self, problem: Problem) -> None:
        """A problem, with a place in the sentence at hand."""
        self.problems.append(problem.quoting(self._texts.get(self._offset, "")).moved(self._offset))

    def report_in_source(self, problem: Problem) -> None:
        """A problem, with a place in the source."""
        self.problems.append(problem)

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.tree.line_starts, offset)
        return line, offset - self.tree.line_starts[line - 1] + 1

    @contextmanager
    def at(self, offset: int) -> Iterator[None]:
        before, self._offset = self._offset, offset
        try:
            yield
        finally:
            self._offset = before


def _texts(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Where each sentence starts, with its text."""
    for line in lines:
        yield line.start, line.text
        if isinstance(line.node, Sentence):
            yield from _texts(children_of(line.node))


def _continuing(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines at the start of some that say "otherwise"."""
    from compiler.sentences.choosing import Otherwise, OtherwiseIf

    count = 0
    while count < len(lines) and isinstance(lines[count].node, OtherwiseIf | Otherwise):
        count += 1
    return lines[:count]


def _targets(line: Line) -> list[Name]:
    """The names that a sentence gives a value."""
    node = line.node
    names: list[Name] = []
    if isinstance(node, Sentence):
        if node.introduces in ("target",):
            names.append(node.target)  # type: ignore[attr-defined]
        for block in (getattr(node, "body", None),):
            if isinstance(block, Block):
                for inner in block.sentences:
                    names.extend(_targets(Line("", 0, inner, inner.span)))
        for child in node.children:
            names.extend(_targets(child))
    return names
