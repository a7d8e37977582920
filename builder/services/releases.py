"""After every save: which functions of the project run from which build.

A function that reads without mistakes runs from the project as it is now. One that does not, while its page still
names it, keeps its last good build. One that no page names any more stops. Called inside the saving transaction,
with the project locked.
"""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone
from django.utils.text import slugify

from builder.access import visible_pages
from builder.models import Build, BulkRun, Form, LiveFunction, Page, Project, Sharing
from builder.reading import read_sources, sources_of
from compiler import Project as Reading
from compiler import Source

FUNCTION = "Function"
NAME_LENGTH = 200


def release(project: Project) -> Reading:
    """Brings the titles, builds and functions of a project up to date with its pages; returns how they were read."""
    sources = sources_of(project)
    reading = read_sources(sources)
    pages = {page.public_id: page for page in visible_pages(project)}
    _keep_titles(reading, pages)
    declared = _declared(reading)
    _follow_renames(project, declared)
    working = {name for name, function in reading.plan.functions.items() if not function.private and name in declared}
    existing = {function.name: function for function in LiveFunction.objects.filter(project=project)}
    replaced = {function.build_id for function in existing.values()}
    build = keep_build(sources) if working else None
    now = timezone.now()
    for name, source in declared.items():
        function = existing.pop(name, None)
        if name in working and build is not None:
            if function is None:
                function = LiveFunction(project=project, name=name, slug=_free_slug(project, name))
                _bring_back_form(project, name, pages[source])
            elif function.page_id != pages[source].pk:
                _end_link(Form.objects.filter(project=project, function_name=name).first())
            function.build = build
            function.is_behind = False
        elif function is None:
            continue
        else:
            function.is_behind = True
        function.page = pages[source]
        function.updated = now
        function.save()
    for gone in existing.values():
        Form.objects.filter(project=project, function_name=gone.name).update(page=gone.page_id)
        gone.delete()
    _forget_unused(replaced)
    return reading


def build_hash(sources: tuple[Source, ...]) -> str:
    """The name of a build: SHA-256 of its sources as JSON without blanks."""
    content = json.dumps([[source.name, source.text] for source in sources], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def keep_build(sources: tuple[Source, ...]) -> Build:
    """The build of these sources, kept if it was not yet."""
    build, _ = Build.objects.get_or_create(
        hash=build_hash(sources), defaults={"sources": [[source.name, source.text] for source in sources]}
    )
    return build


def _declared(reading: Reading) -> dict[str, str]:
    """The page (public id) of every function that the project names, the first if there are two of one name."""
    declared: dict[str, str] = {}
    for page in reading.pages:
        # Longer names are a mistake that the reader reports; such a function does not run.
        if page.kind == FUNCTION and 0 < len(page.name) <= NAME_LENGTH:
            declared.setdefault(page.name, page.source)
    return declared


def _keep_titles(reading: Reading, pages: dict[str, Page]) -> None:
    """Each page's kind and title are those of its first `Kind: Name` line."""
    heads: dict[str, tuple[str, str]] = {}
    for head in reading.pages:
        heads.setdefault(head.source, (head.kind, head.name[:NAME_LENGTH]))
    changed = []
    for public_id, page in pages.items():
        kind, title = heads.get(public_id, ("", ""))
        if (page.kind, page.title) != (kind, title):
            page.kind, page.title = kind, title
            changed.append(page)
    Page.objects.bulk_update(changed, ["kind", "title"])


def _follow_renames(project: Project, declared: dict[str, str]) -> None:
    """When one name of a page went and one came, the function was renamed: its address, form and runs follow."""
    functions = list(LiveFunction.objects.filter(project=project).select_related("page"))
    known = {function.name for function in functions}
    for page_id in {function.page.public_id for function in functions}:
        gone = [each for each in functions if each.page.public_id == page_id and each.name not in declared]
        come = [name for name, source in declared.items() if source == page_id and name not in known]
        if len(gone) == 1 and len(come) == 1:
            before, after = gone[0].name, come[0]
            LiveFunction.objects.filter(pk=gone[0].pk).update(name=after)
            form = Form.objects.filter(project=project, function_name=before).first()
            if form is not None:
                _set_aside_form(project, after)
                form.function_name = after
                form.save(update_fields=["function_name"])
            else:
                _bring_back_form(project, after, gone[0].page)
            BulkRun.objects.filter(project=project, function_name=before).update(function_name=after)


def _set_aside(name: str) -> str:
    """How the names begin under which forms are kept that another function's form took the name of.

    No function has such a name, because names are of one line.
    """
    return f"{name[: NAME_LENGTH - 20]}\n"


def _set_aside_form(project: Project, name: str) -> None:
    """Keeps the form of a function that is gone, though its name is needed for another form."""
    form = Form.objects.filter(project=project, function_name=name).first()
    if form is not None:
        form.function_name = f"{_set_aside(name)}{form.pk}"
        form.save(update_fields=["function_name"])


def _bring_back_form(project: Project, name: str, page: Page) -> None:
    """A function that starts gets the form that one of this name had on its page; another's is not for everybody."""
    form = Form.objects.filter(project=project, function_name=name).first()
    if form is None or form.page_id != page.pk:
        own = Form.objects.filter(project=project, function_name__startswith=_set_aside(name), page=page)
        found = own.order_by("-updated").first()
        if found is not None:
            _set_aside_form(project, name)
            found.function_name = name
            found.save(update_fields=["function_name"])
        else:
            _end_link(form)


def _end_link(form: Form | None) -> None:
    """Makes a form private that its link opened for everybody, because it comes to a function it was not shared for."""
    if form is not None and form.sharing == Sharing.LINK:
        form.sharing, form.token, form.explain_on_link = Sharing.PRIVATE, None, False
        form.save(update_fields=["sharing", "token", "explain_on_link"])


def _free_slug(project: Project, name: str) -> str:
    """The name as it appears in addresses, with a number when another function has it already."""
    plain = slugify(name, allow_unicode=True)[:NAME_LENGTH] or "function"
    taken = set(LiveFunction.objects.filter(project=project, slug__startswith=plain).values_list("slug", flat=True))
    slug, number = plain, 1
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug


def _forget_unused(hashes: set[str]) -> None:
    """Drops the builds among these that nothing runs from any more."""
    Build.objects.filter(hash__in=hashes, functions=None, bulk_runs=None).delete()
