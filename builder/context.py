"""What every template may use: the signed-in person's workspaces and whether mail is kept in the app."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest

from builder.access import visible_workspaces
from builder.mail import keeps_mail
from builder.outbox import newest_mail_of_browser


def app(request: HttpRequest) -> dict[str, Any]:
    """`workspaces` and `newest_kept_mail` (both read only when a template uses them), and `keeps_mail`."""
    about: dict[str, Any] = {"keeps_mail": keeps_mail()}
    # A request that a middleware refused has neither a session nor a user.
    if hasattr(request, "user"):
        about["workspaces"] = visible_workspaces(request.user)
    if keeps_mail() and hasattr(request, "session"):
        about["newest_kept_mail"] = partial(newest_mail_of_browser, request)
    return about
