"""Many inputs in several processes: which are tried, what is kept of those that fail."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from compiler import ReadingCache
from tests.fuzz.laws import Broken, broken_law
from tests.fuzz.minimising import minimised
from tests.fuzz.mutations import mutated

CHUNK = 100
"""Inputs that a process tries before it reports."""

_THOROUGH = 10
_MAXIMUM_REPORTED = 50


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that breaks a law: its number in the sequence of its seed, and its text."""

    seed: int
    number: int
    broken: Broken
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What was tried so far: inputs, and the first failure of each cause."""

    tried: int
    failures: tuple[Failure, ...]


def input_of(seed: int, number: int) -> str:
    """An input: the same seed and number always give the same text."""
    return mutated(Random(f"{seed}:{number}"))


def is_thorough(number: int) -> bool:
    """Whether the costly laws are tried too: for one input in ten."""
    return number % _THOROUGH == 0


@cache
def _reading_cache() -> ReadingCache:
    return ReadingCache()


def try_range(seed: int, first: int, count: int) -> list[Failure]:
    """Tries some inputs one after the other in this process."""
    failures = []
    for number in range(first, first + count):
        text = input_of(seed, number)
        broken = broken_law(text, _reading_cache(), thorough=is_thorough(number))
        if broken is not None and broken.law in ("slow", "hangs"):
            # The first input of a process also loads things, and the machine may be busy: it counts when it happens again.
            broken = broken_law(text, thorough=is_thorough(number))
        if broken is not None:
            failures.append(Failure(seed, number, broken, text))
    return failures


def campaign(seed: int, count: int, processes: int, seconds: float | None = None) -> Iterator[Progress]:
    """Tries `count` inputs, or as many as `seconds` allow, and tells after each chunk."""
    deadline = None if seconds is None else time.monotonic() + seconds
    chunks = iter([(first, min(CHUNK, count - first)) for first in range(0, count, CHUNK)])
    tried, first_of_cause = 0, dict[str, Failure]()
    with ProcessPoolExecutor(processes) as pool:
        waiting = {pool.submit(try_range, seed, *chunk): chunk for chunk in islice(chunks, 2 * processes)}
        while waiting:
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                tried += waiting.pop(done)[1]
                for failure in done.result():
                    first_of_cause.setdefault(failure.broken.law, failure)
                late = deadline is not None and time.monotonic() > deadline
                if not late and len(first_of_cause) < _MAXIMUM_REPORTED and (chunk := next(chunks, None)) is not None:
                    waiting[pool.submit(try_range, seed, *chunk)] = chunk
            yield Progress(tried, tuple(first_of_cause.values()))


def smallest(failure: Failure, seconds: float = 30.0) -> str:
    """The input of a failure made small."""

    def fails(text: str) -> bool:
        broken = broken_law(text, thorough=is_thorough(failure.number))
        return broken is not None and broken.law == failure.broken.law

    return minimised(failure.text, fails, seconds) if fails(failure.text) else failure.text


def keep(failure: Failure, folder: Path) -> Path:
    """Writes the input of a failure, made small, to a folder, and beside it what went wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    text = smallest(failure)
    name = hashlib.sha256(failure.broken.law.encode()).hexdigest()[:10]
    path = folder / f"{name}.plain"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    broken = broken_law(text, thorough=is_thorough(failure.number)) or failure.broken
    again = f"python -m tests.fuzz --seed {failure.seed} --only {failure.number}"
    words = f"{broken.law}\n{again}\n\n{text!r}\n\n{broken.detail}\n"
    path.with_suffix(".txt").write_bytes(words.encode("utf-8", "surrogatepass"))
    return path
