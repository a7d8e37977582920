"""Running a function over a spreadsheet: uploading a file, and saying which of its columns gives which input."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from builder.access import Person, function_for, may, visible_functions
from builder.models import BulkRun, LiveFunction, Role
from builder.programs import plan_for
from builder.services import bulk_runs
from builder.services.errors import Refused
from builder.views.answers import attempt
from compiler.plan import Function
from compiler.targets.form import describe
from compiler.types import OptionalType
from runtime.tables.layout import LARGEST_FILE, MOST_ROWS
from runtime.tables.matching import match_columns, one_cell_problem


def run_of(function: LiveFunction, run_id: str) -> BulkRun:
    """A run of this function, which was got through `builder.access`; Http404 when there is none."""
    run = (
        BulkRun.objects.select_related("project__workspace")
        .filter(public_id=run_id, project_id=function.project_id, function_name=function.name)
        .first()
    )
    if run is None:
        raise Http404("No such run")
    return run


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, project_id: str, slug: str) -> HttpResponse:
    """Choosing a file, and the runs of the last days."""
    user = request.user
    function = function_for(user, project_id, slug)
    planned = plan_for(function).functions[function.name]
    blocked = _blocked(planned)
    if request.method == "POST" and not any(each["needed"] for each in blocked):
        assert user.is_authenticated
        try:
            run = bulk_runs.upload(user, function, request.FILES.get("file"))
        except Refused as refusal:
            messages.error(request, refusal.words)
            return redirect("function_spreadsheet", project_id, slug)
        return redirect("spreadsheet_columns", project_id, slug, run.public_id)
    form = describe(planned)
    pairs = zip(form.fields, planned.inputs, strict=True)
    return render(
        request,
        "builder/spreadsheet/upload.html",
        {
            "workspace": function.project.workspace,
            "function": function,
            "may_edit": may(user, function.project, Role.EDITOR),
            "inputs": [field for field, each in pairs if not one_cell_problem(each)],
            "results": form.results,
            "blocked": blocked,
            "impossible": any(each["needed"] for each in blocked),
            "others": _others(user, function) if blocked else [],
            "runs": BulkRun.objects.filter(project=function.project, function_name=function.name)[:20],
            "megabytes": LARGEST_FILE // 1024 // 1024,
            "most_rows": MOST_ROWS,
            "days": bulk_runs.KEPT_FOR.days,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, project_id: str, slug: str, run_id: str) -> HttpResponse:
    """The columns of the file beside the inputs, matched by name, to be corrected; and the first rows."""
    user = request.user
    assert user.is_authenticated
    function = function_for(user, project_id, slug)
    run = run_of(function, run_id)
    if run.state != BulkRun.State.UPLOADED:
        return redirect("spreadsheet_run", project_id, slug, run_id)
    planned = plan_for(LiveFunction(name=run.function_name, build_id=run.build_id)).functions[run.function_name]
    layout = bulk_runs.layout_of(run)
    asked = [each for each in planned.inputs if not one_cell_problem(each)]
    if request.method == "POST":
        chosen = {each.name: _number(request.POST.get(f"column-{at}", "")) for at, each in enumerate(asked)}
        if attempt(request, lambda: bulk_runs.choose_columns(user, run, planned, chosen)):
            return redirect("spreadsheet_run", project_id, slug, run_id)
    else:
        chosen = dict(match_columns(planned, layout.columns).columns)
    fields = {field.name: field for field in describe(planned).fields}
    return render(
        request,
        "builder/spreadsheet/columns.html",
        {
            "workspace": function.project.workspace,
            "function": function,
            "may_edit": may(user, function.project, Role.EDITOR),
            "run": run,
            "inputs": [
                {
                    "at": at,
                    "field": fields[each.name],
                    "optional": isinstance(each.type, OptionalType),
                    "column": chosen.get(each.name),
                }
                for at, each in enumerate(asked)
            ],
            "columns": list(enumerate(layout.columns)),
            "rows": bulk_runs.preview_of(run),
        },
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _blocked(function: Function) -> list[dict[str, object]]:
    """The inputs that cannot come from a cell, why, and whether the function cannot run without them."""
    found = []
    for each in function.inputs:
        problem = one_cell_problem(each)
        if problem:
            found.append({"name": each.name, "why": problem, "needed": not isinstance(each.type, OptionalType)})
    return found


def _others(user: Person, function: LiveFunction) -> list[LiveFunction]:
    """Functions of the same project that can run over a spreadsheet."""
    found = []
    for other in visible_functions(user, function.project):
        if other.pk != function.pk:
            planned = plan_for(other).functions[other.name]
            if not any(each["needed"] for each in _blocked(planned)):
                found.append(other)
    return found
