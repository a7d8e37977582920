"""How many bytes of scripts the editor page loads, as they travel (gzipped)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.bench.figures import Figure

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
ENTRIES = ("static/src/app.ts", "static/src/editor.ts")
LIMIT = 350 * 1024


def measure() -> list[Figure]:
    """All files that the two entries of the editor page lead to."""
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    waiting, files = list(ENTRIES), set()
    while waiting:
        entry = manifest[waiting.pop()]
        if entry["file"] not in files:
            files.add(entry["file"])
            waiting += [*entry.get("imports", ()), *entry.get("dynamicImports", ())]
    size = sum(len(gzip.compress((DIST / file).read_bytes(), 9)) for file in files if file.endswith(".js"))
    return [
        Figure(
            "scripts of the editor page, gzipped",
            f"{size / 1024:.0f} KB",
            "≤ 350 KB",
            size <= LIMIT,
            f"{len(files)} files",
        )
    ]
