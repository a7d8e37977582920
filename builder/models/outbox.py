"""Mail that the embedded default keeps instead of sending."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.public_id import PublicIdField


class OutboxMessage(models.Model):
    """One mail to one address (in small letters)."""

    public_id = PublicIdField()
    recipient = models.EmailField(max_length=254, db_index=True)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=998)
    text = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"


class ProvedAddress(models.Model):
    """Since when an account has had a verified address (in small letters): kept mail from before is not for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "email"), name="one_proof_per_address"),)

    def __str__(self) -> str:
        return f"{self.email} of {self.user}"
