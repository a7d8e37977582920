"""The decimals of the WebAssembly runtime are those of Python's `decimal`, digit for digit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.compiler.targets.decimal_batch import OPERATIONS, ROW, DecimalBatch, differences
from tests.compiler.targets.decimal_operands import EDGES, exists, operands


@pytest.fixture(scope="module")
def batch() -> DecimalBatch:
    return DecimalBatch()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_random_operands(batch: DecimalBatch, operation: str):
    rows = operands(operation, 40_000, seed=OPERATIONS.index(operation))
    assert differences(operation, rows, batch.run(operation, rows))[:10] == []


@pytest.mark.parametrize("operation", ["add", "subtract", "multiply", "divide", "remainder", "compare"])
def test_operands_at_the_edges(batch: DecimalBatch, operation: str):
    exponents = (-400, -383, -18, -1, 0, 1, 17, 18, 19, 20, 36, 37, 38, 366, 367, 384)
    edges = [edge for edge in EDGES if edge < 10**18]
    pairs = [
        (c1, sign * c2, 0, e1, e2, 0, 0)
        for (c1, e1), (c2, e2), sign in itertools.product(
            itertools.product(edges, (0, 18)), itertools.product(edges, exponents), (1, -1)
        )
        if exists(c1, e1) and exists(c2, e2)
    ]
    rows = np.array(pairs, ROW)
    assert len(rows) > 20_000
    assert differences(operation, rows, batch.run(operation, rows))[:10] == []
