"""Why a sentence could not be read, in terms that help: what was understood, what was in the way, what may stand there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache

from lark import Token
from lark.exceptions import UnexpectedToken

from compiler.nodes import SENTENCES
from compiler.pattern import Words
from compiler.reading.atoms import ARTICLES
from compiler.reading.grammar import KEYWORDS, terminal_of
from compiler.reading.likeness import nearest
from compiler.reading.spans import Problem, Span, Suggestion
from compiler.reading.vocabulary import Vocabulary

_VALUES = frozenset({"NUMBER", "QUANTITY", "PERCENT", "DATE", "TIME", "YES_NO"})
_FRIENDLY = {
    "NAME": "a name",
    "FUNCTION": "the name of a function",
    "TEXT": 'a text in "quotes"',
    "TYPE": "what it is, in brackets",
    "COMMA_THEN": "a comma and what to do",
    "COMMA": "a comma",
    "AND_THEN": "and, with what else to do",
    "COLON": "a colon",
    "$END": "the end of the sentence",
}
_HIDDEN = frozenset({"LPAR", "RPAR", "SEMICOLON", "POSSESSIVE", "UNKNOWN", "CHOICE", "OTHERWISE_THEN", "AND_TEST"})
_CALCULATION = frozenset({
    "PLUS", "MINUS", "TIMES", "DIVIDED_BY", "INCREASED_BY", "REDUCED_BY", "JOINED_WITH", "AFTER", "BEFORE", "WHERE",
    "IN_CAPITALS", "IN_SMALL_LETTERS", "COMMA_SORTED_BY",
})  # fmt: skip
"""What may go on with any value: named together, since nearly every value may be followed by all of them."""
_MOST_EXPECTED = 5


@cache
def printed_words() -> dict[str, str]:
    """The canonical words of each keyword terminal."""
    words: dict[str, str] = {}
    for cls in SENTENCES:
        for part in cls.wording:
            if isinstance(part, Words) and part.key:
                words.setdefault(terminal_of(part.key), " ".join(part.key))
    for key, terminal in KEYWORDS:
        words.setdefault(terminal, " ".join(key))
    return words


def unexpected(error: UnexpectedToken, start: str, text: str, tokens: list[Token], vocabulary: Vocabulary) -> Problem:
    """The problem behind a token that the grammar did not expect."""
    wrong = error.token
    accepted = set(error.accepts or error.expected or ())
    if wrong.type == "$END":
        last = tokens[-1]
        place = Span(last.start_pos or 0, last.end_pos or 0)
        return Problem("R123", place, {"understood": text.strip(), "expected": expected_words(accepted)})
    place = Span(wrong.start_pos or 0, wrong.end_pos or 0)
    found = text[place.start : place.end]
    if wrong.type in ("AND", "OR") and _mixed(tokens, wrong):
        return Problem("R124", place, {"joint": "and" if wrong.type == "AND" else "or"})
    understood = text[: place.start].strip()
    if wrong is tokens[0] and start in ("page_sentence", "statement_bullet", "step"):
        near = _misspelt(found, place, accepted, vocabulary) if wrong.type == "UNKNOWN" else None
        if near is None and (start == "step" or text[: place.start].strip().lower() in ARTICLES):
            return _unknown(found, place, "", accepted, vocabulary)
        return near or _no_sentence(text, place, found)
    if wrong.type == "UNKNOWN":
        return _unknown(found, place, understood, accepted, vocabulary)
    if wrong.type in ("COMMA", "AND") and (near := _misspelt_after(wrong, text, tokens, accepted, vocabulary)):
        return near
    meant_set = _meant_set(wrong, tokens, accepted)
    if meant_set is not None:
        return meant_set
    details = {"understood": understood, "found": found, "expected": expected_words(accepted)}
    return Problem("R126", place, details)


def _mixed(tokens: list[Token], wrong: Token) -> bool:
    other = "OR" if wrong.type == "AND" else "AND"
    before = [token.type for token in tokens if (token.start_pos or 0) < (wrong.start_pos or 0)]
    return other in before


def _no_sentence(text: str, place: Span, found: str) -> Problem:
    nearest = nearest_sentence(text)
    if nearest is None:
        return Problem("R122", Span(place.start, max(len(text.rstrip()), place.end)), {"found": text.strip()[:60]})
    return Problem("R127", Span(place.start, max(len(text.rstrip()), place.end)), {"found": found, "nearest": nearest})


def nearest_sentence(text: str) -> str | None:
    """The example of the sentence whose words are most like those of `text`, if any is like it at all."""
    words = {word.lower().strip(",.:\"'") for word in text.split()}
    best, best_score = None, 0.0
    for cls in SENTENCES:
        fixed = [word for part in cls.wording if isinstance(part, Words) for word in part.key if word.isalpha()]
        if not fixed:
            continue
        score = sum(bool(difflib.get_close_matches(word, words, 1, 0.75)) for word in fixed) / len(fixed)
        first = fixed[0]
        if words and difflib.get_close_matches(first, [text.split()[0].lower()], 1, 0.7):
            score += 0.5
        if score > best_score:
            best, best_score = cls.example.split("\n")[0], score
    return best if best_score >= 0.6 else None


def _misspelt(found: str, place: Span, accepted: set[str], vocabulary: Vocabulary) -> Problem | None:
    """The problem that a word is misspelt, when it is much like one that may stand there."""
    names = list(vocabulary.names()) if "NAME" in accepted else []
    functions = list(vocabulary.all_functions()) if "FUNCTION" in accepted else []
    keywords = [
        words.strip(", ")
        for terminal, words in printed_words().items()
        if terminal in accepted and terminal not in _FRIENDLY
    ]
    if names:
        keywords.append("the")
    candidates = {name.lower(): name for name in [*keywords, *functions, *names]}
    near = nearest(found, candidates, 2)
    first = found.split()[0]
    if not near and " " in found:  # one misspelt word, followed by others that nobody knows either
        near = nearest(first, candidates, 2, 0.6 if len(first) > 3 else 0.66)
        if near:
            place, found = Span(place.start, place.start + len(first)), first
    if not near:
        return None
    fixes = tuple(Suggestion(f'Write "{candidates[key]}"', place, candidates[key]) for key in near)
    return Problem("N201", place, {"found": found, "nearest": candidates[near[0]]}, fixes)


def _meant_set(wrong: Token, tokens: list[Token], accepted: set[str]) -> Problem | None:
    """The problem of "…, the cost is $15", where a sentence that sets the cost is meant."""
    index = next((i for i, token in enumerate(tokens) if token is wrong), 0)
    if wrong.type != "IS" or "MUST_BE" not in accepted or index < 2 or tokens[index - 1].type != "NAME":
        return None
    name = tokens[index - 1].value.words
    place = Span(tokens[index - 1].start_pos or 0, wrong.end_pos or 0)
    fix = Suggestion(f'Write "set the {name} to"', place, f"set {name} to")
    return Problem("R140", place, {"name": name}, (fix,))


def _misspelt_after(
    wrong: Token, text: str, tokens: list[Token], accepted: set[str], vocabulary: Vocabulary
) -> Problem | None:
    """The same for the word after a comma or "and" that does not fit because of that word."""
    following = next((item for item in tokens if (item.start_pos or 0) >= (wrong.end_pos or 0)), None)
    if following is None or following.type != "UNKNOWN":
        return None
    place = Span(following.start_pos or 0, following.end_pos or 0)
    return _misspelt(text[place.start : place.end], place, accepted, vocabulary)


def _unknown(found: str, place: Span, understood: str, accepted: set[str], vocabulary: Vocabulary) -> Problem:
    near = _misspelt(found, place, accepted, vocabulary)
    if near is not None:
        return near
    lead = f'I understood "{understood}", but I' if understood else "I"
    return Problem("R128", place, {"found": found, "lead": lead, "expected": expected_words(accepted)})


def expected_words(accepted: Iterable[str]) -> str:
    """What may stand at a place, in words, the likeliest first."""
    accepted = set(accepted) - _HIDDEN
    words: list[str] = []
    if accepted & _VALUES:
        words.append("a value")
        accepted -= {"IT", "ITS", "NOTHING"}
    if "$END" in accepted or "COMMA_THEN" in accepted:
        accepted.discard("COLON")  # bullets may follow as well, but are seldom what is missing
    joints = {terminal for terminal in accepted if terminal in _CALCULATION or terminal.startswith("COMMA_ROUNDED")}
    fixed = sorted(
        printed_words()[terminal]
        for terminal in accepted - _VALUES - joints - set(_FRIENDLY)
        if terminal in printed_words()
    )
    if joints and not accepted & _VALUES:
        words.extend(f'"{phrase.strip(", ")}"' for phrase in fixed[:2])
    words.extend(_FRIENDLY[terminal] for terminal in _FRIENDLY if terminal in accepted)
    if joints and not accepted & _VALUES:
        words.append('more of the calculation, such as "plus" or "times"')
    elif not accepted & _VALUES:
        words.extend(f'"{phrase.strip(", ")}"' for phrase in fixed)
    words = words[:_MOST_EXPECTED]
    if not words:
        return "something else"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
