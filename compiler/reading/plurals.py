"""Plurals of English nouns, for the user's names: "price" and "prices", "tax category" and "tax categories"."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "goose": "geese",
    "datum": "data",
    "criterion": "criteria",
    "leaf": "leaves",
    "half": "halves",
    "knife": "knives",
    "life": "lives",
    "shelf": "shelves",
    "wife": "wives",
    "box": "boxes",
    "series": "series",
    "species": "species",
    "stock": "stocks",
}
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}


@lru_cache(maxsize=8192)
def plural(words: str) -> str:
    """The plural of a name: of its last word, or of the one before "of" ("cost of a unit" gives "costs of a unit")."""
    head, of, rest = words.partition(" of ")
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_plural_noun(noun)}{of}{rest}"


def _plural_noun(noun: str) -> str:
    lower = noun.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower] if noun.islower() else _IRREGULAR[lower].capitalize()
    if re.search(r"(?:s|x|z|ch|sh)$", lower):
        return noun + "es"
    if re.search(r"[^aeiou]y$", lower):
        return noun[:-1] + "ies"
    return noun + "s"


@lru_cache(maxsize=8192)
def singular(words: str) -> str:
    """The singular of a name in the plural. Words that do not look like plurals are given back as they are."""
    head, of, rest = words.partition(" of ")
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_singular_noun(noun)}{of}{rest}"


def _singular_noun(noun: str) -> str:
    lower = noun.lower()
    if lower in _SINGULAR:
        return _SINGULAR[lower] if noun.islower() else _SINGULAR[lower].capitalize()
    if lower.endswith("ies") and len(lower) > 4:
        return noun[:-3] + "y"
    if re.search(r"(?:ss|us|is)$", lower):
        return noun
    if re.search(r"(?:sses|xes|zzes|ches|shes)$", lower):
        return noun[:-2]
    return noun[:-1] if lower.endswith("s") and len(lower) > 2 else noun


def article(words: str) -> str:
    """ "a" or "an", as the sound of the first letter wants it."""
    first = words[:1].lower()
    if words.lower().startswith(("hour", "honest", "heir")):
        return "an"
    if words.lower().startswith(("uni", "use", "usa", "eu", "one", "once")) and not words.lower().startswith("unin"):
        return "a"
    return "an" if first in "aeiou" or words[:2] in ("8", "11", "18") else "a"
