"""The static tables that runtime parts read, each made when a module needs it."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Mapping
from functools import cache

from compiler.values.show import DURATION_UNITS, MONTHS, NOTHING


def powers_of_ten() -> bytes:
    """10^0 to 10^19 as unsigned 64-bit numbers."""
    return struct.pack("<20Q", *(10**n for n in range(20)))


def month_names() -> bytes:
    """For each month 12 bytes: the length of its name, and its letters."""
    return b"".join((bytes([len(name)]) + name.encode()).ljust(12, b"\0") for name in MONTHS)


def _duration_words() -> list[bytes]:
    return [f" {name}{ending}".encode() for name, _ in DURATION_UNITS for ending in ("", "s")]


def duration_units() -> bytes:
    """For each unit its seconds (i64), and offset and length in the words of its singular and of its plural."""
    table = b""
    offset = 0
    words = iter(_duration_words())
    for _, seconds in DURATION_UNITS:
        one, many = len(next(words)), len(next(words))
        table += struct.pack("<qiiii", seconds, offset, one, offset + one, many)
        offset += one + many
    return table


# --- capital and small letters


@cache
def _cases(capitals: bool) -> tuple[bytes, bytes, bytes]:
    """The runs, the special characters and what those become, of `str.upper` or `str.lower` of single characters.

    A table of runs is a count (i64), then for each run its first and last code point, the step between code points in
    it, and what to add to them. Special characters become up to three: their runs say at which offset these are.
    """
    runs: list[list[int]] = []
    special: list[tuple[int, int, int, int]] = []
    characters = b""
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code < 0xE000:
            continue
        character = chr(code)
        changed = character.upper() if capitals else character.lower()
        if changed == character:
            continue
        if len(changed) > 1:
            special.append((code, code, 1, len(characters)))
            characters += struct.pack("<3i", *(ord(one) for one in changed), *([0] * (3 - len(changed))))
            continue
        change = ord(changed) - code
        if runs and runs[-1][3] == change:
            first, last, step, _ = runs[-1]
            if (first == last and code - last <= 2) or code - last == step:
                runs[-1][1:3] = code, code - last
                continue
        runs.append([code, code, 1, change])
    return _runs_table(runs), _runs_table(special), characters


def _runs_table(runs: list[list[int]] | list[tuple[int, int, int, int]]) -> bytes:
    return struct.pack("<q", len(runs)) + b"".join(struct.pack("<4i", *run) for run in runs)


TABLES: Mapping[str, Callable[[], bytes]] = {
    "powers_of_ten": powers_of_ten,
    "month_names": month_names,
    "duration_units": duration_units,
    "duration_words": lambda: b"".join(_duration_words()),
    "upper_runs": lambda: _cases(True)[0],
    "upper_special": lambda: _cases(True)[1],
    "upper_characters": lambda: _cases(True)[2],
    "lower_runs": lambda: _cases(False)[0],
    "lower_special": lambda: _cases(False)[1],
    "lower_characters": lambda: _cases(False)[2],
    "word_nothing": NOTHING.encode,
    "word_and": lambda: b" and ",
    "word_comma": lambda: b", ",
    "word_yes": lambda: b"yes",
    "word_no": lambda: b"no",
    "word_utc": lambda: b" UTC",
    "sign_minus": lambda: b"-",
}
