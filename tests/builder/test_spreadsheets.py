"""Running a function over a spreadsheet: upload, columns, the worker, and what happens when it dies."""

from __future__ import annotations

import io
import re
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from builder import bulk_work
from builder.models import BulkRun, LiveFunction, Project, User
from builder.programs import plan_for
from builder.services import bulk_runs
from builder.services.errors import Refused
from builder.services.pages import add_page_with_text
from runtime.engine.columns import chunk
from runtime.tables import files, running
from runtime.tables.running import Stopped

DISCOUNT = Path(__file__).with_name("quantity_discount.plain").read_text(encoding="utf-8")
ROWS = "Name,Price,Quantity\nbook,20,10\npen,many,1\n=1+1,20,100\n"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def function(olga: User, project: Project) -> LiveFunction:
    add_page_with_text(olga, project, DISCOUNT, "Quantity discount")
    return LiveFunction.objects.select_related("project__workspace").get(project=project)


def upload(user: User, function: LiveFunction, content: str | bytes = ROWS, name: str = "orders.csv") -> BulkRun:
    data = content.encode() if isinstance(content, str) else content
    return bulk_runs.upload(user, function, SimpleUploadedFile(name, data))


def start(user: User, function: LiveFunction, content: str | bytes = ROWS, name: str = "orders.csv") -> BulkRun:
    run = upload(user, function, content, name)
    # The row as the worker finds it; no worker runs in tests, so nothing happens before `work` is called.
    BulkRun.objects.filter(pk=run.pk).update(state=BulkRun.State.WAITING, columns={"price": 1, "quantity": 2})
    return fresh(run)


def fresh(run: BulkRun) -> BulkRun:
    return BulkRun.objects.select_related("project__workspace").get(pk=run.pk)


def address(name: str, function: LiveFunction, run: BulkRun | None = None) -> str:
    arguments = [function.project.public_id, function.slug]
    return reverse(name, args=arguments + ([run.public_id] if run else []))


def test_from_the_upload_to_the_result(
    as_olga: Client, function: LiveFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(bulk_runs, "wake_worker", told.append)
    page = address("function_spreadsheet", function)
    assert "CSV file or Excel workbook" in as_olga.get(page).content.decode()
    answer = as_olga.post(page, {"file": SimpleUploadedFile("orders.csv", ROWS.encode())})
    run = BulkRun.objects.get()
    assert answer["Location"] == address("spreadsheet_columns", function, run)
    Path(run.file.path).rename(f"{run.file.path}-away")
    columns = as_olga.get(answer["Location"]).content.decode()
    Path(f"{run.file.path}-away").rename(run.file.path)
    assert re.search(r'<option value="1"\s+selected>Price</option>', columns)
    assert "book" in columns
    answer = as_olga.post(answer["Location"], {"column-0": "1", "column-1": "2"})
    assert answer["Location"] == address("spreadsheet_run", function, run)
    assert told == [run.public_id]
    assert "Waiting to start" in as_olga.get(answer["Location"]).content.decode()
    bulk_work.work(told[0])
    progress = as_olga.get(address("spreadsheet_progress", function, run)).json()
    assert progress == {"state": "done", "open": False, "rows": 3, "done": 3, "failed": 1, "percent": 100}
    assert "3 rows done: 2 with a result, and 1 with a problem" in as_olga.get(answer["Location"]).content.decode()
    result = as_olga.get(address("spreadsheet_result", function, run))
    assert "orders with results.csv" in result["Content-Disposition"]
    assert result["Content-Disposition"].startswith("attachment")
    lines = b"".join(result.streaming_content).decode().splitlines()
    assert lines[0] == "Name,Price,Quantity,discount,problem"
    assert lines[1] == "book,20,10,10,"
    assert lines[2].startswith("pen,many,1,,Price: “many” is not")
    assert lines[3] == "'=1+1,20,100,300,"


def test_a_workbook_comes_back_as_a_workbook(as_olga: Client, olga: User, function: LiveFunction) -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (["Name", "Price", "Quantity"], ["book", 20, 10], ["pen", 1.5, 0]):
        book.active.append(row)
    book.save(file)
    run = start(olga, function, file.getvalue(), "orders.xlsx")
    bulk_work.work(run.public_id)
    assert (fresh(run).state, fresh(run).rows, fresh(run).rows_failed) == ("done", 2, 1)
    result = as_olga.get(address("spreadsheet_result", function, run))
    sheet = load_workbook(io.BytesIO(b"".join(result.streaming_content))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["book", 20, 10, 10, None],
        ["pen", 1.5, 0, None, "Order at least one."],
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"price,quantity\n", "no rows"), (b"PK\x03\x04rubbish", "damaged")],
)
def test_a_wrong_file_is_refused_in_words_and_not_kept(
    as_olga: Client, function: LiveFunction, content: bytes, words: str
) -> None:
    before = set(Path(settings.MEDIA_ROOT).glob("spreadsheets/*/*"))
    answer = as_olga.post(
        address("function_spreadsheet", function), {"file": SimpleUploadedFile("orders.csv", content)}, follow=True
    )
    assert words in answer.content.decode()
    assert not BulkRun.objects.exists()
    assert set(Path(settings.MEDIA_ROOT).glob("spreadsheets/*/*")) == before


def test_no_file_at_all(as_olga: Client, function: LiveFunction) -> None:
    answer = as_olga.post(address("function_spreadsheet", function), {}, follow=True)
    assert "choose a CSV file" in answer.content.decode()


def test_a_project_keeps_so_many_runs(olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_runs, "KEPT_RUNS", 2)
    first = fresh(upload(olga, function))
    upload(olga, function)
    with pytest.raises(Refused, match="2 spreadsheets"):
        upload(olga, function)
    bulk_runs.delete(olga, first)
    upload(olga, function)


def test_a_project_keeps_so_many_bytes_of_files_and_results(
    olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_runs, "KEPT_BYTES", 3 * len(ROWS))
    run = start(olga, function)
    upload(olga, function)
    Path(upload(olga, function).file.path).unlink()
    bulk_work.work(run.public_id)
    before = set(Path(settings.MEDIA_ROOT).glob("spreadsheets/*/*"))
    with pytest.raises(Refused, match="does not fit"):
        upload(olga, function)
    assert set(Path(settings.MEDIA_ROOT).glob("spreadsheets/*/*")) == before


def test_a_result_has_a_largest_size(olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(olga, function)
    monkeypatch.setattr(files, "LARGEST_RESULT", 50)
    bulk_work.work(run.public_id)
    assert (fresh(run).state, fresh(run).result.name) == ("failed", "")
    assert "would have more than" in fresh(run).problem


def test_a_column_must_be_chosen(olga: User, function: LiveFunction) -> None:
    run = fresh(upload(olga, function, "a,b\n1,2\n"))
    planned = plan_for(function).functions[function.name]
    with pytest.raises(Refused, match="“price” and “quantity”"):
        bulk_runs.choose_columns(olga, run, planned, {"price": None, "quantity": None})
    with pytest.raises(Refused, match="quantity"):
        bulk_runs.choose_columns(olga, run, planned, {"price": 0, "quantity": 7})
    assert fresh(run).state == BulkRun.State.UPLOADED


def test_a_run_that_is_delivered_twice_runs_once(olga: User, function: LiveFunction) -> None:
    run = start(olga, function)
    assert bulk_work.claim(run.public_id) is not None
    bulk_work.work(run.public_id)
    assert fresh(run).state == BulkRun.State.RUNNING
    assert fresh(run).attempt == 1


def test_a_run_whose_worker_died_is_taken_up_again(
    olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(bulk_work, "wake_worker", told.append)
    run = start(olga, function)
    assert bulk_work.claim(run.public_id) is not None
    first = fresh(run).started
    bulk_work.tend()
    assert told == []
    BulkRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    bulk_work.tend()
    assert told == [run.public_id]
    bulk_work.work(run.public_id)
    assert (fresh(run).state, fresh(run).attempt, fresh(run).started) == ("done", 2, first)


def test_a_worker_that_lost_its_run_writes_nothing(
    olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(olga, function)
    whole = running.results_of

    def slow(*arguments: object) -> object:
        BulkRun.objects.filter(pk=run.pk).update(attempt=9)
        return whole(*arguments)

    monkeypatch.setattr(running, "results_of", slow)
    bulk_work.work(run.public_id)
    assert (fresh(run).state, fresh(run).attempt, fresh(run).result.name) == ("running", 9, "")


def test_a_run_can_be_cancelled(olga: User, function: LiveFunction, as_olga: Client) -> None:
    run = start(olga, function)
    held = bulk_work.claim(run.public_id)
    assert held is not None
    hold = bulk_work._Hold(held)
    as_olga.post(address("spreadsheet_cancel", function, run))
    with pytest.raises(Stopped):
        hold.progress(1, 0)
    assert not hold.finish(state=BulkRun.State.DONE)
    assert fresh(run).state == BulkRun.State.CANCELLED
    assert as_olga.get(address("spreadsheet_result", function, run)).status_code == 404
    bulk_work.work(run.public_id)
    assert fresh(run).state == BulkRun.State.CANCELLED


SLOW = """Function: Slow
Needs a count (whole number).
Gives a result (whole number).

Set the result to 0.
Repeat until the count is less than the result:
- set the result to 0
"""


def test_a_run_is_held_and_can_be_cancelled_within_a_chunk(
    olga: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_page_with_text(olga, project, SLOW, "Slow")
    run = start(olga, LiveFunction.objects.select_related("project__workspace").get(), "count\n" + "1\n" * 300_000)
    BulkRun.objects.filter(pk=run.pk).update(columns={"count": 0})
    monkeypatch.setattr(bulk_work, "_RENEW_EVERY", 0.05)
    monkeypatch.setattr(chunk, "RUN_SECONDS", 0.1)
    leases = []
    ended = threading.Event()

    def watch() -> None:
        try:
            while len(set(leases)) < 4 and not ended.wait(0.02):
                leases.append(fresh(run).lease_until)
            bulk_runs.cancel(olga, fresh(run))
        finally:
            connection.close()

    watching = threading.Thread(target=watch)
    watching.start()
    began = time.monotonic()
    bulk_work.work(run.public_id)
    took = time.monotonic() - began
    ended.set()
    watching.join()
    assert len(set(leases)) >= 4
    assert (fresh(run).state, fresh(run).rows_done) == ("cancelled", 0)
    assert took < 10


def test_a_run_that_takes_too_long_says_so(olga: User, function: LiveFunction, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(olga, function)
    monkeypatch.setattr(bulk_work, "LONGEST", timedelta(seconds=-1))
    bulk_work.work(run.public_id)
    assert fresh(run).state == BulkRun.State.FAILED
    assert "took longer than" in fresh(run).problem


def test_a_run_is_taken_up_three_times_at_most(olga: User, function: LiveFunction) -> None:
    run = start(olga, function)
    for _ in range(3):
        assert bulk_work.claim(run.public_id) is not None
        BulkRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    bulk_work.work(run.public_id)
    assert (fresh(run).state, fresh(run).attempt) == (BulkRun.State.FAILED, 3)
    assert "3 times" in fresh(run).problem


def test_deleting_a_run_deletes_its_files(olga: User, function: LiveFunction, as_olga: Client) -> None:
    run = start(olga, function)
    bulk_work.work(run.public_id)
    files = [Path(fresh(run).file.path), Path(fresh(run).result.path)]
    assert all(path.exists() for path in files)
    as_olga.post(address("spreadsheet_delete", function, run))
    assert not BulkRun.objects.exists()
    assert not any(path.exists() for path in files)


def test_runs_are_deleted_after_a_week(olga: User, function: LiveFunction) -> None:
    run = start(olga, function)
    bulk_work.work(run.public_id)
    path = Path(fresh(run).result.path)
    BulkRun.objects.update(created=timezone.now() - timedelta(days=6))
    bulk_work.tend()
    assert path.exists()
    BulkRun.objects.update(created=timezone.now() - timedelta(days=8))
    bulk_work.tend()
    assert not BulkRun.objects.exists()
    assert not path.exists()


def test_everybody_decides_about_their_own_runs(olga: User, edward: User, viola: User, function: LiveFunction) -> None:
    run, hers = fresh(upload(olga, function)), fresh(upload(viola, function))
    with pytest.raises(Http404):
        bulk_runs.delete(viola, run)
    bulk_runs.cancel(viola, hers)
    assert fresh(hers).state == BulkRun.State.CANCELLED
    bulk_runs.delete(edward, hers)


def test_a_function_of_records_offers_another_one(
    as_olga: Client, olga: User, function: LiveFunction, project: Project
) -> None:
    text = (
        "Function: Basket\nNeeds several items.\nAn item has a name (text) and a price (money).\nGives a total (money).\n\n"
        "Set the total to the sum of the prices of the items.\n"
    )
    add_page_with_text(olga, project, text, "Basket")
    basket = LiveFunction.objects.select_related("project").get(name="Basket")
    shown = as_olga.get(address("function_spreadsheet", basket)).content.decode()
    assert "do not fit in one cell" in shown
    assert address("function_spreadsheet", function) in shown
    assert 'type="file"' not in shown
    as_olga.post(address("function_spreadsheet", basket), {"file": SimpleUploadedFile("a.csv", b"a\n1\n")})
    assert not BulkRun.objects.exists()


def test_a_hundred_thousand_rows(olga: User, function: LiveFunction) -> None:
    run = start(olga, function, "Name,Price,Quantity\n" + "book,20,10\n" * 100_000)
    bulk_work.work(run.public_id)
    assert (fresh(run).rows, fresh(run).rows_done, fresh(run).rows_failed) == (100_000, 100_000, 0)
    with fresh(run).result.open() as file:
        assert sum(line.endswith(b",10,\n") for line in file) == 100_000


def test_files_are_not_served_by_their_names(as_olga: Client, olga: User, function: LiveFunction) -> None:
    run = upload(olga, function)
    for start_of in ("/", "/media/", "/files/", "/static/"):
        assert as_olga.get(f"{start_of}{run.file.name}").status_code == 404
