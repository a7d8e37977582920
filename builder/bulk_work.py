"""What a worker does with a spreadsheet run: take it under a lease, run it, and put the result beside the file.

A task may be delivered twice, and a worker may die at any point. The row decides: only the worker whose attempt is the
newest writes to it, and a run whose lease has run out is taken up again from its first row.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.db.models import F, Q
from django.utils import timezone

from builder.models import BulkRun, LiveFunction
from builder.programs import program_for
from builder.services.bulk_runs import KEPT_FOR, layout_of, remove, wake_worker
from compiler.run import Clock
from runtime.tables.files import run_file
from runtime.tables.layout import FileRefused
from runtime.tables.running import Stopped

LEASE = timedelta(seconds=120)
_NOTE_EVERY = 0.5
_RENEW_EVERY = 5.0
"""Seconds between two renewals of the lease, whatever the rows do."""

LONGEST = timedelta(hours=1)
"""How long one attempt may take."""

ATTEMPTS = 3
"""How often a run is taken up: one whose worker died each time is likely to be why."""

_ORPHAN_AGE = timedelta(days=1)

_FAILED = (
    "Something went wrong on our side while the rows were running. Please try again; if it happens again, tell us."
)

_TOO_LONG = (
    f"The rows took longer than {LONGEST // timedelta(minutes=1)} minutes, which is the most that one spreadsheet may "
    "take. Please split it into smaller files, or make the function quicker."
)
_GIVEN_UP = (
    f"The rows were begun {ATTEMPTS} times and never came to an end. "
    "Please split the spreadsheet into smaller files; if it happens again, tell us."
)

_log = logging.getLogger(__name__)

State = BulkRun.State


def claim(run_id: str) -> BulkRun | None:
    """Takes the run for a new attempt; None when it is done, cancelled, given up, or held by another worker."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
    BulkRun.objects.filter(free, public_id=run_id, attempt__gte=ATTEMPTS).update(
        state=State.FAILED, problem=_GIVEN_UP, finished=now, lease_until=None
    )
    taken = BulkRun.objects.filter(free, public_id=run_id).update(
        state=State.RUNNING, attempt=F("attempt") + 1, lease_until=now + LEASE, rows_done=0, rows_failed=0
    )
    if not taken:
        return None
    BulkRun.objects.filter(public_id=run_id, started=None).update(started=now)
    return BulkRun.objects.select_related("project").get(public_id=run_id)


def work(run_id: str) -> None:
    """Runs one spreadsheet to its end, unless somebody else does."""
    run = claim(run_id)
    if run is None:
        return
    hold = _Hold(run)
    result = Path(settings.MEDIA_ROOT) / "spreadsheets" / "out" / f"{run.public_id}-{run.attempt}"
    result.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with hold:
            _run(run, hold, result)
        kept = hold.finish(
            state=State.DONE,
            result=str(result.relative_to(settings.MEDIA_ROOT)),
            rows=hold.done,
            rows_done=hold.done,
            rows_failed=hold.failed,
        )
        if not kept:
            result.unlink(missing_ok=True)
    except Stopped:
        result.unlink(missing_ok=True)
    except FileRefused as refusal:
        result.unlink(missing_ok=True)
        hold.finish(state=State.FAILED, problem=refusal.words)
    except Exception:
        result.unlink(missing_ok=True)
        hold.finish(state=State.FAILED, problem=_FAILED)
        raise


def _run(run: BulkRun, hold: _Hold, result: Path) -> None:
    function, program = program_for(LiveFunction(name=run.function_name, build_id=run.build_id))
    assert run.started is not None
    zone = ZoneInfo(run.project.time_zone)
    # The time of the first attempt, so that another attempt gives the same results.
    clock = Clock(now=run.started, today=run.started.astimezone(zone).date())
    summary = run_file(
        program,
        function,
        Path(run.file.path),
        result,
        layout_of(run),
        run.columns,
        clock,
        hold.progress,
        hold.counted,
        threads=os.cpu_count() or 1,
        check=hold.check,
    )
    hold.done, hold.failed = summary.rows, summary.failed


class _Hold:
    """A worker's hold of a run: a thread renews it while the rows run (in a `with`), and tells when it is lost."""

    def __init__(self, run: BulkRun) -> None:
        self._mine = BulkRun.objects.filter(pk=run.pk, state=State.RUNNING, attempt=run.attempt)
        self._noted = 0.0
        self._until = time.monotonic() + LONGEST.total_seconds()
        self._ended = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="spreadsheet lease", daemon=True)
        self.done = 0
        self.failed = 0

    def __enter__(self) -> _Hold:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        try:
            while not self._ended.wait(_RENEW_EVERY) and not self._lost.is_set():
                try:
                    if not self._mine.update(lease_until=timezone.now() + LEASE):
                        self._lost.set()
                except OperationalError:
                    # The lease lasts for many more rounds.
                    _log.warning("The lease of a spreadsheet run could not be renewed", exc_info=True)
                    close_old_connections()
        finally:
            connection.close()

    def check(self) -> None:
        """Raises Stopped when the run is cancelled, deleted or taken over, FileRefused when it takes too long."""
        if self._lost.is_set():
            raise Stopped
        if time.monotonic() > self._until:
            raise FileRefused(_TOO_LONG)

    def progress(self, done: int, failed: int) -> None:
        """Notes how far the run is, now and then. Raises as `check`."""
        self.check()
        now = time.monotonic()
        if now - self._noted >= _NOTE_EVERY:
            self._noted = now
            self._note(rows_done=done, rows_failed=failed)

    def counted(self, rows: int, failed: int) -> None:
        """Notes how many rows there are."""
        self._note(rows=rows, rows_failed=failed)

    def _note(self, **values: int) -> None:
        if not self._mine.update(lease_until=timezone.now() + LEASE, **values):
            raise Stopped

    def finish(self, **values: object) -> bool:
        """Ends the run, if it is still this worker's."""
        return bool(self._mine.update(finished=timezone.now(), lease_until=None, **values))


def tend() -> None:
    """Takes up what was left lying: runs that nobody holds, and files that nobody needs any more."""
    now = timezone.now()
    for run_id in BulkRun.objects.filter(
        Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
    ).values_list("public_id", flat=True):
        wake_worker(run_id)
    for run in BulkRun.objects.filter(created__lt=now - KEPT_FOR):
        remove(run)
    _sweep(now.timestamp() - _ORPHAN_AGE.total_seconds())


def _sweep(before: float) -> None:
    """Deletes files that no run names, as a crash or a deleted project leaves them."""
    folder = Path(settings.MEDIA_ROOT) / "spreadsheets"
    named = {name for pair in BulkRun.objects.values_list("file", "result") for name in pair if name}
    for path in folder.glob("*/*"):
        if str(path.relative_to(settings.MEDIA_ROOT)) not in named and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
