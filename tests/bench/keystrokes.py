"""How long the server takes to answer a keystroke in a page of fifty sentences."""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from pathlib import Path

from tests.bench.checking import page
from tests.bench.figures import Figure, percentile
from tests.server import RunningServer, serve

KEYSTROKES = 200
LIMIT_MS = 50

_SETUP = """
import json
from django.conf import settings
from django.test import Client
from builder.models import User
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace
user = User.objects.create_user("bench@example.com", "a good long password", name="Bench")
project = create_project(user, create_workspace(user, "Bench"), "Bench")
made = add_page_with_text(user, project, {text!r}, "Offer 0")
client = Client()
client.force_login(user)
print(json.dumps([f"/p/{{project.public_id}}/pages/{{made.public_id}}/check",
    client.cookies[settings.SESSION_COOKIE_NAME].value]))
"""


def measure() -> list[Figure]:
    """A text that grows by one character each time, sent over one connection, one after the other."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as server:
        times = _type(server)
    middle, late = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    return [
        Figure(
            "answer to a keystroke in 50 sentences, p95",
            f"{late:.0f} ms",
            "≤ 50 ms",
            late <= LIMIT_MS,
            f"half of them within {middle:.0f} ms",
        )
    ]


def _type(server: RunningServer) -> list[float]:
    text = page(0)
    path, session = json.loads(server.python(_SETUP.format(text=text)))
    token = "b" * 32
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Origin": server.url,
    }
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    times = []
    typed = '\nSet the remark 0 to "' + "a longer remark " * 20
    for number in range(KEYSTROKES + 20):
        body = json.dumps({"text": text + typed[: number + 1], "sequence": number})
        started = time.perf_counter()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        times.append(time.perf_counter() - started)
        assert answer.status == 200, f"{answer.status}: {content[:300]!r}"
    # The first ones find a server that has just started.
    return times[20:]
