"""Mail in the embedded default: kept in the database and shown in the app instead of being sent.

This module decides only where a mail goes. Who may read a kept mail is decided by `builder.views.account.outbox`.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from builder.models import OutboxMessage

BACKEND = "builder.mail.OutboxBackend"


def keeps_mail() -> bool:
    """Whether mail stays in the app: true in the embedded default, false when a mail server is named."""
    return settings.EMAIL_BACKEND == BACKEND


class OutboxBackend(BaseEmailBackend):
    """Keeps each mail as an `OutboxMessage` per recipient.

    The public ids of the rows are left on the mail as `outbox_ids`, for callers that may show it at once.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps the mails, all or none; returns how many."""
        with transaction.atomic():
            for mail in email_messages:
                kept = OutboxMessage.objects.bulk_create(rows_for(mail))
                mail.outbox_ids = [row.public_id for row in kept]  # type: ignore[attr-defined]
        return len(email_messages)


def rows_for(mail: EmailMessage) -> list[OutboxMessage]:
    """One unsaved row per recipient; the plain-text part is what is kept."""
    return [
        OutboxMessage(
            recipient=parseaddr(recipient)[1].lower(),
            sender=mail.from_email or settings.DEFAULT_FROM_EMAIL,
            subject=" ".join(str(mail.subject).split()),
            text=str(mail.body),
        )
        for recipient in mail.recipients()
    ]
