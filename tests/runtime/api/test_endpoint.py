"""The endpoint as the server calls it: who may, what is answered, in which words."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from compiler import Source, read
from runtime.api import many
from runtime.api.brevity import is_brief
from runtime.api.endpoint import Access, RunEndpoint, Runnable
from runtime.api.exchange import Exchange
from runtime.api.limits import MemoryLimiter, Rate
from runtime.api.problems import BAD_CREDENTIAL, LARGEST_BODY, Problem
from runtime.engine import Engine
from tests.compiler.plans import shop_plan
from tests.runtime.engine.test_single_runs import slow

PLAN = shop_plan()
DISCOUNT = "/api/v1/projects/p1/functions/quantity-discount/run"
BASKET = "/api/v1/projects/p1/functions/basket-total/run"
PLENTY = Rate(1000, 1000)


class OneKey:
    """A directory with one key, to one project with the functions of the shop."""

    def __init__(self) -> None:
        program = Engine(cache_directory=None).load(PLAN)
        self._runnables = {
            slug: Runnable(
                PLAN.functions[name],
                program,
                Exchange(PLAN.functions[name], PLAN.places),
                is_brief(PLAN, PLAN.functions[name]),
            )
            for slug, name in (("quantity-discount", "Quantity discount"), ("basket-total", "Basket total"))
        }

    async def find(self, project: str, slug: str, credential: str) -> Access | Problem:
        if credential != "good":
            return BAD_CREDENTIAL
        found = self._runnables.get(slug) if project == "p1" else None
        return Access("key", found, ZoneInfo("UTC"))


@pytest.fixture(scope="module")
def directory() -> OneKey:
    return OneKey()


@pytest.fixture(scope="module")
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


class Caller:
    """Sends requests to an endpoint."""

    def __init__(self, endpoint: RunEndpoint) -> None:
        self.endpoint = endpoint

    async def send(
        self, path: str, body: bytes, key: str | None = "good", method: str = "POST", parts: int = 1, address: str = "1"
    ) -> tuple[int, Any, dict[str, str]]:
        headers = [] if key is None else [(b"authorization", f"Bearer {key}".encode())]
        size = max(1, -(-len(body) // parts))
        pieces = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        messages = [
            {"type": "http.request", "body": piece, "more_body": at < len(pieces) - 1}
            for at, piece in enumerate(pieces)
        ]
        sent: list[Any] = []

        async def receive() -> Any:
            return messages.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": headers, "client": (address, 1)}
        await self.endpoint(scope, receive, send)
        start, end = sent
        found = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], json.loads(end["body"], parse_float=Decimal), found

    async def run(self, path: str, data: Any, **options: Any) -> tuple[int, Any, dict[str, str]]:
        return await self.send(path, json.dumps(data).encode(), **options)


@pytest.fixture
def caller(directory: OneKey, executor: ThreadPoolExecutor) -> Caller:
    return Caller(RunEndpoint(elsewhere, directory, MemoryLimiter(), PLENTY, executor))


async def test_one_input(caller: Caller) -> None:
    status, answer, headers = await caller.run(DISCOUNT, {"price": 20, "quantity": 10})
    assert (status, answer) == (200, {"outputs": {"discount": 10}})
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "no-store"


async def test_numbers_are_exact(caller: Caller) -> None:
    _, answer, _ = await caller.send(DISCOUNT, b'{"price": 123456789012345.67, "quantity": 10}')
    assert answer == {"outputs": {"discount": Decimal("61728394506172.835")}}


async def test_a_body_in_pieces(caller: Caller) -> None:
    body = json.dumps({"price": "$20", "quantity": "10"}).encode()
    assert (await caller.send(DISCOUNT, body, parts=5))[1] == {"outputs": {"discount": 10}}


async def test_many_inputs_in_order_each_with_its_own_problem(caller: Caller) -> None:
    status, answer, _ = await caller.run(
        DISCOUNT,
        [
            {"price": 20, "quantity": 10},
            {"price": 20, "quantity": 0},
            {"price": "many", "quantity": 1},
            7,
            {"price": 1e-30, "quantity": 100},
            {"price": 20, "quantity": 100},
        ],
    )
    assert status == 200
    assert answer[0] == {"outputs": {"discount": 10}}
    assert answer[1]["error"]["message"] == "Order at least one."
    assert answer[2]["error"]["field"] == "price"
    assert answer[3]["error"]["code"] == "not_inputs"
    assert answer[4]["outputs"]["discount"] == Decimal("1.5e-29")
    assert answer[5] == {"outputs": {"discount": 300}}
    assert (await caller.run(DISCOUNT, []))[1] == []


async def test_lists_and_records(caller: Caller) -> None:
    items = [
        {"name": "book", "price": 12, "quantity": 2, "exempt_mark": True},
        {"name": "pen", "price": 1.5, "quantity": 10, "exempt mark": False},
    ]
    total = {"outputs": {"subtotal": Decimal("38.25"), "tax": Decimal("1.26"), "total": Decimal("39.51")}}
    one = {"items": items, "state": "New York"}
    assert (await caller.run(BASKET, one))[1] == total
    assert (await caller.run(BASKET, [one, one]))[1] == [total, total]


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"price": 20}, "quantity", "quantity is missing"),
        ({"price": 20, "quantity": 1, "colour": 1}, "colour", "colour"),
        ({"price": 20, "quantity": 1.5}, "quantity", "whole number"),
        ({"price": True, "quantity": 1}, "price", "yes or no"),
        ({"price": None, "quantity": 1}, "price", "nothing"),
        ({"price": "20 EUR", "quantity": 1}, "price", "EUR"),
        ({"price": 10**30 - 1, "quantity": 1}, "price", "digits"),
        ({"price": 20, "quantity": 10**19}, "quantity", ""),
    ],
)
async def test_a_wrong_input_is_told_in_words(caller: Caller, data: Any, field: str, words: str) -> None:
    status, answer, _ = await caller.run(DISCOUNT, data)
    assert status == 422
    assert answer["error"]["field"] == field
    assert words in answer["error"]["message"]
    assert answer["error"]["message"].endswith((".", "?"))


async def test_a_stop_of_the_page_has_its_own_words(caller: Caller) -> None:
    status, answer, _ = await caller.run(DISCOUNT, {"price": 20, "quantity": 0})
    assert status == 422
    assert answer["error"]["message"] == "Order at least one."
    assert answer["error"]["field"] is None
    assert answer["error"]["code"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"nope", b'{"price": NaN, "quantity": 1}', b"[" * 100_000, b'{"price": ' + b"9" * 5000 + b"}"],
)
async def test_nonsense_is_refused_in_bounded_time(caller: Caller, body: bytes) -> None:
    status, answer, _ = await caller.send(DISCOUNT, body)
    assert status in (400, 422)
    assert answer["error"]["message"]


@pytest.mark.parametrize("data", [7, "price", None, True])
async def test_json_that_is_no_input(caller: Caller, data: Any) -> None:
    status, answer, _ = await caller.run(DISCOUNT, data)
    assert (status, answer["error"]["code"]) == (400, "not_inputs")


async def test_too_much(caller: Caller) -> None:
    many = [{"price": 1, "quantity": 1}] * 10_001
    assert (await caller.run(DISCOUNT, many))[0] == 413
    assert (await caller.send(DISCOUNT, b" " * (LARGEST_BODY + 1), parts=20))[0] == 413


@pytest.mark.parametrize("key", [None, "", "bad", "Basic good"])
async def test_without_a_valid_key_nothing_runs(caller: Caller, key: str | None) -> None:
    status, answer, headers = await caller.run(DISCOUNT, {"price": 20, "quantity": 10}, key=key)
    assert status == 401
    assert headers["www-authenticate"] == "Bearer"
    assert "outputs" not in answer


@pytest.mark.parametrize("path", [DISCOUNT.replace("p1", "p2"), DISCOUNT.replace("quantity", "other")])
async def test_what_is_not_of_the_key_is_not_there(caller: Caller, path: str) -> None:
    assert (await caller.run(path, {"price": 20, "quantity": 10}))[0] == 404


async def test_only_post(caller: Caller) -> None:
    status, _, headers = await caller.send(DISCOUNT, b"", method="GET")
    assert (status, headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/projects/p1", DISCOUNT + "/", DISCOUNT.replace("/run", "/openapi.json")]
)
async def test_other_addresses_are_left_to_others(caller: Caller, path: str) -> None:
    assert (await caller.send(path, b"", key=None, method="GET"))[0] == 299


async def test_a_key_that_asks_too_often_waits(directory: OneKey, executor: ThreadPoolExecutor) -> None:
    caller = Caller(RunEndpoint(elsewhere, directory, MemoryLimiter(), Rate(per_second=20, burst=2), executor))
    answers = [await caller.run(DISCOUNT, {"price": 20, "quantity": 10}) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert answers[0][2]["ratelimit-remaining"] == "1"
    assert answers[2][2]["retry-after"] == "1"
    assert "wait" in answers[2][1]["error"]["message"]
    await asyncio.sleep(0.1)
    assert (await caller.run(DISCOUNT, {"price": 20, "quantity": 10}))[0] == 200


async def test_a_list_costs_more_than_one_input(directory: OneKey, executor: ThreadPoolExecutor) -> None:
    caller = Caller(RunEndpoint(elsewhere, directory, MemoryLimiter(), Rate(per_second=1, burst=50), executor))
    assert (await caller.run(DISCOUNT, [{"price": 1, "quantity": 1}] * 10_000))[0] == 200
    assert (await caller.run(DISCOUNT, {"price": 1, "quantity": 1}))[0] == 429


async def test_guessing_keys_is_limited_by_address(caller: Caller) -> None:
    statuses = [(await caller.run(DISCOUNT, {}, key="bad", address="9"))[0] for _ in range(40)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert (await caller.run(DISCOUNT, {}, key="bad", address="10"))[0] == 401
    assert (await caller.run(DISCOUNT, {"price": 1, "quantity": 1}, address="9"))[0] == 200


def test_only_functions_without_lists_and_repeating_are_brief() -> None:
    assert is_brief(PLAN, PLAN.functions["Quantity discount"])
    assert not is_brief(PLAN, PLAN.functions["Basket total"])


@pytest.mark.parametrize(
    "sentences",
    [
        'Set the big to "{the big}{the big}".\n' * 12,
        "Set the big to the big joined with the big.\n",
        "Set the big to the big in capitals.\n",
        'If the big contains "x":\n- stop with "No."\n',
    ],
)
def test_functions_that_make_or_search_texts_are_not_brief(sentences: str) -> None:
    page = f"Function: Try\nNeeds a part (text).\nGives a big (text).\n\nSet the big to the part.\n{sentences}"
    project = read([Source("page", page)])
    assert not project.messages
    assert not is_brief(project.plan, project.plan.functions["Try"])
    plain = read([Source("page", page.removesuffix(sentences))])
    assert is_brief(plain.plan, plain.plan.functions["Try"])


class SlowKey:
    """A directory with a function that takes long."""

    def __init__(self) -> None:
        plan = slow(1000)
        function = plan.functions["Slow"]
        program = Engine(cache_directory=None).load(plan)
        self.runnable = Runnable(function, program, Exchange(function), is_brief(plan, function))

    async def find(self, project: str, slug: str, credential: str) -> Access | Problem:
        return Access(credential, self.runnable, ZoneInfo("UTC"))


async def test_a_list_has_a_time_limit_and_two_of_them_run_at_once(
    executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "SECONDS", 1.0)
    caller = Caller(RunEndpoint(elsewhere, SlowKey(), MemoryLimiter(), PLENTY, executor))
    data = [{"items": [2] * 20_000}] * 40 + [{"items": []}]
    began = time.monotonic()
    answers = await asyncio.gather(*(caller.run(BASKET, data) for _ in range(3)), caller.run(BASKET, data, key="other"))
    assert time.monotonic() - began < 15
    assert sorted(status for status, _, _ in answers[:3]) == [200, 200, 429]
    assert answers[3][0] == 200
    for status, answer, headers in answers:
        if status == 429:
            assert int(headers["retry-after"]) >= 1
            assert answer["error"]["code"] == "lists_running"
        else:
            assert len(answer) == 41
            assert "too long" in answer[-1]["error"]["message"]
    assert (await caller.run(BASKET, [{"items": []}]))[1] == [{"outputs": {"answer": False}}]
