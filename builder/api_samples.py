"""How to call a function from a terminal, from Python and from JavaScript: text to copy."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

PLACEHOLDER = "ps_YOUR_KEY"


@dataclass(frozen=True, slots=True)
class Sample:
    """One way to call: `id` for the page, the name of the language, and its text."""

    id: str
    language: str
    text: str


def run_path(project_id: str, slug: str) -> str:
    """The address, below the root of the site, at which a function runs."""
    return f"/api/v1/projects/{project_id}/functions/{quote(slug)}/run"


def samples(url: str, data: dict[str, Any]) -> tuple[Sample, ...]:
    """The same request in each language."""
    short = json.dumps(data, ensure_ascii=False)
    long = json.dumps(data, ensure_ascii=False, indent=2)
    return (
        Sample(
            "curl",
            "Terminal (curl)",
            f"curl {shlex.quote(url)} \\\n"
            f"  -H {shlex.quote(f'Authorization: Bearer {PLACEHOLDER}')} \\\n"
            "  -H 'Content-Type: application/json' \\\n"
            f"  -d {shlex.quote(short)}",
        ),
        Sample(
            "python",
            "Python",
            "import json\n"
            "import urllib.request\n\n"
            "request = urllib.request.Request(\n"
            f"    {url!r},\n"
            f"    data=json.dumps({data!r}).encode(),\n"
            f'    headers={{"Authorization": "Bearer {PLACEHOLDER}", "Content-Type": "application/json"}},\n'
            ")\n"
            "with urllib.request.urlopen(request) as answer:\n"
            '    print(json.load(answer)["outputs"])',
        ),
        Sample(
            "javascript",
            "JavaScript",
            f"const answer = await fetch({json.dumps(url)}, {{\n"
            '  method: "POST",\n'
            f'  headers: {{ Authorization: "Bearer {PLACEHOLDER}", "Content-Type": "application/json" }},\n'
            f"  body: JSON.stringify({long.replace(chr(10), chr(10) + '  ')}),\n"
            "});\n"
            "const { outputs, error } = await answer.json();\n"
            "console.log(outputs ?? error.message);",
        ),
    )


def client_sample(token_url: str) -> str:
    """How an OAuth2 client gets an access token, in a terminal."""
    return (
        f"curl {shlex.quote(token_url)} \\\n"
        "  -u CLIENT_ID:CLIENT_SECRET \\\n"
        "  -d grant_type=client_credentials -d scope=run"
    )
