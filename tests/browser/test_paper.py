"""Sheets typed in in a browser: by keyboard alone, without a script, accessible in every state."""

from __future__ import annotations

import pytest
from myths import catalog
from myths.store import PrintedSet
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running
from tests.browser.test_accessible import looked_at

CATALOG = catalog.load()
PAPER = CATALOG.ui.paper
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    page = phone.new_page()
    come_to(page, room)
    return page


@pytest.fixture
def printed(room: Running) -> PrintedSet:
    (made,) = room.store.new_paper_sets(room.code, language="en", consent="", count=1)
    return made


def come_to(page: Page, room: Running) -> None:
    page.goto(room.url("/staff/paper"))
    page.get_by_label(CATALOG.ui.staff.key).fill(room.store.new_staff_key())
    page.get_by_role("button", name=CATALOG.ui.staff.enter).click()
    expect(page.get_by_role("heading", name=PAPER.heading)).to_be_visible()


def open_sheet(page: Page, printed: PrintedSet) -> None:
    page.get_by_label(PAPER.number).fill(printed.number)
    page.get_by_role("button", name=PAPER.open).click()
    title = PAPER.sheet.format(number=printed.number, title="Risk")
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def in_view(page: Page) -> bool:
    """Whether nothing lies over the field that has the focus."""
    return bool(
        page.evaluate(
            """() => {
                const here = document.activeElement, at = here.getBoundingClientRect();
                const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
                return here === top || here.closest("label")?.contains(top) || here.contains(top);
            }"""
        )
    )


def test_by_keyboard_alone_a_sheet_is_typed_in(page: Page, room: Running, printed: PrintedSet):
    page.set_viewport_size(DESK)
    keys = page.keyboard
    keys.type(printed.number.lower())  # the field has the focus
    keys.press("Enter")
    expect(page.locator("#agree")).to_be_focused()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    for typed in ("4", "5", "1", "10", "I saw it so.", "b", "b"):
        keys.press("Tab")
        assert in_view(page), typed
        keys.type(typed)
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_text(PAPER.saved)).to_be_visible()
    expect(page.get_by_label(PAPER.number)).to_be_focused()
    rows = room.store.answers(workshop=room.code)
    rows = rows[rows["participant"] == room.store.paper_set(printed.number).participant]
    assert rows["value"].dropna().tolist() == [4, 5, 1, 10, *rows["value"].tolist()[-2:]]
    assert rows["text"].dropna().tolist() == ["I saw it so."]
    assert rows["phase"].tolist() == ["before"] * 6 + ["after"]


def test_the_pages_are_accessible_in_every_state(page: Page, printed: PrintedSet):
    page.get_by_text(PAPER.new_heading).click()
    page.evaluate("scrollTo(0, 0)")
    looked_at(page, everything=True)
    page.get_by_label(PAPER.number).fill("K7")
    page.get_by_role("button", name=PAPER.open).click()
    expect(page.get_by_label(PAPER.number)).to_be_focused()
    looked_at(page)
    open_sheet(page, printed)
    looked_at(page, everything=True)
    page.locator("[id='risk.myth.before']").fill("9")
    page.get_by_role("button", name=PAPER.save, exact=True).click()
    expect(page.get_by_text(PAPER.fault)).to_be_visible()
    expect(page.locator("#agree")).to_be_focused()
    expect(page.locator("[id='risk.myth.before']")).to_have_value("9")
    page.evaluate("scrollTo(0, 0)")
    looked_at(page)
    page.locator("#agree").check()
    page.locator("#yes").check()
    page.get_by_role("button", name=PAPER.save, exact=True).click()
    expect(page.locator("[id='risk.myth.before']")).to_be_focused()
    page.locator("[id='risk.myth.before']").fill("4")
    page.get_by_role("button", name=PAPER.save, exact=True).click()
    open_sheet(page, printed)
    page.get_by_text(PAPER.erase, exact=True).click()
    page.get_by_role("button", name=PAPER.erase_button, exact=True).click()
    expect(page.get_by_text(PAPER.not_sure)).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    looked_at(page)


def test_on_a_wide_screen_a_question_and_its_field_are_on_one_line(page: Page, printed: PrintedSet):
    page.set_viewport_size(DESK)
    open_sheet(page, printed)
    looked_at(page)
    page.set_viewport_size(DESK)
    question = page.locator("label[for='risk.myth.before']").bounding_box()
    field = page.locator("[id='risk.myth.before']").bounding_box()
    assert question
    assert field
    assert question["x"] + question["width"] <= field["x"]
    assert field["y"] < question["y"] + question["height"]


def test_without_any_script_a_sheet_without_a_number_is_typed_in(browser: Browser, room: Running):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    come_to(page, room)
    page.get_by_text(PAPER.new_heading).click()
    page.get_by_role("button", name=PAPER.new_button).click()
    code = page.locator(".code").inner_text()
    page.locator("#agree").check()
    page.locator("#yes").check()
    page.locator("[id='risk.myth.before']").fill("4")
    page.get_by_role("button", name=PAPER.save, exact=True).click()
    expect(page.get_by_text(PAPER.saved)).to_be_visible()
    assert room.store.recover(code)
    context.close()
