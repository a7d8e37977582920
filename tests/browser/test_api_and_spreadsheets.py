"""A colleague gets an API, and a spreadsheet its results, in a real browser; and a run outlives its server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Account, MakeAccount
from tests.server import RunningServer, serve

pytestmark = pytest.mark.browser

DISCOUNT = (Path(__file__).parent.parent / "builder" / "quantity_discount.plain").read_text(encoding="utf-8")
SIZES = [(390, 844), (1440, 900)]


@pytest.fixture
def account(make_account: MakeAccount, page: Page, server: RunningServer) -> Account:
    made = make_account(DISCOUNT)
    made.sign_in(page, server)
    return made


def address(account: Account, part: str) -> str:
    return f"/p/{account.project}/functions/quantity-discount/{part}"


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_key_is_made_and_tried(page: Page, account: Account, barriers: Callable[[Page], list[str]]) -> None:
    page.goto(address(account, "api"))
    page.get_by_role("link", name="Keys of this project").click()
    page.get_by_label("What is the key for?").fill("Web shop")
    page.get_by_role("button", name="Make a key").click()
    key = page.get_by_label("API key", exact=True).input_value()
    assert key.startswith("ps_")
    assert barriers(page) == []
    page.goto(address(account, "api"))
    page.get_by_label("API key").fill(key)
    page.get_by_label("Request").fill('{"price": 20, "quantity": 10}')
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-try-status]")).to_contain_text("200 done")
    assert json.loads(page.locator("[data-try-answer]").inner_text()) == {"outputs": {"discount": 10}}
    page.get_by_label("Request").fill('{"price": 20, "quantity": 0}')
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-try-answer]")).to_contain_text("Order at least one.")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert fits(page)
        assert barriers(page) == []


def test_a_revoked_key_is_said_to_be_so(page: Page, account: Account) -> None:
    page.goto(f"/p/{account.project}/keys/")
    page.get_by_label("What is the key for?").fill("Old shop")
    page.get_by_role("button", name="Make a key").click()
    page.get_by_role("button", name="Revoke Old shop").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("“Old shop” is revoked")).to_be_visible()


def test_a_spreadsheet_gets_its_results(
    page: Page, account: Account, barriers: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("Article,Price,Qty\n" + "book,20,10\npen,many,1\n" * 50)
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(address(account, "spreadsheet"))
        assert fits(page)
        assert barriers(page) == []
        page.get_by_label("CSV file or Excel workbook (.xlsx)").set_input_files(orders)
        page.get_by_role("button", name="Upload").click()
        assert page.get_by_label("Price ($)").input_value() == "1"
        page.get_by_label("Quantity", exact=True).select_option(label="Qty")
        assert fits(page)
        assert barriers(page) == []
        page.get_by_role("button", name="Run all rows").click()
        expect(page.get_by_text("100 rows done: 50 with a result, and 50 with a problem")).to_be_visible(timeout=20_000)
        assert fits(page)
        assert barriers(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="Save the result").click()
        assert download.value.suggested_filename == "orders with results.csv"
        lines = Path(download.value.path()).read_text().splitlines()
        assert lines[:2] == ["Article,Price,Qty,discount,problem", "book,20,10,10,"]
        assert len(lines) == 101


STARTED = """
import json
from builder.models import BulkRun
print(json.dumps(list(BulkRun.objects.values_list("state", "rows_done", "attempt"))))
"""

UPLOAD = """
from django.core.files.uploadedfile import SimpleUploadedFile
from builder.models import BulkRun, LiveFunction, User
from builder.programs import plan_for
from builder.services import bulk_runs
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project
from builder.services.workspaces import create_workspace
user = User.objects.create_user("ada@example.com", "a good long password", name="Ada")
project = create_project(user, create_workspace(user, "Ada"), "Shop")
add_page_with_text(user, project, open("tests/builder/quantity_discount.plain").read(), "Quantity discount")
function = LiveFunction.objects.select_related("project__workspace").get(project=project)
rows = b"price,quantity\\n" + b"20,10\\n" * 400_000
run = bulk_runs.upload(user, function, SimpleUploadedFile("orders.csv", rows))
BulkRun.objects.filter(pk=run.pk).update(
    state="running", columns={"price": 0, "quantity": 1}, attempt=1, lease_until="2026-01-01T00:00:00Z")
"""


def test_a_run_outlives_its_server(tmp_path: Path) -> None:
    """A run that a crashed server left behind, its lease run out, is taken up by the next one."""
    with serve(tmp_path, ["--without-samples"]) as server:
        server.kill()
        server.python(UPLOAD)
        server.start()
        deadline = time.monotonic() + 60
        while (state := json.loads(server.python(STARTED))[0])[0] != "done":
            assert time.monotonic() < deadline, state
            time.sleep(0.5)
        assert state == ["done", 400_000, 2]
