"""Pages of a project, every version they ever had, and unsaved drafts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.project import Project
from builder.models.public_id import PublicIdField


class Page(models.Model):
    """One page: its whole text with its `Kind: Name` line. `text` and `version` are those of its newest version.

    Lines end in "\\n". Deleting a page only marks it, so that it can be brought back. `title` is the text of
    its first `Kind: Name` line, kept for lists; the reader, not this column, says what the page means.
    """

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("project", "deleted_at", "position"), name="page_by_project"),)

    def __str__(self) -> str:
        return self.title or "Untitled page"


class PageVersion(models.Model):
    """What a page said after one save. Never changed and never deleted while its page exists."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="1 for the first; each save adds one.")
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    restored_from = models.PositiveIntegerField(null=True, blank=True, help_text="Number of the version brought back.")

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("page", "number"), name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"


class Draft(models.Model):
    """Unsaved work of one person on one page, and the number of the version it started from."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField()
    updated = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("page", "user"), name="one_draft_per_person"),)

    def __str__(self) -> str:
        return f"Draft of {self.page} by {self.user}"
