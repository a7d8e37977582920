"""Who did what, when: one row per action, only ever added."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.workspace import Workspace


class Recorded(Protocol):
    """Anything with a public id may be the object of an action."""

    @property
    def public_id(self) -> str: ...


class AuditEvent(models.Model):
    """One action in a workspace. The object is kept by its name and id, so the row outlives it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="audit_events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=60, help_text="In plain words, in the past tense: 'renamed the project'.")
    object_kind = models.CharField(max_length=30, blank=True)
    object_id = models.CharField(max_length=64, blank=True, help_text="The public id of the object.")
    object_name = models.CharField(max_length=254, blank=True)
    when = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("workspace", "-id"), name="audit_by_workspace"),)

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.object_name}"
