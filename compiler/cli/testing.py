"""`plainspark test`: tries the examples in pages."""

from __future__ import annotations

import sys
from argparse import Namespace

from compiler import run_examples
from compiler.cli.projects import counted, open_project, print_messages
from compiler.cli.refusing import complain, visible


def carry_out(chosen: Namespace) -> int:
    """Failures go to the standard output. A page with mistakes has examples that cannot be tried, so it fails too."""
    opened = open_project(chosen.files)
    print_messages(opened.project.messages, sys.stderr)
    results = run_examples(opened.project)
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(visible(f"{result.source}:{result.line}: {result.page}: {result.name.rstrip('.')}: {result.text}"))
    if not results and not opened.errors:
        complain("There are no examples to try.")
        return 0
    words = f"{counted(len(results) - len(failed), 'example')} passed"
    if failed:
        words += f", {len(failed):,} failed"
    if opened.errors:
        words += f", and {counted(len(opened.errors), 'mistake')} in the pages"
    complain(f"{words}.")
    return 1 if failed or opened.errors else 0
