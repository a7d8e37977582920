"""Values from what a person types in a form, a cell or a command line. Forgiving, but never a guess."""

from __future__ import annotations

import difflib

from compiler.plan import LONGEST_LIST, Value
from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from compiler.values.numbers import parse_number
from compiler.values.problems import ValueProblem, not_understood, quoted, type_words
from compiler.values.show import NOTHING
from compiler.values.times import parse_date, parse_moment, parse_time

LONGEST_TEXT = 1_000_000
"""The most characters of a text from outside."""

_YES = frozenset(["yes", "y", "true", "1", "on"])
_NO = frozenset(["no", "n", "false", "0", "off"])


def parse_value(text: str, type_: Type) -> Value:
    """The value of a type that a text stands for: all that `show` gives, and other usual ways to write it.

    A bare number is in the unit of the type (percent points for a percentage); for a duration it is refused. Other
    units of the same dimension are converted. Blank is nothing for an optional value. Raises ValueProblem.
    """
    if isinstance(type_, TextType):
        return checked_text(text)
    typed = text.strip()
    if isinstance(type_, OptionalType):
        if not typed or typed.lower() == NOTHING:
            return None
        return parse_value(text, type_.of)
    if isinstance(type_, ListType):
        return _parse_list(typed, type_)
    if isinstance(type_, RecordType):
        raise ValueProblem(f"{quoted(typed)} is one text, but {type_words(type_)} are needed, each by itself.")
    if not typed:
        raise ValueProblem(f"Nothing is filled in here, but {type_words(type_)} is needed.")
    match type_:
        case NumberType():
            return parse_number(typed, type_)
        case YesNoType():
            return _parse_yes_no(typed, type_)
        case ChoiceType():
            return _parse_choice(typed, type_)
        case DateType():
            return parse_date(typed)
        case TimeType():
            return parse_time(typed)
        case MomentType():
            return parse_moment(typed)


def checked_text(text: str) -> str:
    """A text that a run can take. Raises ValueProblem for one that is too long or has characters that are none."""
    if len(text) > LONGEST_TEXT:
        raise ValueProblem(f"This text has {len(text):,} characters. A text has at most {LONGEST_TEXT:,}.")
    if "\0" in text:
        raise ValueProblem("This text has a null character in it, which is not text. Please remove it.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueProblem("This text has half a character in it (a lone surrogate). Please remove it.") from None
    return text


def checked_length(number: int) -> None:
    """Raises ValueProblem for a list of too many items."""
    if number > LONGEST_LIST:
        raise ValueProblem(f"This list has {number:,} items. A list has at most {LONGEST_LIST:,}.")


def _parse_yes_no(text: str, type_: YesNoType) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ValueProblem(f"{quoted(text)} is neither yes nor no. Write “yes” or “no”.")


def _parse_choice(text: str, type_: ChoiceType) -> str:
    if text in type_.options:
        return text
    folded = " ".join(text.casefold().split())
    by_folded = {" ".join(option.casefold().split()): option for option in type_.options}
    if folded in by_folded:
        return by_folded[folded]
    near = difflib.get_close_matches(folded[:100], by_folded, n=1)
    meant = f" Did you mean {quoted(by_folded[near[0]])}?" if near else ""
    raise ValueProblem(f"{quoted(text)} is not {type_words(type_)}.{meant}")


def _parse_list(text: str, type_: ListType) -> tuple[Value, ...]:
    """Items on lines of their own, or parted by semicolons, or as in a sentence: "a, b and c"."""
    if not text or text.lower() == NOTHING:
        return ()
    if isinstance(type_.item, RecordType):
        raise not_understood(text, type_)
    parts: list[str]
    if "\n" in text or ";" in text:
        parts = text.replace(";", "\n").splitlines()
    else:
        *parts, last = text.split(", ")
        parts += last.rsplit(" and ", 1)
    checked_length(len(parts))
    items: list[Value] = []
    for number, part in enumerate(parts, start=1):
        try:
            items.append(parse_value(part.strip(), type_.item))
        except ValueProblem as problem:
            raise problem.inside(number) from None
    return tuple(items)
