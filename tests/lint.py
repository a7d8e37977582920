"""`make lint`: every checker, all of them run even when one complains."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

CHECKS: dict[str, Sequence[str]] = {
    "types": ("mypy",),
    "scripts": ("npx", "--no-install", "eslint", "static/src"),
    "scripts' types": ("npx", "--no-install", "tsc", "--noEmit"),
    "styles": ("npx", "--no-install", "stylelint", "static/src/**/*.css", "--allow-empty-input"),
    "scripts' and styles' layout": ("npx", "--no-install", "prettier", "--check", "--log-level=warn", "static/src"),
    "style": ("ruff", "check", "--quiet", "--output-format=concise", "."),
    "layout": ("ruff", "format", "--check", "--quiet", "--output-format=concise", "."),
    "templates": ("djlint", "templates", "--lint"),
    "Django": ("python", "manage.py", "check", "--fail-level", "WARNING"),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
}


def check(name: str) -> tuple[str, bool, str, float]:
    """Run one checker: its name, whether it is content, what it said, and how long it took in seconds."""
    start = time.monotonic()
    done = subprocess.run(CHECKS[name], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return name, done.returncode == 0, (done.stdout + done.stderr).strip(), time.monotonic() - start


def main() -> int:
    """Print what each checker says; 1 when one complains."""
    content = True
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for name, good, words, seconds in pool.map(check, CHECKS):
            print(f"{'ok ' if good else 'BAD'} {name} ({seconds:.1f} s)", flush=True)
            if not good:
                print(words, flush=True)
            content &= good
    return 0 if content else 1


if __name__ == "__main__":
    sys.exit(main())
