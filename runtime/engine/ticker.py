"""The clock of deadlines: one daemon thread per process that moves the epoch of every engine on.

Wasmtime checks the epoch in every loop of compiled code, so a run is stopped within a tick of its deadline. Signals
cannot do that: they wait until the call into the module has returned.
"""

from __future__ import annotations

import os
import threading
import time
import weakref

import wasmtime

TICK = 0.01
"""Seconds between ticks."""

_engines: weakref.WeakSet[wasmtime.Engine] = weakref.WeakSet()
_lock = threading.Lock()
_ticking = False


def ticks(seconds: float) -> int:
    """How many ticks last at least so long."""
    return max(1, int(seconds / TICK) + 1)


def watch(engine: wasmtime.Engine) -> None:
    """Has the epoch of an engine moved on from now on."""
    with _lock:
        _engines.add(engine)
        _start()


def _start() -> None:
    global _ticking
    if not _ticking:
        _ticking = True
        threading.Thread(target=_tick, name="engine clock", daemon=True).start()


def _forked() -> None:
    """Threads do not survive a fork, and the lock may have been held by one."""
    global _lock, _ticking
    _lock = threading.Lock()
    _ticking = False
    if _engines:
        _start()


os.register_at_fork(after_in_child=_forked)


def _tick() -> None:
    while True:
        time.sleep(TICK)
        with _lock:
            engines = list(_engines)
        for engine in engines:
            engine.increment_epoch()
