"""`plainspark check`: says what is wrong with pages."""

from __future__ import annotations

from argparse import Namespace

from compiler.cli.projects import counted, open_project, print_messages, summary
from compiler.cli.refusing import complain


def carry_out(chosen: Namespace) -> int:
    """Messages go to the standard output, a line about all of them to the standard error."""
    opened = open_project(chosen.files)
    messages = opened.project.messages
    print_messages(messages)
    pages = counted(len(opened.project.pages), "page")
    complain(f"{summary(messages)} in {pages}." if messages else f"{pages}, nothing wrong.")
    return 1 if opened.errors else 0
