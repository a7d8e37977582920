"""Projects: sets of pages that are read together."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from builder.models.public_id import PublicIdField
from builder.models.workspace import Workspace


class Project(models.Model):
    """A set of pages. Deleting one only marks it, so that it can be brought back."""

    public_id = PublicIdField()
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="projects")
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name; decides what 'today' is.")
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=("workspace", "deleted_at"), name="project_by_workspace"),)

    def __str__(self) -> str:
        return self.name
