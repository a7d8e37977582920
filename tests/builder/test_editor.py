"""What the page editor asks the server: who may, what the answers say, and what happens to what cannot be read."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from builder.models import Draft, Page, PageVersion, User
from builder.views.editor_answers import Offsets
from tests.builder.conftest import DOUBLE

ASKED = ("check", "complete", "format", "draft", "save")


def address(page: Page, what: str = "editor") -> str:
    return reverse(f"page_{what}", args=[page.project.public_id, page.public_id])


def ask(client: Client, page: Page, what: str, **body):
    return client.post(address(page, what), json.dumps(body), content_type="application/json")


def answer(client: Client, page: Page, what: str, **body) -> dict:
    response = ask(client, page, what, **body)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def as_viola(viola: User) -> Client:
    client = Client()
    client.force_login(viola)
    return client


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ASKED)
def test_somebody_of_another_workspace_finds_nothing(page: Page, stan: User, what: str) -> None:
    client = Client()
    client.force_login(stan)
    response = ask(client, page, what, text="mine now", based_on=1, sequence=1, offset=0)
    assert response.status_code == 404
    page.refresh_from_db()
    assert page.text == DOUBLE
    assert not Draft.objects.exists()


@pytest.mark.parametrize("what", ASKED)
def test_a_stranger_is_asked_to_sign_in_whether_the_page_exists_or_not(page: Page, what: str) -> None:
    body = {"text": "mine now", "based_on": 1, "sequence": 1, "offset": 0}
    there = ask(Client(), page, what, **body)
    page.public_id = "zzzzzzzzzzzz"
    nowhere = ask(Client(), page, what, **body)
    assert there.status_code == nowhere.status_code == 401
    assert there.content == nowhere.content


def test_a_stranger_opening_the_page_is_sent_to_sign_in(page: Page) -> None:
    response = Client().get(address(page))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_somebody_of_another_workspace_cannot_open_the_page(page: Page, stan: User) -> None:
    client = Client()
    client.force_login(stan)
    assert client.get(address(page)).status_code == 404


def test_a_page_is_not_found_through_another_project(as_olga: Client, page: Page, stan: User) -> None:
    other = reverse("page_check", args=["zzzzzzzzzzzz", page.public_id])
    response = as_olga.post(other, json.dumps({"text": "", "sequence": 1}), content_type="application/json")
    assert response.status_code == 404


def test_a_viewer_reads_and_checks_but_keeps_nothing(as_viola: Client, page: Page) -> None:
    opening = as_viola.get(address(page)).context["opening"]
    assert opening["writable"] is False
    assert answer(as_viola, page, "check", text=DOUBLE, sequence=1)["messages"] == []
    assert ask(as_viola, page, "draft", text="mine", based_on=1).status_code == 404
    assert ask(as_viola, page, "save", text="mine", based_on=1).status_code == 404


def test_forged_requests_are_refused(page: Page, olga: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)
    assert ask(client, page, "save", text="forged", based_on=1).status_code == 403


@pytest.mark.parametrize("what", ASKED)
def test_only_posts_are_answered(as_olga: Client, page: Page, what: str) -> None:
    assert as_olga.get(address(page, what)).status_code == 405


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_tells_words_readings_examples_and_functions(as_olga: Client, page: Page) -> None:
    told = answer(as_olga, page, "check", text=DOUBLE, sequence=7)
    assert told["sequence"] == 7
    assert told["messages"] == []
    assert told["elsewhere"] == 0
    styles = {DOUBLE[start:end].lower(): style for start, end, style in told["highlights"]}
    assert styles["amount"] == "name"
    assert [each["passed"] for each in told["examples"]] == [True]
    assert told["examples"][0]["line"] == 7
    assert any(each["line"] == 5 and "result" in each["text"] for each in told["readings"])
    run = reverse("function_form", args=[page.project.public_id, "double"])
    assert told["functions"] == [{"name": "Double", "line": 1, "ready": True, "run": run}]


def test_check_gives_a_mistake_its_place_words_and_fixes(as_olga: Client, page: Page) -> None:
    text = DOUBLE.replace("the amount times", "the amuont times")
    (message,) = answer(as_olga, page, "check", text=text, sequence=1)["messages"]
    assert "amuont" in text[message["start"] : message["end"]]
    assert message["line"] == 5
    assert "amount" in message["text"]
    assert message["help"] == reverse("help_message", args=[message["code"]])
    fixes = [text[: fix["start"]] + fix["replacement"] + text[fix["end"] :] for fix in message["fixes"]]
    assert DOUBLE in fixes


def test_check_says_why_an_example_fails(as_olga: Client, page: Page) -> None:
    told = answer(as_olga, page, "check", text=DOUBLE.replace("is 4", "is 5"), sequence=1)
    (example,) = told["examples"]
    assert example["passed"] is False
    assert "4" in example["text"]


def test_check_saves_nothing(as_olga: Client, page: Page) -> None:
    answer(as_olga, page, "check", text="Function: Other", sequence=1)
    page.refresh_from_db()
    assert page.text == DOUBLE
    assert PageVersion.objects.filter(page=page).count() == 1


def test_offsets_are_what_browsers_count(as_olga: Client, page: Page) -> None:
    text = "Note: 𝛑𝛑𝛑\n" + DOUBLE.replace("the amount times", "the amuont times")
    units = text.encode("utf-16-le")
    for message in answer(as_olga, page, "check", text=text, sequence=1)["messages"]:
        if "amuont" in message["text"]:
            found = units[2 * message["start"] : 2 * message["end"]].decode("utf-16-le")
            assert "amuont" in found
            return
    pytest.fail("The mistake was not found")


def test_a_check_asks_the_database_little(as_olga: Client, page: Page, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        answer(as_olga, page, "check", text=DOUBLE, sequence=1)


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"sequence": 1}', b'{"text": 1, "sequence": 1}', b'{"text": ""}', b"[" * 100_000],
    ids=["nothing", "no json", "a list", "no text", "a number", "no sequence", "nested"],
)
def test_a_request_that_the_editor_does_not_send_is_refused_with_words(
    as_olga: Client, page: Page, body: bytes
) -> None:
    response = as_olga.post(address(page, "check"), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["words"]


@pytest.mark.parametrize("text", ["\0", "a" * 1_000_001, "a" * 6_000_000], ids=["NUL", "too long", "far too long"])
def test_a_text_that_cannot_be_kept_is_refused_with_words(as_olga: Client, page: Page, text: str) -> None:
    response = ask(as_olga, page, "save", text=text, based_on=1)
    assert response.status_code == 422
    assert response.json()["words"].endswith(".")


# --- complete and format ------------------------------------------------------------------------------------------


def test_completion_knows_the_persons_own_names(as_olga: Client, page: Page) -> None:
    start = DOUBLE.index("amount times")
    text = DOUBLE[: start + 2]
    options = answer(as_olga, page, "complete", text=text, offset=len(text))["options"]
    texts = [text[: each["start"]] + each["insert"] for each in options]
    assert any(each.endswith("set the result to the amount".capitalize()) or "the amount" in each for each in texts)


def test_completion_outside_the_text_is_kept_inside(as_olga: Client, page: Page) -> None:
    assert "options" in answer(as_olga, page, "complete", text="Fun", offset=10_000)


def test_format_writes_the_canonical_wording(as_olga: Client, page: Page) -> None:
    text = DOUBLE.replace("Set the result to the amount times 2.", "set result to amount * 2")
    assert answer(as_olga, page, "format", text=text)["text"] == DOUBLE


def test_format_leaves_what_is_not_understood(as_olga: Client, page: Page) -> None:
    text = DOUBLE + "\nFrobnicate the wibble.\n"
    assert "Frobnicate the wibble." in answer(as_olga, page, "format", text=text)["text"]


# --- save and draft ----------------------------------------------------------------------------------------------


def test_save_formats_and_makes_a_version(as_olga: Client, page: Page) -> None:
    text = DOUBLE.replace("times 2", "* 3").replace("is 4", "is 6")
    told = answer(as_olga, page, "save", text=text, based_on=1)
    assert told["version"] == 2
    assert "times 3" in told["text"]
    assert [each["name"] for each in told["functions"]] == ["Double"]
    assert PageVersion.objects.get(page=page, number=2).text == told["text"]
    assert PageVersion.objects.get(page=page, number=1).text == DOUBLE


def test_a_conflict_gives_both_texts_and_writes_neither(as_olga: Client, page: Page, edward: User) -> None:
    client = Client()
    client.force_login(edward)
    theirs = answer(client, page, "save", text=DOUBLE.replace("2", "3"), based_on=1)["text"]
    response = ask(as_olga, page, "save", text=DOUBLE.replace("2", "5"), based_on=1)
    assert response.status_code == 409
    told = response.json()
    assert told["newest"] == {"number": 2, "text": theirs, "author": str(edward)}
    assert str(edward) in told["words"]
    assert PageVersion.objects.filter(page=page).count() == 2


def test_a_draft_is_there_when_the_page_is_opened_again_and_gone_after_saving(as_olga: Client, page: Page) -> None:
    answer(as_olga, page, "draft", text="half a sen", based_on=1)
    opening = as_olga.get(address(page)).context["opening"]
    assert opening["draft"]["text"] == "half a sen"
    assert opening["draft"]["basedOn"] == 1
    answer(as_olga, page, "save", text=DOUBLE, based_on=1, draft_kept=opening["draft"]["updated"])
    assert as_olga.get(address(page)).context["opening"]["draft"] is None


def test_saving_in_one_tab_leaves_the_draft_of_another(as_olga: Client, page: Page) -> None:
    first = answer(as_olga, page, "draft", text="half a sen", based_on=1)["updated"]
    Draft.objects.update(text="of another tab", updated=Draft.objects.get().updated + timedelta(seconds=1))
    answer(as_olga, page, "save", text=DOUBLE.replace("2", "5"), based_on=1, draft_kept=first)
    answer(as_olga, page, "save", text=DOUBLE.replace("2", "6"), based_on=2)
    assert Draft.objects.get().text == "of another tab"


def test_a_draft_of_what_is_saved_is_gone_however_it_was_worded(as_olga: Client, page: Page) -> None:
    text = DOUBLE.replace("times 2", "* 3")
    answer(as_olga, page, "draft", text=text, based_on=1)
    assert answer(as_olga, page, "save", text=text, based_on=1)["text"] != text
    assert not Draft.objects.exists()


@pytest.mark.parametrize("number", ["9" * 5000, str(2**31), "²", "-1"])
def test_a_plain_form_with_a_number_that_is_none_is_told_so(as_olga: Client, page: Page, number: str) -> None:
    response = as_olga.post(
        reverse("page_save", args=[page.project.public_id, page.public_id]), {"text": "x", "based_on": number}
    )
    assert response.status_code == 422
    assert "out of date" in response.content.decode()


def test_a_version_that_no_column_can_hold_is_no_request(as_olga: Client, page: Page) -> None:
    assert ask(as_olga, page, "draft", text="x", based_on=2**31).status_code == 400
    assert ask(as_olga, page, "save", text="x", based_on=1, draft_kept=2**60).status_code == 400


def test_a_draft_can_be_discarded(as_olga: Client, page: Page) -> None:
    answer(as_olga, page, "draft", text="half a sen", based_on=1)
    answer(as_olga, page, "draft", discard=True)
    assert not Draft.objects.exists()


def test_a_draft_is_nobody_elses(as_olga: Client, as_viola: Client, page: Page, edward: User) -> None:
    answer(as_olga, page, "draft", text="my secret thoughts", based_on=1)
    client = Client()
    client.force_login(edward)
    assert b"secret thoughts" not in client.get(address(page)).content
    assert b"secret thoughts" not in as_viola.get(address(page)).content


def test_an_empty_page_offers_a_starter_that_is_not_saved(as_olga: Client, page: Page) -> None:
    answer(as_olga, page, "save", text="", based_on=1)
    opening = as_olga.get(address(page)).context["opening"]
    assert opening["starter"] is True
    told = answer(as_olga, page, "check", text=opening["text"], sequence=1)
    assert told["messages"] == []
    assert [each["passed"] for each in told["examples"]] == [True]
    page.refresh_from_db()
    assert page.text.strip() == ""


def test_without_scripts_a_plain_form_saves(as_olga: Client, page: Page) -> None:
    text = DOUBLE.replace("times 2", "times 3").replace("is 4", "is 6").replace("\n", "\r\n")
    response = as_olga.post(address(page, "save"), {"text": text, "based_on": "1"})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.version == 2
    assert "times 3" in page.text
    late = as_olga.post(address(page, "save"), {"text": "Function: Late", "based_on": "1"})
    assert late.status_code == 409
    assert b"Function: Late" in late.content
    assert b"times 3" in late.content


# --- offsets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "abc", "a𝛑b", "𝛑", "𝛑𝛑x𝛑", "\ud7ff\uffff𐀀"])
def test_offsets_agree_with_utf_16_and_come_back(text: str) -> None:
    offsets = Offsets(text)
    for place in range(len(text) + 1):
        units = len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
        assert offsets.to_units(place) == units
        assert offsets.to_characters(units) == place
