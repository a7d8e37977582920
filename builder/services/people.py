"""People: their first workspace with something to look at, and the name others see."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from builder.models import ProvedAddress, User, Workspace
from builder.services.samples import add_shop
from builder.services.wording import clean_name
from builder.services.workspaces import create_workspace


@transaction.atomic
def welcome(user: User) -> Workspace | None:
    """Makes a person's own workspace with the sample project, the first time only; None after that."""
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.welcomed_at is not None:
        return None
    person.welcomed_at = timezone.now()
    person.save(update_fields=["welcomed_at"])
    workspace = create_workspace(person, "My workspace")
    add_shop(person, workspace)
    return workspace


@receiver(user_logged_in, dispatch_uid="welcome")
def welcome_on_sign_in(user: User, **_signal: Any) -> None:
    """The first time somebody signs in (so with a verified address), they find their workspace ready."""
    welcome(user)


@receiver(email_confirmed, dispatch_uid="proved_address")
def note_proof(email_address: EmailAddress, **_signal: Any) -> None:
    """From now on the account reads kept mail to this address; what came before may have been for somebody else."""
    ProvedAddress.objects.update_or_create(
        user=email_address.user, email=email_address.email.lower(), defaults={"since": timezone.now()}
    )


def set_name(user: User, name: str) -> None:
    """Changes the name that others in one's workspaces see."""
    user.name = clean_name(name, "person")
    user.save(update_fields=["name"])
