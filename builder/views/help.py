"""The help, made from the language itself: its sentences tell how they are written, its messages what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from builder.coloured import coloured
from builder.help_phrases import KINDS, phrase_groups
from compiler import Source, read
from compiler.messages import CATALOGUE, Entry
from compiler.sentences import SENTENCES

FIRST_FAMILIES = ("Declaring", "Working out", "Choosing", "Repeating", "Testing")
"""The families of sentences in the order in which somebody learns them; others come after them."""

SAMPLE = """\
Function: Total price
Needs a price (money) and a quantity (whole number).
Gives a total (money).

Set the total to the price times the quantity.

Example: with a price of $20 and a quantity of 3, the total is $60."""
"""The page that the help starts with."""

LONGEST_EXAMPLE = 12, 600
"""Lines and characters. The example of "the page is too long" is as long as it says."""

FAMILIES = {
    "R": "Reading a page",
    "N": "Names",
    "T": "Kinds of values",
    "U": "Units",
    "C": "Tables and pages",
    "X": "Examples",
    "L": "Still to come",
    "E": "Runs that stop",
}
"""What the messages whose codes start with a letter are about, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Told:
    """The help entry of a sentence, as its class tells it (a template would call the class itself)."""

    title: str
    summary: str
    example: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message as somebody sees it who writes the example of its entry."""

    words: str
    fixes: tuple[str, ...]


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """How to write a page: every sentence of the language by family, each with an example."""
    families: dict[str, list[Told]] = {family: [] for family in FIRST_FAMILIES}
    for sentence in SENTENCES:
        told = Told(sentence.title, sentence.summary, sentence.example)
        families.setdefault(sentence.family, []).append(told)
    context = {
        "families": list(families.items()),
        "sample": coloured(SAMPLE),
        "kinds": KINDS,
        "phrase_groups": phrase_groups(),
    }
    return render(request, "builder/help_language.html", context)


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """All messages by what they are about."""
    groups: dict[str, list[Entry]] = {}
    for entry in _entries():
        groups.setdefault(FAMILIES.get(entry.code[0], "Others"), []).append(entry)
    return render(request, "builder/help_messages.html", {"groups": list(groups.items())})


@require_safe
def message(request: HttpRequest, code: str) -> HttpResponse:
    """What one message means, with a text that provokes it and what to write instead."""
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        raise Http404("No such message")
    entries = _entries()
    place = entries.index(entry)
    example = entry.example.strip()
    lines, characters = LONGEST_EXAMPLE
    shown = "\n".join(example.split("\n")[:lines])[:characters]
    context = {
        "entry": entry,
        "said": said(entry),
        "example": coloured(shown) if example else (),
        "cut": shown != example,
        "before": entries[place - 1] if place else None,
        "after": entries[place + 1] if place + 1 < len(entries) else None,
    }
    return render(request, "builder/help_message.html", context)


@lru_cache(maxsize=1_000)
def said(entry: Entry) -> Said:
    """What the reader says about the example of an entry; for one without an example its words, the names left open."""
    if entry.example:
        for found in read([Source("example", entry.example)]).messages:
            if found.code == entry.code:
                return Said(found.text, tuple(fix.label for fix in found.fixes))
    return Said(re.sub(r"\{where\}", "", re.sub(r"\{(?!where)\w+\}", "…", entry.words)), ())


def _entries() -> list[Entry]:
    order = list(FAMILIES)

    def place(entry: Entry) -> tuple[int, str]:
        letter = entry.code[0]
        return order.index(letter) if letter in FAMILIES else len(order), entry.code

    return sorted(CATALOGUE.values(), key=place)
