"""Which column of a file gives which input of a function, by name. Case, spaces and plurals do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compiler.plan import Function, Parameter
from compiler.types import ListType, OptionalType, RecordType, Type

LIST_SEPARATOR = ";"
"""What stands between the values of a list that is written in one cell."""


@dataclass(frozen=True, slots=True)
class Matching:
    """`columns`: from an input to the number of its column (from zero). `missing`: inputs that lack one."""

    columns: Mapping[str, int]
    missing: tuple[str, ...]


def one_cell_problem(parameter: Parameter) -> str | None:
    """Why values of this input cannot be written in one cell, in a plain sentence; None when they can."""
    inner = _without_optional(parameter.type)
    if isinstance(inner, ListType):
        inner = _without_optional(inner.item)
        if isinstance(inner, RecordType):
            fields = _listed([field.name for field in inner.fields])
            return f"Each of the {parameter.name} has several parts ({fields}), which do not fit in one cell."
        if isinstance(inner, ListType):
            return f"The {parameter.name} are lists of lists, which do not fit in one cell."
        return None
    if isinstance(inner, RecordType):
        fields = _listed([field.name for field in inner.fields])
        return f"The {parameter.name} has several parts ({fields}), which do not fit in one cell."
    return None


def match_columns(
    function: Function, columns: Sequence[str], chosen: Mapping[str, int | None] | None = None
) -> Matching:
    """The columns for the inputs of a function.

    `chosen` gives what a person picked, by input, None for "no column"; inputs that are not in it are matched by name.
    A column is used for at most one input when matched by name. Inputs that may be empty need no column.
    """
    picked = dict(chosen or {})
    found = {name: column for name, column in picked.items() if column is not None}
    taken = set(found.values())
    for simplify in (_plain, _loose):
        known = {simplify(name): number for number, name in reversed(list(enumerate(columns))) if number not in taken}
        for parameter in function.inputs:
            if parameter.name in found or parameter.name in picked or one_cell_problem(parameter):
                continue
            number = known.pop(simplify(parameter.name), None)
            if number is not None:
                found[parameter.name] = number
                taken.add(number)
    missing = tuple(
        each.name for each in function.inputs if each.name not in found and not isinstance(each.type, OptionalType)
    )
    return Matching(found, missing)


def _plain(name: str) -> str:
    """The words of a name in small letters with single spaces."""
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name))
    return " ".join(re.split(r"[\W_]+", spread.casefold())).strip()


_CLOSING = {"(": ")", "[": "]"}


def _without_brackets(name: str) -> str:
    """The name with a space for each pair of brackets and what is in it, in time that grows with its length alone.

    A pattern would look for the end of each bracket that is never closed again and again.
    """
    ends = {closing: name.rfind(closing) for closing in _CLOSING.values()}
    kept: list[str] = []
    at = 0
    for opening in re.finditer(r"[(\[]", name):
        closing = _CLOSING[opening[0]]
        if at <= opening.start() < ends[closing]:
            kept.append(name[at : opening.start()])
            at = name.index(closing, opening.start()) + 1
    return " ".join((*kept, name[at:]))


def _loose(name: str) -> str:
    """As `_plain`, without articles, units in brackets and plural endings, and without spaces."""
    words = _plain(_without_brackets(name)).split()
    return "".join(_singular(word) for word in words if word not in {"the", "a", "an"})


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _without_optional(type_: Type) -> Type:
    return type_.of if isinstance(type_, OptionalType) else type_


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
