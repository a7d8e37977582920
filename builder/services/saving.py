"""What pages say: saving as a new version, bringing an old version back, and unsaved drafts. Nothing is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from builder.access import demand, version_of
from builder.models import Draft, Page, PageVersion, Project, Role, User
from builder.services.audit import record
from builder.services.errors import Conflict, Refused
from builder.services.releases import release
from builder.services.wording import clean_text


def save_page(user: User, page: Page, text: str, based_on: int) -> PageVersion:
    """Saves a text as the page's next version and returns it. Editors and owners.

    `based_on` is the number of the version that the writing started from. If somebody saved since, Conflict carries
    that newer version and nothing is written. The same text again makes no version. Drafts stay as they are.
    """
    return _save(user, page, clean_text(text), based_on, restored_from=None)


@transaction.atomic
def save_written(
    user: User, page: Page, written: str, text: str, based_on: int, draft_kept: datetime | None = None
) -> PageVersion:
    """Saves from the editor what a person wrote, as `text` in the canonical wording; see `save_page`.

    The person's draft is dropped if it is that same text, or the one kept at the moment `draft_kept` (to the
    millisecond), which whoever saves says is an earlier state of it. Any other draft is work of another tab or device.
    """
    version = save_page(user, page, text, based_on)
    draft = Draft.objects.filter(page=page, user=user).first()
    if draft is not None:
        is_earlier = draft_kept is not None and abs(draft.updated - draft_kept) < timedelta(milliseconds=1)
        if is_earlier or draft.text in {clean_text(written), version.text}:
            # Only as it was read: it may be replaced at this moment.
            Draft.objects.filter(pk=draft.pk, text=draft.text).delete()
    return version


def restore_version(user: User, page: Page, number: int) -> PageVersion:
    """Makes an old version's text the page's newest version. Editors and owners."""
    return _save(user, page, version_of(page, number).text, page.version, restored_from=number)


@transaction.atomic
def _save(user: User, page: Page, text: str, based_on: int, restored_from: int | None) -> PageVersion:
    demand(user, page.project.workspace, Role.EDITOR)
    # Saves in one project wait for each other: what is released must be read from all pages as they are together.
    Project.objects.select_for_update().get(pk=page.project_id)
    current = Page.objects.get(pk=page.pk)
    if current.deleted_at is not None:
        raise Refused("This page was deleted meanwhile. Bring it back on the project's page, then save again.")
    newest = version_of(current, current.version)
    if text == newest.text:
        _take_over(page, current)
        return newest
    if based_on != current.version:
        raise Conflict(newest)
    now = timezone.now()
    version = PageVersion.objects.create(
        page=current, number=current.version + 1, text=text, author=user, created=now, restored_from=restored_from
    )
    Page.objects.filter(pk=page.pk).update(text=text, version=version.number, changed=now)
    Project.objects.filter(pk=page.project_id).update(changed=now)
    release(page.project)
    page.refresh_from_db(fields=["text", "version", "changed", "title", "kind"])
    action = "saved the page" if restored_from is None else f"brought back version {restored_from} of the page"
    record(page.project.workspace, user, action, page)
    return version


def _take_over(page: Page, current: Page) -> None:
    """Makes the caller's page say what the database says."""
    page.text, page.version, page.title, page.kind = current.text, current.version, current.title, current.kind


@transaction.atomic
def save_draft(user: User, page: Page, text: str, based_on: int) -> Draft:
    """Keeps unsaved work of this person on this page, replacing what was kept. Editors and owners."""
    demand(user, page.project.workspace, Role.EDITOR)
    draft, _ = Draft.objects.update_or_create(
        page=page, user=user, defaults={"text": clean_text(text), "based_on": based_on, "updated": timezone.now()}
    )
    return draft


@transaction.atomic
def discard_draft(user: User, page: Page) -> None:
    """Forgets the person's unsaved work on this page, if there is any. Editors and owners."""
    demand(user, page.project.workspace, Role.EDITOR)
    Draft.objects.filter(page=page, user=user).delete()
