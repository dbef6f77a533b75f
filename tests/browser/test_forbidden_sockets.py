"""In a network that forbids WebSockets answers are saved all the same, and nobody notices."""

from __future__ import annotations

import re

import myths
import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Running, all_saved, by, until
from tests.browser.test_reconnecting import AFTER, SENTENCE, expect_the_sentence_once, writing
from tests.browser.way import Way

SAYS = catalog.load().ui.page


@pytest.mark.parametrize("how", ["refuse", "swallow"])
def test_answers_are_saved_where_websockets_are_forbidden(
    phone: BrowserContext, server: Running, way: Way, how: str
):
    way.sockets = how
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator(".myths-reflection .myths-state[data-state=saved]").first).to_be_visible()
    expect_the_sentence_once(page, room)
    expect(page.locator("#status")).to_be_empty()


def test_a_phone_that_comes_into_such_a_network_goes_on_and_is_told_when_nothing_goes(
    phone: BrowserContext, server: Running, way: Way
):
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    all_saved(page)
    way.sockets = "refuse"
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.connection_lost)
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator("#at")).to_have_text(re.compile(r"^\d answers? not saved yet$"))
    way.mend()
    expect_the_sentence_once(page, room)
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.connection_lost)
    way.mend()
    expect(page.locator("#status")).to_have_text(SAYS.connection_back)


@pytest.mark.parametrize("parts", ["all", "no beacon"])
def test_what_was_typed_last_is_saved_when_somebody_goes_to_another_page(
    phone: BrowserContext, server: Running, way: Way, parts: str
):
    way.sockets = "refuse"
    if parts == "no beacon":
        phone.add_init_script("delete Navigator.prototype.sendBeacon")
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    page.goto(by(way, room).url("/withdraw"), wait_until="commit")

    def is_saved() -> bool:
        table = myths.answers(db=room.db, workshop=room.code)
        return table.text.dropna().to_list() == [SENTENCE]

    until(is_saved, page)
