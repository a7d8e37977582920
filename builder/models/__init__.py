"""What the builder keeps: one module per thing. Rows are written by `builder.services` only."""

from builder.models.api_key import ApiClient, ApiKey
from builder.models.audit import AuditEvent
from builder.models.build import Build, LiveFunction
from builder.models.bulk_run import BulkRun
from builder.models.form import Form, Sharing
from builder.models.outbox import OutboxMessage, ProvedAddress
from builder.models.page import Draft, Page, PageVersion
from builder.models.project import Project
from builder.models.user import User
from builder.models.workspace import Invitation, Membership, Role, Workspace

__all__ = [
    "ApiClient",
    "ApiKey",
    "AuditEvent",
    "Build",
    "BulkRun",
    "Draft",
    "Form",
    "Invitation",
    "LiveFunction",
    "Membership",
    "OutboxMessage",
    "Page",
    "PageVersion",
    "Project",
    "ProvedAddress",
    "Role",
    "Sharing",
    "User",
    "Workspace",
]
