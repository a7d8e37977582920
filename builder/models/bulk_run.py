"""Running a function over a spreadsheet: the file, how far it is, and the file that comes back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.build import Build
from builder.models.project import Project
from builder.models.public_id import PublicIdField


class BulkRun(models.Model):
    """One run of one function over the rows of one file.

    A worker that runs it holds a lease and renews it; when the lease has run out another one takes the run up again. Each
    taking up is a new `attempt`: what a worker writes counts only while its attempt is the newest.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Columns not chosen yet"
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="bulk_runs")
    function_name = models.CharField(max_length=200)
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="bulk_runs")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="spreadsheets/in/")
    layout = models.JSONField(default=dict, blank=True, help_text="How the file is written (`runtime.tables.Layout`).")
    columns = models.JSONField(default=dict, blank=True, help_text="Which column of the file gives which input.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    rows = models.PositiveIntegerField(null=True, blank=True, help_text="How many rows there are; null until known.")
    rows_done = models.PositiveIntegerField(default=0)
    rows_failed = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why it failed as a whole, in plain words.")
    result = models.FileField(upload_to="spreadsheets/out/", blank=True)
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "lease_until"), name="bulk_run_by_lease"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["uploaded", "waiting", "running", "done", "failed", "cancelled"]),
                name="bulk_run_state_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.function_name} over {self.file_name}"
