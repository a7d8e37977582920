"""From atoms to tokens: the longest keyword or user's name at each place wins; a name beats a keyword of its length.

Tokens are `lark.Token`s whose `value` is what they stand for: a `Name`, a `Constant`, a `Quote` or plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lark import Token

from compiler.checking.type_words import canonical_type_words
from compiler.nodes import Phrase
from compiler.reading.atoms import ARTICLES, Atom, atoms_of
from compiler.reading.literals import Constant, constant_at
from compiler.reading.spans import Misread, Problem, Span
from compiler.reading.vocabulary import Trie, Vocabulary, Word

_DEEPEST_BRACKETS = 40
_JOINTS = frozenset({"COMMA", "AND", "THEN"})
_CLAUSE_STARTS = frozenset({"COLON", "OTHERWISE", "COMMA_OTHERWISE"})
_COMPARATIVES = frozenset({"AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"})
_COMPARING = frozenset({"≥", "≤", "<", ">", ">=", "<=", "≠"})
_BEFORE_TESTS = frozenset({"IS", "NOT", "MUST_BE", "MUST_NOT_BE"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A text in quotes: plain text and the expressions in braces between."""

    parts: tuple[str | Phrase, ...]


@dataclass(frozen=True, slots=True)
class TypeWords:
    """The words of a type in brackets, with where they start in the sentence."""

    text: str
    span: Span = field(compare=False)


def token(terminal: str, value: object, start: int, end: int) -> Token:
    """A token from offset `start` to `end` that stands for `value`."""
    made = Token(terminal, "", start_pos=start, end_pos=end)
    made.value = value
    return made


class Lexer:
    """Reads sentences into tokens, given the keywords of the grammar and the terminals that sentences start with."""

    def __init__(self, keywords: Iterable[tuple[tuple[str, ...], str]], verbs: frozenset[str]) -> None:
        self.trie = Trie()
        for key, terminal in keywords:
            self.trie.add(key, terminal)
        self.verbs = verbs

    def tokens(self, text: str, vocabulary: Vocabulary, inner: Callable[[str, int], Phrase]) -> list[Token]:
        """The tokens of a sentence. `inner` reads an expression inside quotes, given its text and offset.

        Words that nobody knows become UNKNOWN tokens. Raises `Misread` for what cannot be read at all.
        """
        atoms = atoms_of(text)
        _check_brackets(atoms)
        tokens: list[Token] = []
        index = 0
        while index < len(atoms):
            index = self._next(atoms, index, tokens, text, vocabulary, inner)
        return self._joined(tokens)

    def _next(
        self,
        atoms: Sequence[Atom],
        index: int,
        tokens: list[Token],
        text: str,
        vocabulary: Vocabulary,
        inner: Callable[[str, int], Phrase],
    ) -> int:
        atom = atoms[index]
        if atom.kind == "text":
            tokens.append(token("TEXT", quote_of(atom, inner), atom.start, atom.end))
            return index + 1
        if atom.key == "whose":  # "the items whose price is …" are those where its price is
            tokens.extend((token("WHERE", "where", atom.start, atom.end), token("ITS", "its", atom.end, atom.end)))
            return index + 1
        keyword = self.trie.longest(atoms, index)
        name = vocabulary.longest(atoms, index)
        if atom.text == "(" and tokens and tokens[-1].type == "NAME":
            return self._type(atoms, index, tokens, text)
        if (
            name is not None
            and (keyword is None or self._beats(name, keyword) or self._function_of_name(atoms, name))
            and not (atom.key == "no" and _after_is(tokens))
            and not (keyword is not None and keyword[0] == "NEW" and index and atoms[index - 1].key in ARTICLES)
            and not self._is_verb(atoms, index, keyword, name, tokens)
        ):
            tokens.append(self._named(atoms, index, name, tokens, text))
            return name[1]
        constant = (
            None if atom.key == "no" and not _is_answer(atoms, index, vocabulary, tokens) else constant_at(atoms, index)
        )
        if constant is not None and (keyword is None or constant[2] >= keyword[1]):
            terminal, value, end = constant
            tokens.append(token(terminal, value, atom.start, atoms[end - 1].end))
            return end
        if keyword is not None:
            terminal, end = keyword
            if terminal == "MINUS" and not _ends_operand(tokens) and (negative := _negative(atoms, end)) is not None:
                tokens.append(token(negative[0], negative[1], atom.start, atoms[negative[2] - 1].end))
                return negative[2]
            if atom.text in _COMPARING and tokens and tokens[-1].type not in _BEFORE_TESTS:
                tokens.append(token("IS", "is", atom.start, atom.start))
            tokens.append(token(terminal, text[atom.start : atoms[end - 1].end], atom.start, atoms[end - 1].end))
            return end
        if atom.key not in ARTICLES:
            self._unknown(atom, tokens, text)
        return index + 1

    @staticmethod
    def _beats(name: tuple[Word, int], keyword: tuple[str, int]) -> bool:
        """Whether a name stands here rather than a keyword: the longer one wins, and of equals a name of this page."""
        return name[1] > keyword[1] or (name[1] == keyword[1] and not name[0].weak)

    def _is_verb(
        self,
        atoms: Sequence[Atom],
        index: int,
        keyword: tuple[str, int] | None,
        name: tuple[Word, int],
        tokens: list[Token],
    ) -> bool:
        """Whether a word that is also a name starts a sentence here: "Increase the price by the increase"."""
        if keyword is None or keyword[0] not in self.verbs or keyword[1] < name[1]:
            return False
        starts = not tokens or tokens[-1].type in _JOINTS or tokens[-1].type in _CLAUSE_STARTS
        return starts and not (index and atoms[index - 1].key in ARTICLES)

    @staticmethod
    def _named(atoms: Sequence[Atom], index: int, name: tuple[Word, int], tokens: list[Token], text: str) -> Token:
        """The token for a word of the user; after "the … of" and without an article it is the function of that name."""
        word, end = name
        start, stop = atoms[index].start, atoms[end - 1].end
        if word.function and word.terminal != "FUNCTION" and len(tokens) > 1:
            after_of = tokens[-1].type == "OF" and tokens[-2].type == "NAME" and atoms[index - 1].key == "of"
            given = end < len(atoms) and atoms[end].key == "with"
            if after_of and (given or " ".join(text[start:stop].split()) == word.function):
                return token("FUNCTION", word.function, start, stop)
        return token(word.terminal, word.value, start, stop)

    def _function_of_name(self, atoms: Sequence[Atom], name: tuple[Word, int]) -> bool:
        """Whether a name is followed by "of", so that "the year of the car" is the car's year when it has one."""
        return name[0].terminal == "NAME" and name[1] < len(atoms) and atoms[name[1]].key == "of"

    def _type(self, atoms: Sequence[Atom], index: int, tokens: list[Token], text: str) -> int:
        depth = 0
        for end in range(index, len(atoms)):
            depth += {"(": 1, ")": -1}.get(atoms[end].text, 0)
            if depth == 0:
                start, stop = atoms[index].end, atoms[end].start
                words = TypeWords(canonical_type_words(text[start:stop]), Span(start, stop))
                tokens.append(token("TYPE", words, atoms[index].start, atoms[end].end))
                return end + 1
        raise Misread(Problem("R115", atoms[index].span))

    @staticmethod
    def _unknown(atom: Atom, tokens: list[Token], text: str) -> None:
        if tokens and tokens[-1].type == "UNKNOWN" and atom.kind == "word":
            last = tokens.pop()
            tokens.append(token("UNKNOWN", text[last.start_pos : atom.end], last.start_pos or 0, atom.end))
        else:
            tokens.append(token("UNKNOWN", atom.text, atom.start, atom.end))

    def _joined(self, tokens: list[Token]) -> list[Token]:
        """Settles what commas, "and", "then" and "otherwise" are, by what follows them."""
        joined: list[Token] = []
        index = 0
        while index < len(tokens):
            run = index
            while run < len(tokens) and tokens[run].type in _JOINTS:
                run += 1
            if run > index:
                kinds = {item.type for item in tokens[index:run]}
                following = tokens[run].type if run < len(tokens) else ""
                start, end = tokens[index].start_pos or 0, tokens[run - 1].end_pos or 0
                if following in self.verbs:
                    joined.append(token("AND_THEN" if "AND" in kinds else "COMMA_THEN", ",", start, end))
                elif "AND" in kinds:
                    and_test = following in _COMPARATIVES and bool(joined)
                    joined.append(token("AND_TEST" if and_test else "AND", "and", start, end))
                elif "COMMA" in kinds:
                    joined.append(token("COMMA", ",", start, end))
                index = run
                continue
            current = tokens[index]
            following = tokens[index + 1].type if index + 1 < len(tokens) else ""
            if current.type in ("OTHERWISE", "COMMA_OTHERWISE") and joined:
                kind = "COMMA_OTHERWISE" if following == "TEXT" else "OTHERWISE_THEN"
                if joined[-1].type in ("COMMA", "AND"):
                    joined.pop()
                current = token(kind, current.value, current.start_pos or 0, current.end_pos or 0)
            joined.append(current)
            index += 1
        if joined and joined[0].type in ("AND", "AND_THEN", "COMMA_THEN", "COMMA"):
            joined.pop(0)  # a bullet may start with "and"
        return joined


_OPERAND_ENDS = frozenset({
    "NAME", "ADJECTIVE", "FUNCTION", "CHOICE", "NUMBER", "PERCENT", "QUANTITY", "DATE", "TIME", "YES_NO", "TEXT", "RPAR", "IT", "TODAY", "TOMORROW", "YESTERDAY",
    "NOW", "MOMENT_NOW", "IN_CAPITALS", "IN_SMALL_LETTERS", "UNKNOWN", "EMPTY_LIST", "DECIMALS", "NOTHING",
})  # fmt: skip


def _ends_operand(tokens: list[Token]) -> bool:
    """Whether a "minus" here takes away from what stands before it."""
    return bool(tokens) and tokens[-1].type in _OPERAND_ENDS


def _negative(atoms: Sequence[Atom], index: int) -> tuple[str, Constant, int] | None:
    """A negative constant whose sign has been read."""
    found = constant_at(atoms, index) if index < len(atoms) else None
    if found is None or not isinstance(found[1].value, int | Decimal) or isinstance(found[1].value, bool):
        return None
    terminal, constant, end = found
    return terminal, Constant(-constant.value if constant.value else constant.value, constant.type), end  # type: ignore[operator]


def _after_is(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[-1].type in _BEFORE_TESTS


def _is_answer(atoms: Sequence[Atom], index: int, vocabulary: Vocabulary, tokens: list[Token]) -> bool:
    """Whether "no" is the answer no, rather than in "no item is …"."""
    return _after_is(tokens) or index + 1 >= len(atoms) or vocabulary.longest(atoms, index + 1) is None


def _check_brackets(atoms: Sequence[Atom]) -> None:
    opened: list[Atom] = []
    for atom in atoms:
        if atom.text == "(":
            opened.append(atom)
            if len(opened) > _DEEPEST_BRACKETS:
                raise Misread(Problem("R116", atom.span, {"limit": str(_DEEPEST_BRACKETS)}))
        elif atom.text == ")":
            if not opened:
                raise Misread(Problem("R117", atom.span))
            opened.pop()
    if opened:
        raise Misread(Problem("R115", opened[-1].span))


def quote_of(atom: Atom, inner: Callable[[str, int], Phrase]) -> Quote:
    """The parts of a text in quotes. "{{" and "}}" stand for braces."""
    raw, start = atom.text[1:-1], atom.start + 1
    parts: list[str | Phrase] = []
    plain = ""
    index = 0
    while index < len(raw):
        character = raw[index]
        if raw[index : index + 2] in ("{{", "}}"):
            plain += character
            index += 2
        elif character == "{":
            close = raw.find("}", index)
            if close < 0 or not raw[index + 1 : close].strip():
                raise Misread(Problem("R118", Span(start + index, start + index + 1)))
            if plain:
                parts.append(plain)
                plain = ""
            parts.append(inner(raw[index + 1 : close], start + index + 1))
            index = close + 1
        elif character == "}":
            raise Misread(Problem("R118", Span(start + index, start + index + 1)))
        else:
            plain += " " if character in "\r\n\t" else character
            index += 1
    if plain:
        parts.append(plain)
    return Quote(tuple(parts))
