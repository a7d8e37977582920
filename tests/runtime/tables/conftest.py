"""The shop's functions, compiled and ready to run."""

from __future__ import annotations

import datetime

import pytest

from compiler.run import Clock
from runtime.engine import Engine, Program
from tests.compiler.plans import shop_plan

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))


@pytest.fixture(scope="session")
def shop() -> Program:
    return Engine(cache_directory=None).load(shop_plan())
