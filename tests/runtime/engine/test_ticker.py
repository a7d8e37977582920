"""The clock of deadlines, also in processes that were forked off."""

from __future__ import annotations

import multiprocessing
import threading

from compiler.plan import Fault
from compiler.run import Outcome
from runtime.engine import Engine, Program
from runtime.engine import program as program_module
from runtime.engine.ticker import TICK, ticks
from tests.runtime.engine.test_single_runs import CLOCK, slow


def test_ticks_last_at_least_as_long_as_asked():
    assert ticks(0) == 1
    assert all(ticks(seconds) * TICK >= seconds for seconds in (0.001, 0.01, 0.05, 5.0))


def test_one_thread_serves_all_engines():
    for _ in range(3):
        Engine().load(slow(1))
    assert [thread.name for thread in threading.enumerate()].count("engine clock") == 1


def run_slowly(program: Program) -> Outcome:
    program_module.RUN_SECONDS = 0.05
    return program.run("Slow", {"items": tuple(range(50_000))}, CLOCK)


def test_deadlines_hold_after_a_fork():
    program = Engine().load(slow(1000))
    answers: multiprocessing.SimpleQueue[Outcome] = multiprocessing.get_context("fork").SimpleQueue()
    child = multiprocessing.get_context("fork").Process(target=lambda: answers.put(run_slowly(program)))
    child.start()
    child.join(30)
    assert child.exitcode == 0
    outcome = answers.get()
    assert outcome.stopped is not None
    assert outcome.stopped.fault is Fault.TIME
