"""What is too large to send is refused before Django keeps it on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from config.asgi import pages
from config.body_limit import LARGEST_BODY, LARGEST_UPLOAD, MEGABYTE, largest_body, limit_bodies

UPLOAD = "/p/abcdefghijkl/functions/größe/spreadsheet"


def post(path: str, parts: Iterable[bytes], **headers: str) -> tuple[int, str, int]:
    """Sends a body in parts: the status, the answer, and how many bytes were taken."""
    sent: list[dict[str, Any]] = []
    taken, is_over = 0, False
    coming: Iterator[bytes] = iter(parts)

    async def receive() -> dict[str, Any]:
        nonlocal taken, is_over
        if is_over:
            await asyncio.Event().wait()
        part = next(coming, b"")
        is_over = not part
        taken += len(part)
        return {"type": "http.request", "body": part, "more_body": bool(part)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(limit_bodies(pages)(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode(), taken


@pytest.mark.parametrize("length", [str(LARGEST_BODY + 1), "9" * 5000])
def test_an_announced_length_is_refused_before_anything_is_read(length: str) -> None:
    status, answer, taken = post("/accounts/login/", [b"x"], content_length=length)
    assert (status, taken) == (413, 0)
    assert "at most 6 MB" in answer


def test_what_is_not_announced_is_counted_as_it_comes() -> None:
    status, answer, taken = post("/accounts/login/", (b"x" * MEGABYTE for _ in range(100)))
    assert status == 413
    assert "at most 6 MB" in answer
    assert taken == 7 * MEGABYTE


def test_scripts_are_answered_in_words_they_can_show() -> None:
    _, answer, _ = post("/p/a/pages/b/save", [b"x"], content_length="99999999", accept="application/json")
    assert answer.startswith('{"words": "This page takes at most 6 MB')


def test_only_the_upload_of_a_spreadsheet_may_send_more() -> None:
    assert largest_body(UPLOAD) == LARGEST_UPLOAD
    for other in (f"{UPLOAD}/abcdefghijkl/columns", f"/x{UPLOAD}", "/spreadsheet", "/"):
        assert largest_body(other) == LARGEST_BODY


def test_the_limit_is_for_the_address_that_uploads() -> None:
    assert largest_body(reverse("function_spreadsheet", args=["abcdefghjkmn", "größe"])) == LARGEST_UPLOAD


@pytest.mark.django_db(transaction=True)
def test_what_is_not_too_large_goes_on() -> None:
    status, _, taken = post("/accounts/login/", [b"x" * MEGABYTE] * 5, host="localhost")
    assert (status, taken) == (403, 5 * MEGABYTE)
