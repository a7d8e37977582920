"""Examples, checked: what they give and expect as expressions, to be tried with `compiler.trying`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.coercion import fit
from compiler.checking.scope import SILENT, Scope
from compiler.checking.tables import list_from_table
from compiler.nodes import Line, Name, Phrase, Sentence
from compiler.phrases.conditions import Is, condition
from compiler.phrases.names import NamePhrase, Of, text_of
from compiler.phrases.tests import Equals
from compiler.plan import Expression
from compiler.printing import print_node
from compiler.reading.lexer import Quote
from compiler.reading.spans import Misread, Problem, Span
from compiler.sentences.testing import (
    Example as ExampleSentence,
)
from compiler.sentences.testing import (
    ExampleInLine,
    ExampleWithout,
    ExpectStep,
    Fact,
    GivenStep,
    GivenTable,
    ItStops,
    ItStopsAnyhow,
)
from compiler.types import ListType, OptionalType, Type

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker


@dataclass(frozen=True, slots=True)
class Expectation:
    """A condition on what comes out, in words, and what to show when it does not hold: a name and its value."""

    words: str
    condition: Expression
    name: str = ""
    actual: Expression | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a function: values for all its inputs, and what is expected: conditions, or a stop."""

    name: str
    function: str
    span: Span
    givens: tuple[tuple[str, Expression], ...]
    expectations: tuple[Expectation, ...]
    stops: bool = False
    stop_text: Expression | None = None


@dataclass(slots=True)
class _Draft:
    givens: dict[str, Expression] = field(default_factory=dict)
    expectations: list[Expectation] = field(default_factory=list)
    stops: bool = False
    stop_text: Expression | None = None


def lower_examples(page: PageChecker, lines: Sequence[Line]) -> tuple[Example, ...]:
    """The examples of a page. Those with mistakes are reported and left out."""
    examples = []
    for line in lines:
        if isinstance(line.node, ExampleSentence | ExampleInLine | ExampleWithout):
            with page.at(line.start):
                made = _example(page, line, line.node)
            if made is not None:
                examples.append(made)
    return tuple(examples)


def _example(page: PageChecker, line: Line, node: Sentence) -> Example | None:
    draft = _Draft()
    before = len(page.problems)
    if isinstance(node, ExampleSentence):
        name = "".join(part for part in node.quote.parts if isinstance(part, str))
        if not node.children:
            page.report(Problem("X701", node.span))
            return None
        for child in node.children:
            with page.at(child.start):
                _attempt(page, lambda c=child: _step(page, c.node, draft))
    else:
        name = line.text.strip()
        for given in getattr(node, "givens", ()):
            _attempt(page, lambda g=given: _given_pair(page, g.pair, draft))
        for fact in node.facts:  # type: ignore[attr-defined]
            _attempt(page, lambda f=fact: _expect(page, f, draft))
    if len(page.problems) > before or any(child.node is None for child in node.children):
        return None
    return _complete(page, line, node, name, draft)


def _complete(page: PageChecker, line: Line, node: Sentence, name: str, draft: _Draft) -> Example | None:
    for key, type_ in page.inputs.items():
        if key in draft.givens:
            continue
        if isinstance(type_, OptionalType):
            draft.givens[key] = plan.Literal(None, type_)
        elif key in page.broken:
            return None
        else:
            page.report(Problem("X702", node.span, {"name": page.spelling(key)}))
            return None
    if not draft.expectations and not draft.stops:
        page.report(Problem("X703", node.span))
        return None
    givens = tuple((key, draft.givens[key]) for key in page.inputs)
    expectations = tuple(draft.expectations)
    return Example(name, page.tree.raw.name, line.span, givens, expectations, draft.stops, draft.stop_text)


def _attempt(page: PageChecker, action: object) -> None:
    try:
        action()  # type: ignore[operator]
    except Misread as misread:
        page.report(misread.problem)


def _step(page: PageChecker, node: object, draft: _Draft) -> None:
    if isinstance(node, GivenTable):
        type_ = _input(page, node.name, node.span)
        if node.table is None or not isinstance(type_, ListType):
            raise Misread(Problem("X704", node.span, {"name": node.name.words}))
        value = list_from_table(node.table, type_, page)
        draft.givens[node.name.key] = value if value is not None else plan.MakeList((), type_)
    elif isinstance(node, GivenStep):
        for fact in node.facts:
            _given_fact(page, fact, draft)
    elif isinstance(node, ExpectStep):
        for fact in node.facts:
            _expect(page, fact, draft)


def _given_fact(page: PageChecker, fact: Phrase, draft: _Draft) -> None:
    inner = fact.condition if isinstance(fact, Fact) else fact
    if isinstance(inner, Is) and isinstance(inner.subject, NamePhrase) and isinstance(inner.test, Equals):
        _given(page, inner.subject.name, inner.test.value, inner.span, draft)
        return
    raise Misread(Problem("X705", fact.span))


def _given_pair(page: PageChecker, pair: Phrase, draft: _Draft) -> None:
    if not isinstance(pair, Of):
        raise Misread(Problem("X705", pair.span))
    _given(page, pair.name, pair.whole, pair.span, draft)


def _input(page: PageChecker, name: Name, span: Span) -> Type:
    if name.key not in page.inputs:
        if name.key in page.broken:
            raise Misread(Problem(SILENT, span))
        raise Misread(Problem("X706", span, {"name": name.words, "function": page.tree.raw.name}))
    return page.inputs[name.key]


def _given(page: PageChecker, name: Name, value: Phrase, span: Span, draft: _Draft) -> None:
    type_ = _input(page, name, span)
    constant = Scope(page, {})
    draft.givens[name.key] = fit(value.check(constant), type_, value.span, f"the {name.words}")


def _expect(page: PageChecker, fact: Phrase, draft: _Draft) -> None:
    if isinstance(fact, ItStops | ItStopsAnyhow):
        draft.stops = True
        if isinstance(fact, ItStops):
            quote: Quote = fact.text
            draft.stop_text = text_of(quote, Scope(page, dict(page.inputs)))
        return
    assert isinstance(fact, Fact)
    scope = Scope(page, {**page.inputs, **page.outputs})
    held = condition(fact.condition, scope)
    name, actual = "", None
    subject = getattr(fact.condition, "subject", None)
    if isinstance(subject, NamePhrase):
        name, actual = subject.name.words, subject.check(scope)
    draft.expectations.append(Expectation(print_node(fact.condition, False), held, name, actual))
