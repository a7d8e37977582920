"""Buckets of tokens, the same in this process and in Redis."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from runtime.api.limits import Limiter, MemoryLimiter, Rate, RedisLimiter

REDIS = os.environ.get("REDIS_URL") or os.environ.get("TEST_REDIS_URL")


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.skipif(not REDIS, reason="needs Redis"))])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[Limiter]:
    if request.param == "memory":
        yield MemoryLimiter()
        return
    async with Redis.from_url(str(REDIS)) as redis:
        yield RedisLimiter(redis)


@pytest.fixture
def caller() -> str:
    return uuid.uuid4().hex


async def test_a_burst_and_then_a_steady_rate(limiter: Limiter, caller: str) -> None:
    rate = Rate(per_second=20, burst=3)
    taken = [await limiter.take(caller, rate) for _ in range(5)]
    assert [each.allowed for each in taken] == [True, True, True, False, False]
    assert [each.remaining for each in taken] == [2, 1, 0, 0, 0]
    assert taken[0].wait == 0
    assert taken[4].wait == 1
    await asyncio.sleep(0.06)
    assert (await limiter.take(caller, rate)).allowed
    assert not (await limiter.take(caller, rate)).allowed


async def test_callers_do_not_share(limiter: Limiter, caller: str) -> None:
    rate = Rate(per_second=1, burst=1)
    assert (await limiter.take(caller, rate)).allowed
    assert (await limiter.take(caller + "x", rate)).allowed


async def test_what_costs_more_than_there_is_is_owed(limiter: Limiter, caller: str) -> None:
    rate = Rate(per_second=10, burst=5)
    assert (await limiter.take(caller, rate, tokens=100)).allowed
    after = await limiter.take(caller, rate)
    assert not after.allowed
    assert 9 <= after.wait <= 10


async def test_headers_tell_how_it_stands(limiter: Limiter, caller: str) -> None:
    allowance = await limiter.take(caller, Rate(per_second=2, burst=5))
    assert allowance.headers == [
        (b"ratelimit-limit", b"5"),
        (b"ratelimit-remaining", b"4"),
        (b"ratelimit-reset", b"1"),
    ]


def test_the_quick_way_takes_from_the_same_bucket() -> None:
    limiter, rate = MemoryLimiter(), Rate(per_second=1, burst=2)
    first = limiter.take_now("a", rate)
    assert first is not None
    assert first.remaining == 1
    assert asyncio.run(limiter.take("a", rate)).remaining == 0
    assert limiter.take_now("a", rate) is None


def test_callers_heard_of_longest_ago_are_forgotten() -> None:
    limiter = MemoryLimiter(callers=2)
    for name in ("a", "b", "c"):
        assert limiter.take_now(name, Rate(per_second=0.001, burst=1)) is not None
    assert limiter.take_now("c", Rate(per_second=0.001, burst=1)) is None
    assert limiter.take_now("a", Rate(per_second=0.001, burst=1)) is not None
