"""What holds for every text, good or bad. A broken law is a `Broken`; anything raised on the way breaks one too."""

from __future__ import annotations

import bisect
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from types import FrameType

from compiler import Project, ReadingCache, Source, complete, format_text, read, run_examples
from compiler.plan import Plan
from compiler.targets.wasm import compile_wasm

SLOW = 1.0
"""Seconds of processor time that all laws together may take for one input."""

_HANG = 10.0
_NAME = "page"


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that does not hold: `law` tells failures of one cause from others, `detail` is for whoever mends it."""

    law: str
    detail: str


class _Hangs(BaseException):
    """It takes far too long; not an Exception, so that nothing on the way catches it."""


def broken_law(
    text: str, cache: ReadingCache | None = None, *, thorough: bool = False, slow: float = SLOW
) -> Broken | None:
    """The first law that a text breaks, or None. `thorough` also compiles, completes, and reads without a cache."""
    began = time.process_time()
    try:
        with _time_limit(_HANG):
            broken = _first(_laws(text, cache, thorough))
    except _Hangs as hang:
        place = traceback.extract_tb(hang.__traceback__)[-1]
        return Broken("hangs", f"more than {_HANG} s, at {place.filename}:{place.lineno}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug that must be reported
        return Broken(f"raises {type(error).__name__} at {_place(error)}", traceback.format_exc(limit=-12))
    if broken is None and (took := time.process_time() - began) > slow:
        return Broken("slow", f"{took:.2f} s")
    return broken


def _first(laws: Iterator[Broken]) -> Broken | None:
    return next(laws, None)


def _place(error: Exception) -> str:
    """The innermost line of ours, without recursion making one error into many."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/compiler/" in frame.filename]
    if not frames or isinstance(error, RecursionError):
        return frames[min(len(frames) - 1, 8)].filename.rpartition("/")[2] if frames else "?"
    return f"{frames[-1].filename.rpartition('/compiler/')[2]}:{frames[-1].lineno}"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises `_Hangs` in the main thread after so much processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _laws(text: str, cache: ReadingCache | None, thorough: bool) -> Iterator[Broken]:
    source = Source(_NAME, text)
    project = read([source], cache)
    yield from _messages_are_in_the_text(project, text)
    yield from _shown_is_in_the_text(project, text)
    yield from _formatting_settles(project, text, cache)
    run_examples(project)
    if thorough:
        if cache is not None:
            yield from _cache_changes_nothing(project, source)
        random = Random(text.encode("utf-8", "surrogatepass"))
        complete([source], _NAME, random.randrange(len(text) + 1), cache)
        if project.plan.functions:
            compile_wasm(project.plan)


def _messages_are_in_the_text(project: Project, text: str) -> Iterator[Broken]:
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    places = [message.start for message in project.messages]
    if places != sorted(places):
        yield Broken("messages are in order", f"{places}")
    for message in project.messages:
        line = bisect.bisect_right(starts, message.start)
        column = message.start - starts[line - 1] + 1
        if not 0 <= message.start <= len(text) or (message.line, message.column) != (line, column):
            yield Broken("a message is where it says", f"{message}")
        if message.length < 1 or message.start + message.length > max(len(text), message.start + 1):
            yield Broken("a message ends in the text", f"{message}")
        if not message.text.strip() or "\n" in message.text.strip():
            yield Broken(f"a message is one line of words ({message.code})", f"{message}")
        for fix in message.fixes:
            if not 0 <= fix.start <= fix.end <= len(text) or not fix.label:
                yield Broken(f"a fix is in the text ({message.code})", f"{fix}")


def _shown_is_in_the_text(project: Project, text: str) -> Iterator[Broken]:
    end = 0
    for highlight in project.highlights(_NAME):
        if not end <= highlight.start < highlight.end <= len(text):
            yield Broken(f"colours lie side by side in the text ({highlight.style})", f"{highlight} after {end}")
        end = highlight.end
    lines = text.count("\n") + 1
    for reading in project.reading(_NAME):
        if not 1 <= reading.line <= lines or not reading.text.strip():
            yield Broken("a reading is of a line", f"{reading}")


def _formatting_settles(project: Project, text: str, cache: ReadingCache | None) -> Iterator[Broken]:
    once = format_text(text, project)
    formatted = read([Source(_NAME, once)], cache)
    twice = format_text(once, formatted)
    if twice != once:
        yield Broken("formatting again changes nothing", f"--- once\n{once}\n--- twice\n{twice}")
    errors, later = _errors(project), _errors(formatted)
    if not errors and later:
        yield Broken("formatting makes no mistakes", f"{later}\n--- formatted\n{once}")
    if not errors and _meaning(project.plan) != _meaning(formatted.plan):
        yield Broken("formatting keeps the meaning", f"--- formatted\n{once}")


def _errors(project: Project) -> list[str]:
    return [
        f"{message.line}: {message.code} {message.text}" for message in project.messages if message.severity == "error"
    ]


def _meaning(plan: Plan) -> object:
    return {name: replace(function, line=0) for name, function in plan.functions.items()}


def _cache_changes_nothing(project: Project, source: Source) -> Iterator[Broken]:
    afresh = read([source])
    if afresh.messages != project.messages or afresh.plan != project.plan:
        yield Broken("a cache changes nothing", f"{afresh.messages}\n--- with the cache\n{project.messages}")
