"""People write for the group on their phones; what the trainer approves is on wall and phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, all_saved, at_step, enter, ready
from tests.browser.test_accessible import nothing_found
from tests.browser.test_console import TALL, press, staff
from tests.browser.test_led_room import together
from tests.browser.test_projector import at, wall
from tests.store import samples

__all__ = ["staff", "wall"]
UI = catalog.load().ui
WORDS = UI.console
LEARNED = catalog.load().module("risk").item("learned").question
TEXTS = [
    "With nothing. I never asked what happens if there is no programme at all.",
    "With a world without risk, and nobody lives there.",
    "Between the family court and the police: two weeks.",
    "At the weekend.",
]


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


@pytest.fixture
def phones(browser: Browser, room: Running) -> Iterator[Callable[[], Page]]:
    contexts: list[BrowserContext] = []

    def one() -> Page:
        context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        enter(context, room)
        page = context.new_page()
        page.goto(room.url("/m/risk"))
        ready(page)
        return page

    yield one
    for context in contexts:
        context.close()


def write(page: Page, text: str) -> None:
    """Write a text that the group may read."""
    at_step(page, "write")
    box = page.locator(".step#write .myths-reflection").first
    box.get_by_role("combobox").select_option("group")
    box.get_by_role("textbox").fill(text)
    all_saved(page)


def others(room: Running) -> None:
    """Let four more people write."""
    for text in TEXTS:
        person = room.store.join(room.code, language="en", consent="agreed").participant
        answer = samples.given(text=text, reader="group")
        room.store.save(person, samples.written("learned", "after"), answer)


def test_approved_texts_come_to_wall_and_phones_and_leave_when_one_is_taken_back(
    phones: Callable[[], Page], staff: Page, wall: Page, room: Running
):
    writer, reader = phones(), phones()
    together(room, "risk", "write")
    write(writer, "My own words")
    at_step(reader, "write")
    others(room)
    console = staff.locator(".myths-console")
    card = console.locator(".written").filter(has_text=LEARNED)
    expect(card).to_contain_text(WORDS.wall_few)
    press(card, WORDS.wall_gather)
    expect(card.get_by_role("listitem")).to_have_count(5)
    for text in (TEXTS[0], "My own words"):
        press(card.get_by_role("listitem").filter(has_text=text), WORDS.wall_approve)
        expect(card.get_by_role("listitem").filter(has_text=text)).to_contain_text(
            WORDS.wall_approved
        )
    for page in (writer, reader):
        expect(page.locator(".group")).to_have_count(0)
    press(card, WORDS.wall_show)
    at(wall, "wall")
    expect(wall.get_by_role("listitem")).to_have_count(2)
    for page in (writer, reader):
        shown = page.locator(".group")
        expect(shown.get_by_role("heading", name=UI.room.wall)).to_be_visible()
        expect(shown).to_contain_text("My own words")
        expect(shown).to_contain_text(TEXTS[0])
        expect(shown).not_to_contain_text(TEXTS[1])
        nothing_found(page, "the wall on a phone")
    nothing_found(staff, "texts for the group", height=TALL)
    staff.set_viewport_size({"width": 1280, "height": 900})
    write(writer, "Other words")
    expect(wall.get_by_text(TEXTS[0])).to_have_count(0)
    expect(reader.locator(".group")).to_have_count(0)
    expect(card).to_contain_text(WORDS.wall_few)
    at(wall, "step")


def test_a_full_wall_fits_the_screen(wall: Page, room: Running, staff: Page):
    together(room, "risk", "write")
    for number in range(12):
        person = room.store.join(room.code, language="en", consent="agreed").participant
        text = f"{number} " + "Somebody has to ask her first. " * (1 + number % 8)
        answer = samples.given(text=text.strip()[:250], reader="group")
        room.store.save(person, samples.written("learned", "after"), answer)
    card = staff.locator(".myths-console .written").filter(has_text=LEARNED)
    press(card, WORDS.wall_gather)
    expect(card.get_by_role("listitem")).to_have_count(12)
    for number in range(12):
        card.get_by_role("button", name=WORDS.wall_approve).first.click()
        expect(card.get_by_role("button", name=WORDS.wall_approve)).to_have_count(11 - number)
    press(card, WORDS.wall_show)
    at(wall, "wall")
    expect(card).to_contain_text(WORDS.wall_full)
