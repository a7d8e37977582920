"""Answering brief requests to run a function as soon as they are read, without a task and an ASGI cycle for each.

uvicorn's own protocol does everything else, and this too whenever the answer is not at hand: `RunEndpoint.answer_now` gives
None, and the request goes the usual way as if nothing had happened. See docs/decisions on what this gains.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

Headers = list[tuple[bytes, bytes]]

LARGEST_HELD = 16 * 1024
"""Bodies of more bytes go the usual way."""


class AnswersNow(Protocol):
    """Answers what can be answered without waiting."""

    def answer_now(self, url: bytes, headers: Headers, body: bytes) -> tuple[int, Headers, bytes] | None:
        """Status, headers and body of the answer to a POST; None when it has to wait, or is not for us."""
        ...


class RunProtocol(HttpToolsProtocol):
    """HTTP for uvicorn (`http=RunProtocol`). Without an endpoint it is uvicorn's own."""

    endpoint: ClassVar[AnswersNow | None] = None
    """What answers; set by the application that is served."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: bytes | None = None
        self._quiet_since = 0.0
        self._watch: asyncio.TimerHandle | None = None

    def on_headers_complete(self) -> None:
        """All headers are read: hold a request that may be answered at once until its body is there."""
        if (
            self.url.endswith(b"/run")
            and self.url.startswith(b"/api/")
            and self.endpoint is not None
            and not self.expect_100_continue
            and self.limit_concurrency is None
            and (self.cycle is None or self.cycle.response_complete)
            and self.parser.get_method() == b"POST"
            and self.parser.get_http_version() == "1.1"
        ):
            self._held = b""
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body is read."""
        if self._held is None:
            super().on_body(body)
            return
        self._held += body
        if len(self._held) > LARGEST_HELD:
            self._let_go()

    def on_message_complete(self) -> None:
        """All of the request is read."""
        if self._held is not None:
            assert self.endpoint is not None
            answer = self.endpoint.answer_now(self.url, self.headers, self._held)
            if answer is not None:
                self._held = None
                self._write(*answer)
                return
            self._let_go()
        super().on_message_complete()

    def _let_go(self) -> None:
        """Sends a held request the usual way, as far as it is read."""
        held, self._held = self._held or b"", None
        super().on_headers_complete()
        if held:
            super().on_body(held)

    def _write(self, status: int, headers: Headers, body: bytes) -> None:
        keep_alive = self.parser.should_keep_alive()
        lines = [b"%b: %b\r\n" % pair for pair in (*self.server_state.default_headers, *headers)]
        if not keep_alive:
            lines.append(b"connection: close\r\n")
        self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], b"".join(lines), body))
        self.server_state.total_requests += 1
        if not keep_alive:
            self.transport.close()
            return
        self._quiet_since = self.loop.time()
        if self._watch is None:
            self._watch = self.loop.call_later(self.timeout_keep_alive, self._close_when_quiet)

    def _close_when_quiet(self) -> None:
        """Ends a connection on which nothing came for the time that connections are kept.

        One timer looks again and again, since setting one for each request costs more than running a function.
        """
        self._watch = None
        if self.transport.is_closing():
            return
        busy = self._held is not None or (self.cycle is not None and not self.cycle.response_complete)
        left = self.timeout_keep_alive if busy else self._quiet_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._watch = self.loop.call_later(left, self._close_when_quiet)
        else:
            self.transport.close()

    def on_response_complete(self) -> None:
        """An answer that went the usual way is written."""
        self._quiet_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        super().connection_lost(exc)
