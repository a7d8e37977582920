"""The form of a function: how it looks and who may use it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from builder.models.page import Page
from builder.models.project import Project


class Sharing(models.TextChoices):
    """Who may open the form."""

    PRIVATE = "private", "Only people who can edit this project"
    WORKSPACE = "workspace", "Everyone in this workspace"
    LINK = "link", "Anyone with the link"


class Form(models.Model):
    """How one function's form looks. A function without a row has a form made from its inputs alone.

    `function_name` follows the function when it is renamed on its page. A form whose function is gone is kept. `design` holds the order of the fields, labels,
    help, hidden fields, the button's text and the accent colour; `builder.services` of forms checks it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="forms")
    function_name = models.CharField(max_length=200)
    page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where its function was when that stopped: the form is for a function of this page again.",
    )
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.WORKSPACE)
    # Null, not empty, when the form is not shared by link: only tokens that are there must differ.
    token = models.CharField(max_length=64, unique=True, null=True, blank=True)
    explain_on_link = models.BooleanField(default=False, help_text="Whether people with the link may see the steps.")
    design = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project", "function_name"), name="one_form_per_function"),
            models.CheckConstraint(condition=models.Q(sharing__in=Sharing.values), name="form_sharing_known"),
        )

    def __str__(self) -> str:
        return f"Form of {self.function_name}"
