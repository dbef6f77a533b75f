"""Risk in easy English, on a phone and on a desk: in order for axe, not too wide, in steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import Browser, Page, expect

from tests.axe import RULES, by_axe
from tests.browser.conftest import PATIENCE, PHONE, Running, all_saved, go_to, ready, show_whole
from tests.browser.test_directions import fits

EASY = catalog.load(language="en-simple")


@pytest.fixture(scope="module")
def room(server: Running) -> Running:
    room = server.another_workshop()
    room.store.change_workshop(room.code, languages=("en", "en-simple"))
    return room


@pytest.fixture(scope="module")
def inside(browser: Browser, room: Running) -> Iterator[Page]:
    """Somebody who chose easy English on a phone and joined."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.link)
    page.get_by_role("button", name="Easy English").click()
    expect(page.get_by_text(EASY.ui.language.draft)).to_be_visible()
    fits(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name="No, leave them out").check()
    page.get_by_role("button", name=EASY.ui.join.button).click()
    page.get_by_role("button", name=EASY.ui.code.go_on).click()
    ready(page)
    yield page
    context.close()


def test_the_whole_of_risk_is_in_order_for_axe_and_not_too_wide(inside: Page, room: Running):
    for width in (PHONE, {"width": 1280, "height": 900}):
        inside.set_viewport_size(width)
        inside.goto(room.url("/m/risk"))
        ready(inside)
        show_whole(inside)
        fits(inside)
        assert inside.evaluate("document.documentElement.lang") == "en-simple"
        found = by_axe(inside, runOnly=RULES)
        assert found.violations_count == 0, found.generate_report()


def test_numbers_and_receipts_are_in_its_words(inside: Page, room: Running):
    inside.set_viewport_size(PHONE)
    inside.goto(room.url("/m/risk#view"))
    ready(inside)
    inside.get_by_role("radio").first.check()
    all_saved(inside)
    go_to(inside, "write")
    inside.get_by_role("textbox").first.fill("I think." * 249)
    left = EASY.ui.components.reflection.left.of(8)
    expect(inside.get_by_text(left).first).to_be_visible()


def test_it_can_be_changed_in_the_menu(inside: Page, room: Running):
    inside.set_viewport_size(PHONE)
    inside.goto(room.url("/m/risk"))
    ready(inside)
    inside.locator("#menu > summary").click()
    inside.get_by_role("button", name="English", exact=True).click()
    expect(inside.locator("html[lang=en] body[data-ready]")).to_be_attached()
    inside.wait_for_load_state("networkidle")  # where they were was brought back, which closes it
    inside.locator("#menu > summary").click()
    inside.get_by_role("button", name="Easy English").click()
    expect(inside.locator("html[lang=en-simple] body[data-ready]")).to_be_attached()
