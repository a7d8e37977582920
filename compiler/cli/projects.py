"""The pages that a command is about: read as one project, with their messages, and the function that was named."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from compiler import Message, Project, Source, read
from compiler.cli.files import PageFile, read_pages
from compiler.cli.refusing import Refused, misused, nearest, visible
from compiler.plan import Function
from compiler.values import join_words


@dataclass(frozen=True, slots=True)
class Opened:
    """Some files and the project that they make."""

    files: tuple[PageFile, ...]
    project: Project

    @property
    def errors(self) -> tuple[Message, ...]:
        """The messages that keep something from working."""
        return tuple(message for message in self.project.messages if message.severity == "error")


def open_project(names: Sequence[str]) -> Opened:
    """Reads files as one project. Raises Refused when one is no text."""
    files = read_pages(names)
    return Opened(tuple(files), read([Source(file.name, file.text) for file in files]))


def print_messages(messages: Sequence[Message], stream: TextIO | None = None) -> None:
    """Writes messages as `file:line:column: code message`, to the standard output unless told otherwise."""
    for message in messages:
        where = f"{message.source}:{message.line}:{message.column}:"
        print(visible(f"{where} {message.code} {message.text}"), file=stream or sys.stdout)


def counted(number: int, word: str) -> str:
    """A number with its word: "1 mistake", "2 mistakes"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def summary(messages: Sequence[Message]) -> str:
    """How many messages of each sort there are, in words."""
    found = Counter(message.severity for message in messages)
    words = {"error": "mistake", "warning": "warning", "notice": "notice"}
    return join_words([counted(found[severity], word) for severity, word in words.items() if found[severity]])


def function_named(opened: Opened, name: str | None) -> Function:
    """The function of a name, whatever its case and spaces. Raises Refused, with its mistakes or what else there is."""
    functions = {_folded(each.name): each for each in opened.project.plan.functions.values() if not each.private}
    if name is None:
        raise misused(f"Say which function, for example “{_any_function(opened)}”.")
    if _folded(name) in functions:
        return functions[_folded(name)]
    pages = {_folded(page.name): page for page in opened.project.pages}
    page = pages.get(_folded(name))
    if page is not None and page.kind != "Function":
        raise Refused(f"“{page.name}” is a {page.kind} page, and only functions can be run so far.")
    if page is not None:
        print_messages(opened.errors, sys.stderr)
        raise Refused(f"“{page.name}” does not work yet: please mend its mistakes first.")
    names = [page.name for page in opened.project.pages if page.kind == "Function"]
    if not names:
        print_messages(opened.errors, sys.stderr)
        raise Refused(
            "There is no function in what you named. A function starts with a line such as “Function: Total”."
        )
    there = join_words(
        [f"“{each}”" for each in names[:10]] + ([f"{len(names) - 10:,} more"] if len(names) > 10 else [])
    )
    raise Refused(f"There is no function “{name}”, only {there}.{nearest(name, names)}")


def refuse_mistakes(opened: Opened) -> None:
    """Raises Refused when there are mistakes, after writing them."""
    if opened.errors:
        print_messages(opened.project.messages, sys.stderr)
        are = "is" if len(opened.errors) == 1 else "are"
        raise Refused(f"{counted(len(opened.errors), 'mistake')} {are} to be mended before this can be built.")


def _any_function(opened: Opened) -> str:
    return next((page.name for page in opened.project.pages if page.kind == "Function"), "Quantity discount")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
