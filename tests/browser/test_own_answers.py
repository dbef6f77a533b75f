"""The page of one's own answers: accessible in every state, and usable without any script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from myths import catalog
from myths.answer import Answer
from myths.session import asked
from myths.store import AskedQuestion
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, enter
from tests.browser.test_accessible import looked_at

SAYS = catalog.load().ui
OWN = SAYS.own
TEXTS = {
    "reason": "I would ask her first.\n\n<b>Then</b> him.",
    "arabic": "كنت سأسألها أولاً (1) ثم أسأله.",
    "turned": "\u202eturned around",
    "long": "x" * 2000,
}


def answer(context: BrowserContext, room: Running) -> None:
    """Give a rating, and a text of every kind."""
    token = next(each["value"] for each in context.cookies() if each["name"].startswith("visit-"))
    who = room.store.visitor(token).participant
    words = {"question": "Is it so?", "options": {"1": "No", "2": "Yes"}}
    for value in (1, 2):
        asked = AskedQuestion("risk", "myth", "before", "rating", "en", "0", words)
        room.store.save(who, asked, Answer(str(uuid4()), value=value))
    for item, text in TEXTS.items():
        asked = AskedQuestion(
            "harm", item, "after", "text", "en", "0", {"question": f"Why {item}?"}
        )
        room.store.save(who, asked, Answer(str(uuid4()), text=text, reader="me"))


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    enter(phone, room)
    answer(phone, room)
    page = phone.new_page()
    page.goto(room.url("/withdraw"))
    return page


def test_the_page_is_accessible_in_every_state(page: Page):
    expect(page.get_by_role("heading", name=OWN.heading)).to_be_visible()
    expect(page.get_by_role("region", name="Leave quickly")).to_be_visible()
    for summary in page.locator(".erase summary").all():
        summary.click()
    looked_at(page, everything=True)
    page.get_by_role("button", name=SAYS.withdraw.button).click()
    expect(page.get_by_text(SAYS.withdraw.not_sure)).to_be_visible()
    looked_at(page)
    page.locator(".erase summary").first.click()
    page.get_by_role("button", name=OWN.erase_button).first.click()
    expect(page.get_by_text(OWN.erased)).to_be_visible()
    looked_at(page)


def test_the_page_is_accessible_after_the_pooling_date(phone: BrowserContext, room: Running):
    then = datetime.now(UTC) - timedelta(days=2)
    late = room.store.open_workshop(now=then, days=30, pool_days=1)
    enter(phone, type(room)(room.link, late.code, room.db, room.log, room.process))
    page = phone.new_page()
    page.goto(room.url("/withdraw"))
    expect(page.get_by_text(OWN.too_late)).to_be_visible()
    looked_at(page)


def test_a_text_is_shown_as_it_was_written_and_changes_nothing_around_it(page: Page):
    for text in TEXTS.values():
        assert page.locator(".said", has_text=text.split("\n")[0]).inner_text() == text
    arabic = page.locator(".said", has_text=TEXTS["arabic"])
    assert arabic.evaluate("el => getComputedStyle(el).unicodeBidi") in ("plaintext", "isolate")
    assert page.locator("main b").count() == 0


def test_without_any_script_everything_works(browser: Browser, room: Running):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    enter(context, room)
    answer(context, room)
    page = context.new_page()
    page.goto(room.url("/withdraw"))
    with page.expect_download() as download:
        page.get_by_role("button", name=OWN.as_text).click()
    assert download.value.suggested_filename == "answers.txt"
    assert TEXTS["arabic"] in download.value.path().read_text(encoding="utf-8")
    page.locator(".erase summary").first.click()
    page.get_by_role("button", name=OWN.erase_button).first.click()
    expect(page.get_by_text(OWN.erased)).to_be_visible()
    expect(page.get_by_text("Is it so?")).to_have_count(0)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=SAYS.withdraw.button).click()
    expect(page.get_by_role("heading", name=SAYS.withdraw.done)).to_be_visible()
    context.close()


def test_after_erasing_the_notice_stands_in_the_place_and_has_the_focus(page: Page):
    row = page.locator(".row", has_text="Why turned?")
    row.locator(".erase summary").click()
    row.get_by_role("button", name=OWN.erase_button).click()
    notice = page.locator("#erased")
    expect(notice).to_be_focused()
    expect(notice).to_have_text(OWN.erased)
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page).to_have_title(f"{OWN.erased.rstrip('.')} · {SAYS.page.tab}")
    place, long = notice.bounding_box(), page.locator(".row", has_text="Why long?").bounding_box()
    before = page.locator(".row", has_text="Why arabic?").bounding_box()
    assert place
    assert long
    assert before
    assert before["y"] < place["y"] < long["y"]


def test_before_and_after_stand_on_one_line_of_a_phone(phone: BrowserContext, room: Running):
    enter(phone, room)
    token = next(each["value"] for each in phone.cookies() if each["name"].startswith("visit-"))
    who = room.store.visitor(token).participant
    for phase, value in (("before", 4), ("after", 2)):
        asked_then = asked(catalog.load().module("risk").primary, phase)
        room.store.save(who, asked_then, Answer(str(uuid4()), value=value))
    page = phone.new_page()
    page.goto(room.url("/withdraw"))
    boxes = [each.bounding_box() for each in page.locator(".line bdi").all()]
    assert [page.locator(".line bdi").all_inner_texts()] == [["Agree", "Disagree"]]
    assert boxes[0]["y"] == boxes[1]["y"]  # type: ignore[index]
    assert boxes[0]["x"] < boxes[1]["x"]  # type: ignore[index]


def test_own_answers_print_without_what_cannot_be_done_on_paper(page: Page):
    page.emulate_media(media="print")
    expect(page.get_by_text("Is it so?")).to_be_visible()
    expect(page.locator(".said").first).to_be_visible()
    for name in (OWN.download, SAYS.withdraw.heading):
        expect(page.get_by_role("heading", name=name)).to_have_count(0)
    expect(page.locator("main").get_by_role("link")).to_have_count(0)
