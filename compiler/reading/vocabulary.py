"""The user's words: names, functions and choices, in a trie that finds the longest one at a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compiler.nodes import Name
from compiler.reading.atoms import ARTICLES, Atom, atoms_of
from compiler.reading.plurals import plural
from compiler.reading.spans import Misread

_END = ""
"""The key under which a trie keeps what ends at a node; no atom has an empty key but texts, which are not looked up."""

_YES_NO_ENDINGS = (" mark", " field", " flag", " status", " box")


def key_of(words: str) -> str:
    """The key of a name: in lower case, without articles, with single spaces."""
    return " ".join(word for word in words.lower().split() if word not in ARTICLES)


@dataclass(frozen=True, slots=True)
class Word:
    """What some words of the user are: a terminal of the grammar (NAME, ADJECTIVE, FUNCTION or CHOICE) and its value.

    `function` is the function of that name, if there is one besides: "the tax of Tax with the price". A `weak` word
    loses against a keyword of the same length: a plural or adjective, which nobody wrote, or a name of another page.
    """

    terminal: str
    value: Name | str
    function: str = ""
    weak: bool = False

    def beside(self, other: Word) -> Word:
        """This meaning, which comes first, beside another one of the same words."""
        return replace(self, function=self.function or other.function)


class Trie:
    """Sequences of words with what they stand for; looks up the longest one that starts at an atom."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}

    def add(self, keys: Sequence[str], value: object) -> object:
        """Puts a value at a sequence of words; the first value put there stays. Gives back what is there."""
        node = self.root
        for key in keys:
            node = node.setdefault(key, {})
        return node.setdefault(_END, value)

    def replace(self, keys: Sequence[str], value: object) -> None:
        """Puts a value at a sequence of words in place of the one that is there."""
        node = self.root
        for key in keys:
            node = node[key]
        node[_END] = value

    def longest(self, atoms: Sequence[Atom], start: int) -> tuple[Any, int] | None:
        """The value of the longest sequence at `start`, and the index after it. Articles in between are skipped."""
        node = self.root
        found: tuple[Any, int] | None = None
        index = start
        while index < len(atoms):
            atom = atoms[index]
            following = node.get(atom.key) if atom.key else None
            if following is None:
                if index == start or atom.key not in ARTICLES:
                    break
                index += 1
                continue
            node = following
            index += 1
            if _END in node:
                found = (node[_END], index)
        return found


@dataclass(slots=True)
class Vocabulary:
    """All the names that a page may use: its own, and those of its parent. `spellings` says how each was first written."""

    parent: Vocabulary | None = None
    trie: Trie = field(default_factory=Trie)
    spellings: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    choices: set[str] = field(default_factory=set)
    of_others: bool = False
    """Whether these are names of other pages."""

    def add_name(self, words: str, yes_no: bool = False) -> None:
        """Adds a name with its plural, and for a yes/no name the adjective in it ("exempt" for "exempt mark")."""
        key = key_of(words)
        if not key or key in self.spellings:
            return
        self.spellings[key] = words
        self._put(words, Word("NAME", Name(key, words)))
        if yes_no:
            for ending in _YES_NO_ENDINGS:
                if key.endswith(ending):
                    adjective = words[: -len(ending)]
                    self._put(adjective, Word("ADJECTIVE", Name(key, adjective), weak=True))

    def add_plurals(self) -> None:
        """Adds the plurals of all names; last, so that a plural never hides a name that somebody declared."""
        for key, words in list(self.spellings.items()):
            self._put(plural(words), Word("NAME", Name(key, words, True), weak=True))

    def add_function(self, name: str) -> None:
        """Adds the name of a function."""
        self.functions[key_of(name)] = name
        self._put(name, Word("FUNCTION", name, name))

    def add_choice(self, words: str) -> None:
        """Adds an option of a choice."""
        self.choices.add(words)
        self._put(words, Word("CHOICE", words))

    def _put(self, words: str, value: Word) -> None:
        keys = name_keys(words)
        if not keys:
            return
        if self.of_others:
            value = replace(value, weak=True)
        there = self.trie.add(keys, value)
        assert isinstance(there, Word)
        if there.terminal == "FUNCTION" and value.terminal != "FUNCTION":
            self.trie.replace(keys, value.beside(there))
        elif value.terminal == "FUNCTION" and there.function != value.function:
            self.trie.replace(keys, there.beside(value))

    def names(self) -> Iterable[str]:
        """The names as their owners spell them, its own first."""
        yield from self.spellings.values()
        if self.parent is not None:
            yield from self.parent.names()

    def all_functions(self) -> Iterable[str]:
        """The functions that may be used."""
        yield from self.functions.values()
        if self.parent is not None:
            yield from self.parent.all_functions()

    def longest(self, atoms: Sequence[Atom], start: int) -> tuple[Word, int] | None:
        """The longest name at an atom and the index after it; its own before those of its parent."""
        own = self.trie.longest(atoms, start)
        if self.parent is None:
            return own
        other = self.parent.longest(atoms, start)
        if own is None or (other is not None and other[1] > own[1]):
            return other
        if other is not None and other[1] == own[1] and other[0].function and own[0].terminal != "FUNCTION":
            return own[0].beside(other[0]), own[1]
        return own


def name_keys(words: str) -> list[str]:
    """The words of a name as the lexer sees them, without articles."""
    try:
        return [atom.key for atom in atoms_of(words) if atom.key not in ARTICLES and atom.key]
    except Misread:
        return []
