"""The demo person of the embedded default: an account with the samples that can be entered without a password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from builder.models import User
from builder.services.people import welcome
from config.environment import is_loopback

_PASSED_ON = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")
"""What a proxy adds: then the address that a request comes from is the proxy's, not the person's."""

EMAIL = "demo@plainspark.example"


@transaction.atomic
def make_demo() -> User:
    """The demo person, made with the samples if there is none yet. It has no password."""
    user, is_new = User.objects.get_or_create(email=EMAIL, defaults={"name": "Demo"})
    # Whoever was the demo person may have given it a password, and a server without a demo has put it to rest.
    # A password that nobody has is left as it is: a new one would end all sessions at each start of the server.
    if is_new or user.has_usable_password():
        user.set_unusable_password()
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    if is_new:
        EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    welcome(user)
    return user


def rest_demo() -> None:
    """Lets nobody in as the demo person any more, by whatever way; what belongs to it stays."""
    User.objects.filter(email=EMAIL).update(is_active=False)


def demo_for(request: HttpRequest) -> User | None:
    """The demo person, if whoever sent this request sits at this machine."""
    is_passed_on = any(name in request.META for name in _PASSED_ON)
    return demo_user() if not is_passed_on and is_loopback(request.META.get("REMOTE_ADDR") or "") else None


def demo_user() -> User | None:
    """The demo person, if this server lets people in as one (`PLAINSPARK_DEMO`) and it was made."""
    if not settings.PLAINSPARK_DEMO:
        return None
    return User.objects.filter(email=EMAIL, is_active=True).first()
