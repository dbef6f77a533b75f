"""Somebody asks on a phone; the trainer reads it without a name, shows it, and it leaves again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, Running, enter, exit_ready, open_menu, ready, until
from tests.browser.test_accessible import looked_at, nothing_found
from tests.browser.test_console import TALL, press, staff
from tests.browser.test_projector import at, wall

__all__ = ["staff", "wall"]
UI = catalog.load().ui
WORDS = UI.ask
ASKED = "Who tells her if he stops coming?"


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


@pytest.fixture
def person(phone: BrowserContext, room: Running) -> Page:
    """Somebody at the facts of a module."""
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk#facts"))
    ready(page)
    until(lambda: any(place(room)), page)
    return page


def place(room: Running) -> Iterator[bool]:
    """Whether the server knows of somebody at the facts."""
    from myths.store import schema
    from sqlalchemy import select

    with room.store.reading() as conn:
        for places in conn.scalars(select(schema.participants.c.places)):
            yield bool(places) and places.get("risk", {}).get("step") == "facts"


def to_form(page: Page) -> None:
    open_menu(page).get_by_role("link", name=UI.steps.ask).click()
    expect(page.get_by_role("heading", name=WORDS.heading)).to_be_visible()
    exit_ready(page)


def send(page: Page, text: str = ASKED) -> None:
    page.get_by_label(WORDS.text).fill(text)
    page.get_by_role("button", name=WORDS.button).click()


def test_a_question_comes_to_the_trainer_and_the_projector_and_leaves_when_taken_back(
    person: Page, staff: Page, wall: Page, room: Running
):
    to_form(person)
    looked_at(person)
    send(person)
    expect(person.get_by_text(WORDS.sent)).to_be_focused()
    expect(
        person.get_by_text(UI.ask.place.format(place=f"Risk · {UI.steps.facts}"))
    ).to_be_visible()
    expect(person.get_by_label(WORDS.text)).to_have_value("")
    looked_at(person)
    console = staff.locator(".myths-console")
    expect(console).to_contain_text(ASKED)
    console.get_by_role("link", name=UI.console.inquiries_new.of(1)).click()
    nothing_found(staff, "a question", height=TALL)
    staff.set_viewport_size({"width": 1280, "height": 900})
    press(console, UI.console.inquiry_show)
    at(wall, "inquiry")
    expect(wall.get_by_role("heading", name=ASKED)).to_be_visible()
    press(console, UI.console.inquiry_answer)
    expect(console).to_contain_text(UI.console.inquiry_counts.format(new=0, answered=1))
    person.get_by_role("button", name=WORDS.take_back).click()
    expect(person.get_by_text(WORDS.taken)).to_be_focused()
    expect(wall.get_by_text(ASKED)).to_have_count(0)
    expect(console.get_by_text(ASKED)).to_have_count(0)
    person.get_by_role("link", name=UI.withdraw.back).click()
    person.wait_for_url("**/m/risk#facts")


def test_who_marks_questions_by_keyboard_goes_on_with_the_next_one(staff: Page, room: Running):
    asker = room.store.join(room.code, language="en", consent="1").participant
    for key, text in (("first", "The first question?"), ("second", "The second question?")):
        room.store.ask(asker, text, key=str(uuid.uuid5(uuid.NAMESPACE_OID, key)), page="", step="")
    console = staff.locator(".myths-console")
    answer = console.get_by_role("button", name=UI.console.inquiry_answer)
    expect(answer).to_have_count(2)
    answer.first.focus()
    staff.keyboard.press("Enter")
    expect(answer).to_have_count(1)
    expect(answer).to_be_focused()


def test_what_is_typed_stays_while_the_network_is_away_and_goes_out_once(
    person: Page, room: Running
):
    to_form(person)
    person.context.set_offline(True)
    send(person)
    expect(person.get_by_role("alert")).to_have_text(WORDS.not_sent)
    expect(person.get_by_label(WORDS.text)).to_have_value(ASKED)
    looked_at(person)
    person.context.set_offline(False)
    person.get_by_role("button", name=WORDS.button).click()
    expect(person.get_by_text(WORDS.sent)).to_be_focused()
    assert [each.text for each in room.store.inquiries(room.code)] == [ASKED]


def test_what_is_too_long_is_said_in_place_and_can_be_made_shorter(person: Page, room: Running):
    to_form(person)
    send(person, "x" * 501)
    field = person.get_by_label(WORDS.text)
    expect(field).to_be_focused()
    expect(person.get_by_role("alert")).to_have_text(WORDS.too_long.format(typed=501, limit=500))
    expect(field).to_have_value("x" * 501)
    looked_at(person)
    send(person)
    expect(person.get_by_text(WORDS.sent)).to_be_focused()


def test_a_name_in_a_question_is_pointed_out(person: Page):
    to_form(person)
    field = person.get_by_label(WORDS.text)
    field.press_sequentially("Call me: 030 1234567")
    expect(person.get_by_text(UI.components.reflection.personal)).to_be_visible()
    field.fill(ASKED)
    expect(person.get_by_text(UI.components.reflection.personal)).to_have_count(0)


def test_a_draft_stays_while_another_question_is_taken_back(person: Page):
    to_form(person)
    send(person, "The first one")
    expect(person.get_by_text(WORDS.sent)).to_be_focused()
    person.get_by_label(WORDS.text).fill("A draft")
    person.get_by_role("button", name=WORDS.take_back).click()
    expect(person.get_by_text(WORDS.taken)).to_be_focused()
    expect(person.get_by_label(WORDS.text)).to_have_value("A draft")


def test_a_draft_is_there_after_a_reload_and_gone_once_it_was_sent(person: Page):
    to_form(person)
    field = person.get_by_label(WORDS.text)
    field.press_sequentially("Who tells")
    person.reload()
    expect(field).to_have_value("Who tells")
    person.goto("about:blank")
    person.go_back()
    expect(field).to_have_value("Who tells")
    person.get_by_role("button", name=WORDS.button).click()
    expect(person.get_by_text(WORDS.sent)).to_be_focused()
    person.reload()
    expect(field).to_have_value("")


def test_it_works_by_keyboard_and_without_scripts(browser: Browser, room: Running):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    enter(context, room)
    page = context.new_page()
    page.goto(room.url("/ask?page=risk"))
    page.get_by_label(WORDS.text).fill(ASKED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(WORDS.sent)).to_be_visible()
    page.get_by_role("button", name=WORDS.take_back).click()
    expect(page.get_by_text(WORDS.taken)).to_be_visible()
    assert room.store.inquiries(room.code) == []
    context.close()


def test_the_support_lines_are_there(person: Page):
    to_form(person)
    person.get_by_text(UI.support.need).click()
    expect(person.locator(".support a[href^='tel:']").first).to_be_visible()
