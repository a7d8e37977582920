"""The server as `make run` starts it."""

import re
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from tests.server import ROOT, RunningServer

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024


def headers_of(url: str) -> Message:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers


def resident_memory(pid: int) -> int:
    """Bytes of physical memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


def test_the_idle_server_is_small(server: RunningServer) -> None:
    urllib.request.urlopen(server.url + "/accounts/login/", timeout=10).close()
    assert resident_memory(server.process.pid) <= 250 * MEGABYTE


def test_built_files_are_compressed_and_kept_for_good(server: RunningServer) -> None:
    built = next((ROOT / "static" / "dist" / "assets").glob("app-*.css"))
    headers = headers_of(f"{server.url}/static/assets/{built.name}")
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]


def test_sources_of_scripts_are_not_served(server: RunningServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(server.url + "/static/src/app.ts", timeout=10)


def test_every_page_carries_the_security_headers(server: RunningServer) -> None:
    headers = headers_of(server.url + "/accounts/login/")
    assert "script-src 'self';" in headers["Content-Security-Policy"] + ";"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_taken_port_is_said_in_plain_words(server: RunningServer) -> None:
    command = [sys.executable, "-m", "config.serve", "--host", "127.0.0.1", "--port", str(server.port)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert second.returncode == 1
    assert f"Cannot serve on port {server.port}" in second.stderr
    assert "make run PORT=" in second.stderr
    assert "Traceback" not in second.stderr
