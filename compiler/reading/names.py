"""The first pass: which names, records and choices a page introduces, found before the grammar reads anything."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from compiler.checking.type_words import canonical_type_words, choice_options
from compiler.nodes import PHRASES, SENTENCES
from compiler.pattern import Slot, Words, parse_pattern, words_key
from compiler.reading.atoms import ARTICLES, Atom, atoms_of
from compiler.reading.plurals import singular
from compiler.reading.spans import Misread, Span
from compiler.reading.structure import RawSentence
from compiler.reading.vocabulary import Vocabulary, key_of
from compiler.sentences.synonyms import SYNONYMS

_CLAUSE_STARTS = frozenset({",", ":", ";", "and", "then", "otherwise", "else"})
_LIST_WORDS = frozenset({"several", "optional", "many", "some"})
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that a sentence introduces, as spelt there."""

    words: str
    yes_no: bool = False
    exported: bool = False
    """Whether other pages may use it: what a function needs and gives, and the parts of records."""
    rest: str = field(default="", compare=False)
    """For a name that is given a value, the key of all that follows, of which a longer name may be the start."""

    @property
    def key(self) -> str:
        """The key of the name."""
        return key_of(self.words)


@dataclass(slots=True)
class Introduced:
    """All that a page introduces."""

    names: list[Declared] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    reserved: dict[int, Span] = field(default_factory=dict)
    """Words of the language that cannot be names, by the offset of the sentence that tries; spans are in the sentence."""

    def content(self) -> Hashable:
        """All that of it goes into a vocabulary."""
        return tuple(self.names), tuple(self.choices)

    def digest(self) -> Hashable:
        """What of it matters to other pages."""
        return tuple(name for name in self.names if name.exported), tuple(self.choices)

    def fill(self, vocabulary: Vocabulary, exported_only: bool = False) -> None:
        """Puts the names into a vocabulary."""
        for name in self.names:
            if name.exported or not exported_only:
                vocabulary.add_name(name.words, name.yes_no)
        for choice in self.choices:
            vocabulary.add_choice(choice)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The words before and after the slot of a sentence that introduces a name."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


@cache
def _with_synonyms(printed: str) -> tuple[tuple[str, ...], ...]:
    key = words_key(printed)
    others = next((others for canonical, others in SYNONYMS.items() if words_key(canonical) == key), ())
    return (key, *(words_key(other) for other in others))


def _frames() -> Iterator[_Frame]:
    for cls in SENTENCES:
        if not cls.introduces:
            continue
        for pattern in (cls.pattern, *cls.also):
            parts = parse_pattern(pattern)
            index = next(i for i, part in enumerate(parts) if isinstance(part, Slot) and part.field == cls.introduces)
            before = parts[index - 1] if index else None
            after: list[tuple[str, ...]] = []
            for part in parts[index + 1 :]:
                first = part if isinstance(part, Words | Slot) else part.parts[0]
                if isinstance(first, Words) and first.key:
                    after.extend(_with_synonyms(first.printed))
                elif isinstance(first, Slot):
                    after.extend([(",",), (":",)])
                if isinstance(part, Words):
                    break
            yield _Frame(_with_synonyms(before.printed) if isinstance(before, Words) else (), tuple(after))


@cache
def reserved_words() -> frozenset[str]:
    """Single words that the language needs for itself, so that nothing can be called by them."""
    words: set[str] = {"and", "or", "then"}
    verbs: set[str] = set()
    for cls in (*PHRASES, *SENTENCES):
        for index, part in enumerate(cls.wording):
            if isinstance(part, Words):
                for run in part.printed.split("|"):
                    key = words_key(run)
                    if len(key) == 1 and key[0].isalpha():
                        (verbs if index == 0 and cls.level == "statement" else words).add(key[0])
    return frozenset(words - verbs)


@cache
def _all_frames() -> tuple[_Frame, ...]:
    return tuple(_frames())


def introduced_by(sentences: Iterable[RawSentence]) -> Introduced:
    """What some sentences and their bullets introduce. Sentences that cannot be read introduce nothing."""
    found = Introduced()
    for sentence in sentences:
        _introduce(sentence, found, True)
    return found


def _introduce(sentence: RawSentence, found: Introduced, top: bool) -> None:
    here = _in_sentence(sentence.text, top)
    for name in here.names:
        if not (name.rest and _is_longer_there(found.keys, name)):
            found.names.append(name)
            found.keys.add(name.key)
    found.choices.extend(here.choices)
    if here.reserved is not None:
        found.reserved.setdefault(sentence.span.start, here.reserved)
    for child in sentence.children:
        _introduce(child, found, False)


def _is_longer_there(known: set[str], name: Declared) -> bool:
    """Whether a longer name that was declared before stands there ("the time to approve" in "set the time to …")."""
    words = name.rest.split(" ", _LONGEST_NAME)
    return any(
        " ".join(words[:count]) in known for count in range(name.key.count(" ") + 2, min(len(words), _LONGEST_NAME) + 1)
    )


@dataclass(frozen=True, slots=True)
class _InSentence:
    """What one sentence by itself may introduce."""

    names: tuple[Declared, ...] = ()
    choices: tuple[str, ...] = ()
    reserved: Span | None = None


@lru_cache(maxsize=20_000)
def _in_sentence(text: str, top: bool) -> _InSentence:
    try:
        atoms = atoms_of(text)
    except Misread:
        return _InSentence()
    if not atoms:
        return _InSentence()
    found = Introduced()
    _lists(text, atoms, found)
    _choices(text, found)
    if top and atoms[0].kind == "text" and len(atoms) > 1 and atoms[1].key in ("means", "mean"):
        found.names.append(Declared(atoms[0].text[1:-1]))
    elif atoms[0].key not in ("example", "given", "expect", "when"):
        for frame in _all_frames():
            if frame.before and frame.before[0]:
                _framed(text, atoms, frame, found)
            elif top:
                _at_start(text, atoms, frame, found)
    reserved = next((atom.span for name in found.names for atom in atoms if _is_reserved(name, atom)), None)
    names = tuple(name for name in found.names if name.key not in reserved_words())
    return _InSentence(names, tuple(found.choices), reserved)


def _is_reserved(name: Declared, atom: Atom) -> bool:
    return name.key == atom.key and name.key in reserved_words()


def _framed(text: str, atoms: Sequence[Atom], frame: _Frame, found: Introduced) -> None:
    for index in range(len(atoms)):
        if index and atoms[index - 1].key not in _CLAUSE_STARTS:
            continue
        for before in frame.before:
            if _matches(atoms, index, before):
                _name_up_to(text, atoms, index + len(before), frame.after, found)


def _at_start(text: str, atoms: Sequence[Atom], frame: _Frame, found: Introduced) -> None:
    """A sentence that starts with the name itself: "The total is …"."""
    if atoms[0].key in ARTICLES:
        _name_up_to(text, atoms, 0, frame.after, found)


def _matches(atoms: Sequence[Atom], index: int, key: tuple[str, ...]) -> bool:
    keys = [atom.key for atom in atoms[index : index + len(key) + 2] if atom.key not in ARTICLES][: len(key)]
    return tuple(keys) == key and atoms[index].key == key[0]


def _name_up_to(
    text: str, atoms: Sequence[Atom], start: int, after: tuple[tuple[str, ...], ...], found: Introduced
) -> None:
    while start < len(atoms) and atoms[start].key in ARTICLES:
        start += 1
    for end in range(start, min(len(atoms), start + _LONGEST_NAME)):
        if any(_matches(atoms, end, key) for key in after if key):
            if end > start:
                words = text[atoms[start].start : atoms[end - 1].end]
                rest = key_of(text[atoms[start].start :])
                found.names.append(Declared(" ".join(words.split()), rest=rest))
            return
        if atoms[end].kind not in ("word", "number") and atoms[end].text != "-":
            return


def _lists(text: str, atoms: Sequence[Atom], found: Introduced) -> None:
    """Names in "Needs a price (money) and …", "Gives …" and "An item has …"."""
    first = next((i for i, atom in enumerate(atoms) if atom.key not in ARTICLES), 0)
    for words in ("needs", "gives"):
        for key in _with_synonyms(words):
            if _matches(atoms, first, key):
                _declarations(text, atoms, first + len(key), found)
                return
    if atoms[0].key not in (*ARTICLES, "each", "every"):
        return
    for index, atom in enumerate(atoms[1:], 1):
        if atom.key in ("has", "have") and 1 < index <= _LONGEST_NAME:
            found.names.append(Declared(text[atoms[1].start : atoms[index - 1].end], exported=True))
            _declarations(text, atoms, index + 1, found)
            return
        if atom.key == "belongs" and index + 1 < len(atoms):
            found.names.append(Declared(text[atoms[1].start : atoms[index - 1].end], exported=True))
            owner = text[atoms[index + 1].end :].strip()
            found.names.append(Declared(re.sub(r"^(?:an?|the)\s+", "", owner, flags=re.IGNORECASE), exported=True))
            return


def _declarations(text: str, atoms: Sequence[Atom], start: int, found: Introduced) -> None:
    part: list[Atom] = []
    index = start
    while index <= len(atoms):
        atom = atoms[index] if index < len(atoms) else None
        if atom is None or (atom.key in (",", "and") and _ends_declaration(atoms, index, part)):
            _declare(text, part, None, found)
            part = []
            index += 1
            continue
        if atom.text == "(":
            close = next((i for i in range(index, len(atoms)) if atoms[i].text == ")"), len(atoms) - 1)
            _declare(text, part, text[atom.end : atoms[close].start], found)
            part = []
            index = close + 1
            continue
        part.append(atom)
        index += 1


def _ends_declaration(atoms: Sequence[Atom], index: int, part: list[Atom]) -> bool:
    following = atoms[index + 1] if index + 1 < len(atoms) else None
    return not part or (following is not None and following.key in (*ARTICLES, *_LIST_WORDS, "and"))


def _declare(text: str, part: list[Atom], type_text: str | None, found: Introduced) -> None:
    several = False
    while part and part[0].key in (*ARTICLES, *_LIST_WORDS, "and"):
        several = several or part[0].key in ("several", "many", "some")
        part = part[1:]
    if not part or len(part) > _LONGEST_NAME or any(atom.kind == "sign" and atom.text not in "-&" for atom in part):
        return
    words = " ".join(text[part[0].start : part[-1].end].split())
    if type_text is not None:
        found.choices.extend(choice_options(re.sub(r"^\s*optional ", "", type_text)))
    yes_no = type_text is not None and canonical_type_words(type_text) == "yes/no"
    found.names.append(Declared(words, yes_no, True))
    if several or (type_text is not None and canonical_type_words(type_text).startswith("a list of ")):
        found.names.append(Declared(singular(words), False, True))


_ONE_OF = re.compile(
    r"(?!(?:if|otherwise|else|or|for|set|let|repeat|example|expect|given|and|when)\b)[^,:\"]+? (?:is|are) (one of [^()\"]+)",
    re.I,
)
_OPTION_VALUE = re.compile(r"(?:the |\d|\$)", re.I)


def _choices(text: str, found: Introduced) -> None:
    """The words in "The size is one of small, medium or large"; those in brackets are found with the declarations."""
    match = _ONE_OF.fullmatch(text)
    if match is not None:
        options = choice_options(match.group(1).strip())
        if not any(_OPTION_VALUE.match(option) for option in options):
            found.choices.extend(options)
