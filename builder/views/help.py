"""The help, made from the language itself: its sentences tell how they are written, its messages what they mean."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from compiler.messages import CATALOGUE, Entry
from compiler.sentences import SENTENCES


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """How to write a page: every sentence of the language by family, each with an example."""
    families: dict[str, list[type]] = {}
    for sentence in SENTENCES:
        families.setdefault(sentence.family, []).append(sentence)
    return render(request, "builder/help_language.html", {"families": list(families.items())})


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """All messages, by code."""
    return render(request, "builder/help_messages.html", {"entries": _entries()})


@require_safe
def message(request: HttpRequest, code: str) -> HttpResponse:
    """What one message means, with a text that provokes it and what to write instead."""
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        raise Http404("No such message")
    entries = _entries()
    place = entries.index(entry)
    context = {
        "entry": entry,
        "before": entries[place - 1] if place else None,
        "after": entries[place + 1] if place + 1 < len(entries) else None,
    }
    return render(request, "builder/help_message.html", context)


def _entries() -> list[Entry]:
    return sorted(CATALOGUE.values(), key=lambda entry: entry.code)
