"""The form of a function for members: filling in, problems, results, rows without scripts, and explaining."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from builder.forms.design import Design, FieldDesign
from builder.models import Form, LiveFunction, Project, Sharing, User, Workspace
from builder.services.forms import save_design
from builder.services.pages import add_page_with_text
from builder.services.samples import add_shop
from builder.views.forms import MOST_CELLS

BASKET = {
    "items": ["1", "2"],
    "items.1.name": "book",
    "items.1.price": "12",
    "items.1.quantity": "2",
    "items.1.exempt_mark": "yes",
    "items.2.name": "pen",
    "items.2.price": "1.50",
    "items.2.quantity": "10",
    "state": "New York",
}

EVERY_TYPE = """Function: Everything
Needs a title (text), a rate (percentage), an optional fee (money in USD), an amount (number), a wait (duration), a heat (temperature in °C), an express mark (yes/no), a size (one of small, medium or large), a day (date), an hour (time), a start (moment), a parcel, several lines, several notes (text) and several orders.
A parcel has a width (cm) and a height (cm).
A line has a name (text), a price (money), a due day (date), a kind (one of book or toy) and a gift mark (yes/no).
An order has a customer (text) and several remarks (text).
Gives a summary (text), a finish (moment), a box (parcel), several gifts (line) and a fee to pay (money in USD).

Set the summary to "{the title}, {the size}, {the notes}".
Set the finish to the wait after the start.
Set the box to the parcel.
Set the gifts to the lines where the line's gift mark is yes.
Set the fee to pay to $20.
"""

EVERY_ANSWER = {
    "title": "Gifts",
    "rate": "15",
    "fee": "",
    "amount": "1,250.5",
    "wait": "90",
    "wait.unit": "minutes",
    "heat": "86 °F",
    "express_mark": "yes",
    "size": "small",
    "day": "2026-03-01",
    "hour": "09:00",
    "start": "2026-03-01T09:00",
    "parcel.width": "0.5 m",
    "parcel.height": "20",
    "lines": ["1", "2"],
    "lines.1.name": "A book",
    "lines.1.price": "12",
    "lines.1.due_day": "2026-04-01",
    "lines.1.kind": "book",
    "lines.1.gift_mark": "yes",
    "lines.2.name": "A toy",
    "lines.2.price": "20",
    "lines.2.due_day": "2026-04-02",
    "lines.2.kind": "toy",
    "notes": ["1", "2"],
    "notes.1.value": "one",
    "notes.2.value": "two",
    "orders": ["1"],
    "orders.1.customer": "Ada",
    "orders.1.remarks": ["1"],
    "orders.1.remarks.1.value": "soon",
}


@pytest.fixture
def shop(olga: User, workspace: Workspace) -> Project:
    """The sample project, with Quantity discount and Basket total."""
    return add_shop(olga, workspace)


def address(project: Project, name: str = "function_form", slug: str = "quantity-discount") -> str:
    return reverse(name, args=[project.public_id, slug])


def send_json(client: Client, url: str, data: object) -> Any:
    return client.post(url, json.dumps(data), content_type="application/json")


def test_a_form_asks_for_the_inputs_in_the_users_words(as_olga: Client, shop: Project) -> None:
    page = as_olga.get(address(shop))
    assert page.status_code == 200
    html = page.content.decode()
    assert '<label class="field__label" for="q-price">' in html
    assert 'inputmode="numeric"' in html
    assert '<span class="affix__unit" id="q-price-before">$</span>' in html


def test_a_plain_form_shows_the_result(as_olga: Client, shop: Project) -> None:
    page = as_olga.post(address(shop), {"price": "$20.00", "quantity": "10"})
    assert page.status_code == 200
    assert "$10" in page.content.decode()


def test_a_list_is_filled_in_row_by_row(as_olga: Client, shop: Project) -> None:
    page = as_olga.post(address(shop, slug="basket-total"), BASKET)
    html = page.content.decode()
    for amount in ("$38.25", "$1.26", "$39.51"):
        assert amount in html


def test_every_type_of_value_goes_through_a_form_and_back(as_olga: Client, olga: User, project: Project) -> None:
    add_page_with_text(olga, project, EVERY_TYPE, "Everything")
    blank = as_olga.get(address(project, slug="everything"))
    assert blank.status_code == 200
    page = as_olga.post(address(project, slug="everything"), EVERY_ANSWER)
    html = page.content.decode()
    assert page.status_code == 200, html
    shown = html.split('class="outcome card"')[1]
    for words in ("Gifts, small, one and two", "1 March 2026 10:30 UTC", "50 cm", "20 cm", "A book", "$20"):
        assert words in shown
    assert "A toy" not in shown


def test_a_run_asks_the_database_a_fixed_number_of_times(
    as_olga: Client, shop: Project, django_assert_max_num_queries: Any
) -> None:
    as_olga.post(address(shop), {"price": "20", "quantity": "10"})  # reads the build, which is kept
    with django_assert_max_num_queries(7):
        as_olga.post(address(shop), {"price": "20", "quantity": "10"})


def test_problems_are_beside_their_answers_and_nothing_is_lost(as_olga: Client, shop: Project) -> None:
    page = as_olga.post(address(shop), {"price": "a lot", "quantity": ""})
    assert page.status_code == 422
    html = page.content.decode()
    assert 'value="a lot"' in html
    assert html.count('aria-invalid="true"') == 2
    assert "Please fill in “Quantity”." in html


def test_a_script_gets_only_what_changed(as_olga: Client, shop: Project) -> None:
    sent = {"answers": [["price", "20"], ["quantity", "10"]], "do": "run"}
    answer = send_json(as_olga, address(shop), sent).json()
    assert answer["problems"] == {}
    assert "$10" in answer["outcome"]
    assert "<html" not in answer["outcome"]
    sent["answers"] = [["price", "x"]]
    answer = send_json(as_olga, address(shop), sent).json()
    assert list(answer["problems"]) == ["price", "quantity"]
    assert answer["steps"] == ""


def test_a_stop_is_told_in_the_words_of_the_page_with_its_sentence(as_olga: Client, shop: Project) -> None:
    page = as_olga.post(address(shop), {"price": "20", "quantity": "0"})
    html = page.content.decode()
    assert "Order at least one." in html
    assert "This sentence stopped it:" in html
    assert "Line " in html


def test_an_explanation_lists_the_sentences_that_ran_with_their_values(as_olga: Client, shop: Project) -> None:
    html = as_olga.post(address(shop), {"price": "20", "quantity": "10", ".do": "explain"}).content.decode()
    assert "How this came about" in html
    assert "3 sentences ran." in html
    assert "becomes" in html
    assert f"/p/{shop.public_id}/pages/" in html


@pytest.mark.parametrize(("action", "rows"), [("add:items", 3), ("remove:items.1", 1), ("down:items.1", 2)])
def test_rows_change_without_scripts_and_nothing_is_judged(
    as_olga: Client, shop: Project, action: str, rows: int
) -> None:
    page = as_olga.post(address(shop, slug="basket-total"), {**BASKET, "items.2.price": "x", ".do": action})
    html = page.content.decode()
    body = html.split("<tbody")[1].split("</tbody>")[0]
    assert page.status_code == 200
    assert body.count("data-row=") == rows
    assert "aria-invalid" not in body
    assert 'value="x"' in body


def test_single_answers_are_checked_on_the_way(as_olga: Client, shop: Project) -> None:
    cells = [["items.7.price", "1,250.5"], ["items.7.exempt_mark", "TRUE"], ["state", ""], ["nowhere", "x"]]
    url = address(shop, "function_form_check", "basket-total")
    assert send_json(as_olga, url, {"cells": cells}).json() == {
        "cells": [["1,250.5", ""], ["yes", ""], ["", ""], ["", ""]]
    }
    ((text, problem),) = send_json(as_olga, url, {"cells": [["items.1.price", "lots"]]}).json()["cells"]
    assert text == "lots"
    assert "lots" in problem


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"cells": 1}', '{"cells": [["a"]]}', '{"cells": [[1, 2]]}', "[" * 100_000, "\ud800"]
)
def test_what_no_page_sends_is_refused(as_olga: Client, shop: Project, body: str) -> None:
    url = address(shop, "function_form_check")
    sent = body.encode("utf-8", "surrogatepass")
    assert as_olga.post(url, sent, content_type="application/json").status_code == 400


def test_more_cells_than_can_be_pasted_are_refused_in_words(as_olga: Client, shop: Project) -> None:
    cells = [["price", "1"]] * (MOST_CELLS + 1)
    answer = send_json(as_olga, address(shop, "function_form_check"), {"cells": cells})
    assert answer.status_code == 413
    assert "20,000" in answer.json()["error"]


def test_a_hidden_field_is_not_asked_for_and_cannot_be_sent(as_olga: Client, olga: User, shop: Project) -> None:
    function = LiveFunction.objects.get(project=shop, slug="quantity-discount")
    hidden = FieldDesign("quantity", hidden=True, fixed={"quantity": ("100",)})
    save_design(olga, function, Design(fields=(hidden,)))
    assert 'name="quantity"' not in as_olga.get(address(shop)).content.decode()
    html = as_olga.post(address(shop), {"price": "20", "quantity": "10"}).content.decode()
    assert "$300" in html


def test_a_form_of_a_page_with_mistakes_says_that_it_is_behind(as_olga: Client, shop: Project) -> None:
    LiveFunction.objects.filter(project=shop).update(is_behind=True)
    assert "has mistakes now" in as_olga.get(address(shop)).content.decode()


def test_viewers_may_use_a_form_but_not_design_it(client: Client, viola: User, shop: Project) -> None:
    client.force_login(viola)
    page = client.get(address(shop))
    assert page.status_code == 200
    assert "Design and share" not in page.content.decode()
    assert client.get(address(shop, "function_design")).status_code == 404


def test_a_private_form_is_there_for_editors_only(
    client: Client, viola: User, edward: User, olga: User, shop: Project
) -> None:
    Form.objects.create(project=shop, function_name="Quantity discount", sharing=Sharing.PRIVATE)
    client.force_login(viola)
    assert client.get(address(shop)).status_code == 404
    assert send_json(client, address(shop, "function_form_check"), {"cells": []}).status_code == 404
    client.force_login(edward)
    assert client.get(address(shop)).status_code == 200


ADDRESSES = (
    "function_form",
    "function_form_check",
    "function_design",
    "function_form_preview",
    "function_form_undo",
    "function_form_sharing",
    "function_form_renew",
)


@pytest.mark.parametrize("name", ADDRESSES)
def test_strangers_find_nothing(client: Client, stan: User, shop: Project, name: str) -> None:
    assert client.post(address(shop, name)).status_code == 302
    assert client.post(address(shop, name)).headers["Location"].startswith(reverse("account_login"))
    client.force_login(stan)
    for slug in ("quantity-discount", "there-is-no-such-function"):
        assert client.get(address(shop, name, slug)).status_code in {404, 405}
        assert client.post(address(shop, name, slug)).status_code == 404


def test_the_accent_sheet_has_colours_that_can_be_read(client: Client) -> None:
    sheet = client.get(reverse("form_accent", args=["ffee88"]))
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--form-accent: light-dark(" in sheet.content.decode()
    assert client.get(reverse("form_accent", args=["red;}"])).status_code == 404
