"""The command line, `plainspark`: one module per command, and the few things that they share.

This is the only part of `compiler` that reads files and the clock. `running` also uses `runtime`, and only when somebody
runs something: everything else works without it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the arguments are those of the process unless given. Gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows it in another way; that is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    try:
        # The parser of arguments is loaded here so that an interrupt while it loads is as quiet as one later.
        from compiler.cli.arguments import run_command

        code = run_command(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever was reading has seen enough, as with `| head`.
        _silence(sys.stdout)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _silence(stream: TextIO) -> None:
    """Whatever is still to be written goes nowhere, so that Python does not complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
