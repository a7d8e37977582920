"""The function that the measurements run, and the engine that runs it."""

from __future__ import annotations

import datetime
from pathlib import Path

from compiler import Source, read
from compiler.plan import Function, Plan
from compiler.run import Clock
from runtime.engine import Engine, Program

TEXT = (Path(__file__).parent.parent / "builder" / "quantity_discount.plain").read_text(encoding="utf-8")
NAME = "Quantity discount"
CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))


def plan() -> Plan:
    """The plan of Quantity discount, read from its page."""
    return read([Source("quantity_discount.plain", TEXT)]).plan


def ready() -> tuple[Function, Program]:
    """The function and its program."""
    found = plan()
    return found.functions[NAME], Engine(cache_directory=None).load(found)
