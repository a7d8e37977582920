"""Random trees of the language, made from the patterns of its classes: whatever a reader could have made.

The trees need not make sense (dates are multiplied and texts compared with lists); they are there to be printed and
read back. The names are tricky: they have several words, and keywords among them.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from compiler import phrases, sentences
from compiler.brackets import reachable
from compiler.nodes import PHRASES, SENTENCES, Block, Name, Node, Phrase, Sentence
from compiler.pattern import Optional, Slot, Words
from compiler.reading.lexer import Quote, TypeWords
from compiler.reading.literals import Constant
from compiler.reading.spans import NOWHERE
from compiler.reading.vocabulary import Vocabulary
from compiler.types import DATE, NUMBER, PERCENTAGE, TIME, WHOLE, YES_NO, NumberType

NAMES = (
    "price", "quantity", "item", "subtotal", "time to approve", "number of children", "terms and conditions",
    "date of birth", "tax rate", "cost of a unit", "plus points", "first name", "sum insured", "is-rate",
    "maximum number of items per order", "where-about", "increase", "change",
)  # fmt: skip
FUNCTIONS = ("Quantity discount", "Tax of an item", "Price with tax")
CHOICES = ("small", "extra large", "not yet sent", "new")

_VALUES = frozenset({"expression", "sum", "product", "unary", "primary"})
_CONDITIONS = frozenset({"junction", "strict"})
_TOGETHER_WITH_NOT = (phrases.tests.MoreThan, phrases.tests.LessThan)
"""With "is not" before them these are other words for "at most" and "at least"."""
_AFTER_IF = (sentences.choosing.Otherwise, sentences.choosing.OtherwiseIf)


@cache
def vocabulary() -> Vocabulary:
    """The names that the trees use."""
    made = Vocabulary()
    for name in NAMES:
        made.add_name(name)
    made.add_name("exempt mark", True)
    for function in FUNCTIONS:
        made.add_function(function)
    for choice in CHOICES:
        made.add_choice(choice)
    made.add_plurals()
    return made


def names() -> st.SearchStrategy[Name]:
    """Names of the vocabulary, in the singular and the plural."""
    return st.builds(lambda words, plural: Name(words_key(words), words, plural), st.sampled_from(NAMES), st.booleans())


def words_key(words: str) -> str:
    """The key of a name that is written in small letters."""
    return " ".join(word for word in words.split() if word not in ("a", "an", "the"))


def _decimals(places: int = 4) -> st.SearchStrategy[Decimal]:
    return st.decimals(-(10**9), 10**9, places=places, allow_nan=False, allow_infinity=False).map(lambda d: d + 0)


_DATES = st.dates(datetime.date(1, 1, 1)).map(lambda day: Constant(day, DATE))
_TIMES = st.times().map(lambda time: Constant(time.replace(microsecond=0), TIME))
_UNITS = ("kg", "degC", "day", "min", "s", "USD", "EUR", "CHF", "km/h", "m^2", "month", "USD/kg")
CONSTANTS = {
    "NUMBER": st.one_of(
        st.integers(-(10**12), 10**12).map(lambda n: Constant(n, WHOLE)), _decimals().map(lambda d: Constant(d, NUMBER))
    ),
    "QUANTITY": st.builds(
        lambda d, unit: Constant(d, NumberType(unit=unit)),
        st.one_of(_decimals(), st.integers(-50, 50).map(Decimal)),
        st.sampled_from(_UNITS),
    ),
    "PERCENT": _decimals(3).map(lambda d: Constant(d.scaleb(-2), PERCENTAGE)),
    "DATE": _DATES,
    "TIME": _TIMES,
    "YES_NO": st.booleans().map(lambda b: Constant(b, YES_NO)),
}
_PLAIN = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"), exclude_characters='"”\xa0'),
    min_size=1,
    max_size=12,
)
_TYPES = ("money", "text", "whole number", "yes/no", "money in EUR", "kg", "a list of numbers", "one of small or new")


@st.composite
def quotes(draw: st.DrawFn, depth: int, with_phrases: bool = True) -> Quote:
    """Texts with expressions in braces, which hold no texts themselves."""
    parts: list[str | Phrase] = []
    for _ in range(draw(st.integers(0, 3))):
        if (parts and not isinstance(parts[-1], str)) or not with_phrases or draw(st.booleans()):
            if parts and isinstance(parts[-1], str):
                continue
            parts.append(draw(_PLAIN))
        else:
            parts.append(draw(phrases_of("expression", min(depth, 1), quoted=True)))
    return Quote(tuple(parts))


@st.composite
def _terminal(draw: st.DrawFn, kind: str, depth: int, quoted: bool) -> Any:
    match kind:
        case "NAME":
            return draw(names())
        case "ADJECTIVE":
            return Name("exempt mark", "exempt")
        case "FUNCTION":
            return draw(st.sampled_from(FUNCTIONS))
        case "CHOICE":
            return draw(st.sampled_from(CHOICES))
        case "TEXT":
            return draw(quotes(depth))
        case "TYPE":
            return TypeWords(draw(st.sampled_from(_TYPES)), NOWHERE)
        case "UNKNOWN":
            return draw(st.sampled_from(("EUR", "GBP", "CHF")))
    return draw(CONSTANTS[kind])


@cache
def _candidates(kind: str) -> tuple[type[Phrase], ...]:
    levels = set(reachable(kind))
    for family in (_VALUES, _CONDITIONS):  # with brackets, all of a family may stand where one of it may
        if levels & family:
            levels |= family
    return tuple(cls for cls in PHRASES if cls.level in levels)


@cache
def _leaves(kind: str) -> tuple[type[Phrase], ...]:
    """Phrases without phrases in them, or with as few as there are for this kind."""
    leaves = tuple(cls for cls in _candidates(kind) if all(_is_terminal(slot) for slot in slots_of(cls)))
    return leaves or _candidates(kind)


def slots_of(cls: type[Node]) -> list[Slot]:
    """The slots of a class, those that may be left out too."""
    found: list[Slot] = []
    for part in cls.wording:
        if isinstance(part, Slot):
            found.append(part)
        elif isinstance(part, Optional):
            found.extend(inner for inner in part.parts if isinstance(inner, Slot))
    return found


def _is_terminal(slot: Slot) -> bool:
    return slot.kind.isupper()


@st.composite
def phrases_of(draw: st.DrawFn, kind: str, depth: int = 3, quoted: bool = False) -> Phrase:
    """A phrase for a slot of some kind; `quoted` when it stands in braces in a text."""
    leaves, candidates = _leaves(kind), _candidates(kind)
    cls = draw(st.sampled_from(leaves if depth <= 0 or draw(st.integers(0, 3)) == 0 else candidates))
    if quoted and any(slot.kind == "TEXT" for slot in slots_of(cls)):
        cls = phrases.names.NamePhrase if kind in ("expression", "sum", "product", "unary", "primary") else leaves[0]
    made = draw(nodes_of(cls, depth, quoted))
    assert isinstance(made, Phrase)
    return made


def _first_test(test: Phrase) -> Phrase:
    """The test that comes right after "is not"."""
    slot = test.wording[0]
    inner = getattr(test, slot.field) if isinstance(slot, Slot) else None
    return _first_test(inner) if isinstance(inner, phrases.tests.Test) else test


@st.composite
def nodes_of(draw: st.DrawFn, cls: type[Node], depth: int, quoted: bool = False) -> Node:
    """A node of some class with whatever fits its slots."""
    if cls is phrases.names.ConstantPhrase:
        constants = st.one_of(*CONSTANTS.values())
        return phrases.names.ConstantPhrase(value=draw(constants))
    values: dict[str, Any] = {}
    for part in cls.wording:
        if isinstance(part, Words):
            continue
        inner = part.parts if isinstance(part, Optional) else (part,)
        if isinstance(part, Optional) and draw(st.booleans()):
            continue
        for slot in inner:
            if isinstance(slot, Slot):
                values[slot.field] = draw(_filled(slot, cls, depth - 1, quoted))
    if cls is phrases.conditions.IsNot and isinstance(_first_test(values["test"]), _TOGETHER_WITH_NOT):
        values["test"] = phrases.tests.Empty()
    if issubclass(cls, phrases.conditions._Quantified):
        values["subject"] = draw(_lists())
    if cls is sentences.repeating.ForEach and values.get("items") is not None:
        values["condition"] = None  # the "where" would belong to the list
    return cls(**values).normal()


def _lists() -> st.SearchStrategy[Phrase]:
    """What "every", "any" and "no" may be asked of."""
    one = st.builds(phrases.names.NamePhrase, name=names())
    return st.one_of(one, st.builds(phrases.names.Of, name=names(), whole=one))


@st.composite
def _filled(draw: st.DrawFn, slot: Slot, owner: type[Node], depth: int, quoted: bool) -> Any:
    one = _terminal(slot.kind, depth, quoted) if _is_terminal(slot) else None
    if slot.kind in ("block", "otherwise_block", "body"):
        return draw(_blocks(depth, slot.kind, owner))
    if one is None:
        one = phrases_of(slot.kind, depth, quoted)
    if not slot.several:
        return draw(one)
    least = 2 if slot.several in ("and", "or", "choice") else 1
    unique = slot.kind == "CHOICE"
    return tuple(draw(st.lists(one, min_size=least, max_size=3, unique=unique)))


@cache
def _inner_statements() -> tuple[type[Sentence], ...]:
    return tuple(cls for cls in SENTENCES if cls.level == "statement" and cls not in _AFTER_IF)


@st.composite
def _blocks(draw: st.DrawFn, depth: int, kind: str, owner: type[Node]) -> Any:
    plain = [cls for cls in _inner_statements() if not any(s.kind.endswith("block") for s in slots_of(cls))]
    with_verb = [cls for cls in plain if isinstance(cls.wording[0], Words) and cls.wording[0].key]
    made = [draw(nodes_of(draw(st.sampled_from(with_verb if kind == "body" else plain)), depth - 1))]
    for _ in range(draw(st.integers(0, 1))):
        made.append(draw(nodes_of(draw(st.sampled_from(with_verb)), depth - 1)))
    if owner is sentences.choosing.OtherwiseIf and depth > 0 and draw(st.booleans()):
        made.append(draw(nodes_of(sentences.repeating.RepeatTimes, depth - 1)))
    return tuple(made) if kind == "body" else Block(sentences=tuple(made))  # type: ignore[arg-type]


def trees() -> st.SearchStrategy[tuple[str, Node]]:
    """Whole sentences and phrases of every sort, with the start symbol under which they are read."""
    starts = {"statement": "statement_bullet", "step": "step"}
    whole = [st.tuples(st.just(starts.get(cls.level, "page_sentence")), nodes_of(cls, 3)) for cls in SENTENCES]
    parts = [
        phrases_of(kind, 4)
        .filter(lambda node, kind=kind: node.level in reachable(kind))
        .map(lambda node, kind=kind: (kind, node))  # type: ignore[misc]
        for kind in ("expression", "condition", "cell")
    ]
    return st.one_of(*whole, *parts, *parts, *parts)
