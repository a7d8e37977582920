"""What every sentence and phrase is: a frozen node of the tree, with its wording as a pattern.

A class decorated with `sentence` or `phrase` is a member of the language. It names its level in the grammar, its
pattern, and how it is checked and lowered to the plan; reading, printing, completion, help and blocks are made
from the pattern. Nodes compare by content; `span` (offsets within their sentence) does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar, dataclass_transform

from compiler import plan
from compiler.pattern import Part, parse_pattern
from compiler.reading.spans import NOWHERE, Span
from compiler.reading.structure import Table

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker
    from compiler.checking.scope import Scope


@dataclass(frozen=True, slots=True)
class Name:
    """A user's name as it stands in a sentence: its key, how its owner spells it, and whether it is in the plural."""

    key: str
    words: str
    plural: bool = field(default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Part of a tree. `pattern` is its canonical wording; `also` lists other wordings that read as the same."""

    level: ClassVar[str] = ""
    pattern: ClassVar[str] = ""
    also: ClassVar[tuple[str, ...]] = ()
    wording: ClassVar[tuple[Part, ...]] = ()
    greedy: ClassVar[bool] = False
    """Would be hard to follow before an `and`, `or` or comma, so that it is put in brackets there."""

    bare: ClassVar[str] = ""
    """The slot whose phrase is written without its "the": "every item", not "every the item"."""

    indefinite: ClassVar[bool] = False
    """Is written with "a" where the phrase in it would have "the"."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def at(self, offset: int) -> Span:
        """Its place in a text where its sentence starts at `offset`."""
        return self.span.moved(offset)

    def normal(self) -> Node:
        """The tree for what this node says: itself, or another node where two ways to say it should be one tree."""
        return self

    def puts_in_brackets(self, part: Phrase) -> bool:
        """Whether one of its phrases needs brackets for a reason that its pattern does not show."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Node):
    """Part of a sentence that has a value: an expression or a condition."""

    def check(self, scope: Scope) -> plan.Expression:
        """The typed expression that it means; raises `Misread` where it means nothing."""
        raise TypeError(f"{type(self).__name__} is no value by itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Node):
    """A whole sentence. Its family, title, summary and example make its help entry; its pattern is its wording."""

    family: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str]
    introduces: ClassVar[str] = ""
    """The slot that may hold a name that nobody has declared yet."""
    takes_table: ClassVar[bool] = False
    """Whether a table may stand below it."""
    bullets: ClassVar[str] = ""
    """What its bullets are, when it may have any: a start symbol of the grammar."""

    children: tuple[Line, ...] = ()
    table: TableNode | None = None

    def declare(self, page: PageChecker) -> None:
        """Tells the page of the names, types and records that it declares. Most sentences declare nothing."""

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        """The statement that it means, or None when it is not something that is done; raises `Misread`."""
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in its place: its text, where that starts in the source, and its tree if it could be read."""

    text: str
    start: int = field(compare=False)
    node: Sentence | Phrase | None
    span: Span = field(compare=False)
    """The sentence with its full stop, in the source."""
    bullet: bool = False
    last_of_bullet: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class CellNode:
    """A cell of a table: its text as written, where it is, and how it reads, if it reads as a phrase."""

    text: str
    span: Span = field(compare=False)
    phrase: Phrase | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TableNode:
    """The table under a sentence. The spans of its cells are offsets in the whole source."""

    header: tuple[CellNode, ...]
    rows: tuple[tuple[CellNode, ...], ...]
    source: Table = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Node):
    """Sentences inside a sentence: after a comma or colon, or (with none here) as the bullets below."""

    sentences: tuple[Sentence, ...] = ()


def table_of(node: Sentence) -> TableNode | None:
    """The table below a sentence, also when it belongs to a sentence inside it."""
    inner = getattr(getattr(node, "body", None), "sentences", ())
    return node.table if node.table is not None or not inner else table_of(inner[-1])


def children_of(node: Sentence) -> tuple[Line, ...]:
    """The bullets below a sentence, also when they belong to a sentence inside it."""
    if node.children:
        return node.children
    body = getattr(node, "body", None)
    inner = getattr(body, "sentences", ())
    return children_of(inner[-1]) if inner else ()


PHRASES: list[type[Phrase]] = []
SENTENCES: list[type[Sentence]] = []


_P = TypeVar("_P", bound=type[Phrase])
_S = TypeVar("_S", bound=type[Sentence])


@dataclass_transform(frozen_default=True, kw_only_default=True)
def phrase(cls: _P) -> _P:
    """Makes a class a phrase of the language."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.wording = parse_pattern(made.pattern)
    PHRASES.append(made)
    return made  # type: ignore[return-value]


@dataclass_transform(frozen_default=True, kw_only_default=True)
def sentence(cls: _S) -> _S:
    """Makes a class a sentence of the language."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.wording = parse_pattern(made.pattern)
    SENTENCES.append(made)
    return made  # type: ignore[return-value]
