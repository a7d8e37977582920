"""Types in words: how people write them in brackets, and how they are said back."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from compiler import units
from compiler.reading.plurals import article, singular
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)

_SIMPLE: dict[str, Type] = {
    "text": TEXT,
    "number": NUMBER,
    "whole number": WHOLE,
    "percentage": PERCENTAGE,
    "yes/no": YES_NO,
    "date": DATE,
    "time": TIME,
    "moment": MOMENT,
    "duration": DURATION,
}
_SAME_WORDS = {
    "words": "text",
    "string": "text",
    "letters": "text",
    "name": "text",
    "decimal": "number",
    "decimal number": "number",
    "numeric": "number",
    "integer": "whole number",
    "count": "whole number",
    "whole": "whole number",
    "whole numbers": "whole number",
    "percent": "percentage",
    "%": "percentage",
    "yes or no": "yes/no",
    "true/false": "yes/no",
    "true or false": "yes/no",
    "y/n": "yes/no",
    "boolean": "yes/no",
    "day": "date",
    "calendar date": "date",
    "time of day": "time",
    "date and time": "moment",
    "instant": "moment",
    "length of time": "duration",
    "currency": "money",
    "amount": "money",
    "amount of money": "money",
    "price": "money",
}
_MEASURE = re.compile(
    r"(?:(?:a |an )?(?:number|measure|measurement|temperature|weight|length|distance|amount|speed) )?(?:in|of) (.+)"
)
_CHOICE = re.compile(r"(?:either |one of )(.+)", re.DOTALL)


def canonical_type_words(text: str) -> str:
    """The words of a type as the formatter writes them. What is not known stays as it is."""
    words = " ".join(text.split())
    bare = re.sub(r"^(?:an?|the) ", "", words, flags=re.IGNORECASE)
    lower = bare.lower()
    if lower in _SIMPLE or lower == "money":
        return lower
    if lower in _SAME_WORDS:
        return _SAME_WORDS[lower]
    if lower.startswith("optional "):
        return f"optional {canonical_type_words(bare[9:])}"
    if match := re.match(r"(?:list of|several) ", lower):
        return f"a list of {bare[match.end() :]}"
    if match := re.fullmatch(r"(?:money|currency|amount) in (.+)", bare, re.IGNORECASE):
        unit = units.unit_named(match.group(1))
        return f"money in {unit}" if unit else words
    if _CHOICE.fullmatch(bare):
        options = choice_options(bare)
        return f"one of {', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else words
    return bare


def choice_options(text: str) -> tuple[str, ...]:
    """The options in "one of small, medium or large", as written; () when the text is no choice."""
    match = _CHOICE.fullmatch(" ".join(text.split()))
    if match is None:
        return ()
    parts = re.split(r",\s*(?:or\s+)?|\s+or\s+", match.group(1))
    return tuple(dict.fromkeys(part.strip().strip('"') for part in parts if part.strip()))


def parse_type(text: str, span: Span, currency: str, record_named: Callable[[str], RecordType | None]) -> Type:
    """The type that some words mean. `currency` is that of plain money. Raises `Misread` when there is none."""
    words = canonical_type_words(text)
    lower = words.lower()
    if lower in _SIMPLE:
        return _SIMPLE[lower]
    if lower == "money":
        return NumberType(unit=currency)
    if lower.startswith("money in "):
        unit = units.unit_named(words[9:])
        if unit is not None and units.is_currency(unit):
            return NumberType(unit=unit)
    if lower.startswith("optional "):
        inner = parse_type(words[9:], span, currency, record_named)
        return inner if isinstance(inner, OptionalType) else OptionalType(inner)
    if lower.startswith("a list of "):
        return ListType(_item_type(words[10:], span, currency, record_named))
    options = choice_options(words)
    if options:
        return ChoiceType(options)
    record = record_named(lower)
    if record is not None:
        return record
    unit = units.unit_named(words)
    if unit is None and (match := _MEASURE.fullmatch(words)):
        unit = units.unit_named(match.group(1))
    if unit is not None:
        return DURATION if unit == "s" else NumberType(unit=unit)
    near = difflib.get_close_matches(lower, [*_SIMPLE, "money", *_SAME_WORDS], 1, 0.7)
    fixes = (Suggestion(f"Write ({near[0]})", span, near[0]),) if near else ()
    raise Misread(Problem("N208", span, {"words": words}, fixes))


def _item_type(text: str, span: Span, currency: str, record_named: Callable[[str], RecordType | None]) -> Type:
    """The type of the items of a list, said in the singular or the plural ("numbers", "whole numbers", "items")."""
    if canonical_type_words(text).lower() in (*_SIMPLE, "money"):
        return parse_type(text, span, currency, record_named)
    return parse_type(singular(text), span, currency, record_named)


def type_words(type_: Type) -> str:
    """A type said in the middle of a sentence: "a whole number", "money in USD", "a list of items"."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return "a whole number"
        case NumberType(kind=NumberKind.PERCENTAGE):
            return "a percentage"
        case NumberType(unit=""):
            return "a number"
        case NumberType(unit=unit):
            if units.is_currency(unit):
                return f"money in {unit}"
            return units.dimension_words(unit)
        case TextType():
            return "text"
        case YesNoType():
            return "yes or no"
        case DateType():
            return "a date"
        case TimeType():
            return "a time of day"
        case MomentType():
            return "a moment"
        case ChoiceType(options=options):
            return "one of " + (", ".join(options[:-1]) + " or " + options[-1] if len(options) > 1 else options[0])
        case ListType(item=RecordType(name=name)):
            return f"a list of {name}s"
        case ListType(item=item):
            return f"a list ({type_words(item)} each)"
        case RecordType(name=name):
            return f"{article(name)} {name}"
        case OptionalType(of=of):
            return f"{type_words(of)}, or nothing"
