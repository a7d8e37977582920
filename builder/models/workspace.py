"""Workspaces, who belongs to them in which role, and invitations to join."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from builder.models.public_id import PublicIdField


class Role(models.TextChoices):
    """What a member may do, from least to most. Each role may also do what those before it may."""

    VIEWER = "viewer", "Viewer"
    EDITOR = "editor", "Editor"
    OWNER = "owner", "Owner"

    def allows(self, needed: Role) -> bool:
        """Whether someone with this role may do what needs the other one."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Workspace(models.Model):
    """A place that some people share. Everything in it is invisible to everybody else."""

    public_id = PublicIdField()
    name = models.CharField(max_length=100)
    created = models.DateTimeField(default=timezone.now)
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="workspaces"
    )

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one workspace."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("user", "workspace"), name="one_membership_per_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.role}) in {self.workspace}"

    def allows(self, needed: Role) -> bool:
        """Whether this member may do what needs the given role."""
        return Role(self.role).allows(needed)


class Invitation(models.Model):
    """A link that lets whoever holds it join. Only the SHA-256 of its token is kept."""

    public_id = PublicIdField()
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.email} to {self.workspace}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires > timezone.now()
