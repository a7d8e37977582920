"""What a command says when it cannot do what was asked, and how words are made safe for a terminal."""

from __future__ import annotations

import difflib
import sys
import unicodedata
from collections.abc import Iterable


class Refused(Exception):
    """A command cannot do what was asked. `words` are whole plain sentences for the person at the keyboard."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words)
        self.words = words
        self.code = code


def misused(words: str) -> Refused:
    """The command was written in a way that cannot be understood: exit code 2."""
    return Refused(words, 2)


def complain(words: str) -> None:
    """Writes a line to the standard error."""
    print(visible(words), file=sys.stderr)


def visible(words: str) -> str:
    """Words on one line whose characters all show: pages may hold some that move a terminal's cursor."""
    if words.isprintable():
        return words
    return "".join(character if _shows(character) else _code(character) for character in words)


def _shows(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _code(character: str) -> str:
    return " " if character in "\t\n\r" else f"<U+{ord(character):04X}>"


def nearest(words: str, names: Iterable[str]) -> str:
    """ "Did you mean …?" with a space before it, when one of some names is near to what was written; else ""."""
    by_lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(words.lower()[:200], by_lower, 1, 0.5)
    return f" Did you mean “{by_lower[near[0]]}”?" if near else ""
