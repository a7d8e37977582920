"""Starting `runtime.tables.workbook` beside this process, so that a hostile or huge workbook harms nobody else."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from compiler.plan import Function
from compiler.types import DateType, NumberKind, NumberType, OptionalType, Type
from runtime.tables.layout import FileRefused
from runtime.tables.workbook import LOOK_SECONDS, REFUSED, SECONDS

_TOO_LARGE = "This workbook takes too much memory or time to read. Please split it, or save it as CSV."

_BUSY = "Many workbooks are being read just now. Please try again in a minute, or save it as CSV."

AT_ONCE = 2
"""How many workbooks are read or written at the same time, since each may take much memory."""

_places = threading.BoundedSemaphore(AT_ONCE)
# Runs take minutes: they wait for one another, so that a look waits only for other looks.
_runs = threading.BoundedSemaphore(AT_ONCE - 1)

_LOGGED = 2_000
"""How many bytes of what the process complained of are logged."""

_log = logging.getLogger(__name__)

Told = Callable[[int], None]
"""Told how many rows are done. What it raises stops the work."""


def unpack(source: Path, target: Path, rows: int | None = None, told: Told | None = None) -> None:
    """Writes the sheet of a workbook as a CSV file, its first rows alone in little time. Raises FileRefused."""
    if rows is None:
        with _place_of_run(told):
            _run(["unpack", str(source), str(target)], told, SECONDS)
    else:
        if not _places.acquire(timeout=LOOK_SECONDS):
            raise FileRefused(_BUSY)
        try:
            _run(["unpack", str(source), str(target), str(rows)], told, LOOK_SECONDS)
        finally:
            _places.release()


def pack(source: Path, results: Path, target: Path, kinds: Sequence[str], told: Told | None = None) -> None:
    """Writes a workbook again with the columns of a CSV file beside its own. Raises FileRefused."""
    with _place_of_run(told):
        _run(["pack", str(source), str(results), str(target), ",".join(kinds)], told, SECONDS)


@contextmanager
def _place_of_run(told: Told | None) -> Iterator[None]:
    """Waits until a run may read or write its workbook, and for as long as nobody stops it."""
    with ExitStack() as held:
        for places in (_runs, _places):
            while not places.acquire(timeout=1):
                if told is not None:
                    told(0)
            held.callback(places.release)
        yield


def kinds_of(function: Function) -> list[str]:
    """The kinds of the result columns of a function, its problems last, as `pack` takes them."""
    return [_kind(each.type) for each in function.outputs] + ["text"]


def _kind(type_: Type) -> str:
    match type_:
        case OptionalType(of):
            return _kind(of)
        case NumberType(kind=NumberKind.PERCENTAGE):
            return "percent"
        case NumberType(unit="s"):
            return "text"
        case NumberType():
            return "number"
        case DateType():
            return "date"
        case _:
            return "text"


def _run(arguments: list[str], told: Told | None, seconds: float) -> None:
    command = [sys.executable, "-m", "runtime.tables.workbook", *arguments]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True) as process,  # noqa: S603
    ):
        assert process.stdout is not None
        words = ""
        # The process itself counts the time in which it works, but not that in which it waits for the disk.
        limit = threading.Timer(seconds, process.kill)
        limit.start()
        try:
            for line in process.stdout:
                kind, _, rest = line.rstrip("\n").partition(" ")
                if kind == "refused":
                    words = rest
                elif told is not None:
                    told(int(rest))
        except BaseException:
            process.kill()
            raise
        finally:
            limit.cancel()
        if process.wait() not in (0, REFUSED):
            complaints.seek(max(0, complaints.tell() - _LOGGED))
            _log.warning("A workbook could not be read: %s", complaints.read().decode(errors="replace"))
    if process.returncode == REFUSED:
        raise FileRefused(words)
    if process.returncode != 0:
        raise FileRefused(_TOO_LARGE)
