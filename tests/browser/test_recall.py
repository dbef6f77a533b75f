"""The question about the facts on a phone: kept alone, talked about, shown, and chosen again."""

from __future__ import annotations

import myths
import pandas as pd
from myths import catalog
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Running, enter, ready, until, whole

ITEM = catalog.load().module("risk").item("recall")
RIGHT = ITEM.correct or 0
WRONG = next(option.value for option in ITEM.options if option.value != RIGHT)
LABELS = {option.value: option.label for option in ITEM.options}


def opened(context: BrowserContext, room: Running) -> Page:
    page = context.new_page()
    whole(page, room)
    return page


def question(page: Page) -> Locator:
    return page.locator("[data-myths-item='risk.recall.after']")


def choose(page: Page, value: int) -> None:
    question(page).get_by_label(LABELS[value]).check()


def press(page: Page, name: str) -> None:
    question(page).get_by_role("button", name=name, exact=True).click()


def tries(room: Running) -> dict[str, float]:
    said: pd.DataFrame = myths.answers(db=room.db, workshop=room.code)
    return dict(zip(said["phase"].astype(str), said["value"], strict=True))


def test_first_and_last_answers_are_kept_and_a_page_opens_where_they_are(
    phone: BrowserContext, server: Running
):
    room = server.another_workshop()
    enter(phone, room)
    page = opened(phone, room)
    choose(page, WRONG)
    until(lambda: tries(room) == {"after": WRONG}, page)
    press(page, "Keep my answer")
    expect(question(page)).to_contain_text("Now talk")
    until(lambda: tries(room) == {"before": WRONG, "after": WRONG}, page)

    page.reload()
    ready(page)
    expect(question(page).get_by_label(LABELS[WRONG])).to_be_checked()
    expect(question(page)).to_contain_text("Now talk")
    expect(page.locator(".myths-verdict")).to_have_count(0)
    press(page, "Show")
    expect(page.locator(".myths-verdict")).to_contain_text("Not quite")
    choose(page, RIGHT)
    expect(page.locator(".myths-verdict")).to_contain_text("Right")
    until(lambda: tries(room) == {"before": WRONG, "after": RIGHT}, page)

    page.reload()
    ready(page)
    expect(question(page).get_by_label(LABELS[RIGHT])).to_be_checked()
    press(page, "Show")
    expect(page.locator(".myths-verdict")).to_contain_text("Right")


def test_a_second_tab_and_a_page_after_erasing_show_what_stands(
    phone: BrowserContext, server: Running
):
    room = server.another_workshop()
    enter(phone, room)
    page, stale = opened(phone, room), opened(phone, room)
    choose(page, WRONG)
    press(page, "Keep my answer")
    expect(question(page)).to_contain_text("Now talk")
    until(lambda: tries(room) == {"before": WRONG, "after": WRONG}, page)
    choose(stale, RIGHT)
    press(stale, "Keep my answer")
    until(lambda: tries(room)["after"] == RIGHT, stale)
    expect(stale.locator("[data-myths-item='risk.recall.before']")).to_have_attribute(
        "data-myths-state", "saved"
    )
    assert tries(room)["before"] == WRONG  # the first one stays

    press(stale, "Clear")
    until(lambda: not tries(room), stale)
    stale.reload()
    ready(stale)
    expect(question(stale).get_by_role("radio", checked=True)).to_have_count(0)
    for name in ("Keep my answer", "Show"):
        expect(question(stale).get_by_role("button", name=name, exact=True)).to_be_hidden()
