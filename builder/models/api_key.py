"""What programs outside show to call a project's functions: keys and OAuth2 clients."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.project import Project
from builder.models.public_id import PublicIdField


class ApiKey(models.Model):
    """A key to the functions of one project. It is shown once; only its SHA-256 is kept."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, help_text="The first characters, by which its owner recognises it.")
    hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    last_used = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiClient(models.Model):
    """An OAuth2 client (kept by allauth, its secret hashed) that may call the functions of one project."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="api_clients")
    client = models.OneToOneField("allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="api_client")
    name = models.CharField(max_length=100)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    last_used = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
