"""Two tabs of one person: neither overwrites the other's text without a word."""

from __future__ import annotations

import myths
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, enter, ready, whole

SAYS = catalog.load().ui.components
ITEM = "[data-myths-item='risk.reason.before']"


def tab(phone: BrowserContext, room: Running) -> Page:
    page = phone.new_page()
    whole(page, room)
    return page


def write(page: Page, words: str) -> None:
    page.locator(f"{ITEM} textarea").fill(words)


def stands(room: Running) -> list[str]:
    found: list[str] = myths.answers(db=room.db, workshop=room.code).text.dropna().to_list()
    return found


def test_what_was_written_in_another_tab_is_shown_and_its_author_chooses(
    phone: BrowserContext, server: Running
):
    room = server.another_workshop()
    enter(phone, room)
    one, two = tab(phone, room), tab(phone, room)
    one.locator(f"{ITEM} select").select_option("evaluation")
    write(one, "From the first tab.")
    all_saved(one)
    two.bring_to_front()
    two.locator(f"{ITEM} select").select_option("evaluation")
    write(two, "From the second tab.")
    expect(two.locator(f"{ITEM} .myths-state")).to_contain_text(SAYS.question.refused.newer)
    expect(two.locator(f"{ITEM} .myths-other")).to_have_text("From the first tab.")
    assert stands(room) == ["From the first tab."]
    two.reload()
    ready(two)
    expect(two.locator(f"{ITEM} .myths-other")).to_have_text("From the first tab.")
    expect(two.locator(f"{ITEM} textarea")).to_have_value("From the second tab.")
    two.get_by_role("button", name=SAYS.reflection.keep_both).click()
    all_saved(two)
    assert stands(room) == ["From the first tab.\n\nFrom the second tab."]
    one.bring_to_front()
    write(one, "From the first tab, and more.")
    expect(one.locator(f"{ITEM} .myths-other")).to_contain_text("From the second tab.")
    one.get_by_role("button", name=SAYS.reflection.take_other).click()
    all_saved(one)
    expect(one.locator(f"{ITEM} textarea")).to_have_value(stands(room)[0])
