"""How often one address may use forms that anyone can open: a count per minute, kept in the cache."""

from __future__ import annotations

import time

from django.core.cache import cache

MINUTE = 60


def may_go_on(what: str, who: str, per_minute: int) -> bool:
    """Counts one use of `what` by `who`; False when there were more than `per_minute` in this minute of the clock."""
    window = int(time.time()) // MINUTE
    name = f"limit:{what}:{who}:{window}"
    if cache.add(name, 1, timeout=2 * MINUTE):
        return True
    try:
        return cache.incr(name) <= per_minute
    except ValueError:  # it was dropped from a full cache between the two calls
        cache.add(name, 1, timeout=2 * MINUTE)
        return True
