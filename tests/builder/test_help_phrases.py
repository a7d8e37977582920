"""The help lists every kind of value and every phrase, and what it says of them is true."""

from __future__ import annotations

import pytest

from builder.help_phrases import GROUPS, HIDDEN, KINDS, phrase_groups
from compiler import Source, read
from compiler.nodes import PHRASES


def test_every_phrase_with_words_of_its_own_is_in_the_help() -> None:
    covered = {module for _, modules in GROUPS for module in modules}
    known = {"names", "cells"}  # told with the kinds of values and with tables
    for cls in PHRASES:
        package, _, module = cls.__module__.rpartition(".")
        if package == "compiler.phrases":
            assert module in covered | known, f"{cls.__name__} is in no group of the help"
    wordings = [wording for group in phrase_groups() for wording in group.wordings]
    assert all(any(letter.isalpha() for letter in wording) for wording in wordings)
    assert "the years between … and …" in wordings
    assert {cls.__name__ for cls in PHRASES} >= HIDDEN


@pytest.mark.parametrize(("kind", "declared", "value"), KINDS)
def test_kinds_are_declared_as_the_help_says(kind: str, declared: str, value: str) -> None:
    needs = declared.replace(", a ", " and a ").replace(", several", " and several")
    text = (
        f"Function: Try\nNeeds {needs}.\nAn item has a name (text).\nGives a result (number).\nSet the result to 1.\n"
    )
    errors = [message for message in read([Source("a", text)]).messages if message.severity == "error"]
    assert errors == [], (kind, value)


def test_the_page_shows_them(client) -> None:
    page = client.get("/help/").content.decode()
    assert "Kinds of values" in page
    assert "rounded to … decimals" in page
