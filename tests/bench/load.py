"""Many requests at once with wrk, and what they cost the server that answers them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Skipped
from tests.services import NEEDED, Missing, install

NEEDED["wrk"] = (("wrk",), ("wrk",))


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. `cpu` is microseconds of processor time that the server spent on a request."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu: float
    failed: int


def wrk() -> str:
    """The program, installed from the system's packages when missing. Raises Skipped when that is not possible."""
    if shutil.which("wrk") is None:
        try:
            install(["wrk"])
        except Missing as missing:
            raise Skipped(str(missing)) from missing
    return shutil.which("wrk") or "wrk"


def post(
    url: str,
    body: str,
    headers: dict[str, str],
    folder: Path,
    cores: str,
    pids: Sequence[int],
    seconds: int,
    connections: int,
) -> Load:
    """Posts the same body again and again over some connections for some seconds, from other cores."""
    script = folder / "post.lua"
    lines = ['wrk.method = "POST"', f"wrk.body = [[{body}]]"]
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    script.write_text("\n".join(lines), encoding="utf-8")
    command = [
        "taskset",
        "-c",
        cores,
        wrk(),
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(script),
        url,
    ]
    before = _processor_seconds(pids)
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = _processor_seconds(pids) - before
    requests = int(_found(r"(\d+) requests in", text))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", text)),
        p50_ms=_milliseconds(_found(r"(?m)^\s+50%\s+(\S+)$", text)),
        p99_ms=_milliseconds(_found(r"(?m)^\s+99%\s+(\S+)$", text)),
        cpu=spent / requests * 1e6,
        failed=int(wrong[1]) if wrong else 0,
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def _processor_seconds(pids: Sequence[int]) -> float:
    """User and system time of the processes so far, with all their threads."""
    ticks = os.sysconf("SC_CLK_TCK")
    stats = [Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in pids]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / ticks
