"""Printing: a tree in canonical words. What is printed reads back to the same tree."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from compiler import units
from compiler.nodes import Block, Name, Node, Phrase, Sentence
from compiler.pattern import Optional, Slot, Words
from compiler.reading.lexer import Quote, TypeWords
from compiler.reading.literals import Constant
from compiler.reading.plurals import article, plural
from compiler.types import NumberType
from compiler.values.show import show

LEVELS = ("expression", "sum", "product", "unary", "primary")
_ATOMS = ("condition", "junction", "atom", "strict")
_ARTICLE = re.compile(r"\b(a|A)(?= *\Z)")


def print_node(node: Node, capital: bool = True) -> str:
    """The canonical text of a sentence or phrase, without its full stop, bullets and table."""
    text = _print(node, True)
    return text[:1].upper() + text[1:] if capital else text[:1].lower() + text[1:] if _is_pattern_start(node) else text


def _is_pattern_start(node: Node) -> bool:
    return bool(node.wording) and isinstance(node.wording[0], Words)


def _print(node: Node, last: bool) -> str:
    parts: list[Words | Slot] = []
    for part in node.wording:
        if not isinstance(part, Optional):
            parts.append(part)
        elif all(getattr(node, inner.field) not in (None, ()) for inner in part.parts if isinstance(inner, Slot)):
            if any(isinstance(inner, Slot) for inner in part.parts):
                parts.extend(part.parts)
    text = ""
    for index, part in enumerate(parts):
        if isinstance(part, Words):
            piece = part.printed
            if text and piece[:1].isalnum() and text[-1:] not in " (":
                piece = " " + piece
        else:
            at_end = last and index == len(parts) - 1
            piece = _slot(part, getattr(node, part.field), at_end, parts, index)
            if _wants_article(text) and piece:
                text = _ARTICLE.sub(lambda m: article(piece) if m.group() == "a" else article(piece).capitalize(), text)  # noqa: B023
            if text and not text.endswith((" ", "(")) and piece[:1] not in ",:) ":
                piece = " " + piece
        text += piece
    if node.indefinite and text.startswith("the "):
        text = f"{article(text[4:])} {text[4:]}"
    return text.rstrip()


def _wants_article(text: str) -> bool:
    return bool(_ARTICLE.search(text.rstrip(" ") or "x")) and text.endswith(" ") and text.rstrip()[-1:] in "aA"


def _slot(slot: Slot, value: Any, last: bool, parts: list[Words | Slot], index: int) -> str:
    if isinstance(value, Block):
        return _block(value, slot.kind == "block")
    if slot.several:
        return _several(slot, value, last)
    if isinstance(value, Phrase):
        return _phrase(value, slot.kind, last or _is_safe_end(parts, index))
    if isinstance(value, tuple):  # sentences after "otherwise"
        return joined_sentences(value)
    return print_value(value)


def _is_safe_end(parts: list[Words | Slot], index: int) -> bool:
    """Whether nothing that a greedy phrase could take in follows: only a comma with what to do, or nothing."""
    following = parts[index + 1] if index + 1 < len(parts) else None
    return isinstance(following, Slot) and following.kind in ("block", "otherwise_block")


def _phrase(node: Phrase, kind: str, last: bool) -> str:
    text = _print(node, last)
    return f"({text})" if _needs_brackets(node, kind, last) else text


def _needs_brackets(node: Phrase, kind: str, last: bool) -> bool:
    if kind in LEVELS and node.level in LEVELS:
        return LEVELS.index(node.level) < LEVELS.index(kind) or (_is_greedy(node) and not last)
    if kind in _ATOMS:
        if node.level == "junction":
            return kind != "condition"
        return _is_greedy(node) and not last
    return _is_greedy(node) and not last and kind != "condition"


def _is_greedy(node: Node) -> bool:
    """Whether a phrase, or the one it ends with, would take in what follows it."""
    if node.greedy:
        return True
    for part in reversed(node.wording):
        if isinstance(part, Optional):
            continue
        if isinstance(part, Words):
            return False
        value = getattr(node, part.field)
        return (
            isinstance(value, Phrase)
            and _is_greedy(value)
            and not (value.level == "junction" and part.kind != "condition")
        )
    return False


def _several(slot: Slot, values: tuple[Any, ...], last: bool) -> str:
    pieces = []
    for index, value in enumerate(values):
        at_end = last and index == len(values) - 1
        pieces.append(_phrase(value, slot.kind, at_end) if isinstance(value, Phrase) else print_value(value))
    return join_words(pieces, slot.several)


def join_words(pieces: list[str], several: str) -> str:
    """Words in a row: "a, b and c" (list), "a, b or c" (choice), "a and b" (and, with), "a or b" (or)."""
    match several:
        case "list" | "choice":
            joint = "and" if several == "list" else "or"
            return pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} {joint} {pieces[-1]}"
        case "and" | "with":
            return " and ".join(pieces)
        case "or":
            return " or ".join(pieces)
        case _:
            return "; ".join(pieces)


def _block(block: Block, comma: bool) -> str:
    if not block.sentences:
        return ":"
    return (", " if comma else "") + joined_sentences(block.sentences)


def joined_sentences(sentences: tuple[Sentence, ...]) -> str:
    """Sentences inside a sentence: in small letters, with "and" between."""
    return " and ".join(print_node(sentence, False) for sentence in sentences)


def print_value(value: Any) -> str:
    """The canonical text of the value of a token."""
    match value:
        case Name(words=words, plural=is_plural):
            return plural(words) if is_plural else words
        case Constant():
            return constant_text(value)
        case Quote():
            return quote_text(value)
        case TypeWords(text=text):
            return f"({text})"
        case str():
            return value
    raise TypeError(f"nothing to print for {value!r}")


def constant_text(constant: Constant) -> str:
    """A constant as it is written in a sentence."""
    value, type_ = constant.value, constant.type
    if isinstance(type_, NumberType) and type_.unit == "s" and isinstance(value, Decimal):
        return f"{show(value, NumberType())} {units.unit_words('s', value != 1)}"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) and value.year < 1000:
        return value.isoformat()
    return show(value, type_)


def quote_text(quote: Quote) -> str:
    """A text in quotes with its expressions in braces."""
    text = ""
    for part in quote.parts:
        if isinstance(part, str):
            text += part.replace("{", "{{").replace("}", "}}").replace("“", "'").replace("”", "'")
        else:
            text += "{" + _print(part, True) + "}"
    return f'"{text}"'
