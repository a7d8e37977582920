"""How much memory the server takes when nothing happens."""

from __future__ import annotations

import re
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.bench.figures import Figure
from tests.server import serve

LIMIT = 250 * 1024
SETTLING_SECONDS = 3


def measure() -> list[Figure]:
    """The resident memory of the server's process, with its samples, after its first pages were shown."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as server:
        for path in ("/", "/help/", "/accounts/login/"):
            urllib.request.urlopen(server.url + path, timeout=20).read()
        time.sleep(SETTLING_SECONDS)
        assert server.process is not None
        size = resident(server.process.pid)
    return [Figure("memory of the idle server", f"{size / 1024:.0f} MB", "≤ 250 MB", size <= LIMIT)]


def resident(pid: int) -> int:
    """KB of a process and of those it started."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    own = re.search(r"VmRSS:\s+(\d+) kB", status)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return (int(own[1]) if own else 0) + sum(resident(int(child)) for child in children)
