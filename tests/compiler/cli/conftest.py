"""The real `plainspark` command in a folder with a file of pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compiler.cli import main

PLAINSPARK = Path(sys.executable).with_name("plainspark")

PAGES = """\
Function: Parcel price
Needs a weight (kg), a size (one of small, medium or large) and an optional note (text).
Gives a price (money) and a fragile mark (yes/no).

The weight must be more than 0 kg, otherwise "There is nothing in the parcel."
If the size is large, set the price to $20. Otherwise set the price to $12.50.
Set the fragile mark to no.
If the note is not empty, set the fragile mark to yes.

Example: with a weight of 2 kg and a size of large, the price is $20.
Example: with a weight of 0 kg and a size of small, it stops with "There is nothing in the parcel."

Function: Order total
Needs several items and a rate (percentage).
An item has a name (text), a price (money) and a gift mark (yes/no).
Gives a total (money).
Set the total to $0.
For each item:
- increase the total by its price
Increase the total by the rate.
"""

MISTAKE = PAGES.replace("by the rate.", "by 5 minutes.")
"""The same with a mistake in line 20, column 23."""

Ran = subprocess.CompletedProcess[str]
Plainspark = Callable[..., Ran]


@pytest.fixture
def plainspark(tmp_path: Path) -> Plainspark:
    """Runs the command in a folder of its own; nothing that it says may be a traceback."""

    def run(*arguments: str, given: str | bytes | None = None, **environment: str) -> Ran:
        done = subprocess.run(
            [PLAINSPARK, *arguments],
            cwd=tmp_path,
            env=os.environ | environment,
            input=given.encode() if isinstance(given, str) else given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            timeout=60,
            check=False,
        )
        text = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in text.stderr + text.stdout, text.stderr
        return text

    return run


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Plainspark:
    """The same in this process, for what only differs in its arguments: far quicker."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        code = main(arguments)
        return subprocess.CompletedProcess(arguments, code, *capfd.readouterr())

    return run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """`pages.plain`, with two functions that work."""
    path = tmp_path / "pages.plain"
    path.write_text(PAGES, encoding="utf-8")
    return path
