"""How views answer a change: who asks, do it, say so. A refusal is said in its own words."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from builder.models import User
from builder.services.errors import Refused


def person(request: HttpRequest) -> User:
    """Whoever is signed in. Only for views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def attempt(request: HttpRequest, action: Callable[[], object], done: str = "") -> bool:
    """Runs the action; whether it was done. `done` is said if so, the words of the refusal if not."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, refusal.words)
        return False
    if done:
        messages.success(request, done)
    return True
