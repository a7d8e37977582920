"""From a function in the database to a program that runs: one engine per process, builds cached by their hash."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from builder.models import Build, LiveFunction
from compiler import Source, read
from compiler.plan import Function, Plan
from runtime.engine import Engine, Program

BUILDS_KEPT = 128
"""How many builds a process keeps ready to run. The engine has a cache on disk besides."""


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process. It may be used from any thread."""
    return Engine(cache_directory=Path(settings.ENGINE_CACHE))


@lru_cache(maxsize=BUILDS_KEPT)
def _ready(build: Build) -> tuple[Plan, Program]:
    """The plan of a build and the program made of it; a build never changes, so neither do they.

    Rows compare by their key, which is the hash of the sources. It takes the row and not the hash, because a save may
    drop the build from the database while somebody is about to run it.
    """
    # Without the cache of `builder.reading`: a build is read once, and its texts are not those being edited.
    plan = read([Source(name=name, text=text) for name, text in build.sources]).plan
    return plan, engine().load(plan)


def plan_for(function: LiveFunction) -> Plan:
    """The whole plan of the build that a function runs from (what explaining needs)."""
    return _ready(function.build)[0]


def program_for(function: LiveFunction) -> tuple[Function, Program]:
    """The typed function and the program that runs it, by `program.run(function.name, …)`."""
    plan, program = _ready(function.build)
    return plan.functions[function.name], program
