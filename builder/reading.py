"""From pages in the database to what the compiler understood of them.

One `ReadingCache` per process keeps what was read before, so that a keystroke in one page does not read the others
again. It is only a cache: the same pages give the same project with or without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.access import visible_pages
from builder.models import Project
from compiler import Project as Reading
from compiler import ReadingCache, Source, read

cache = ReadingCache()
"""What this process has read so far."""


def sources_of(project: Project, overrides: Mapping[str, str] | None = None) -> tuple[Source, ...]:
    """The texts of a project's pages in their order; `Source.name` is the public id of the page.

    `overrides` gives other texts for some pages, by public id (what somebody is writing just now).
    """
    replaced = overrides or {}
    pages = visible_pages(project).values_list("public_id", "text")
    return tuple(Source(name=public_id, text=replaced.get(public_id, text)) for public_id, text in pages)


def read_sources(sources: Iterable[Source]) -> Reading:
    """What the compiler makes of these sources. Never raises, whatever the text."""
    return read(tuple(sources), cache)


def read_project(project: Project, overrides: Mapping[str, str] | None = None) -> Reading:
    """What the compiler makes of a project's pages as saved, with some texts replaced."""
    return read_sources(sources_of(project, overrides))
