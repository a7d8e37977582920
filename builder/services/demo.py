"""The demo person of the embedded default: an account with the samples that can be entered without a password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from builder.models import User
from builder.services.people import welcome

EMAIL = "demo@plainspark.example"


@transaction.atomic
def make_demo() -> User:
    """The demo person, made with the samples if there is none yet. It has no password."""
    user, is_new = User.objects.get_or_create(email=EMAIL, defaults={"name": "Demo"})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    welcome(user)
    return user


def demo_user() -> User | None:
    """The demo person, if this server lets people in as one (`PLAINSPARK_DEMO`) and it was made."""
    if not settings.PLAINSPARK_DEMO:
        return None
    return User.objects.filter(email=EMAIL, is_active=True).first()
