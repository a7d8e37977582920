"""The law of the WebAssembly target: whatever the plan, a module does what the interpreter does."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from runtime.engine import Engine
from tests.compiler.generators import Case, cases
from tests.compiler.targets.agreement import comparable, outcomes

EXAMPLES = int(os.environ.get("AGREEMENT_EXAMPLES", "150"))
"""More for a long run: AGREEMENT_EXAMPLES=20000 pytest tests/compiler/targets/test_wasm_agreement.py"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@given(case=cases())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
def test_wasm_agrees_with_the_interpreter(engine: Engine, case: Case):
    meant, done = outcomes(engine, case)
    assert comparable(done) == comparable(meant)
