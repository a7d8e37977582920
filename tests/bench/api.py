"""Requests per second of the API, beside the same function as a flow of Node-RED: one core each, the load from another.

Both answer the same JSON body. Ours looks up an API key and the newest build in the database for every request, counts it
against the key's rate limit and calculates exactly; the flow does none of these. Rounds alternate, so that what else the
machine does meets both, and the middle round counts.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import node_red
from tests.bench.figures import Figure, Skipped
from tests.bench.load import Load, post, wrk
from tests.bench.shop import TEXT
from tests.server import serve

BODY = '{"price": 20, "quantity": 10}'
ROUNDS = 7
SECONDS = 4
CONNECTIONS = 16

_SETUP = """
from builder.models import LiveFunction, User
from builder.services.api_keys import create_key
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace
user = User.objects.create_user("bench@example.com", "a good long password", name="Bench")
project = create_project(user, create_workspace(user, "Bench"), "Bench")
add_page_with_text(user, project, {text!r}, "Quantity discount")
slug = LiveFunction.objects.get(project=project).slug
print(f"/api/v1/projects/{{project.public_id}}/functions/{{slug}}/run", create_key(user, project, "Bench")[1])
"""

_PLENTY = {"PLAINSPARK_API_RATE": "1000000", "PLAINSPARK_API_BURST": "1000000"}
"""The limit is on, and counted, but so high that it is not met."""


def measure() -> list[Figure]:
    """Requests per second, latency, and processor time of each request, on both sides."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise Skipped("it takes two cores: one for the server, one for the load")
    wrk()
    node_red.install()
    serving, loading = str(cores[0]), str(cores[1])
    ours: list[Load] = []
    theirs: list[Load] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        for part in ("flow", "data"):
            (folder / part).mkdir()
        flow, flow_pid = stack.enter_context(node_red.running(folder / "flow", serving))
        url, key, pid = stack.enter_context(_server(folder / "data", cores[0]))
        plain = {"Content-Type": "application/json"}
        for number in range(ROUNDS + 1):
            seconds = SECONDS if number else 2
            mine = post(
                url, BODY, {**plain, "Authorization": f"Bearer {key}"}, folder, loading, [pid], seconds, CONNECTIONS
            )
            other = post(flow, BODY, plain, folder, loading, [flow_pid], seconds, CONNECTIONS)
            assert mine.failed == other.failed == 0, (mine, other)
            # The first round warms both up.
            if number:
                ours.append(mine)
                theirs.append(other)
    return _figures(ours, theirs)


@contextmanager
def _server(folder: Path, core: int) -> Iterator[tuple[str, str, int]]:
    """Our server on one core, with the function and a key: the address, the key, and the id of its process."""
    with ExitStack() as stack:
        before = os.sched_getaffinity(0)
        # What it starts inherits the core, every thread of it.
        os.sched_setaffinity(0, [core])
        try:
            server = stack.enter_context(serve(folder, ["--without-samples"], _PLENTY))
        finally:
            os.sched_setaffinity(0, before)
        assert server.process is not None
        path, key = server.python(_SETUP.format(text=TEXT)).split()
        yield f"http://127.0.0.1:{server.port}{path}", key, server.process.pid


def _figures(ours: list[Load], theirs: list[Load]) -> list[Figure]:
    def middle(loads: list[Load], of: str) -> float:
        return statistics.median(getattr(load, of) for load in loads)

    rate, other_rate = middle(ours, "per_second"), middle(theirs, "per_second")
    late, other_late = middle(ours, "p99_ms"), middle(theirs, "p99_ms")
    # What else runs on the machine only ever adds to it.
    cost, other_cost = min(load.cpu for load in ours), min(load.cpu for load in theirs)
    return [
        Figure(
            "API, one core, requests per second",
            f"{rate:,.0f}",
            "≥ Node-RED",
            rate >= other_rate,
            f"{rate / other_rate:.2f} × Node-RED {node_red.VERSION} ({other_rate:,.0f})",
        ),
        Figure(
            f"API, p99 at {CONNECTIONS} connections",
            f"{late:.1f} ms",
            "≤ Node-RED",
            late <= other_late,
            f"Node-RED {other_late:.1f} ms; half within {middle(ours, 'p50_ms'):.1f} and {middle(theirs, 'p50_ms'):.1f} ms",
        ),
        Figure(
            "  processor time of a request, least of the rounds",
            f"{cost:.0f} µs",
            beside=f"Node-RED {other_cost:.0f} µs, without key and limit",
        ),
    ]
