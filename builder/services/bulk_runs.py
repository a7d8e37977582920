"""Running a function over a spreadsheet, as its user sees it: upload, choose the columns, cancel, delete.

What the worker does with a run is in `builder.bulk_work`; the row of the run in the database is what both go by.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from kombu.exceptions import OperationalError

from builder.access import demand, function_for
from builder.models import BulkRun, LiveFunction, Project, Role, User
from builder.models.public_id import new_public_id
from builder.services.audit import record
from builder.services.errors import Refused
from compiler.plan import Function
from runtime.tables.files import look
from runtime.tables.layout import LARGEST_FILE, FileRefused, Layout
from runtime.tables.matching import match_columns

KEPT_FOR = timedelta(days=7)
"""How long a run and its files are kept."""

AT_ONCE = 20
"""How many runs of one project may wait or run at the same time."""

KEPT_RUNS = 100
KEPT_BYTES = 1024**3
"""How many runs of one project are kept, and how many bytes their files may have together."""

_PREVIEW = "preview"
"""Where the first rows are in `BulkRun.layout`, so that showing them does not open the file again."""

_log = logging.getLogger(__name__)

OPEN_STATES = (BulkRun.State.WAITING, BulkRun.State.RUNNING)


def layout_of(run: BulkRun) -> Layout:
    """How the run's file is written."""
    kept = {name: value for name, value in run.layout.items() if name != _PREVIEW}
    return Layout(**{**kept, "columns": tuple(kept["columns"])})


def preview_of(run: BulkRun) -> list[list[str]]:
    """The first rows of the run's file, each as wide as the names, as they were seen when it came."""
    rows: list[list[str]] = run.layout.get(_PREVIEW, [])
    return rows


def upload(user: User, function: LiveFunction, file: UploadedFile | None) -> BulkRun:
    """Keeps a file that a function shall run over. Every member who may run. Raises Refused."""
    function_for(user, function.project.public_id, function.slug)
    if file is None:
        raise Refused("Please choose a CSV file or an Excel workbook (.xlsx).")
    if (file.size or 0) > LARGEST_FILE:
        raise Refused(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Please split it into smaller files.")
    if BulkRun.objects.filter(project=function.project, state__in=OPEN_STATES).count() >= AT_ONCE:
        raise Refused("Many spreadsheets of this project are running already. Please wait until one is done.")
    _demand_room(function.project, file.size or 0)
    run = BulkRun(
        project=function.project,
        function_name=function.name,
        build_id=function.build_id,
        started_by=user,
        file_name=_shown_name(file.name or ""),
    )
    run.public_id = new_public_id()
    run.file.save(run.public_id, file, save=False)
    try:
        found = look(Path(run.file.path))
        if found.rows == 0:
            raise FileRefused("The file has no rows below the names of the columns.")
    except FileRefused as refusal:
        run.file.delete(save=False)
        raise Refused(refusal.words) from refusal
    run.layout = {**asdict(found.layout), "columns": list(found.layout.columns), _PREVIEW: found.preview}
    run.rows = found.rows
    try:
        _keep(user, function, run)
    except Refused:
        run.file.delete(save=False)
        raise
    return run


def _keep(user: User, function: LiveFunction, run: BulkRun) -> None:
    """Saves a run whose file is there. Raises Refused when another upload took its room meanwhile."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=function.project_id)
        _demand_room(function.project, run.file.size)
        run.save()
        record(function.project.workspace, user, "uploaded a spreadsheet for", function.project, function.name)


def _demand_room(project: Project, size: int) -> None:
    """Raises Refused unless the project may keep another run with a file of so many bytes."""
    runs = list(BulkRun.objects.filter(project=project).only("file", "result"))
    delete_some = (
        f"Please delete some that are no longer needed; {KEPT_FOR.days} days after the upload they are deleted anyway."
    )
    if len(runs) >= KEPT_RUNS:
        raise Refused(f"The {KEPT_RUNS} spreadsheets that a project can keep are there. {delete_some}")
    if size + sum(_bytes(each) for run in runs for each in (run.file, run.result)) > KEPT_BYTES:
        raise Refused(
            f"The spreadsheets of a project can have {KEPT_BYTES // 1024**2:,} MB together, and this file does not fit "
            f"beside the others. {delete_some}"
        )


def _bytes(file: FieldFile) -> int:
    """The size of a kept file; 0 when there is none (any more)."""
    try:
        return file.size if file else 0
    except FileNotFoundError:
        return 0


def choose_columns(user: User, run: BulkRun, function: Function, chosen: Mapping[str, int | None]) -> None:
    """Says which column gives which input, and lets the run start. Raises Refused when one is missing."""
    _demand_hold(user, run)
    columns = layout_of(run).columns
    wrong = [name for name, column in chosen.items() if column is not None and not 0 <= column < len(columns)]
    if wrong:
        raise Refused(f"Please choose a column of the file for the {wrong[0]}.")
    matching = match_columns(function, columns, chosen)
    if matching.missing:
        raise Refused(f"Please choose a column for {_listed(matching.missing)}.")
    with transaction.atomic():
        started = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.UPLOADED).update(
            columns=dict(matching.columns), state=BulkRun.State.WAITING
        )
        if started:
            transaction.on_commit(lambda: wake_worker(run.public_id))


def wake_worker(run_id: str) -> None:
    """Tells a worker that there is something to do. The row says so too, so a message that is lost does no harm."""
    from builder.tasks import run_spreadsheet

    try:
        run_spreadsheet.delay(run_id)
    except OperationalError:
        _log.warning("No worker could be told of spreadsheet run %s; it will be found later", run_id)


def cancel(user: User, run: BulkRun) -> None:
    """Stops a run; the worker sees it within the next rows. Its starter, editors and owners."""
    _demand_hold(user, run)
    BulkRun.objects.filter(pk=run.pk, state__in=(BulkRun.State.UPLOADED, *OPEN_STATES)).update(
        state=BulkRun.State.CANCELLED, finished=timezone.now(), lease_until=None
    )


def delete(user: User, run: BulkRun) -> None:
    """Deletes a run with its files. Its starter, editors and owners."""
    _demand_hold(user, run)
    with transaction.atomic():
        record(run.project.workspace, user, "deleted a spreadsheet of", run.project, run.function_name)
        remove(run)


def remove(run: BulkRun) -> None:
    """Deletes the row, and the files once that is certain."""
    files = [(each.storage, each.name) for each in (run.file, run.result) if each.name]
    run.delete()

    def forget() -> None:
        for storage, name in files:
            storage.delete(name)

    transaction.on_commit(forget)


def _demand_hold(user: User, run: BulkRun) -> None:
    """Everybody decides about their own runs, editors and owners about all. Http404 for others."""
    demand(user, run.project.workspace, Role.VIEWER if run.started_by_id == user.pk else Role.EDITOR)


def _shown_name(name: str) -> str:
    """The name of the file without folders and control characters, as it is shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable())[-150:] or "spreadsheet"


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
