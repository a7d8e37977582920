"""Requests over a real connection: those answered at once and those that go the usual way look alike from outside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import uvicorn

from runtime.api.protocol import LARGEST_HELD, RunProtocol
from tests.services import free_port

PATH = "/api/v1/projects/p/functions/f/run"


class Echo:
    """Answers at once unless the body says "later"; anything else is answered by the application."""

    def __init__(self) -> None:
        self.at_once = 0

    def answer_now(
        self, url: bytes, headers: list[tuple[bytes, bytes]], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
        if b"later" in body:
            return None
        self.at_once += 1
        answer = b"now " + body
        return 200, [(b"content-length", b"%d" % len(answer))], answer

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message: Mapping[str, Any] = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        answer = b"asgi " + body
        headers = [(b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


@pytest.fixture
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Echo, int]]:
    echo, port = Echo(), free_port()
    monkeypatch.setattr(RunProtocol, "endpoint", echo)
    config = uvicorn.Config(echo, port=port, http=RunProtocol, lifespan="off", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield echo, port
    server.should_exit = True
    await task


class Connection:
    """One connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def post(self, body: bytes, path: str = PATH, *more: str, length: bool = True) -> None:
        head = [f"POST {path} HTTP/1.1", "Host: x", *more]
        if length:
            head.append(f"Content-Length: {len(body)}")
        self.writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    async def answer(self) -> tuple[str, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        size = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        return head, await self.reader.readexactly(size)


async def connect(port: int) -> Connection:
    return Connection(*await asyncio.open_connection("127.0.0.1", port))


async def test_many_requests_over_one_connection(served: tuple[Echo, int]) -> None:
    echo, port = served
    connection = await connect(port)
    for body, answer in ((b"1", b"now 1"), (b"later", b"asgi later"), (b"2", b"now 2"), (b"later 3", b"asgi later 3")):
        connection.post(body)
        head, said = await connection.answer()
        assert said == answer
        assert head.startswith("HTTP/1.1 200 OK\r\n")
        assert "date: " in head
    assert echo.at_once == 2


async def test_pipelined_requests_are_answered_in_order(served: tuple[Echo, int]) -> None:
    connection = await connect(served[1])
    bodies = [b"1", b"later 2", b"3", b"later 4", b"5"]
    for body in bodies:
        connection.post(body)
    said = [(await connection.answer())[1] for _ in bodies]
    assert [each.split(b" ", 1)[1] for each in said] == bodies


async def test_a_body_in_pieces_and_in_chunks(served: tuple[Echo, int]) -> None:
    connection = await connect(served[1])
    connection.post(b"", PATH, "Content-Length: 4", length=False)
    for piece in (b"a", b"bc", b"d"):
        connection.writer.write(piece)
        await connection.writer.drain()
        await asyncio.sleep(0.01)
    assert (await connection.answer())[1] == b"now abcd"
    connection.post(b"3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", PATH, "Transfer-Encoding: chunked", length=False)
    assert (await connection.answer())[1] == b"now abcd"


async def test_a_long_body_goes_the_usual_way_and_loses_nothing(served: tuple[Echo, int]) -> None:
    echo, port = served
    connection = await connect(port)
    body = json.dumps(list(range(LARGEST_HELD))).encode()
    connection.post(body)
    assert (await connection.answer())[1] == b"asgi " + body
    assert echo.at_once == 0


async def test_other_addresses_and_methods_go_the_usual_way(served: tuple[Echo, int]) -> None:
    connection = await connect(served[1])
    connection.post(b"1", "/elsewhere/run")
    assert (await connection.answer())[1] == b"asgi 1"
    connection.writer.write(f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1".encode())
    assert (await connection.answer())[1] == b"asgi 1"


async def test_a_connection_that_shall_close_is_closed(served: tuple[Echo, int]) -> None:
    connection = await connect(served[1])
    connection.post(b"1", PATH, "Connection: close")
    head, said = await connection.answer()
    assert said == b"now 1"
    assert "connection: close" in head
    assert await connection.reader.read() == b""


async def test_a_quiet_connection_is_ended_and_a_busy_one_is_kept(
    served: tuple[Echo, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = RunProtocol.__init__

    def impatient(self: RunProtocol, *arguments: Any, **options: Any) -> None:
        start(self, *arguments, **options)
        self.timeout_keep_alive = 0.3

    monkeypatch.setattr(RunProtocol, "__init__", impatient)
    connection = await connect(served[1])
    for body in (b"1", b"later", b"2", b"3", b"later", b"later"):
        connection.post(body)
        assert (await connection.answer())[1].endswith(body)
        await asyncio.sleep(0.15)
    assert await asyncio.wait_for(connection.reader.read(), 2) == b""


async def test_who_waits_to_be_told_to_go_on_is_told(served: tuple[Echo, int]) -> None:
    connection = await connect(served[1])
    connection.post(b"", PATH, "Expect: 100-continue", "Content-Length: 1", length=False)
    assert b"100 Continue" in await connection.reader.readuntil(b"\r\n\r\n")
    connection.writer.write(b"1")
    assert (await connection.answer())[1] == b"asgi 1"
