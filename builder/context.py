"""What every template may use: the signed-in person's workspaces and whether mail is kept in the app."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from builder.access import visible_workspaces
from builder.mail import keeps_mail


def app(request: HttpRequest) -> dict[str, Any]:
    """`workspaces` (read only when a template uses them) and `keeps_mail`."""
    user = getattr(request, "user", None)
    if user is None:
        return {"keeps_mail": keeps_mail()}
    return {"workspaces": visible_workspaces(user), "keeps_mail": keeps_mail()}
