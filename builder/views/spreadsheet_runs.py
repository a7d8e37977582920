"""One run of a function over a spreadsheet: how far it is, its result, stopping and deleting it."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from builder.access import function_for, may
from builder.models import BulkRun, Role
from builder.services import bulk_runs
from builder.views.answers import attempt
from builder.views.spreadsheets import run_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@never_cache
@require_safe
def show(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse:
    """How far the run is, or what came of it."""
    function = function_for(request.user, project_id, slug)
    run = run_of(function, run_id)
    if run.state == BulkRun.State.UPLOADED:
        return redirect("spreadsheet_columns", project_id, slug, run_id)
    return render(
        request,
        "builder/spreadsheet/run.html",
        {
            "workspace": function.project.workspace,
            "function": function,
            "may_edit": may(request.user, function.project, Role.EDITOR),
            "run": run,
            "is_open": run.state in bulk_runs.OPEN_STATES,
            "percent": percent(run),
            "good": run.rows_done - run.rows_failed,
            "days": bulk_runs.KEPT_FOR.days,
        },
    )


@login_required
@never_cache
@require_safe
def progress(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse:
    """How far the run is, for scripts."""
    run = run_of(function_for(request.user, project_id, slug), run_id)
    return JsonResponse(
        {
            "state": run.state,
            "open": run.state in bulk_runs.OPEN_STATES,
            "rows": run.rows,
            "done": run.rows_done,
            "failed": run.rows_failed,
            "percent": percent(run),
        }
    )


@login_required
@require_POST
def cancel(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse:
    """Stops the run."""
    user = request.user
    assert user.is_authenticated
    run = run_of(function_for(user, project_id, slug), run_id)
    attempt(request, lambda: bulk_runs.cancel(user, run), "The run is cancelled.")
    return redirect("function_spreadsheet", project_id, slug)


@login_required
@require_POST
def delete(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse:
    """Deletes the run with its files."""
    user = request.user
    assert user.is_authenticated
    run = run_of(function_for(user, project_id, slug), run_id)
    attempt(request, lambda: bulk_runs.delete(user, run), "The run and its files are deleted.")
    return redirect("function_spreadsheet", project_id, slug)


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse | FileResponse:
    """The file with its results, to be saved."""
    run = run_of(function_for(request.user, project_id, slug), run_id)
    if run.state != BulkRun.State.DONE or not run.result:
        raise Http404("No result yet")
    workbook = run.layout["format"] == "xlsx"
    stem = re.sub(r"\.(csv|txt|tsv|xlsx|xlsm)$", "", run.file_name, flags=re.IGNORECASE)
    return FileResponse(
        run.result.open("rb"),
        as_attachment=True,
        filename=f"{stem} with results.{'xlsx' if workbook else 'csv'}",
        content_type=_XLSX if workbook else "text/csv; charset=utf-8",
    )


def percent(run: BulkRun) -> int | None:
    """How far the run is; None while the number of rows is not known."""
    if run.state == BulkRun.State.DONE:
        return 100
    if not run.rows:
        return None
    return min(99, run.rows_done * 100 // run.rows)
