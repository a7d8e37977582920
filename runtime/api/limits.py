"""How often a caller may ask: a bucket of tokens for each, refilled steadily, in this process or in Redis."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, and `per_second` on average."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a request may go on, the tokens left after it, and the seconds until it may if it may not."""

    allowed: bool
    remaining: int
    wait: int
    rate: Rate

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The headers that tell a caller how it stands."""
        full_in = math.ceil((self.rate.burst - self.remaining) / self.rate.per_second)
        return [
            (b"ratelimit-limit", b"%d" % self.rate.burst),
            (b"ratelimit-remaining", b"%d" % self.remaining),
            (b"ratelimit-reset", b"%d" % full_in),
        ]


class Limiter(Protocol):
    """Takes tokens out of buckets."""

    async def take(self, caller: str, rate: Rate, tokens: int = 1) -> Allowance:
        """Takes tokens from the caller's bucket, if there are any left; it may then owe some.

        A request that costs more than the bucket holds goes through when the bucket is not empty, and is paid off
        before the next one.
        """
        ...

    def take_now(self, caller: str, rate: Rate) -> Allowance | None:
        """Takes one token without waiting for anything; None, and nothing taken, if that is not possible or not allowed."""
        ...


class MemoryLimiter:
    """Buckets in this process, for the embedded default. The callers heard of longest ago are forgotten."""

    def __init__(self, callers: int = 100_000) -> None:
        self._callers = callers
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, caller: str, rate: Rate, tokens: int = 1) -> Allowance:
        """See `Limiter`."""
        return self._take(caller, rate, tokens)

    def take_now(self, caller: str, rate: Rate) -> Allowance | None:
        """See `Limiter`."""
        allowance = self._take(caller, rate, 1)
        return allowance if allowance.allowed else None

    def _take(self, caller: str, rate: Rate, tokens: int) -> Allowance:
        now = time.monotonic()
        known = self._buckets.get(caller)
        if known is None:
            left = float(rate.burst)
            if len(self._buckets) >= self._callers:
                self._buckets.popitem(last=False)
        else:
            left = min(rate.burst, known[0] + (now - known[1]) * rate.per_second)
            self._buckets.move_to_end(caller)
        allowed = left >= 1
        if allowed:
            left -= tokens
        self._buckets[caller] = (left, now)
        return _allowance(allowed, left, rate)


class RedisLimiter:
    """Buckets in Redis, shared by all processes. The script runs there as one step."""

    def __init__(self, redis: Redis) -> None:
        self._take = redis.register_script(_SCRIPT)

    def take_now(self, caller: str, rate: Rate) -> Allowance | None:
        """See `Limiter`. Redis is always waited for."""
        return None

    async def take(self, caller: str, rate: Rate, tokens: int = 1) -> Allowance:
        """See `Limiter`."""
        allowed, left = await self._take(
            keys=[f"plain:limit:{caller}"],
            args=[rate.per_second, rate.burst, tokens, math.ceil(rate.burst / rate.per_second) + 1],
        )
        return _allowance(bool(allowed), float(left), rate)


_SCRIPT = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local per_second, burst, tokens = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'left', 'then')
local left = math.min(burst, (tonumber(kept[1]) or burst) + math.max(0, now - (tonumber(kept[2]) or now)) * per_second)
local allowed = 0
if left >= 1 then
  left = left - tokens
  allowed = 1
end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'then', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[4] + math.max(0, -left) / per_second))
return {allowed, tostring(left)}
"""


def _allowance(allowed: bool, left: float, rate: Rate) -> Allowance:
    wait = 0 if allowed else max(1, math.ceil((1 - left) / rate.per_second))
    return Allowance(allowed, max(0, int(left)), wait, rate)
