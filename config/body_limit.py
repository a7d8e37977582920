"""How much a request to a web page may send. Django keeps a whole body on disk before any view sees the request, so what
is too large is refused in front of it: by the length that a request announces, and by counting what then comes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MEGABYTE = 1024 * 1024
LARGEST_BODY = 6 * MEGABYTE
LARGEST_UPLOAD = 55 * MEGABYTE
"""A spreadsheet of the largest size, and what a form puts around a file."""

_UPLOAD = re.compile(r"/p/[^/]+/functions/[^/]+/spreadsheet/?")

_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Too large · Plainspark</title>
    <link rel="stylesheet" href="/static/error.css" />
  </head>
  <body>
    <main>
      <h1>That is too much to send at once</h1>
      <p>{words}</p>
      <p><a href="/">To the start</a></p>
    </main>
  </body>
</html>
"""


def largest_body(path: str) -> int:
    """How many bytes may be sent to an address."""
    return LARGEST_UPLOAD if _UPLOAD.fullmatch(path) else LARGEST_BODY


def limit_bodies(application: Application) -> Application:
    """The application, with 413 for requests that send more than their address takes."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        limit = largest_body(scope["path"])
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"")
        if announced.isdigit() and (len(announced) > 15 or int(announced) > limit):
            await _refuse(send, limit, headers)
            return
        received, is_refused, is_answered = 0, False, False

        async def counted() -> Message:
            nonlocal received, is_refused
            if is_refused:
                return {"type": "http.disconnect"}
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                # To Django it looks as if the browser had gone: it throws away what it kept and answers nothing.
                is_refused = True
                return {"type": "http.disconnect"}
            return message

        async def noticed(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await application(scope, counted, noticed)
        if is_refused and not is_answered:
            await _refuse(send, limit, headers)

    return limited


async def _refuse(send: Send, limit: int, headers: dict[bytes, bytes]) -> None:
    words = f"This page takes at most {limit // MEGABYTE} MB at a time. Please send less, for example in parts."
    if b"application/json" in headers.get(b"accept", b""):
        kind, body = b"application/json", json.dumps({"words": words, "error": words}).encode()
    else:
        kind, body = b"text/html; charset=utf-8", _PAGE.format(words=words).encode()
    about = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; style-src 'self'; frame-ancestors 'self'"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": about})
    await send({"type": "http.response.body", "body": body})
