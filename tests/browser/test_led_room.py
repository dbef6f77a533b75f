"""A trainer leads: phones follow, nobody is taken away from what they write, and one can stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from myths import catalog
from myths.live import acts, settle
from myths.store import LiveState
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import (
    PATIENCE,
    PHONE,
    Running,
    at_step,
    enter,
    go_to,
    ready,
)
from tests.browser.test_accessible import nothing_found
from tests.store import samples

WORDS = catalog.load().ui.room


@pytest.fixture
def room(server: Running) -> Running:
    """A workshop of its own: where one room is says nothing about the next."""
    return server.another_workshop()


@pytest.fixture
def phones(browser: Browser, room: Running) -> Iterator[Callable[[], Page]]:
    """Open a module on the phone of one more person."""
    contexts: list[BrowserContext] = []

    def one(slug: str = "risk") -> Page:
        context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        enter(context, room)
        page = context.new_page()
        page.goto(room.url(f"/m/{slug}"))
        ready(page)
        return page

    yield one
    for context in contexts:
        context.close()


def lead(room: Running, act: Callable[..., LiveState], *how: Any) -> None:
    room.store.change_live_state(room.code, lambda state: act(state, *how))


def together(room: Running, page: str, step: str) -> None:
    lead(room, acts.set_pace, "together")
    lead(room, acts.go, page, step)


def test_all_phones_go_where_the_trainer_goes_without_loading_anew(phones, room):
    one, two = phones(), phones()
    for page in (one, two):
        page.evaluate("window.same = true")
    together(room, "risk", "facts")
    for page in (one, two):
        at_step(page, "facts")
        assert page.evaluate("window.same")
        assert page.evaluate("document.activeElement.textContent") == "The facts"


def test_before_anybody_leads_and_at_their_own_pace_nobody_is_moved(phones, room):
    page = phones()
    lead(room, acts.go, "risk", "facts")
    lead(room, acts.count_down, 600)
    expect(page.locator("#room [role=timer]")).to_be_visible()  # it has heard of it
    at_step(page, "view")
    expect(page.locator("#room button")).to_have_count(0)


def test_another_part_is_opened_and_who_comes_late_lands_where_the_room_is(phones, room):
    early = phones()
    together(room, "harm", "facts")
    early.wait_for_url("**/m/harm#facts")
    late = phones("start")
    late.wait_for_url("**/m/harm#facts")
    at_step(late, "facts")


def test_who_writes_is_told_goes_when_ready_and_nothing_is_lost(phones, room):
    page = phones()
    go_to(page, "write")
    text = page.locator(".step#write textarea").first
    text.click()
    page.keyboard.type("Half a sent")
    together(room, "risk", "again")
    line = page.locator("#room")
    expect(line).to_contain_text(WORDS.elsewhere.format(place="My view again, and a plan"))
    page.keyboard.type("ence")
    at_step(page, "write")
    expect(text).to_have_value("Half a sentence")
    expect(text).to_be_focused()
    line.get_by_role("button", name=WORDS.go).click()
    at_step(page, "again")
    expect(line).to_be_hidden()
    go_to(page, "write")
    expect(text).to_have_value("Half a sentence")


def test_who_stays_is_left_alone_until_they_go_to_the_room(phones, room):
    page = phones()
    together(room, "risk", "facts")
    at_step(page, "facts")
    go_to(page, "view")  # to look something up
    line = page.locator("#room")
    line.get_by_role("button", name=WORDS.stay).click()
    lead(room, acts.go, "risk", "check")
    expect(line).to_contain_text(WORDS.elsewhere.format(place="Check"))
    at_step(page, "view")
    page.reload()
    ready(page)
    expect(line).to_contain_text(WORDS.elsewhere.format(place="Check"))
    at_step(page, "view")
    line.get_by_role("button", name=WORDS.go).click()
    at_step(page, "check")
    lead(room, acts.go, "risk", "story")
    at_step(page, "story")


def test_whoever_looks_something_up_is_not_fetched_back_by_what_else_the_trainer_does(phones, room):
    page = phones()
    together(room, "risk", "check")
    at_step(page, "check")
    go_to(page, "facts")
    lead(room, acts.count_down, 600)
    expect(page.locator("#room [role=timer]")).to_be_visible()
    at_step(page, "facts")
    lead(room, acts.go, "risk", "story")
    at_step(page, "story")


def test_within_a_module_everybody_goes_on_their_own(phones, room):
    page = phones()
    lead(room, acts.set_pace, "module")
    lead(room, acts.go, "risk", "facts")
    lead(room, acts.count_down, 600)
    expect(page.locator("#room [role=timer]")).to_be_visible()
    at_step(page, "view")
    lead(room, acts.go, "harm")
    page.wait_for_url("**/m/harm")


def test_a_move_while_the_phone_was_offline_is_made_up_for(phones, room):
    page = phones()
    together(room, "risk", "view")
    page.context.set_offline(True)
    lead(room, acts.go, "risk", "check")
    lead(room, acts.go, "risk", "story")
    page.context.set_offline(False)
    at_step(page, "story")


def test_the_curtain_asks_for_eyes_keeps_the_exit_and_gives_the_place_back(phones, room):
    page = phones()
    together(room, "risk", "view")
    choice = page.locator(".step#view input[type=radio]").first
    choice.focus()
    lead(room, acts.draw_curtain, "look-up")
    curtain = page.locator("#curtain")
    expect(curtain.get_by_role("heading", name=WORDS.look_up)).to_be_focused()
    nothing_found(page, "the curtain")
    assert page.evaluate("document.querySelector('main').inert")
    expect(page.locator("#exit-here a")).to_be_visible()
    lead(room, acts.draw_curtain, "")
    expect(curtain).to_have_count(0)
    expect(choice).to_be_focused()


def test_who_still_needs_the_page_lifts_the_curtain_and_who_writes_has_none(phones, room):
    writer, reader = phones(), phones()
    together(room, "risk", "write")
    for page in (writer, reader):
        at_step(page, "write")
    writer.locator(".step#write textarea").first.click()
    lead(room, acts.draw_curtain, "break")
    expect(reader.locator("#curtain")).to_contain_text(WORDS.pause)
    reader.get_by_role("button", name=WORDS.lift).click()
    expect(reader.locator("#curtain")).to_have_count(0)
    lead(room, acts.count_down, 300)
    expect(writer.locator("#room [role=timer]")).to_be_visible()
    expect(reader.locator("#curtain")).to_have_count(0)  # still lifted
    expect(writer.locator("#curtain")).to_have_count(0)


def test_a_vote_is_said_and_the_page_has_no_fault(phones, room):
    page = phones()
    together(room, "risk", "view")
    lead(room, acts.open_vote, "risk", "before", ("myth", "fact"))
    expect(page.locator("#room")).to_contain_text(WORDS.vote_open)
    nothing_found(page, "a vote")
    lead(room, acts.close)
    expect(page.locator("#room")).to_contain_text(WORDS.vote_closed)


@pytest.fixture
def voted(room: Running) -> None:
    """Ten people have rated a statement before and after, and both votes are closed."""
    store = room.store
    statement = catalog.load().module("risk").item("myth")
    words = {
        "question": statement.question,
        "options": {str(option.value): option.label for option in statement.options},
    }
    people = [store.join(room.code, language="en", consent="agreed").participant for _ in range(10)]
    for phase in ("before", "after"):
        for number, person in enumerate(people):
            value = (5, 4, 4, 3, 2)[number % 5] if phase == "before" else 1 + number % 2
            asked = samples.asked("myth", phase, words=words)
            store.save(person, asked, samples.given(value))
        lead(room, acts.open_vote, "risk", phase, ("myth",))
        lead(room, acts.close)
        settle(store, room.code, store.live_state(room.code).vote)


def test_what_the_room_answered_comes_to_the_phones_when_it_is_revealed(phones, room, voted):
    page = phones()
    together(room, "risk", "again")
    at_step(page, "again")
    expect(page.locator(".group")).to_have_count(0)
    lead(room, lambda state: acts.reveal(state, "risk", "myth", asked=("before", "after")))
    group = page.locator(".step#again .group")
    expect(group.get_by_role("heading", name=WORDS.result)).to_be_visible()
    expect(group.get_by_role("columnheader")).to_have_text(["Before10 people", "Now10 people"])
    expect(group).to_contain_text(catalog.load().module("risk").item("myth").question)
    agrees = group.get_by_role("row", name="Strongly agree")
    expect(agrees).to_have_text("Strongly agree20 %nearly nobody")
    expect(group.get_by_role("row")).to_have_count(7)
    told = WORDS.agreed.format(before="60 %", after=WORDS.nearly_none)
    expect(group.get_by_text(told)).to_be_visible()
    nothing_found(page, "results")
    lead(room, acts.hide, "risk", "myth")
    expect(page.locator(".group")).to_have_count(0)


def test_each_phone_is_led_in_its_own_language_and_all_see_the_same_answers(phones, room, voted):
    room.store.change_workshop(room.code, languages=("en", "de"))
    words = {"en": catalog.load(), "de": catalog.load(language="de")}
    there = {"en": phones(), "de": phones()}
    chosen = there["de"].locator("#menu button[name=language][value=de]")
    chosen.evaluate("(button) => button.click()")  # wherever the menu is
    expect(there["de"].locator("html[lang=de] body[data-ready]")).to_be_attached()
    together(room, "risk", "again")
    lead(room, lambda state: acts.reveal(state, "risk", "myth", asked=("before", "after")))
    for language, page in there.items():
        said, asked = words[language].ui, words[language].module("risk").item("myth")
        at_step(page, "again")
        expect(page.locator("#again .step-title")).to_have_text(said.steps.again)
        group = page.locator(".step#again .group")
        expect(group).to_contain_text(asked.question)
        agrees = group.get_by_role("row", name=asked.options[-1].label)
        expect(agrees).to_contain_text(f"20 %{said.room.nearly_none}")
    lead(room, acts.open_vote, "risk", "after", ("myth",))
    for language, page in there.items():
        expect(page.locator("#room")).to_contain_text(words[language].ui.room.vote_open)
