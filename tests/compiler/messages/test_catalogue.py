"""Every message is provoked by the text that its entry in the catalogue shows, and is all that is said about it."""

from __future__ import annotations

import re

import pytest

from compiler import Message, ReadingCache, Source, read
from compiler.messages import CATALOGUE, Entry, Severity
from compiler.plan import Fault

CACHE = ReadingCache()
READ = [entry for entry in CATALOGUE.values() if not entry.code.startswith("E")]
"""The messages of reading; those of runs (E) are tested where runs are."""
CAUSE = {"N219": {"T301"}}
"""Messages that speak of a mistake elsewhere, with that mistake."""


def messages_of(text: str) -> tuple[Message, ...]:
    return read([Source("page", text)], CACHE).messages


def test_there_are_many_messages_and_codes_of_runs_match_the_faults() -> None:
    assert len(READ) >= 80
    assert len([code for code in CATALOGUE if code.startswith("E")]) == len(Fault)


@pytest.mark.parametrize("entry", READ, ids=[entry.code for entry in READ])
def test_an_example_provokes_its_message_and_no_other(entry: Entry) -> None:
    found = messages_of(entry.example)
    codes = {message.code for message in found}
    assert entry.code in codes, found
    assert codes - {entry.code} == CAUSE.get(entry.code, set()), [m.text for m in found]
    assert sum(message.code == entry.code for message in found) == 1, [m.text for m in found]
    assert {m.severity for m in found if m.code == entry.code} == {entry.severity.value}


@pytest.mark.parametrize("entry", READ, ids=[entry.code for entry in READ])
def test_every_fix_removes_its_message(entry: Entry) -> None:
    for message in messages_of(entry.example):
        for fix in message.fixes:
            text = entry.example[: fix.start] + fix.replacement + entry.example[fix.end :]
            assert message.code not in {left.code for left in messages_of(text)}, fix.label


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_words_are_whole_sentences_without_jargon(entry: Entry) -> None:
    assert entry.explanation.endswith(".") and entry.title and entry.words
    if entry.code not in ("E901", "E909", "C603"):  # those are words of somebody else
        assert entry.words.rstrip("}")[-1] in '.?"' or entry.words.endswith(("{meant}", '{nearest}"'))
    said = f"{entry.words} {entry.explanation}".lower()
    assert not re.search(
        r"\b(token|parse|syntax|null|exception|invalid|identifier|boolean|integer|string|variable)\b", said
    )


def test_messages_speak_in_the_names_of_the_user() -> None:
    head = "Function: Try\nNeeds a temperature (°C), a waiting time (minutes) and a room (text).\nGives a result (number).\n"

    def said(condition: str) -> str:
        (message,) = messages_of(f"{head}Set the result to 0.\nIf {condition}, set the result to 1.\n")
        return message.text

    assert said("the temperature is at least 5 minutes") == (
        'I know the temperature is measured in °C, but "5 minutes" is a length of time, so I cannot compare them. Did you mean 5 °C?'
    )
    assert said("the temperature is more than the waiting time") == (
        "I know the temperature is measured in °C, but the waiting time is a length of time, so I cannot compare them."
    )
    assert said("the temperature is 20") == (
        'I know the temperature is measured in °C, but "20" is a whole number, so I cannot compare them. Did you mean 20 °C?'
    )
    assert (
        said("the room is more than 5")
        == 'I know the room is text, but "5" is a whole number, so I cannot compare them.'
    )
    assert said("the temprature is 20 °C") == 'I do not know "temprature". Did you mean "temperature"?'


def test_only_warnings_and_notices_leave_a_function_running() -> None:
    for entry in READ:
        project = read([Source("page", entry.example)], CACHE)
        errors = {m.code for m in project.messages if m.severity == Severity.ERROR.value}
        for page in project.pages:
            if page.works:
                assert page.name in project.plan.functions
        if errors and entry.code not in CAUSE and entry.code[0] not in "R" and "Function: Other" not in entry.example:
            assert "Try" not in project.plan.functions, entry.code


def mistyped(text: str) -> list[str]:
    """The text with two letters swapped in one of its words, for each of the words."""
    swapped = []
    for match in re.finditer(r"[A-Za-z]{4,}", text):
        word = match.group()
        changed = word[0] + word[2] + word[1] + word[3:]
        if changed != word:
            swapped.append(text[: match.start()] + changed + text[match.end() :])
    return swapped


def test_one_mistyped_word_gives_at_most_one_message() -> None:
    page = (
        "Function: Fare\nNeeds a distance (km), a number of children (whole number) and a class (one of plain or fancy).\n"
        "Gives a fare (money).\n\nThe distance must be more than 0 km, otherwise \"Where to?\"\n"
        "Let the rate be $0.20.\nIf the class is fancy, set the rate to $0.35.\nSet the basic fare to the rate times 10.\n"
        "If the distance is at least 100 km, reduce the basic fare by 10%.\nOtherwise if the distance is at least 50 km, reduce the basic fare by 5%.\n"
        "Set the fare to the basic fare plus 50% of the basic fare times the number of children, rounded to 2 decimals.\n\n"
        "Example: with a distance of 10 km, a number of children of 1 and a class of plain, the fare is $5.25.\n"
    )  # fmt: skip
    assert not messages_of(page)
    many = {text: found for text in mistyped(page) if len(found := messages_of(text)) > 1}
    assert not many, [[m.text for m in found] for found in many.values()]
