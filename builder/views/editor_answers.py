"""What the page editor is told about a text: the compiler's values as the plain data of docs/editor.md.

The compiler counts characters, browsers count UTF-16 code units, in which a character such as "𝛑" is two: `Offsets`
translates, so that marks are in the right place for every script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from builder.access import Person, visible_functions
from builder.models import Page
from compiler import Project as Reading
from compiler import run_examples

LAST_OF_THE_BASIC_PLANE = "\uffff"


class Offsets:
    """Translates offsets in one text between characters and UTF-16 code units, both from 0."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        wide = bool(text) and max(text) > LAST_OF_THE_BASIC_PLANE
        self._wide = [place for place, each in enumerate(text) if each > LAST_OF_THE_BASIC_PLANE] if wide else []
        self._wide_units = [place + number for number, place in enumerate(self._wide)]

    def to_units(self, offset: int) -> int:
        """The number of UTF-16 code units before the character at `offset`."""
        return offset + bisect_left(self._wide, offset) if self._wide else offset

    def to_characters(self, units: int) -> int:
        """The number of characters before a place given in UTF-16 code units, kept inside the text."""
        characters = units - bisect_left(self._wide_units, units) if self._wide else units
        return min(max(characters, 0), self._length)


def check_answer(reading: Reading, page: Page, text: str, runs: Mapping[str, str]) -> dict[str, Any]:
    """Everything the editor shows about `text`, the text of `page` within what was read.

    `runs` gives the address of the form of each function that runs already, by name.
    """
    source = page.public_id
    offsets = Offsets(text)
    units = offsets.to_units
    return {
        "highlights": [(units(each.start), units(each.end), each.style) for each in reading.highlights(source)],
        "messages": [
            {
                "code": each.code,
                "severity": each.severity,
                "line": each.line,
                "start": units(each.start),
                "end": units(min(each.start + each.length, len(text))),
                "text": each.text,
                "help": reverse("help_message", args=[each.code]),
                "fixes": [
                    {
                        "label": fix.label,
                        "start": units(fix.start),
                        "end": units(fix.end),
                        "replacement": fix.replacement,
                    }
                    for fix in each.fixes
                ],
            }
            for each in reading.messages_for(source)
        ],
        "readings": _readings(reading, source),
        "examples": [
            {
                "line": each.line,
                "page": each.page,
                "name": each.name,
                "passed": each.passed,
                "tried": each.tried,
                "text": each.text,
            }
            for each in run_examples(reading, source)
        ],
        "functions": functions_of(reading, page, runs),
        "elsewhere": sum(each.severity == "error" and each.source != source for each in reading.messages),
    }


def _readings(reading: Reading, source: str) -> list[dict[str, Any]]:
    """The sentences in canonical words, under the headings of their pages."""
    heads = [
        {"line": each.line, "text": f"{each.kind}: {each.name}", "depth": 0, "title": True}
        for each in reading.pages
        if each.source == source
    ]
    sentences = [
        {"line": each.line, "text": each.text, "depth": each.depth, "title": False} for each in reading.reading(source)
    ]
    return sorted(heads + sentences, key=lambda each: each["line"])


def functions_of(reading: Reading, page: Page, runs: Mapping[str, str]) -> list[dict[str, Any]]:
    """The functions that a page declares: whether each is free of mistakes, and where it runs (None: nowhere yet)."""
    return [
        {
            "name": each.name,
            "line": each.line,
            "ready": each.name in reading.plan.functions,
            "run": runs.get(each.name),
        }
        for each in reading.pages
        if each.kind == "Function" and each.source == page.public_id
    ]


def running(user: Person, page: Page) -> dict[str, str]:
    """The address of the form of each function of a page that this person may run, by the function's name."""
    functions = visible_functions(user, page.project).filter(page=page).values_list("name", "slug")
    return {name: reverse("function_form", args=[page.project.public_id, slug]) for name, slug in functions}
