"""Projects: making, renaming, deleting and bringing back."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone

from builder.access import demand
from builder.models import Project, Role, User, Workspace
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.wording import clean_name

PROJECTS_PER_WORKSPACE = 1_000


@transaction.atomic
def create_project(user: User, workspace: Workspace, name: str) -> Project:
    """A new project without pages. Editors and owners."""
    demand(user, workspace, Role.EDITOR)
    if workspace.projects.count() >= PROJECTS_PER_WORKSPACE:
        raise Refused(f"A workspace can have {PROJECTS_PER_WORKSPACE:,} projects. Please make another workspace.")
    project = Project.objects.create(workspace=workspace, name=clean_name(name, "project"))
    record(workspace, user, "made the project", project)
    return project


@transaction.atomic
def rename_project(user: User, project: Project, name: str) -> None:
    """Gives the project another name. Editors and owners."""
    demand(user, project.workspace, Role.EDITOR)
    before, project.name = project.name, clean_name(name, "project")
    if project.name != before:
        project.changed = timezone.now()
        project.save(update_fields=["name", "changed"])
        record(project.workspace, user, f"renamed the project {before} to", project)


@transaction.atomic
def set_time_zone(user: User, project: Project, zone: str) -> None:
    """Says in which time zone "today" and "now" are meant, by its IANA name. Editors and owners."""
    demand(user, project.workspace, Role.EDITOR)
    name = zone.strip().replace(" ", "_")
    if name not in available_timezones():
        raise Refused(f'I do not know the time zone "{zone.strip()}". Choose one from the list, such as Europe/Berlin.')
    if name != project.time_zone:
        project.time_zone = name
        project.changed = timezone.now()
        project.save(update_fields=["time_zone", "changed"])
        record(project.workspace, user, f"set the time zone to {name} in", project)


@transaction.atomic
def delete_project(user: User, project: Project) -> None:
    """Hides the project, its forms and its API until it is brought back. Owners only."""
    demand(user, project.workspace, Role.OWNER)
    if project.deleted_at is None:
        project.deleted_at = timezone.now()
        project.save(update_fields=["deleted_at"])
        record(project.workspace, user, "deleted the project", project)


@transaction.atomic
def restore_project(user: User, project: Project) -> None:
    """Brings a deleted project back as it was. Owners only."""
    demand(user, project.workspace, Role.OWNER)
    if project.deleted_at is not None:
        project.deleted_at = None
        project.save(update_fields=["deleted_at"])
        record(project.workspace, user, "brought back the project", project)
