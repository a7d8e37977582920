"""The arguments of every command, with the help that people see, and which module carries a command out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from compiler.cli.refusing import Refused, complain, misused, nearest

COMMANDS = ("check", "run", "test", "format", "explain", "build")
TARGETS = ("wasm", "openapi")

_ABOUT = "Plainspark: software in plain English. Pages are text files; what you read in them is what runs."
_MORE = """\
examples:
  plainspark check shop.plain
  plainspark run shop.plain "Quantity discount" price=20 quantity=10
  plainspark explain shop.plain "Quantity discount" price=20 quantity=10
  plainspark test shop.plain

`plainspark COMMAND --help` says more about a command. When all is well the exit code is 0. It is 1 when something
in the pages or in what was given is wrong, and 2 when the command itself cannot be understood.
"""
_USAGE = "plainspark {} FILE FUNCTION NAME=VALUE"
_SEVERAL = "a file of pages; several files are one project"
_CALL = (
    "files of pages (more than one only if they end in .plain), the name of a function, and its inputs as NAME=VALUE, "
    'for example: shop.plain "Quantity discount" price=20 quantity=10'
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with arguments as the other words of the commands are said."""

    def error(self, message: str) -> NoReturn:
        raise misused(_plain(message))


def run_command(arguments: Sequence[str]) -> int:
    """Carries out a command and gives its exit code. Whatever a user does wrong is said in words."""
    try:
        chosen = _chosen(arguments)
        if chosen is None:
            return 0
        carry_out: Callable[[argparse.Namespace], int] = import_module(
            f"compiler.cli.{_MODULES[chosen.command]}"
        ).carry_out
        return carry_out(chosen)
    except Refused as refused:
        sys.stdout.flush()
        complain(refused.words)
        return refused.code


_MODULES = {
    "check": "checking",
    "run": "running",
    "test": "testing",
    "format": "formatting",
    "explain": "explaining",
    "build": "building",
}
"""The module of `compiler.cli` for each command; loaded only when it is asked for."""


def _chosen(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The arguments taken apart; None when only help was asked for. Raises Refused."""
    parser = _parser()
    if not arguments:
        parser.print_help(sys.stderr)
        raise misused("Please say which command.")
    if not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        raise misused(
            f"There is no command “{arguments[0]}”, only {', '.join(COMMANDS[:-1])} and {COMMANDS[-1]}."
            f"{nearest(arguments[0], COMMANDS)}"
        )
    try:
        chosen, rest = parser.parse_known_args(arguments)
    except SystemExit:
        return None  # after --help
    if chosen.command is None:
        raise misused("Please say which command.")
    if "words" in chosen:
        if not chosen.words:
            raise misused(f"Please also say which file of pages: {_USAGE.format(chosen.command)} …")
        # inputs may also come after options, which argparse does not expect
        chosen.words += [word for word in rest if not word.startswith("-")]
        rest = [word for word in rest if word.startswith("-")]
    if rest:
        raise misused(
            f"I do not know what “{rest[0]}” means here. `plainspark {chosen.command} --help` lists what there is."
        )
    return chosen


def split_call(words: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """What follows `run` or `explain`: files, the name of a function (None when there is none), and its inputs."""
    more = 1
    while more < len(words) and words[more].endswith(".plain") and "=" not in words[more]:
        more += 1
    rest = list(words[more:])
    name = rest.pop(0) if rest and "=" not in rest[0] else None
    return list(words[:more]), name, rest


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="plainspark",
        description=_ABOUT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, summary: str, description: str, usage: str | None = None) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=description, usage=usage, allow_abbrev=False)

    check = command(
        "check",
        "say what is wrong with pages",
        "Reads pages and says what is wrong with them, each message as FILE:LINE:COLUMN: CODE MESSAGE. "
        "Warnings, such as that a page is not understood yet, do not count as mistakes.",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=_SEVERAL)

    run = command(
        "run",
        "run a function",
        "Runs a function once and prints what it gives as NAME = VALUE, or over all rows of a CSV file.",
        f"{_USAGE.format('run')} … [--json]\n"
        "       plainspark run FILE FUNCTION --input JSON [--json]\n"
        "       plainspark run FILE FUNCTION --csv IN --out OUT",
    )
    run.add_argument("words", nargs="*", metavar="FILE FUNCTION NAME=VALUE", help=_CALL)
    run.add_argument("--input", metavar="JSON", help="the inputs as a JSON object, as @FILE with one, or - to read one")
    run.add_argument("--json", action="store_true", help="print the result as JSON")
    run.add_argument("--csv", metavar="IN", help="run over the rows of this CSV file, its columns named as the inputs")
    run.add_argument("--out", metavar="OUT", help="where the rows go, with columns for the results and for problems")

    test = command(
        "test", "try the examples in pages", "Tries every example in the pages and says which do not come out."
    )
    test.add_argument("files", nargs="+", metavar="FILE", help=_SEVERAL)

    format_ = command(
        "format",
        "rewrite pages in the standard wording",
        "Rewrites every sentence that is understood in its standard wording, in the files themselves. Sentences that "
        "are not understood, and pages of later kinds, stay word for word.",
    )
    format_.add_argument("files", nargs="+", metavar="FILE", help=_SEVERAL)
    format_.add_argument("--check", action="store_true", help="change nothing; exit code 1 if a file would change")

    explain = command(
        "explain",
        "show step by step how a result comes about",
        "Runs a function once and shows every sentence that ran, with the values that it used and set.",
        f"{_USAGE.format('explain')} …\n       plainspark explain FILE FUNCTION --input JSON",
    )
    explain.add_argument("words", nargs="*", metavar="FILE FUNCTION NAME=VALUE", help=_CALL)
    explain.add_argument(
        "--input", metavar="JSON", help="the inputs as a JSON object, as @FILE with one, or - to read one"
    )

    build = command(
        "build",
        "make files for other programs",
        "Makes files out of pages: `wasm` is a WebAssembly module with its layout, `openapi` describes an API of all functions.",
    )
    build.add_argument("files", nargs="+", metavar="FILE", help=_SEVERAL)
    build.add_argument("--target", required=True, choices=TARGETS, help="what to make")
    build.add_argument("--out", required=True, metavar="DIR", help="the folder for the files; it is made if need be")
    return parser


def _plain(message: str) -> str:
    """The words of argparse as a sentence of ours."""
    if message.startswith("the following arguments are required: "):
        return (
            f"Please also say {message.removeprefix('the following arguments are required: ').replace(', ', ' and ')}."
        )
    if "expected one argument" in message:
        option = message.removeprefix("argument ").split(":")[0]
        return f"{option} needs something after it."
    if "invalid choice" in message:
        return f"--target is one of {' or '.join(TARGETS)}."
    if "ignored explicit argument" in message:
        return f"{message.removeprefix('argument ').split(':')[0]} takes nothing after it."
    return f"I do not understand this command: {message}."
