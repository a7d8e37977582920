"""Reading one sentence: tokens in, a tree out, or the problem that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError
from lark.lexer import Lexer as LarkLexer

from compiler.kept import LRU
from compiler.nodes import Block, Node, Phrase
from compiler.reading.grammar import BUILDERS, GRAMMAR, KEYWORDS, STARTS, VERBS
from compiler.reading.lexer import Lexer
from compiler.reading.mistakes import unexpected
from compiler.reading.spans import Misread, Problem, Span
from compiler.reading.vocabulary import Vocabulary

_CACHED = 20_000

DEEPEST_TREE = 60
"""How many phrases of a sentence may be inside each other: whatever follows a tree down may count on it."""


class _Tokens(LarkLexer):
    """Hands tokens that are already there to the parser."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        yield from data


@cache
def _lark() -> Lark:
    builder = type("Builder", (Transformer,), {name: staticmethod(build) for name, build in BUILDERS.items()})
    return Lark(
        GRAMMAR,
        parser="lalr",
        lexer=_Tokens,
        start=list(STARTS),
        keep_all_tokens=True,
        maybe_placeholders=False,
        transformer=builder(),
    )


@cache
def _lexer() -> Lexer:
    return Lexer(KEYWORDS, VERBS)


class Parser:
    """Reads sentences and remembers the last ones, so that reading them again costs only their tokens."""

    def __init__(self) -> None:
        self._trees: LRU[object, Node] = LRU(_CACHED)
        self._problems: LRU[object, tuple[Vocabulary, Problem]] = LRU(_CACHED)
        self._tokens: LRU[object, tuple[Vocabulary, list[Token]]] = LRU(_CACHED)

    def parse(self, start: str, text: str, vocabulary: Vocabulary, explain: bool = True) -> Node:
        """The tree of a sentence, whose spans are offsets in `text`; raises `Misread`.

        `start` is what it has to be: one of `compiler.reading.grammar.STARTS`. Without `explain` nobody wants to know
        why it cannot be read.
        """
        tokens = self.tokens(text, vocabulary)
        key = (start, text, tuple((token.type, token.value) for token in tokens))
        found = self._trees.get(key)
        if found is not None:
            return found
        place = (start, text, id(vocabulary), explain)
        failed = self._problems.get(place)  # what is wrong depends on all the names there are
        if failed is not None and failed[0] is vocabulary:
            raise Misread(failed[1])
        try:
            return self._trees.put(key, self._read(start, text, tokens, vocabulary, explain))
        except Misread as misread:
            self._problems.put(place, (vocabulary, misread.problem))
            raise

    def tokens(self, text: str, vocabulary: Vocabulary) -> list[Token]:
        """The tokens of a sentence; raises `Misread`."""
        key = (text, id(vocabulary))
        found = self._tokens.get(key)
        if found is None or found[0] is not vocabulary:
            found = self._tokens.put(key, (vocabulary, self._lexed(text, vocabulary)))
        return found[1]

    def _lexed(self, text: str, vocabulary: Vocabulary) -> list[Token]:
        def inner(words: str, offset: int) -> Phrase:
            try:
                node = self.parse("expression", words, vocabulary)
            except Misread as misread:
                raise Misread(misread.problem.moved(offset)) from None
            assert isinstance(node, Phrase)
            return moved(node, offset)

        return _lexer().tokens(text, vocabulary, inner)

    def accepted(self, start: str, text: str, vocabulary: Vocabulary) -> set[str]:
        """The terminals that may follow the beginning of a sentence; none when it cannot be read so far."""
        try:
            interactive = _lark().parse_interactive(self.tokens(text, vocabulary), start=start)
            for token in interactive.lexer_thread.lex(interactive.parser_state):
                interactive.feed_token(token)
        except (Misread, UnexpectedInput):
            return set()
        return set(interactive.accepts())

    def _read(self, start: str, text: str, tokens: list[Token], vocabulary: Vocabulary, explain: bool) -> Node:
        if not tokens:
            raise Misread(Problem("R121", Span(0, max(1, len(text)))))
        try:
            node = _lark().parse(tokens, start=start)
        except UnexpectedToken as error:
            if not explain:
                raise Misread(Problem("R122", Span(0, len(text)), {"found": ""})) from None
            raise Misread(unexpected(error, start, text, tokens, vocabulary)) from None
        except VisitError as error:
            raise error.orig_exc from None
        except UnexpectedInput as error:  # pragma: no cover - the lexer gives only known terminals
            raise AssertionError(f"the lexer gave something the grammar does not know: {error}") from error
        assert isinstance(node, Node)
        if _depth(node) > DEEPEST_TREE:
            raise Misread(Problem("R133", node.span, {"limit": str(DEEPEST_TREE)}))
        return node


def _depth(node: Node) -> int:
    """How many nodes are inside each other, counted without recursion: here it may be thousands."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        for item in fields(node):
            value = getattr(node, item.name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Node):
                    waiting.append((part, depth + 1))
                elif isinstance(part, Block):
                    waiting.extend((inner, depth + 1) for inner in part.sentences)
    return deepest


def moved(node: Phrase, by: int) -> Phrase:
    """The same phrase with its place moved; the places of its parts too, as far as messages use them."""
    changes: dict[str, Any] = {"span": node.span.moved(by)}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, Phrase):
            changes[item.name] = moved(value, by)
        elif isinstance(value, tuple) and value and all(isinstance(part, Phrase) for part in value):
            changes[item.name] = tuple(moved(part, by) for part in value)
    return replace(node, **changes)
