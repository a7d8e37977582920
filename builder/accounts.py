"""How allauth works here: which mails a browser may read in the embedded default, and two-step secrets encrypted.

Only mails that carry no power over somebody else's account are shown to the browser that asked for them: the code
that proves an address while signing up, and the note that an account exists. A password reset is not among them: it is
read by its receiver once signed in, or by whoever runs the server with `manage.py outbox`.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import reverse

from builder.secrets import decrypt, encrypt

SHOWN_TO_SENDER = frozenset(
    {
        "account/email/email_confirmation",
        "account/email/email_confirmation_signup",
        "account/email/account_already_exists",
    }
)
"""Mails (by allauth's template prefix) that the embedded default shows to the browser session that caused them."""

SESSION_MAIL = "kept_mail"
"""Session key: public ids of the kept mails that this browser may read, the newest last."""

SESSION_INVITATION = "invitation"
"""Session key: token of the invitation that this browser was looking at before signing in."""

MAILS_PER_SESSION = 10


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a mail of allauth; remembers in the session a kept mail that this browser may read."""
        request = _request()
        mail = self.render_mail(
            template_prefix,
            email,
            {"request": request, "email": email, "current_site": get_current_site(request), **context},
        )
        mail.send()
        kept = getattr(mail, "outbox_ids", [])
        if kept and request is not None and template_prefix in SHOWN_TO_SENDER:
            request.session[SESSION_MAIL] = [*request.session.get(SESSION_MAIL, []), *kept][-MAILS_PER_SESSION:]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation that somebody was looking at, else home."""
        token = request.session.get(SESSION_INVITATION)
        if token:
            return reverse("invitation", args=[token])
        return str(super().get_login_redirect_url(request))


class MFAAdapter(DefaultMFAAdapter):
    """Two-step sign-in. Secrets (authenticator apps, the seed of recovery codes) are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)


def _request() -> HttpRequest | None:
    return context.request
