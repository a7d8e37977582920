"""Making a failing input small: taking away lines, then tokens, then characters, as long as the same law is broken."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

_SPLITS: tuple[Callable[[str], list[str]], ...] = (
    lambda text: text.splitlines(keepends=True),
    lambda text: re.findall(r"\s*\w+|\s*[^\w\s]|\s+", text),
    list,
)


def minimised(text: str, fails: Callable[[str], bool], seconds: float = 30.0) -> str:
    """A text as small as could be found in some time for which `fails` is still true, as it is for `text`."""
    deadline = time.monotonic() + seconds
    before = None
    while before != text and time.monotonic() < deadline:
        before = text
        for split in _SPLITS:
            text = "".join(_fewer(split(text), lambda parts: fails("".join(parts)), deadline))
    return text


def _fewer(parts: Sequence[str], fails: Callable[[Sequence[str]], bool], deadline: float) -> Sequence[str]:
    """Takes away runs of parts, long ones first."""
    size = len(parts) // 2
    while size >= 1:
        at = 0
        while at < len(parts):
            if time.monotonic() > deadline:
                return parts
            fewer = [*parts[:at], *parts[at + size :]]
            if fails(fewer):
                parts = fewer
            else:
                at += size
        size //= 2
    return parts
