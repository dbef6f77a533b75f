"""The series in German, a draft, as somebody meets it whose trainer ticked it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, ready, show_whole
from tests.browser.test_directions import fits

GERMAN = catalog.load(language="de")
UI = GERMAN.ui
CUT = "(node) => node.scrollWidth > node.clientWidth + 1"


@pytest.fixture(scope="module")
def room(server: Running) -> Running:
    """A workshop of all modules, in German."""
    room = server.another_workshop()
    room.store.change_workshop(room.code, language="de", languages=("en", "de"))
    return room


@pytest.fixture(scope="module")
def inside(browser: Browser, room: Running) -> Iterator[Page]:
    """Somebody on a phone in German, who has joined."""
    context = browser.new_context(viewport=PHONE, locale="de-AT")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.link)
    expect(page.get_by_text(UI.language.draft)).to_be_visible()
    fits(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name=UI.join.contributes_no).check()
    page.get_by_role("button", name=UI.join.button).click()
    fits(page)
    page.locator("form button.button").first.click()
    ready(page)
    yield page
    context.close()


@pytest.mark.parametrize("slug", ["start", "risk", "womens-services", "closing"])
def test_its_pages_are_not_too_wide_and_their_titles_whole(inside: Page, room: Running, slug: str):
    inside.set_viewport_size(PHONE)
    inside.goto(room.url(f"/m/{slug}"))
    ready(inside)
    expect(inside.get_by_text(UI.language.draft)).to_be_visible()
    if slug != "womens-services":  # the longest title has room on no phone
        assert not inside.locator("#menu .where b").evaluate(CUT)
    show_whole(inside)
    fits(inside)


def test_words_for_safety_are_in_english_and_say_why(inside: Page, room: Running):
    inside.set_viewport_size(PHONE)
    inside.goto(room.url("/m/closing"))
    ready(inside)
    show_whole(inside)
    original = GERMAN.original.page("start").section("support")
    heading = inside.locator("main").get_by_role("heading", name=original.heading, exact=True)
    expect(heading).to_be_visible()
    assert heading.evaluate("(node) => node.closest('[lang]').lang") == "en"
    why = UI.language.unchecked.format(language="Englisch")
    expect(inside.locator("main").get_by_text(why)).to_be_visible()
