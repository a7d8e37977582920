"""`python -m tests.fuzz`: feeds the reader a million changed pages, and keeps those that break a law.

Failing inputs go to tests/fuzz_failures/, made small, each beside a file that says what went wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from random import SystemRandom

from tests.fuzz.campaign import Progress, campaign, input_of, keep
from tests.fuzz.laws import broken_law

FAILURES = Path(__file__).resolve().parent.parent / "fuzz_failures"
_EVERY = 10.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="how many inputs (a million if not said)")
    parser.add_argument("--seconds", type=float, help="stop after so many seconds")
    parser.add_argument("--seed", type=int, help="which sequence of inputs (a new one if not said)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many processes")
    parser.add_argument("--only", type=int, metavar="N", help="try only input N of the sequence, and show it")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else SystemRandom().randrange(10**6)
    if chosen.only is not None:
        return _only(seed, chosen.only)
    print(f"Seed {seed}: {chosen.count:,} inputs in {chosen.processes} processes", flush=True)
    progress = Progress(0, ())
    began = told = time.monotonic()
    for progress in campaign(seed, chosen.count, chosen.processes, chosen.seconds):
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            rate = progress.tried / (told - began)
            print(f"{progress.tried:>10,} tried, {rate:,.0f} a second, {len(progress.failures)} causes", flush=True)
    print(f"{progress.tried:,} inputs in {time.monotonic() - began:.0f} s; {len(progress.failures)} causes of failure")
    for failure in progress.failures:
        print(f"  input {failure.number}: {failure.broken.law}", flush=True)
        print(f"    {keep(failure, FAILURES)}", flush=True)
    return 1 if progress.failures else 0


def _only(seed: int, number: int) -> int:
    text = input_of(seed, number)
    print(repr(text))
    broken = broken_law(text, thorough=True)
    print("It breaks no law." if broken is None else f"{broken.law}\n{broken.detail}")
    return 0 if broken is None else 1


if __name__ == "__main__":
    sys.exit(main())
