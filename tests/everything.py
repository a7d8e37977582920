"""`make test`, inside `tests.services`: the checkers, the front end's tests, then pytest on both databases.

The first pytest run repeats what touches the database on PostgreSQL and Redis. The second is the whole suite on the
embedded default; it comes last, so that its closing line is the last line.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence


def step(title: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> bool:
    """Run one step, showing its output as it comes; whether it succeeded."""
    print(f"\n=== {title}", flush=True)
    return subprocess.run(command, env={**os.environ, **(environment or {})}, check=False).returncode == 0


def main() -> int:
    """Run every step, even after one failed; 1 when one did."""
    pytest = ("python", "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal")
    servers = {"DATABASE_URL": os.environ["TEST_DATABASE_URL"], "REDIS_URL": os.environ["TEST_REDIS_URL"]}
    results = [
        step("Style and types", ("python", "-m", "tests.lint")),
        step("The front end's tests", ("npx", "--no-install", "vitest", "run", "--silent")),
        step("On PostgreSQL and Redis", (*pytest, "-m", "django_db and not browser"), servers),
        step("The whole suite, on the embedded default", pytest),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
