"""Random changes to a page: some as people make them, some as nobody would."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.corpus import LITERALS, ODD_CHARACTERS, WORDS, corpus

Mutation = Callable[[str, Random], str]

LONGEST = 30_000
"""Characters of an input at most: longer texts have tests of their own."""

_TOKEN = re.compile(r'"[^"\n]*"|\w+|\s+|[^\w\s]')
_LITERAL = re.compile(r'[$€£]?\d[\d,.:]*%?|"[^"\n]*"')


def mutated(random: Random) -> str:
    """A page from the corpus with a few changes."""
    text = random.choice(corpus().texts)
    if random.random() < 0.2:
        text += random.choice(("", "\n", "\n\n")) + random.choice(corpus().texts)
    changes = 1
    while changes < 12 and random.random() < 0.6:
        changes += 1
    for _ in range(changes):
        text = random.choice(MUTATIONS)(text, random)
    return text[:LONGEST]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text) or [text]


def _piece(random: Random) -> str:
    """Something to put in: a word of the language, of the corpus, or a literal."""
    return random.choice(random.choice((LITERALS, WORDS, corpus().words)))


def swap_tokens(text: str, random: Random) -> str:
    """Two tokens change places."""
    tokens = _tokens(text)
    first, second = random.randrange(len(tokens)), random.randrange(len(tokens))
    tokens[first], tokens[second] = tokens[second], tokens[first]
    return "".join(tokens)


def delete_tokens(text: str, random: Random) -> str:
    """Some tokens in a row go."""
    tokens = _tokens(text)
    at = random.randrange(len(tokens))
    del tokens[at : at + random.choice((1, 1, 1, 2, 3, 8))]
    return "".join(tokens)


def repeat_token(text: str, random: Random) -> str:
    """A token stands there again and again."""
    tokens = _tokens(text)
    at = random.randrange(len(tokens))
    tokens[at] = " ".join([tokens[at]] * random.choice((2, 2, 3, 50)))
    return "".join(tokens)


def insert_piece(text: str, random: Random) -> str:
    """A word or literal is put in."""
    tokens = _tokens(text)
    tokens.insert(random.randrange(len(tokens) + 1), f" {_piece(random)} ")
    return "".join(tokens)


def replace_token(text: str, random: Random) -> str:
    """A word or literal stands in the place of another."""
    tokens = _tokens(text)
    tokens[random.randrange(len(tokens))] = _piece(random)
    return "".join(tokens)


def replace_literal(text: str, random: Random) -> str:
    """A number, date or text becomes another, which may be a bad one."""
    found = list(_LITERAL.finditer(text))
    if not found:
        return insert_piece(text, random)
    match = random.choice(found)
    return text[: match.start()] + random.choice(LITERALS) + text[match.end() :]


def insert_character(text: str, random: Random) -> str:
    """An odd character is put in, or several."""
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(ODD_CHARACTERS) * random.choice((1, 1, 1, 2, 20)) + text[at:]


def any_character(text: str, random: Random) -> str:
    """Any character of Unicode at all is put in."""
    at = random.randrange(len(text) + 1)
    return text[:at] + chr(random.randrange(0x110000)) + text[at:]


def delete_characters(text: str, random: Random) -> str:
    """Some characters go."""
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 1, 1, 2, 5)) :]


def swap_characters(text: str, random: Random) -> str:
    """Two neighbours change places, as when typing fast."""
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def change_case(text: str, random: Random) -> str:
    """A stretch of the text is in other letters."""
    at = random.randrange(len(text) + 1)
    end = at + random.choice((1, 5, 100, len(text)))
    return text[:at] + random.choice((str.upper, str.lower, str.title, str.swapcase))(text[at:end]) + text[end:]


def cut_short(text: str, random: Random) -> str:
    """The text ends early, as while somebody types."""
    return text[: random.randrange(len(text) + 1)]


def _by_lines(change: Callable[[list[str], Random], None]) -> Mutation:
    def mutation(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random)
        return "\n".join(lines)

    return mutation


def _move_line(lines: list[str], random: Random) -> None:
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)


def _delete_line(lines: list[str], random: Random) -> None:
    del lines[random.randrange(len(lines))]


def _repeat_line(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at:at] = [lines[at]] * random.choice((1, 1, 2, 30))


def _insert_line(lines: list[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines) + 1), random.choice(corpus().lines))


def _join_lines(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at : at + 2] = [random.choice((" ", "", ", ", ". ")).join(lines[at : at + 2])]


def _bullet(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    bare = lines[at].lstrip(" \t-*•")
    mark = random.choice(("- ", "* ", "• ", "-", "– ", "-- ", "1. ", "- - "))
    lines[at] = " " * random.choice((0, 0, 1, 2, 3, 4, 8, 30)) + random.choice(("", "\t")) + mark + bare


def _nested_bullets(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    deep = random.choice((2, 5, 11, 12, 13, 40))
    lines[at + 1 : at + 1] = [" " * (2 * depth) + "- " + random.choice(corpus().lines) for depth in range(deep)]


def _table_row(lines: list[str], random: Random) -> None:
    rows = [index for index, line in enumerate(lines) if line.lstrip().startswith("|")]
    at = random.choice(rows) if rows else random.randrange(len(lines))
    cells = lines[at].split("|")
    match random.randrange(4):
        case 0:
            cells.insert(random.randrange(len(cells) + 1), f" {_piece(random)} ")
        case 1:
            del cells[random.randrange(len(cells))]
        case 2:
            cells[random.randrange(len(cells))] = f" {_piece(random)} "
        case _:
            cells = ["", *(f" {_piece(random)} " for _ in range(random.randrange(1, 6))), ""]
    lines[at] = "|".join(cells)


def nest_brackets(text: str, random: Random) -> str:
    """A token is wrapped in brackets, of which some may be missing."""
    tokens = _tokens(text)
    at = random.randrange(len(tokens))
    deep = random.choice((1, 1, 2, 10, 49, 50, 51, 200))
    tokens[at] = "(" * deep + tokens[at] + ")" * random.choice((deep, deep, deep, deep - 1, deep + 1, 0))
    return "".join(tokens)


def long_expression(text: str, random: Random) -> str:
    """A token is followed by a long chain of operations."""
    tokens = _tokens(text)
    at = random.randrange(len(tokens))
    link = random.choice(
        (
            " plus 1",
            " and 1",
            " or the price is 1",
            " times 2%",
            " of the price",
            "'s price",
            ", 5",
            " not",
            ' joined with "x"',
        )
    )
    tokens[at] += link * random.choice((1, 2, 10, 150))
    return "".join(tokens)


def long_word(text: str, random: Random) -> str:
    """A very long word is put in."""
    at = random.randrange(len(text) + 1)
    return (
        text[:at]
        + random.choice(("a", "the ", "9", "é", "-", "'", "{", "$", "%", "°", "|")) * random.choice((50, 300, 5_000))
        + text[at:]
    )


def line_ends(text: str, random: Random) -> str:
    """The lines end as on another system."""
    return text.replace("\n", random.choice(("\r\n", "\r", "\n\n", " ", "\u2028")))


MUTATIONS: tuple[Mutation, ...] = (
    swap_tokens, swap_tokens, delete_tokens, delete_tokens, repeat_token, insert_piece, insert_piece, insert_piece, replace_token, replace_token,
    replace_token, replace_literal, replace_literal, insert_character, any_character, delete_characters, swap_characters, change_case, cut_short,
    _by_lines(_move_line), _by_lines(_delete_line), _by_lines(_repeat_line), _by_lines(_insert_line), _by_lines(_insert_line),
    _by_lines(_join_lines), _by_lines(_bullet), _by_lines(_nested_bullets), _by_lines(_table_row), nest_brackets, long_expression, long_word, line_ends,
)  # fmt: skip
