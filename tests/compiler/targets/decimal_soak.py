"""Compares the decimals of the WebAssembly runtime with Python's for as long as one likes.

python -m tests.compiler.targets.decimal_soak [millions of operands of each operation]
"""

from __future__ import annotations

import sys
import time

from tests.compiler.targets.decimal_batch import OPERATIONS, DecimalBatch, differences
from tests.compiler.targets.decimal_operands import operands

ROUND = 100_000


def main() -> int:
    """Prints what differs; 1 if anything did."""
    rounds = int(float(sys.argv[1] if len(sys.argv) > 1 else "1") * 1_000_000 / ROUND)
    batch = DecimalBatch(ROUND)
    wrong = 0
    for seed in range(1000, 1000 + rounds):
        for operation in OPERATIONS:
            rows = operands(operation, ROUND, seed)
            started = time.perf_counter()
            done = batch.run(operation, rows)
            nanoseconds = (time.perf_counter() - started) / ROUND * 1e9
            found = differences(operation, rows, done)
            wrong += len(found)
            print(f"{operation:14} {ROUND} operands, {nanoseconds:4.0f} ns each, {len(found)} differences")
            print("\n".join(found[:10]), end="\n" if found else "")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
