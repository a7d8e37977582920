"""The ASGI application that runs functions: POST /api/v1/projects/<project>/functions/<slug>/run.

It stands in front of the application that serves all else and lets every other request through. Who may run what
comes from a `Directory`; only the `Authorization` header says who is asking, so cookies mean nothing here.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from compiler.plan import Function
from compiler.run import Clock
from runtime.api import problems
from runtime.api.exchange import Exchange, dump, load, several
from runtime.api.limits import Allowance, Limiter, Rate
from runtime.api.many import Program, run_many
from runtime.api.problems import LARGEST_BODY, Problem, Unanswered

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger(__name__)

PREFIX, MIDDLE, SUFFIX = "/api/v1/projects/", "/functions/", "/run"

BRIEF_BODY = 16 * 1024
"""Bodies up to this many bytes are read in the thread that answers requests."""

UTC = ZoneInfo("UTC")

INPUTS_PER_TOKEN = 100
"""How many inputs of a list count as one request."""

LISTS_AT_ONCE = 2
"""How many lists of inputs of one caller are worked on at the same time."""

ATTEMPTS = Rate(per_second=0.5, burst=30)
"""How often one address may ask without a valid key."""


@dataclass(frozen=True, slots=True)
class Runnable:
    """A function that is ready to run. `brief`: it is over in no time (see `runtime.api.brevity`)."""

    function: Function
    program: Program
    exchange: Exchange
    brief: bool


@dataclass(frozen=True, slots=True)
class Access:
    """What a request may run, for whom (the name of the bucket of its rate limit), and the zone of its "today"."""

    caller: str
    runnable: Runnable | None
    zone: ZoneInfo


class Directory(Protocol):
    """Knows who may run what."""

    async def find(self, project: str, slug: str, credential: str) -> Access | Problem:
        """What this credential runs at this address; its `runnable` is None when there is no such function."""
        ...

    def find_now(self, project: str, slug: str, credential: str) -> Access | None:
        """The same without waiting; None when that is not possible, and for everything but a function that runs."""
        ...


class RunEndpoint:
    """See the module. `rate` is that of each key; `executor` runs what takes longer."""

    def __init__(
        self, others: Application, directory: Directory, limiter: Limiter, rate: Rate, executor: Executor
    ) -> None:
        self._others = others
        self._directory = directory
        self._limiter = limiter
        self._rate = rate
        self._executor = executor
        self._lists: Counter[str] = Counter()
        self._lists_lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = _address(scope)
        if address is None:
            await self._others(scope, receive, send)
            return
        allowance: Allowance | None = None
        try:
            if scope["method"] != "POST":
                raise Unanswered(problems.NOT_POST)
            access = await self._admit(scope, *address)
            allowance = await self._limiter.take(access.caller, self._rate)
            if not allowance.allowed:
                raise Unanswered(problems.too_many_requests(allowance.wait))
            if access.runnable is None:
                raise Unanswered(problems.NOT_FOUND)
            body = await _body(scope, receive)
            status, answer = 200, await self._answer(access, access.runnable, body)
        except Unanswered as refusal:
            status, answer = refusal.problem.status, dump(refusal.problem.body())
            headers = _headers(answer, allowance, refusal.problem)
        except Exception:  # noqa: BLE001 - the edge: whatever it is, somebody waits for an answer
            _log.exception("A run failed")
            status, answer = 500, dump(problems.OUR_FAULT.body())
            headers = _headers(answer, allowance, None)
        else:
            headers = _headers(answer, allowance, None)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def answer_now(
        self, url: bytes, headers: list[tuple[bytes, bytes]], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
        """The answer to a POST if it is at hand: one input, small, for a brief function. None for everything else.

        What it answers it answers as the application would. (See `runtime.api.protocol`.)
        """
        address = _split_url(url)
        credential = _credential(headers)
        if address is None or credential is None or len(body) > BRIEF_BODY or body[:1] != b"{":
            return None
        access = self._directory.find_now(*address, credential)
        if access is None or access.runnable is None or not access.runnable.brief:
            return None
        allowance = self._limiter.take_now(access.caller, self._rate)
        if allowance is None:
            return None
        try:
            answer = _run_one(access.runnable, load(body), _clock(access.zone))
        except Unanswered as refusal:
            answer = dump(refusal.problem.body())
            return refusal.problem.status, _headers(answer, allowance, refusal.problem), answer
        except Exception:  # noqa: BLE001 - the edge: whatever it is, somebody waits for an answer
            _log.exception("A run failed")
            answer = dump(problems.OUR_FAULT.body())
            return 500, _headers(answer, allowance, None), answer
        return 200, _headers(answer, allowance, None), answer

    async def _admit(self, scope: Scope, project: str, slug: str) -> Access:
        """Who is asking, and for what. Raises Unanswered; those who have no key are counted by their address."""
        credential = _credential(scope["headers"])
        found = problems.NO_CREDENTIAL if credential is None else await self._directory.find(project, slug, credential)
        if isinstance(found, Access):
            return found
        client = scope.get("client")
        attempts = await self._limiter.take(f"address:{client[0] if client else ''}", ATTEMPTS)
        raise Unanswered(found if attempts.allowed else problems.too_many_requests(attempts.wait))

    async def _answer(self, access: Access, runnable: Runnable, body: bytes) -> bytes:
        """The body of the answer. Raises Unanswered."""
        if runnable.brief and len(body) <= BRIEF_BODY:
            data = load(body)
            if not isinstance(data, list):
                return _run_one(runnable, data, _clock(access.zone))
        loop = asyncio.get_running_loop()
        data = await loop.run_in_executor(self._executor, load, body)
        inputs = several(data)
        if inputs is None:
            return await loop.run_in_executor(self._executor, _run_one, runnable, data, _clock(access.zone))
        if len(inputs) > INPUTS_PER_TOKEN:
            await self._limiter.take(access.caller, self._rate, len(inputs) // INPUTS_PER_TOKEN)
        self._enter(access.caller)
        running = self._executor.submit(_run_all, runnable, inputs, _clock(access.zone))
        # Not when this is done: whoever hangs up does not end the work, so that would make room for more of it.
        running.add_done_callback(lambda _: self._leave(access.caller))
        return await asyncio.wrap_future(running)

    def _enter(self, caller: str) -> None:
        """Notes that a list of the caller is worked on. Raises Unanswered when there are too many."""
        with self._lists_lock:
            if self._lists[caller] >= LISTS_AT_ONCE:
                raise Unanswered(problems.LISTS_RUNNING)
            self._lists[caller] += 1

    def _leave(self, caller: str) -> None:
        with self._lists_lock:
            self._lists[caller] -= 1
            if not self._lists[caller]:
                del self._lists[caller]


def _run_one(runnable: Runnable, data: Any, clock: Clock) -> bytes:
    inputs = runnable.exchange.inputs(data)
    return dump(runnable.exchange.result(runnable.program.run(runnable.function.name, inputs, clock)))


def _run_all(runnable: Runnable, data: list[Any], clock: Clock) -> bytes:
    return dump(run_many(runnable.function, runnable.program, runnable.exchange, data, clock))


def _address(scope: Scope) -> tuple[str, str] | None:
    """The project and the function's slug of an address of the endpoint, None for any other."""
    if scope["type"] != "http":
        return None
    return _split(scope["path"])


@lru_cache(maxsize=4096)
def _split_url(url: bytes) -> tuple[str, str] | None:
    """As `_split`, of what stands in the first line of a request."""
    return _split(url.decode("latin-1"))


def _split(path: str) -> tuple[str, str] | None:
    """The project and the slug in a path of the endpoint, None for any other."""
    if not path.startswith(PREFIX) or not path.endswith(SUFFIX):
        return None
    project, middle, slug = path[len(PREFIX) : -len(SUFFIX)].partition(MIDDLE)
    if not middle or "/" in project or "/" in slug or not slug:
        return None
    return project, unquote(slug) if "%" in slug else slug


def _credential(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The bearer token of the request."""
    for name, value in headers:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            return token.strip() or None if scheme.lower() == "bearer" else None
    return None


async def _body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises Unanswered when it is too large, before it is read if its length is told."""
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value) > LARGEST_BODY):
            raise Unanswered(problems.TOO_LARGE)
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            raise Unanswered(problems.TOO_LARGE)
    return b"".join(parts)


def _clock(zone: ZoneInfo) -> Clock:
    now = datetime.datetime.now(datetime.UTC)
    return Clock(now=now, today=(now if zone is UTC else now.astimezone(zone)).date())


_ALWAYS = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


def _headers(answer: bytes, allowance: Allowance | None, problem: Problem | None) -> list[tuple[bytes, bytes]]:
    headers = [*_ALWAYS, (b"content-length", b"%d" % len(answer))]
    if allowance is not None:
        headers.extend(allowance.headers)
    if problem is not None:
        if problem.wait is not None:
            headers.append((b"retry-after", b"%d" % problem.wait))
        if problem.status == 401:
            headers.append((b"www-authenticate", b"Bearer"))
        if problem.status == 405:
            headers.append((b"allow", b"POST"))
    return headers
