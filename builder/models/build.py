"""Builds, and which build each function of a project runs from."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from builder.models.page import Page
from builder.models.project import Project


class Build(models.Model):
    """The exact sources something runs from, named by their hash. Never changed."""

    hash = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the sources, in hexadecimal.")
    sources = models.JSONField(help_text="Pairs of a page's public id and its text, in the order of the pages.")
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.hash[:12]


class LiveFunction(models.Model):
    """A function that forms and the API run: the newest build in which it reads without mistakes.

    A later save that breaks the page leaves this row on its last good build; `is_behind` then says so. `slug` is
    the name in addresses; it stays when the function is renamed on its page, so links keep working.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="functions")
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=220)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="functions")
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="functions")
    is_behind = models.BooleanField(default=False, help_text="Its page has mistakes now, so an older build runs.")
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("page__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("project", "name"), name="one_function_per_name"),
            models.UniqueConstraint(fields=("project", "slug"), name="one_function_per_slug"),
        )

    def __str__(self) -> str:
        return self.name
