"""The pages of a project: adding, renaming, ordering, deleting and bringing back. What they say is `saving`'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from builder.access import demand, visible_pages
from builder.models import Page, PageVersion, Project, Role, User
from builder.reading import read_project
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.releases import release
from builder.services.saving import save_page
from builder.services.wording import clean_name, clean_text

PAGES_PER_PROJECT = 500
TEMPLATES = Path(__file__).resolve().parent.parent / "samples" / "new"


def text_from_template(kind: str, name: str) -> str:
    """The text a new page starts with. Raises Refused for a kind without a template."""
    path = TEMPLATES / f"{kind.lower()}.plain"
    if kind.lower() not in kinds_with_template():
        raise Refused("Please choose what kind of page to add.")
    return path.read_text(encoding="utf-8").replace("{name}", name)


def kinds_with_template() -> list[str]:
    """The kinds of page that can be added, in small letters ("function")."""
    return sorted(path.stem for path in TEMPLATES.glob("*.plain"))


@transaction.atomic
def add_page(user: User, project: Project, name: str, kind: str = "function") -> Page:
    """A new page at the end, from the template of its kind. Editors and owners."""
    return add_page_with_text(user, project, text_from_template(kind, clean_name(name, "page")), name)


@transaction.atomic
def add_page_with_text(user: User, project: Project, text: str, name: str) -> Page:
    """A new page at the end with a text of its own. Editors and owners. Raises Refused when the name is taken."""
    demand(user, project.workspace, Role.EDITOR)
    Project.objects.select_for_update().get(pk=project.pk)
    tidy = clean_name(name, "page")
    others = list(visible_pages(project))
    if len(others) >= PAGES_PER_PROJECT:
        raise Refused(f"A project can have {PAGES_PER_PROJECT} pages. Please start another project.")
    _refuse_taken(others, tidy)
    position = max((page.position for page in others), default=-1) + 1
    page = Page.objects.create(project=project, position=position, text=clean_text(text))
    PageVersion.objects.create(page=page, number=1, text=page.text, author=user)
    release(project)
    page.refresh_from_db()
    record(project.workspace, user, "added the page", page, name=tidy)
    return page


def rename_page(user: User, page: Page, name: str) -> None:
    """Changes the name in the page's first `Kind: Name` line, as a new version. Editors and owners."""
    tidy = clean_name(name, "page")
    with transaction.atomic():
        demand(user, page.project.workspace, Role.EDITOR)
        _lock(page)
        _refuse_taken(visible_pages(page.project).exclude(pk=page.pk), tidy)
        heads = [each for each in read_project(page.project).pages if each.source == page.public_id]
        if not heads:
            raise Refused('This page has no line such as "Function: Total" yet, so write one in the page itself.')
        lines = page.text.split("\n")
        lines[heads[0].line - 1] = f"{heads[0].kind}: {tidy}"
        before = page.title
        save_page(user, page, "\n".join(lines), page.version)
        record(page.project.workspace, user, f"renamed the page {before} to", page, name=tidy)


@transaction.atomic
def order_pages(user: User, project: Project, page_ids: Sequence[str]) -> None:
    """Puts the pages in this order (all public ids of the project's pages, each once). Editors and owners."""
    demand(user, project.workspace, Role.EDITOR)
    Project.objects.select_for_update().get(pk=project.pk)
    pages = {page.public_id: page for page in visible_pages(project)}
    if sorted(page_ids) != sorted(pages):
        raise Refused("The pages have changed meanwhile. Please look again and put them in order once more.")
    for position, page_id in enumerate(page_ids):
        pages[page_id].position = position
    Page.objects.bulk_update(pages.values(), ["position"])
    record(project.workspace, user, "put the pages in another order in", project)


def move_page(user: User, project: Project, page_id: str, by: int) -> None:
    """Moves one page up (-1) or down (+1) by a place; at the end it stays. Editors and owners."""
    order = list(visible_pages(project).values_list("public_id", flat=True))
    if page_id not in order:
        raise Refused("This page is not there any more.")
    place = order.index(page_id)
    target = min(max(place + by, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    order_pages(user, project, order)


@transaction.atomic
def delete_page(user: User, page: Page) -> None:
    """Hides the page; its functions stop. Editors and owners."""
    demand(user, page.project.workspace, Role.EDITOR)
    _lock(page)
    if page.deleted_at is None:
        page.deleted_at = timezone.now()
        page.save(update_fields=["deleted_at"])
        release(page.project)
        record(page.project.workspace, user, "deleted the page", page)


@transaction.atomic
def restore_page(user: User, page: Page) -> None:
    """Brings a deleted page back at the end, with all its versions. Editors and owners."""
    demand(user, page.project.workspace, Role.EDITOR)
    _lock(page)
    if page.deleted_at is not None:
        positions = visible_pages(page.project).values_list("position", flat=True)
        page.position = max(positions, default=-1) + 1
        page.deleted_at = None
        page.save(update_fields=["deleted_at", "position"])
        release(page.project)
        record(page.project.workspace, user, "brought back the page", page)


def _lock(page: Page) -> None:
    """Waits for other changes of the project, as saving does, then makes the caller's page say what is so now."""
    Project.objects.select_for_update().get(pk=page.project_id)
    page.refresh_from_db(fields=["deleted_at", "position", "title", "kind", "text", "version"])


def _refuse_taken(others: Iterable[Page], name: str) -> None:
    if any(other.title.casefold() == name.casefold() for other in others):
        raise Refused(f"There is already a page called {name}. Please choose another name.")
