"""All messages of the language in one table: codes, words, explanations and the texts that provoke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compiler import plan, run
from compiler.messages import names, pages, reading, runs, types
from compiler.messages.entries import Entry, Severity
from compiler.reading.plurals import article
from compiler.reading.spans import Problem

__all__ = ["CATALOGUE", "Entry", "RunMessage", "Severity", "explain_stop", "words_of"]

_LONGEST_DETAIL = 200

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


class _Detail(str):
    """A detail of a problem in a sentence: "{record:a}" gives "an item", ":A" "An item", ":C" a capital, ":q" a quote."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        match spec:
            case "a" | "A":
                made = f"{article(self)} {self}"
                return made if spec == "a" else made[:1].upper() + made[1:]
            case "C":
                return self[:1].upper() + self[1:]
            case "q":  # what starts with an article is a name, which needs no quotation marks
                first = self.partition(" ")[0].lower()
                if first in ("the", "its", "their", "it"):
                    return self[:1].lower() + self[1:]
                return str(self) if self.startswith('"') else f'"{self}"'
        return str(self)


def words_of(problem: Problem) -> str:
    """The words of a problem on one line, with the user's own names filled in."""
    details = {name: _Detail(_brief(str(detail))) for name, detail in problem.details.items()}
    return " ".join(CATALOGUE[problem.code].words.format_map(details).split())


def _brief(detail: str) -> str:
    """What is quoted from a page, cut when it is very long."""
    return detail if len(detail) <= _LONGEST_DETAIL else detail[: _LONGEST_DETAIL - 1] + "…"


def explain_stop(stopped: run.Stopped, places: Sequence[plan.Place] = ()) -> RunMessage:
    """The message for a run that stopped. `places` are those of the plan; without them it does not say where."""
    entry = CATALOGUE[runs.CODE_OF[stopped.fault]]
    where = f', in "{places[stopped.place].text}"' if 0 <= stopped.place < len(places) else ""
    return RunMessage(entry.code, entry.words.format(text=stopped.text, where=where))
