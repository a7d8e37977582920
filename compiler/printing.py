"""Printing: a tree in canonical words. What is printed reads back to the same tree."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from compiler import units
from compiler.brackets import AND, COMMA, OR, Follow, first_words, needs_brackets, printed_parts
from compiler.kept import LRU
from compiler.nodes import Block, Name, Node, Phrase, Sentence
from compiler.pattern import Slot, Words
from compiler.reading.lexer import Quote, TypeWords
from compiler.reading.literals import Constant
from compiler.reading.plurals import article, plural
from compiler.types import NUMBER, NumberType
from compiler.values.show import show

_ARTICLE = re.compile(r"\b(a|A) *\Z")


_PRINTED: LRU[int, tuple[Node, str]] = LRU(20_000)


def print_node(node: Node, capital: bool = True) -> str:
    """The canonical text of a sentence or phrase, without its full stop, bullets and table."""
    kept = _PRINTED.get(id(node))
    if kept is None or kept[0] is not node:
        kept = _PRINTED.put(id(node), (node, _print(node, None)))
    text = kept[1]
    if capital:
        return text[:1].upper() + text[1:]
    return text[:1].lower() + text[1:] if node.wording and isinstance(node.wording[0], Words) else text


def _print(node: Node, follow: Follow) -> str:
    """The text of a node that is followed by the words `follow`."""
    parts = printed_parts(node)
    text = ""
    for index, part in enumerate(parts):
        if isinstance(part, Words):
            piece = part.printed
        else:
            piece = _slot(part, node, _following(node, parts, index, follow))
            if part.field == node.bare:
                piece = piece.removeprefix("the ")
            if part.kind == "verb" and text.rstrip().endswith(("not", "must")):
                piece = re.sub(r"^(\w+?)s\b", r"\1", piece)  # "does not contain", "must contain"
            if text and _ARTICLE.search(text) and piece:
                text = f"{text[: _ARTICLE.search(text).start()]}{_article(text, piece)} "  # type: ignore[union-attr]
        text = _joined(text, piece)
    if node.indefinite and text.startswith("the "):
        text = f"{article(text[4:])} {text[4:]}"
    return text.rstrip()


def _article(text: str, piece: str) -> str:
    found = _ARTICLE.search(text)
    made = article(piece)
    return made.capitalize() if found is not None and found.group(1) == "A" else made


def _joined(text: str, piece: str) -> str:
    """A piece put after some text, with a space between where there should be one."""
    if not text or not piece or text.endswith((" ", "(")) or piece[0] in " ,:);'":
        return text + piece
    return f"{text} {piece}"


def _following(node: Node, parts: list[Words | Slot], index: int, follow: Follow) -> Follow:
    """The words that come after a part."""
    if index + 1 == len(parts):
        return follow
    following = parts[index + 1]
    if isinstance(following, Words):
        return following.key or _following(node, parts, index + 1, follow)
    value = getattr(node, following.field)
    if isinstance(value, Block):  # a comma before a sentence with a verb is one of its own
        return None if not value.sentences or isinstance(value.sentences[0].wording[0], Words) else COMMA
    return first_words(value) if isinstance(value, Node) else None


def _slot(slot: Slot, node: Node, follow: Follow) -> str:
    value = getattr(node, slot.field)
    if isinstance(value, Block):
        return _block(value, slot.kind == "block")
    if slot.several:
        return _several(node, slot, value, follow)
    if isinstance(value, Phrase):
        return _phrase(node, value, slot.kind, follow)
    if isinstance(value, tuple):  # sentences after "otherwise"
        return joined_sentences(value)
    return print_value(value)


def _phrase(owner: Node, node: Phrase, kind: str, follow: Follow) -> str:
    if needs_brackets(node, kind, follow) or owner.puts_in_brackets(node):
        return f"({_print(node, None)})"
    return _print(node, follow)


def _several(owner: Node, slot: Slot, values: tuple[Any, ...], follow: Follow) -> str:
    joint = {"list": AND, "with": AND, "and": AND, "or": OR, "choice": OR}.get(slot.several)
    pieces = []
    for index, value in enumerate(values):
        if index == len(values) - 1:
            following = follow
        elif index == len(values) - 2 or slot.several not in ("list", "choice"):
            following = joint
        else:
            following = COMMA
        pieces.append(_phrase(owner, value, slot.kind, following) if isinstance(value, Phrase) else print_value(value))
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
    if type_ == NUMBER and isinstance(value, Decimal) and value == value.to_integral_value():
        return f"{show(value, NUMBER)}.0"  # without its decimal it would be read as a whole number
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) and value.year < 1000:
        return value.isoformat()
    return show(value, type_)


def quote_text(quote: Quote) -> str:
    """A text in quotes with its expressions in braces."""
    text = ""
    for part in quote.parts:
        if isinstance(part, str):
            text += part.replace("{", "{{").replace("}", "}}")
        else:
            text += "{" + _print(part, None) + "}"
    return f'"{text}"'
