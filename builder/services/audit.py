"""The audit trail: one line per action, added in the transaction of the action itself."""

from __future__ import annotations

from builder.access import Person
from builder.models import AuditEvent, User, Workspace
from builder.models.audit import Recorded


def record(workspace: Workspace, actor: Person | None, action: str, of: Recorded | None = None, name: str = "") -> None:
    """Adds "actor action object". `action` is in the past tense ("renamed the page").

    `of` gives kind, public id and, unless `name` is given, the name of the object.
    """
    person = actor if isinstance(actor, User) else None
    AuditEvent.objects.create(
        workspace=workspace,
        actor=person,
        actor_name=str(person or "Somebody with the link"),
        action=action,
        object_kind=type(of).__name__.lower() if of is not None else "",
        object_id=of.public_id if of is not None else "",
        object_name=(name or (str(of) if of is not None else ""))[:254],
    )
