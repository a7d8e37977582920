"""`plainspark format`: rewrites pages in their standard wording."""

from __future__ import annotations

from argparse import Namespace

from compiler import format_text
from compiler.cli.files import PageFile, write_page_file
from compiler.cli.projects import Opened, open_project
from compiler.cli.refusing import Refused, complain, visible
from compiler.reading.structure import LONGEST_TEXT


def carry_out(chosen: Namespace) -> int:
    """The names of the files that were, or would be, changed go to the standard output."""
    opened = open_project(chosen.files)
    texts = {file.name: _formatted(file, opened) for file in opened.files}
    changed = [file for file in opened.files if texts[file.name] != file.text]
    for file in changed:
        if not chosen.check:
            write_page_file(file, texts[file.name])
        print(visible(f"{'would change' if chosen.check else 'changed'} {file.name}"))
    if not changed:
        complain("Nothing to change.")
    return 1 if changed and chosen.check else 0


def _formatted(file: PageFile, opened: Opened) -> str:
    if len(file.text) > LONGEST_TEXT:
        raise Refused(f"{file.name} is too long to read: a file may have {LONGEST_TEXT:,} characters.")
    return format_text(file.text, opened.project)
