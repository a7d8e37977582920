"""The grammar, made from the patterns of all sentences and phrases; nothing is written here twice.

`GRAMMAR` is text for Lark; `BUILDERS` makes nodes out of what its rules match; `KEYWORDS` and `VERBS` are for the
lexer. A few symbols that no class stands for (brackets, blocks, lists) are written out below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lark import Token

from compiler.nodes import PHRASES, SENTENCES, Block, Node
from compiler.pattern import Slot, Words, alternatives, parse_pattern, words_key
from compiler.reading.spans import Span
from compiler.sentences.synonyms import SYNONYMS

STARTS = ("page_sentence", "statement_bullet", "condition", "expression", "step", "cell")

_LEVELS = """
page_sentence: declaration_sentence | statement | statement COLON -> first | test_sentence
statement_bullet: statement | statement COLON -> first
expression: sum
sum: product
product: unary
unary: primary
primary: LPAR expression RPAR -> second
condition: atom
atom: strict | sum
strict: LPAR inner_condition RPAR -> second
inner_condition: strict | junction
condition: junction
body: statement -> body_first
    | body AND_THEN statement -> body_more
    | body COMMA_THEN statement -> body_more
block: COMMA_THEN body -> block_body
     | COMMA body -> block_body
     | COLON body -> block_body
     | COLON -> block_empty
otherwise_block: block
     | body -> block_bare
cell: test
test: limit
"""

_FIXED = {
    "(": "LPAR",
    ")": "RPAR",
    ",": "COMMA",
    ":": "COLON",
    ";": "SEMICOLON",
    "and": "AND",
    "or": "OR",
    "then": "THEN",
}
_SIGNS = {"'s": "POSSESSIVE", "’s": "POSSESSIVE"}
_VALUES = (
    "NAME",
    "ADJECTIVE",
    "FUNCTION",
    "CHOICE",
    "NUMBER",
    "PERCENT",
    "QUANTITY",
    "DATE",
    "TIME",
    "YES_NO",
    "TEXT",
    "TYPE",
    "UNKNOWN",
)
_JOINED = ("AND_THEN", "COMMA_THEN", "OTHERWISE_THEN", "AND_TEST")


@dataclass(frozen=True, slots=True)
class Several:
    """What a list of the grammar matched, with its place."""

    items: tuple[Any, ...]
    span: Span


def terminal_of(key: tuple[str, ...]) -> str:
    """The name of the terminal for some words."""
    if len(key) == 1 and key[0] in _FIXED:
        return _FIXED[key[0]]
    names = [_SIGNS.get(word, _FIXED.get(word, word)) for word in key]
    return re.sub(r"\W", "_", "_".join(names)).upper()


def _rules() -> Iterator[tuple[str, str, str, tuple[Words | Slot, ...], type[Node]]]:
    """For each way to write each class: its level, rule text, alias, parts and class."""
    for cls in (*PHRASES, *SENTENCES):
        for number, pattern in enumerate((cls.pattern, *cls.also)):
            for way, parts in enumerate(alternatives(parse_pattern(pattern))):
                symbols = [terminal_of(p.key) if isinstance(p, Words) else p.symbol for p in parts if _counts(p)]
                yield cls.level, " ".join(symbols), f"{cls.__name__.lower()}_{number}_{way}", parts, cls


def _counts(part: Words | Slot) -> bool:
    return isinstance(part, Slot) or bool(part.key)


def _span_of(item: Any) -> Span:
    if isinstance(item, Token):
        return Span(item.start_pos or 0, item.end_pos or 0)
    span = item.span
    assert isinstance(span, Span)
    return span


def _builder(cls: type[Node], parts: tuple[Words | Slot, ...]) -> Callable[[list[Any]], Node]:
    slots = [(i, p.field) for i, p in enumerate(part for part in parts if _counts(part)) if isinstance(p, Slot)]

    def build(children: list[Any]) -> Node:
        values = {field: _value(children[index]) for index, field in slots}
        span = Span(_span_of(children[0]).start, _span_of(children[-1]).end)
        return cls(span=span, **values).normal()

    return build


def _value(child: Any) -> Any:
    if isinstance(child, Token):
        return child.value
    return child.items if isinstance(child, Several) else child


def _one(children: list[Any]) -> Several:
    return Several((_value(children[0]),), _span_of(children[0]))


def _pair(children: list[Any]) -> Several:
    span = Span(_span_of(children[0]).start, _span_of(children[-1]).end)
    return Several((_value(children[0]), _value(children[2])), span)


def _more(children: list[Any]) -> Several:
    before = children[0]
    span = Span(before.span.start, _span_of(children[-1]).end)
    return Several((*before.items, _value(children[-1])), span)


def _block(children: list[Any]) -> Block:
    inner = children[-1]
    span = Span(_span_of(children[0]).start, _span_of(inner).end)
    return Block(sentences=inner.items if isinstance(inner, Several) else (), span=span)


def _bracketed(children: list[Any]) -> Node:
    """What stands in brackets; its place includes them."""
    inner = children[1]
    assert isinstance(inner, Node)
    return replace(inner, span=Span(_span_of(children[0]).start, _span_of(children[2]).end))


_LISTS = {
    # a, b and c: one or more
    "list": "{0}_list: {0} -> one | {0}_list COMMA {0} -> more | {0}_list AND {0} -> more",
    # a and b and c: two or more
    "and": "{0}_and: {0} AND {0} -> pair | {0}_and AND {0} -> more",
    # a or b or c: two or more
    "or": "{0}_or: {0} OR {0} -> pair | {0}_or OR {0} -> more",
    # with a and b: one or more, without commas
    "with": "{0}_with: {0} -> one | {0}_with AND {0} -> more",
    # a, b or c: two or more
    "choice": "{0}_choice: {0}_commas OR {0} -> more\n{0}_commas: {0} -> one | {0}_commas COMMA {0} -> more",
    # one or more, with semicolons between
    "semicolon": "{0}_semicolon: {0} -> one | {0}_semicolon SEMICOLON {0} -> more",
}

BUILDERS: dict[str, Callable[[list[Any]], Any]] = {
    "first": lambda children: children[0],
    "second": _bracketed,
    "one": _one,
    "pair": _pair,
    "more": _more,
    "body_first": _one,
    "body_more": _more,
    "block_body": _block,
    "block_empty": _block,
    "block_bare": _block,
}


def _make() -> tuple[str, list[tuple[tuple[str, ...], str]], frozenset[str]]:
    lines: list[str] = []
    keywords: dict[tuple[str, ...], str] = {(sign,): terminal for sign, terminal in _FIXED.items()}
    terminals: set[str] = {*_VALUES, *_JOINED, *_FIXED.values()}
    verbs: set[str] = set()
    lists: set[tuple[str, str]] = set()
    for level, text, alias, parts, cls in _rules():
        lines.append(f"{level}: {text} -> {alias}")
        BUILDERS[alias] = _builder(cls, parts)
        for part in parts:
            if isinstance(part, Slot):
                if part.several:
                    lists.add((part.kind, part.several))
            elif part.key:
                keywords.setdefault(part.key, terminal_of(part.key))
                terminals.add(terminal_of(part.key))
        if level == "statement" and isinstance(parts[0], Words):
            verbs.add(terminal_of(parts[0].key))
    for canonical, others in SYNONYMS.items():
        terminal = terminal_of(words_key(canonical))
        if terminal not in terminals:
            raise LookupError(f"synonyms for words that no pattern has: {canonical}")
        for other in others:
            keywords.setdefault(words_key(other), terminal)
    for kind, several in sorted(lists):
        rule = _LISTS[several].format(kind)
        lines.append(rule if kind.islower() else rule.replace(f"{kind}_", f"{kind.lower()}_"))
    grammar = "\n".join(
        [*(_pass_through(line) for line in _merged(_LEVELS, lines)), f"%declare {' '.join(sorted(terminals))}"]
    )
    return grammar, list(keywords.items()), frozenset(verbs)


def _merged(levels: str, lines: list[str]) -> list[str]:
    """One rule for each symbol, with all its alternatives."""
    rules: dict[str, list[str]] = {}
    name = ""
    for line in [*levels.strip().splitlines(), *"\n".join(lines).splitlines()]:
        if line.startswith(" "):
            rules[name].append(line.strip().lstrip("| "))
            continue
        name, _, body = line.partition(": ")
        rules.setdefault(name, []).extend(body.split(" | "))
    return [f"{name}: " + "\n    | ".join(dict.fromkeys(ways)) for name, ways in rules.items()]


def _pass_through(rule: str) -> str:
    return "?" + rule


GRAMMAR, KEYWORDS, VERBS = _make()
