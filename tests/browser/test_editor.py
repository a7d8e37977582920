"""Writing in the page editor, as a person does: understood as one types, fixed with one click, saved, never lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DOUBLE, Account, Editor, MakeAccount
from tests.server import RunningServer, serve

pytestmark = pytest.mark.browser

MISSPELT = DOUBLE.replace("the amount times", "the amuont times")


# --- understood as one types --------------------------------------------------------------------------------------


def test_a_page_opens_understood(editor: Editor) -> None:
    expect(editor.status).to_have_text("No mistakes, 1 example passes")
    expect(editor.keeping).to_have_text("Saved as version 1")
    assert editor.text == DOUBLE
    expect(editor.window.locator(".cm-line .word-name").first).to_have_text("amount")
    expect(editor.window.locator(".line-passed")).to_have_count(1)
    expect(editor.window.locator(".reading--title")).to_have_text("Function: Double")
    expect(editor.window.get_by_role("link", name="Run Double")).to_be_visible()


def test_a_mistake_is_marked_explained_and_fixed_with_one_click(editor: Editor) -> None:
    editor.write(MISSPELT)
    expect(editor.status).to_contain_text("1 mistake")
    expect(editor.window.locator(".cm-lintRange-error")).to_contain_text("amuont")
    mistake = editor.window.locator("#mistakes > li")
    expect(mistake).to_have_count(1)
    expect(mistake).to_contain_text("Line 5")
    expect(mistake).to_contain_text("amuont")
    mistake.locator(".mistake__fixes button").first.click()
    expect(editor.status).to_have_text("No mistakes, 1 example passes")
    assert editor.text == DOUBLE


def test_a_mistake_has_a_page_in_the_help(editor: Editor) -> None:
    editor.write(MISSPELT)
    link = editor.window.locator("#mistakes .mistake__code")
    code = link.inner_text()
    editor.window.goto(link.get_attribute("href") or "")
    expect(editor.window.get_by_text(f"Message {code}")).to_be_visible()


def test_an_example_turns_red_with_the_reason_and_green_again(editor: Editor) -> None:
    editor.write(DOUBLE.replace("is 4", "is 5"))
    expect(editor.window.locator(".line-failed")).to_have_count(1)
    expect(editor.window.locator(".line-failed .why-not")).to_contain_text("4")
    expect(editor.status).to_contain_text("1 example fails")
    editor.write(DOUBLE)
    expect(editor.window.locator(".line-passed")).to_have_count(1)
    expect(editor.window.locator(".why-not")).to_have_count(0)


def test_what_was_understood_is_linked_with_its_sentence(editor: Editor) -> None:
    reading = editor.window.locator(".reading", has_text="times 2")
    reading.hover()
    expect(editor.window.locator(".line-pointed")).to_contain_text("times 2")
    reading.click()
    expect(reading).to_have_attribute("aria-current", "true")
    expect(editor.window.locator(".cm-content")).to_be_focused()


def test_completion_offers_the_persons_own_names(editor: Editor) -> None:
    editor.write(DOUBLE.replace("the amount times 2.\n", "the am\n"))
    editor.window.keyboard.press("Control+Home")
    for _ in range(4):
        editor.window.keyboard.press("ArrowDown")
    editor.window.keyboard.press("End")
    editor.window.keyboard.press("Control+Space")
    options = editor.window.locator(".cm-tooltip-autocomplete li")
    expect(options.filter(has_text="amount").first).to_be_visible()
    options.filter(has_text="amount").first.click()
    assert "the amount" in editor.text.split("\n")[4]


def test_what_cannot_be_seen_is_shown(editor: Editor) -> None:
    editor.write(DOUBLE + "Note: \u202etfel ot thgir\u200b\n")
    expect(editor.window.locator(".cm-specialChar")).to_have_count(2)


def test_a_page_deleted_meanwhile_is_told_once_and_the_text_stays(
    editor: Editor, account: Account, server: RunningServer
) -> None:
    server.python(
        "from django.utils import timezone; from builder.models import Page; "
        f"Page.objects.filter(public_id={account.page!r}).update(deleted_at=timezone.now())"
    )
    editor.add("Note: too late")
    told = editor.window.locator(".messages .notice", has_text="not there any more")
    expect(told).to_be_visible()
    editor.add(", is it?")
    editor.window.keyboard.press("Control+s")
    expect(told).to_have_count(1)
    assert "Note: too late, is it?" in editor.text


def test_colours_stay_while_typing(editor: Editor) -> None:
    editor.window.route("**/check", lambda route: None)  # the answer never comes
    editor.window.locator(".cm-content").focus()
    editor.window.keyboard.press("Control+Home")
    editor.window.keyboard.insert_text("Note: mine\n")
    names = editor.window.locator(".cm-line .word-name")
    assert "amount" in names.all_inner_texts()


# --- saved, and never lost --------------------------------------------------------------------------------------------


def test_saving_formats_and_keeps_the_cursor(editor: Editor) -> None:
    editor.write(DOUBLE.replace("Set the result to the amount times 2.", "set result to amount * 2"))
    for _ in range(4):
        editor.window.keyboard.press("ArrowUp")
    editor.window.keyboard.press("End")
    editor.window.keyboard.press("Control+s")
    expect(editor.keeping).to_have_text("Saved as version 1")
    assert editor.text == DOUBLE
    editor.window.keyboard.type("|")
    changed = [line for line in editor.text.split("\n") if "|" in line]
    assert len(changed) == 1


def test_what_is_typed_while_saving_stays(editor: Editor) -> None:
    held = []
    editor.window.route("**/save", lambda route: held.append(route))
    editor.write(DOUBLE.replace("Set the result", "set result") + "Note: one")
    editor.window.keyboard.press("Control+s")
    expect(editor.keeping).to_have_text("Saving")
    editor.window.keyboard.type(" and two")
    held[0].continue_()
    expect(editor.window.locator(".cm-content")).to_contain_text("Set the result")
    assert "Note: one and two" in editor.text
    expect(editor.keeping).to_contain_text("Not saved yet")


def test_unsaved_work_survives_a_reload_and_can_be_discarded(editor: Editor, account: Account) -> None:
    editor.add("Note: not saved")
    editor.window.reload()
    editor.wait_until_checked()
    assert "Note: not saved" in editor.text
    notice = editor.window.locator("#restored")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Discard it").click()
    dialog = editor.window.locator("#discard")
    dialog.get_by_role("button", name="Keep it").click()
    assert "Note: not saved" in editor.text
    notice.get_by_role("button", name="Discard it").click()
    dialog.get_by_role("button", name="Discard it").click()
    expect(notice).to_be_hidden()
    assert editor.text == DOUBLE
    editor.window.locator(".cm-content").focus()
    editor.window.keyboard.press("Control+z")
    assert "Note: not saved" in editor.text


def test_unsaved_work_is_there_in_another_browser(editor: Editor, account: Account, server: RunningServer) -> None:
    with editor.window.expect_response("**/draft"):
        editor.add("Note: written elsewhere")
    other: BrowserContext = editor.window.context.browser.new_context(base_url=server.url)
    window = other.new_page()
    account.sign_in(window, server)
    elsewhere = Editor(window)
    elsewhere.open(account)
    assert "Note: written elsewhere" in elsewhere.text
    other.close()


def test_a_big_text_survives_a_reload_too(editor: Editor) -> None:
    editor.window.route("**/draft", lambda route: route.abort())
    editor.write(DOUBLE + "Note: " + "a long story " * 40_000 + "ends")
    editor.window.wait_for_timeout(1_500)
    editor.window.reload()
    expect(editor.window.locator("#restored")).to_be_visible(timeout=20_000)


def test_a_lost_connection_is_told_calmly_and_resumes_by_itself(editor: Editor) -> None:
    editor.window.context.set_offline(True)
    editor.add("Note: on the train")
    expect(editor.keeping).to_have_text("Not connected. Your work is kept here.")
    editor.window.keyboard.press("Control+s")
    expect(editor.keeping).to_contain_text("will be saved as soon as it can be")
    editor.window.context.set_offline(False)
    expect(editor.keeping).to_have_text("Saved as version 2", timeout=15_000)
    assert "Note: on the train" in editor.text


def test_a_server_that_fails_is_told_calmly_too(editor: Editor) -> None:
    editor.window.route("**/check", lambda route: route.fulfill(status=500, body="out of order"))
    editor.add("Note: still here")
    expect(editor.keeping).to_have_text("The server has a problem just now. Your work is kept here.")
    editor.window.unroute("**/check")
    expect(editor.keeping).to_contain_text("Not saved yet", timeout=15_000)
    expect(editor.status).to_have_text("No mistakes, 1 example passes")


def test_an_ended_session_keeps_the_text_and_asks_to_sign_in(
    editor: Editor, account: Account, server: RunningServer
) -> None:
    editor.window.context.clear_cookies(name="sessionid")
    editor.add("Note: still here")
    expect(editor.keeping).to_contain_text("Your sign-in has ended. Your work is kept here.")
    expect(editor.keeping.get_by_role("link", name="Sign in again")).to_have_attribute("href", re.compile("login"))
    account.sign_in(editor.window, server)
    expect(editor.keeping).to_contain_text("Not saved yet", timeout=15_000)
    editor.window.keyboard.press("Control+s")
    expect(editor.keeping).to_have_text("Saved as version 2")
    assert "Note: still here" in editor.text


def test_a_killed_server_loses_nothing(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve(tmp_path_factory.mktemp("killed")) as server:
        page.goto(server.url)
        page.get_by_role("button", name="Try it").first.click()
        page.goto(server.url + page.get_by_role("link", name="Shop").first.get_attribute("href"))
        path = page.locator("a[href*='/pages/']").first.get_attribute("href")
        page.goto(server.url + path)
        editor = Editor(page)
        editor.wait_until_checked()
        editor.add("Note: before the crash")
        server.kill()
        page.keyboard.type(" and after it")
        expect(editor.keeping).to_have_text("Not connected. Your work is kept here.")
        server.start()
        expect(editor.keeping).to_contain_text("Not saved yet", timeout=20_000)
        assert "Note: before the crash and after it" in editor.text
        page.reload()
        editor.wait_until_checked()
        assert "Note: before the crash and after it" in editor.text
        page.keyboard.press("Control+s")
        expect(editor.keeping).to_contain_text("Saved as version 2")


# --- two people ----------------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(editor: Editor, account: Account, make_account: MakeAccount, server: RunningServer):
    """Edward, with the same page open in his own browser."""
    edward = make_account(colleague=account, name="Edward")
    context = editor.window.context.browser.new_context(base_url=server.url)
    window = context.new_page()
    edward.sign_in(window, server)
    other = Editor(window)
    other.open(account)
    yield other
    context.close()


def both_save(editor: Editor, colleague: Editor) -> None:
    colleague.add("Note: Edward was here")
    colleague.window.keyboard.press("Control+s")
    expect(colleague.keeping).to_have_text("Saved as version 2")
    editor.write("Note: Olga was first\n" + DOUBLE)
    editor.window.keyboard.press("Control+s")
    expect(editor.window.locator("#conflict")).to_be_visible()


def test_two_people_saving_see_both_texts_and_merge_them(editor: Editor, colleague: Editor) -> None:
    both_save(editor, colleague)
    dialog = editor.window.locator("#conflict")
    expect(dialog).to_contain_text("Edward")
    expect(dialog.locator(".cm-merge-a")).to_contain_text("Note: Edward was here")
    expect(dialog.locator(".cm-merge-b")).to_contain_text("Note: Olga was first")
    dialog.locator(".conflict__take").last.click()
    dialog.get_by_role("button", name="Save my text").click()
    expect(editor.keeping).to_have_text("Saved as version 3")
    assert "Note: Edward was here" in editor.text
    assert "Note: Olga was first" in editor.text


def test_taking_the_other_text_keeps_ones_own_among_the_versions(editor: Editor, colleague: Editor) -> None:
    both_save(editor, colleague)
    editor.window.get_by_role("button", name="Keep theirs on top").click()
    expect(editor.keeping).to_have_text("Saved as version 4")
    assert "Note: Edward was here" in editor.text
    assert "Note: Olga was first" not in editor.text
    editor.window.get_by_role("link", name="Versions").click()
    expect(editor.window.get_by_role("heading", level=1)).to_be_visible()
    expect(editor.window.locator("main")).to_contain_text("Version 3")


def test_deciding_later_loses_nothing(editor: Editor, colleague: Editor) -> None:
    both_save(editor, colleague)
    editor.window.get_by_role("button", name="Decide later").click()
    assert "Note: Olga was first" in editor.text
    editor.window.keyboard.press("Control+s")
    expect(editor.window.locator("#conflict")).to_be_visible()


def test_on_a_phone_both_texts_are_in_one_column(editor: Editor, colleague: Editor) -> None:
    editor.window.set_viewport_size({"width": 390, "height": 844})
    both_save(editor, colleague)
    dialog = editor.window.locator("#conflict")
    expect(dialog.locator(".cm-deletedChunk").last).to_contain_text("Note: Edward was here")
    dialog.get_by_role("button", name="Take theirs").last.click()
    dialog.get_by_role("button", name="Save my text").click()
    expect(editor.keeping).to_have_text("Saved as version 3")
    assert "Note: Edward was here" in editor.text


# --- by keyboard -------------------------------------------------------------------------------------------------


def test_alt_enter_goes_to_the_fix_and_enter_applies_it(editor: Editor) -> None:
    editor.write(MISSPELT)
    expect(editor.status).to_contain_text("1 mistake")
    editor.window.keyboard.press("Control+Home")
    editor.window.keyboard.press("F8")
    editor.window.keyboard.press("Alt+Enter")
    expect(editor.window.locator("#mistakes .mistake__fixes button").first).to_be_focused()
    editor.window.keyboard.press("Escape")
    expect(editor.window.locator(".cm-content")).to_be_focused()
    editor.window.keyboard.press("Alt+Enter")
    editor.window.keyboard.press("Enter")
    expect(editor.window.locator(".cm-content")).to_be_focused()
    expect(editor.status).to_have_text("No mistakes, 1 example passes")
    assert editor.text == DOUBLE


def test_escape_and_tab_leave_the_text(editor: Editor) -> None:
    content = editor.window.locator(".cm-content")
    content.focus()
    expect(content).to_have_attribute("aria-label", re.compile("Escape and then Tab"))
    editor.window.keyboard.press("Tab")
    expect(content).to_be_focused()
    editor.window.keyboard.press("Escape")
    editor.window.keyboard.press("Tab")
    expect(content).not_to_be_focused()


def test_how_it_stands_is_read_out_once_the_typing_pauses(editor: Editor) -> None:
    spoken = editor.window.get_by_role("status").filter(has_text="No mistakes")
    expect(spoken).to_have_count(1)
    editor.write(MISSPELT)
    expect(editor.window.locator("#status-spoken")).to_contain_text("1 mistake")
