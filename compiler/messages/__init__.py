"""All messages of the language in one table: codes, words, explanations and the texts that provoke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compiler import plan, run
from compiler.messages import names, pages, reading, runs, types
from compiler.messages.entries import Entry, Severity
from compiler.reading.spans import Problem

__all__ = ["CATALOGUE", "Entry", "RunMessage", "Severity", "explain_stop", "words_of"]

CATALOGUE: dict[str, Entry] = {
    entry.code: entry
    for family in (reading.ENTRIES, names.ENTRIES, types.ENTRIES, pages.ENTRIES, runs.ENTRIES)
    for entry in family
}
"""Every message by its code."""


@dataclass(frozen=True, slots=True)
class RunMessage:
    """Why a run stopped, for people: the code of the catalogue and whole sentences."""

    code: str
    text: str


def words_of(problem: Problem) -> str:
    """The words of a problem on one line, with the user's own names filled in."""
    return " ".join(CATALOGUE[problem.code].words.format_map({**problem.details}).split())


def explain_stop(stopped: run.Stopped, places: Sequence[plan.Place] = ()) -> RunMessage:
    """The message for a run that stopped. `places` are those of the plan; without them it does not say where."""
    entry = CATALOGUE[runs.CODE_OF[stopped.fault]]
    where = f', in "{places[stopped.place].text}"' if 0 <= stopped.place < len(places) else ""
    return RunMessage(entry.code, entry.words.format(text=stopped.text, where=where))
