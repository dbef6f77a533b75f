"""A trainer leads a question of their own: on the console, the projector and two phones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from myths.vocabulary import Pace
from playwright.sync_api import Page, expect

from tests.adapted import CALL, CALLS, FIRST_CALL, KNOWN, OWN_STEP, adapted
from tests.browser.conftest import Running, all_saved, at_step, serving
from tests.browser.test_accessible import nothing_found
from tests.browser.test_console import TALL, press, staff
from tests.browser.test_led_room import phones
from tests.browser.test_projector import at, wall
from tests.store import samples

__all__ = ["phones", "staff", "wall"]
UI = catalog.load().ui
WORDS, ROOM, WALL = UI.console, UI.room, UI.projector


@pytest.fixture(scope="module")
def adapting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    notebooks = adapted(tmp_path_factory.mktemp("adapted"))
    db = tmp_path_factory.mktemp("store") / "workshop.sqlite"
    with serving(db, "--notebooks", str(notebooks)) as running:
        yield running


@pytest.fixture
def room(adapting: Running) -> Running:
    return adapting.another_workshop()


def others(room: Running, *numbers: int) -> None:
    """Let more people join and choose."""
    options = {str(number): label for number, label in enumerate(CALLS, start=1)}
    asked = samples.asked(
        CALL, "after", kind="choice", words={"question": FIRST_CALL, "options": options}
    )
    for number in numbers:
        person = room.store.join(room.code, language="en", consent="agreed").participant
        room.store.save(person, asked, samples.given(number))


def no_share(*pages: Page) -> None:
    for page in pages:
        assert "%" not in page.locator("main").inner_text()


def test_a_choice_is_opened_counted_closed_and_shown(staff: Page, wall: Page, phones, room):
    one, two = phones(), phones()
    console = staff.locator(".myths-console")
    press(console, WORDS.pace_together)
    expect(console.get_by_role("button", name=WORDS.pace_together)).to_have_attribute(
        "aria-pressed", "true"
    )
    press(console, WORDS.begin.format(title="Start"))
    press(console, WORDS.next.format(title="Risk"))
    press(console, OWN_STEP)
    for page in (one, two):
        at_step(page, "part-1")
    assert room.store.live_state(room.code).pace == Pace.TOGETHER
    card = console.get_by_role("region", name=f"{WORDS.own} {FIRST_CALL}")
    expect(card).to_contain_text(FIRST_CALL)
    press(card, WORDS.open)
    for page in (one, two):
        expect(page.locator("#room")).to_contain_text(ROOM.vote_open)
        page.get_by_role("radio", name=CALLS[0]).check()
        all_saved(page)
    others(room, 1, 2, 2, 3)
    expect(card.locator(".count")).to_have_text(f"6 {WORDS.answered.format(total=6)}")
    at(wall, "vote")
    expect(wall.get_by_role("heading", name=FIRST_CALL)).to_be_visible()
    expect(wall.get_by_role("listitem")).to_have_text(CALLS)
    expect(wall.locator(".counting")).to_contain_text(f"6 {WALL.answered.format(total=6)}")
    no_share(staff, wall, one, two)
    nothing_found(staff, "an own question that is open", height=TALL)
    press(card, WORDS.close)
    at(wall, "voted")
    for page in (one, two):
        expect(page.locator("#room")).to_contain_text(ROOM.vote_closed)
    no_share(wall, one, two)
    press(card, WORDS.show_now)
    at(wall, "results")
    expect(wall.locator("tbody").get_by_role("row")).to_have_count(len(CALLS))
    expect(wall.locator("tbody").get_by_role("row").first).to_have_text(
        f"{CALLS[0]} 50 %", use_inner_text=True
    )
    expect(wall.get_by_text(WALL.belief)).to_have_count(0)
    for page in (one, two):
        group = page.locator(".step#part-1 .group")
        expect(group).to_contain_text(FIRST_CALL)
        expect(group.get_by_role("row", name=CALLS[1])).to_have_text(
            f"{CALLS[1]} 33 %", use_inner_text=True
        )
        expect(group.get_by_role("columnheader")).to_have_count(1)
        most = ROOM.chosen_most.format(chosen=CALLS[0], share="50 %")
        expect(group.get_by_text(most)).to_be_visible()
        nothing_found(page, "what the room chose")
    nothing_found(staff, "an own question that is shown", height=TALL)
    press(card, WORDS.hide)
    for page in (one, two):
        expect(page.locator(".group")).to_have_count(0)
    at(wall, "step")


def test_no_click_shows_what_was_thought_before_alone(staff: Page, wall: Page, phones, room):
    phone = phones()
    console = staff.locator(".myths-console")
    press(console, WORDS.begin.format(title="Start"))
    press(console, WORDS.next.format(title="Risk"))
    card = console.get_by_role("region", name=f"{WORDS.own_before} {KNOWN}")
    press(card, WORDS.open)
    phone.get_by_role("group", name=KNOWN).get_by_role("radio").nth(3).check()
    all_saved(phone)
    expect(card.locator(".count")).to_have_text(f"1 {WORDS.answered.format(total=1)}")
    press(card, WORDS.close)
    expect(card).to_contain_text(WORDS.before_alone)
    expect(card.get_by_role("button", name=WORDS.show)).to_be_disabled()
    at(wall, "voted")
    expect(wall.locator(".ends")).to_contain_text(UI.scale_agree.flat()["5"])
    no_share(staff, wall, phone)
    expect(phone.locator(".group")).to_have_count(0)
