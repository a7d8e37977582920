"""Measures everything, or the parts that are named, and prints one table:

    python -m tests.bench [checking columns csv keystrokes api memory scripts]

It leaves with 1 only when something could not be measured that should have been, not when a target was missed: that
depends on the machine, and the table says it.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable

from tests.bench import api, checking, columns, csv_files, keystrokes, memory, scripts
from tests.bench.figures import Figure, Skipped, table

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "checking": checking.measure,
    "columns": columns.measure,
    "csv": csv_files.measure,
    "keystrokes": keystrokes.measure,
    "api": api.measure,
    "memory": memory.measure,
    "scripts": scripts.measure,
}


def main(names: list[str]) -> int:
    """See the module."""
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    busy = os.getloadavg()[0]
    figures: list[Figure] = []
    broken = False
    for name in names or PARTS:
        print(f"measuring {name} …", flush=True)
        started = time.monotonic()
        try:
            figures += PARTS[name]()
        except Skipped as skipped:
            figures.append(Figure(name, "not measured", beside=skipped.why))
        except Exception:  # noqa: BLE001 - the other parts are still worth measuring
            traceback.print_exc()
            figures.append(Figure(name, "failed"))
            broken = True
        print(f"  {time.monotonic() - started:.0f} s", flush=True)
    print(f"\n{table(figures)}\n")
    print(f"{os.cpu_count()} cores; load before it began: {busy:.1f}", end="")
    print(" (other programs were running, so the figures are too low)" if busy > 0.5 else "")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
