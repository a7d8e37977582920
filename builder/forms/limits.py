"""How often one address may use forms that anyone can open: a count per minute, kept in the cache."""

from __future__ import annotations

import ipaddress
import time

from django.core.cache import cache
from django.http import HttpRequest

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


def address_of(request: HttpRequest) -> str:
    """Whose connection a request came by: the address, of IPv6 the part that one customer of a provider has."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:  # a local socket has no address
        return text
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else text
