"""A trainer leads a room through a whole module: two phones, a projector, a second console."""

from __future__ import annotations

import pytest
from myths import catalog
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, all_saved, at_step, ready
from tests.browser.test_console import another, press, staff
from tests.browser.test_led_room import phones
from tests.browser.test_projector import at, wall
from tests.store import samples

__all__ = ["phones", "staff", "wall"]
CATALOG = catalog.load()
UI = CATALOG.ui
WORDS, ROOM, WALL = UI.console, UI.room, UI.projector
RISK = CATALOG.module("risk")
RECALL = next(item for item in RISK.items if item.kind == "recall")


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop(["risk"])


@pytest.fixture
def others(room: Running) -> list[str]:
    """Four more people, whose phones nobody sees."""
    return [
        room.store.join(room.code, language="en", consent="agreed").participant for _ in range(4)
    ]


def answer(room: Running, others: list[str], phase: str, value: float, *, recall: bool) -> None:
    for item in (RECALL,) if recall else RISK.statements:
        options = {str(option.value): option.label for option in item.options}
        words = {"question": item.question, "options": options}
        asked = samples.asked(item.id, phase, kind=item.kind, words=words)
        for person in others:
            room.store.save(person, asked, samples.given(value))


def rate(page: Page, step: str, place: int) -> None:
    at_step(page, step)
    expect(page.locator("#room")).to_contain_text(ROOM.vote_open)
    for group in page.locator(f".step#{step} .myths-rating").all()[:3]:
        group.get_by_role("radio").nth(place).check()
    all_saved(page)


def on(console: Page, step: str) -> None:
    press(console.locator(".bar"), WORDS.next.format(title=UI.steps[step]))


def test_a_room_is_led_through_a_whole_module(
    staff: Page, wall: Page, phones, room: Running, others: list[str]
):
    one, two = phones(), phones()
    console = staff
    press(console, WORDS.pace_together)
    pace = console.get_by_role("button", name=WORDS.pace_together)
    expect(pace).to_have_attribute("aria-pressed", "true")
    press(console, WORDS.begin.format(title="Start"))
    for page in (one, two):
        page.wait_for_url("**/m/start")
    press(console, WORDS.next.format(title="Risk"))
    said = console.locator(".plan .said").first
    expect(said).to_contain_text("There is no good or bad number")
    press(console, WORDS.open)
    for page in (one, two):
        ready(page)
        rate(page, "view", 3)
    answer(room, others, "before", 4, recall=False)
    count = console.locator(".count")
    expect(count).to_have_text(f"6 {WORDS.answered.format(total=6)}")
    press(console, WORDS.close)
    expect(console.get_by_role("button", name=WORDS.show)).to_be_disabled()

    on(console, "facts")
    for page in (one, two):
        at_step(page, "facts")
    expect(said).to_contain_text("a measure that leaves no danger")
    expect(said).not_to_contain_text("There is no good or bad number")
    objections = console.locator(".plan details", has_text=WORDS.objections).first
    objections.locator("summary").click()
    expect(objections).to_contain_text("Ask what danger is left")
    for n, name in enumerate([WORDS.fact_first] + [WORDS.fact_next] * 5, start=1):
        press(console, name)
        expect(wall.get_by_text(WALL.fact.format(n=n, total=6))).to_be_visible()

    on(console, "check")
    press(console, WORDS.open)
    expect(wall.get_by_role("heading", name=RECALL.question)).to_be_visible()
    for page in (one, two):
        at_step(page, "check")
        page.locator(".step#check").get_by_role("radio").first.check()
        all_saved(page)
    answer(room, others, "after", RECALL.correct or 1, recall=True)
    expect(count).to_have_text(f"6 {WORDS.answered.format(total=6)}")
    press(console, WORDS.close)
    press(console, WORDS.show_now)
    at(wall, "results")
    for page in (one, two):
        expect(page.locator(".step#check .group")).to_contain_text(RECALL.question)

    two.context.set_offline(True)
    on(console, "story")
    at_step(one, "story")
    press(console, WORDS.minutes.format(n=10))
    expect(one.locator("#room").get_by_role("timer")).to_be_visible()
    two.context.set_offline(False)
    at_step(two, "story")
    two.reload()
    ready(two)
    at_step(two, "story")

    on(console, "write")
    at_step(one, "write")
    box = one.locator(".step#write textarea").first
    box.click()
    one.keyboard.type("Half a sent")
    other = another(staff, room)  # the first console's device fails
    staff.close()
    on(other, "again")
    at_step(two, "again")
    place = ROOM.elsewhere.format(place=UI.steps.again)
    expect(one.locator("#room")).to_contain_text(place)
    one.keyboard.type("ence")
    expect(box).to_have_value("Half a sentence")
    one.locator("#room").get_by_role("button", name=ROOM.go).click()
    press(other, WORDS.open)
    for page in (one, two):
        rate(page, "again", 1)
    answer(room, others, "after", 2, recall=False)
    expect(other.locator(".count")).to_have_text(f"6 {WORDS.answered.format(total=6)}")
    press(other, WORDS.close)
    press(other, WORDS.show)
    at(wall, "results")
    told = {"before": ROOM.nearly_all, "after": ROOM.nearly_none}
    for page in (one, two):
        expect(page.locator(".step#again .group")).to_contain_text(ROOM.agreed.format(**told))
    expect(wall.get_by_text(WALL.agreed_two.format(**told))).to_be_visible()
    press(other, WORDS.next.format(title="Closing"))
    for page in (one, two):
        page.wait_for_url("**/m/closing*")
    other.context.close()
