"""What became of one's view, on the pages of a real server: told after the second rating, kept."""

from __future__ import annotations

from uuid import uuid4

import pytest
from myths import catalog
from myths.answer import Answer
from myths.session import asked
from playwright.sync_api import BrowserContext, Page, expect

from tests.axe import by_axe
from tests.browser.conftest import Running, enter, ready

CATALOG = catalog.load()
RISK = CATALOG.module("risk")
WORDS = CATALOG.ui.components.change
SAID = "You moved two steps towards the fact."


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    """Somebody who has rated the statements of one module once."""
    enter(phone, room)
    token = next(each["value"] for each in phone.cookies() if each["name"].startswith("visit-"))
    who = room.store.visitor(token).participant
    for item in RISK.statements:
        room.store.save(who, asked(item, "before"), Answer(str(uuid4()), value=4))
    return phone.new_page()


def rate_again(page: Page, room: Running) -> None:
    page.goto(room.url("/m/risk#again"))
    ready(page)
    expect(page.get_by_text(WORDS.nothing)).to_be_visible()
    myth = page.get_by_role("group", name=RISK.primary.question).last
    myth.get_by_role("radio", name="Disagree", exact=True).check()


def test_after_the_second_rating_a_card_says_what_became_of_the_first(page: Page, room: Running):
    rate_again(page, room)
    card = page.locator(".myths-turn[data-told]")
    expect(card.get_by_role("status")).to_have_text(SAID)
    expect(card).to_contain_text("Before: Agree")
    expect(card).to_contain_text("Now: Disagree")
    expect(page.get_by_text(WORDS.nothing)).to_have_count(0)
    assert by_axe(page, ".myths-change").violations_count == 0
    page.reload()
    ready(page)
    expect(page.locator(".myths-turn[data-told]").get_by_role("status")).to_have_text(SAID)


def test_who_has_gone_on_to_the_next_field_still_sees_it(page: Page, room: Running):
    page.goto(room.url("/m/risk#again"))
    ready(page)
    field = page.get_by_role("textbox").first
    field.evaluate(
        """(el) => {
          el.focus({ preventScroll: true });
          scrollBy({ top: el.getBoundingClientRect().top - innerHeight + 30, behavior: "instant" });
        }"""
    )
    myth = page.get_by_role("group", name=RISK.primary.question).last
    myth.get_by_role("radio", name="Disagree", exact=True).evaluate("(el) => el.click()")
    expect(page.locator(".myths-turn[data-told]")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()


def test_the_closing_tells_it_in_short(page: Page, room: Running):
    rate_again(page, room)
    expect(page.get_by_text(SAID)).to_be_visible()
    page.goto(room.url("/m/closing#mine"))
    ready(page)
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=RISK.primary.question)).to_have_count(1)
    expect(page.get_by_role("button", name=WORDS.copy_button)).to_be_visible()
    assert by_axe(page, ".myths-change").violations_count == 0
