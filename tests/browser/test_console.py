"""A trainer leads, from JupyterLab or the staff pages: what is clicked there moves the phones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from myths.live import acts
from myths.store import schema
from myths.vocabulary import Pace
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select

from tests.browser.conftest import PATIENCE, PHONE, Running, all_saved, at_step, enter, ready, until
from tests.browser.test_accessible import nothing_found
from tests.browser.test_jupyterlab import TOKEN, jupyterlab, run_all
from tests.server.conftest import ROOT

UI = catalog.load().ui
WORDS = UI.console
TALL = 4500  # px


@pytest.fixture
def room(server: Running) -> Running:
    """The newest workshop, which the console takes by itself."""
    return server.another_workshop()


@pytest.fixture
def lab(
    room: Running, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """The trainers' notebook in a JupyterLab on the same database, with its cell run."""
    monkeypatch.setenv("MYTHS_DB", room.db)
    monkeypatch.setenv("MYTHS_CONTENT", str(ROOT / "content"))
    shutil.copy(ROOT / "notebooks" / "trainers" / "lead.ipynb", tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    context.set_default_timeout(2 * PATIENCE)
    with jupyterlab(tmp_path) as address:
        page = context.new_page()
        page.goto(f"{address}/lab/tree/lead.ipynb?token={TOKEN}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        run_all(page)
        yield page
        context.close()


@pytest.fixture
def staff(room: Running, browser: Browser) -> Iterator[Page]:
    """The console on the staff pages, on a laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.url(f"/staff/{room.code}"))
    page.get_by_label(UI.staff.key).fill(room.store.new_staff_key())
    page.get_by_role("button", name=UI.staff.enter).click()
    page.get_by_role("link", name=UI.staff.lead).click()
    ready(page)
    yield page
    context.close()


def press(console: Locator, name: str) -> None:
    console.get_by_role("button", name=name, exact=True).click()


def test_a_click_on_the_console_moves_a_phone_and_its_answers_are_counted(
    lab: Page, phone: BrowserContext, room: Running
):
    lead_through(lab.locator(".myths-lead"), phone, room)


def test_the_console_of_the_staff_pages_does_the_same(
    staff: Page, phone: BrowserContext, room: Running
):
    nothing_found(staff, "not begun", height=TALL)
    staff.set_viewport_size({"width": 1280, "height": 900})
    lead_through(staff.locator(".myths-lead"), phone, room)
    nothing_found(staff, "a vote that is closed", height=TALL)


def test_two_clicks_in_quick_succession_are_both_done(staff: Page, room: Running):
    staff.evaluate(
        """(names) => {
          const buttons = [...document.querySelectorAll(".myths-console button")];
          for (const name of names) buttons.find((each) => each.textContent === name).click();
        }""",
        [WORDS.pace_together, WORDS.begin.format(title="Start")],
    )
    until(lambda: room.store.live_state(room.code).page == "start", staff)
    assert room.store.live_state(room.code).pace == Pace.TOGETHER
    expect(staff.locator(".myths-state.said")).to_be_empty()


def test_notes_that_are_typed_before_the_script_starts_are_saved(staff: Page, room: Running):
    held: list[Route] = []
    staff.route("**/lead.js", lambda route: held.append(route))
    staff.reload(wait_until="commit")
    box = staff.get_by_label(WORDS.notes)
    box.fill("Ask Mria about keys")
    for _ in range(len("ria about keys")):
        box.press("ArrowLeft")
    until(lambda: bool(held), staff)
    held[0].continue_()
    ready(staff)
    staff.keyboard.type("a")
    expect(staff.locator(".notes .myths-state")).to_have_text(WORDS.notes_saved)
    assert room.store.notes(room.code).text == "Ask Maria about keys"


def test_in_jupyterlab_a_workshop_is_opened_and_led_at_once(lab: Page, room: Running):
    lab.locator("summary", has_text=UI.staff.new_heading).click()
    lab.get_by_label(UI.staff.title).fill("aa dd: next room")
    lab.locator("summary", has_text=UI.workshop.more).click()
    least = lab.get_by_label(UI.workshop.k)
    least.fill("2")
    lab.get_by_role("button", name=UI.staff.open_button).click()
    expect(least).to_be_focused()
    expect(least).to_have_attribute("aria-invalid", "true")
    least.fill("6")
    lab.get_by_role("button", name=UI.staff.open_button).click()
    told = lab.locator(".myths-chooser .told")
    expect(told).to_be_focused()
    made = room.store.workshops()[-1]
    assert (made.title, made.k) == ("aa dd: next room", 6)
    expect(told).to_contain_text(made.code)
    expect(lab.locator(".myths-lead")).to_contain_text(WORDS.code.format(code=made.code))
    lab.get_by_label(UI.workshop.lead_which).select_option(room.code)
    lab.locator(".myths-chooser").get_by_role("button", name=UI.staff.lead).click()
    expect(lab.locator(".myths-lead")).to_contain_text(WORDS.code.format(code=room.code))


def lead_through(console: Locator, phone: BrowserContext, room: Running) -> None:
    """Lead somebody on a phone through the beginning of a workshop."""
    expect(console).to_contain_text(WORDS.code.format(code=room.code))
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    expect(console).to_contain_text(WORDS.people.format(joined=1, connected=1))
    pace = console.get_by_role("button", name=WORDS.pace_together)
    expect(pace).to_have_attribute("aria-pressed", "false")
    pace.click()
    expect(pace).to_have_attribute("aria-pressed", "true")
    expect(pace).to_be_focused()  # though all of it was made anew
    assert room.store.live_state(room.code).pace == Pace.TOGETHER
    press(console, WORDS.begin.format(title="Start"))
    page.wait_for_url("**/m/start")
    ready(page)
    press(console, WORDS.next.format(title="Risk"))
    page.wait_for_url("**/m/risk#view")
    ready(page)
    here = console.get_by_role("listitem").filter(has_text=UI.steps.view).first
    expect(here).to_contain_text(WORDS.here.format(n=1))
    write_notes(console, room)
    press(console, WORDS.open)
    expect(page.locator("#room")).to_contain_text(UI.room.vote_open)
    expect(console.locator(".count")).to_contain_text(f"0 {WORDS.answered.format(total=1)}")
    for group in page.locator(".step#view .myths-rating").all()[:3]:
        group.get_by_role("radio").nth(1).check()
    all_saved(page)
    expect(console.locator(".count")).to_contain_text(f"1 {WORDS.answered.format(total=1)}")
    assert "Rumpelstilzchen" not in page.content()
    guide = console.locator(".guide")
    expect(guide).to_contain_text(WORDS.guide.format(title="Risk"))
    guide.locator("summary").click()
    expect(guide.get_by_role("heading", name="Aim")).to_be_visible()
    press(console, WORDS.close)
    expect(page.locator("#room")).to_contain_text(UI.room.vote_closed)
    expect(console).to_contain_text(WORDS.vote_closed)
    expect(console).to_contain_text(WORDS.before_alone)
    expect(guide.get_by_role("heading", name="Aim")).to_be_visible()  # it stays unfolded
    guide.locator("summary").click()
    press(console, WORDS.next.format(title=UI.steps.facts))
    at_step(page, "facts")
    expect(here.get_by_text(WORDS.done)).to_be_attached()
    press(console, WORDS.fact_first)
    expect(console.locator(".shows")).to_have_text(WORDS.shows_fact.format(n=1, total=6))
    press(console, WORDS.look_up)
    expect(page.locator("#curtain")).to_be_visible()
    press(console, WORDS.back.format(title=UI.steps.view))
    at_step(page, "view")
    expect(page.locator("#curtain")).to_have_count(0)


def write_notes(console: Locator, room: Running) -> None:
    """Write notes while the console around them is made anew: nothing is taken from the hands."""
    pad = console.get_by_label(WORDS.notes)
    pad.click()
    pad.press_sequentially("Ask the police ")
    room.store.join(room.code, language="en", consent="agreed")  # it is drawn anew
    expect(console).to_contain_text(WORDS.people.format(joined=2, connected=1))
    expect(pad).to_be_focused()
    pad.press_sequentially("about Rumpelstilzchen")
    expect(console.get_by_text(WORDS.notes_saved, exact=True)).to_be_visible()
    expect(pad).to_have_value("Ask the police about Rumpelstilzchen")
    assert room.store.notes(room.code).text == "Ask the police about Rumpelstilzchen"
    room.store.erase_participant(newest(room))


def newest(room: Running) -> str:
    """Return who joined last."""
    with room.store.reading() as conn:
        people = schema.participants.c
        return str(conn.scalars(select(people.name).order_by(people.id.desc()).limit(1)).one())


def another(staff: Page, room: Running) -> Page:
    """Open the console on the device of a second trainer."""
    context = staff.context.browser.new_context(viewport=PHONE)  # type: ignore[union-attr]
    context.set_default_timeout(PATIENCE)
    context.add_cookies(staff.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(room.url(f"/staff/{room.code}/lead"))
    ready(page)
    return page


def test_two_trainers_who_write_at_one_time_lose_nothing(staff: Page, room: Running):
    second = another(staff, room)
    pads = [page.get_by_label(WORDS.notes) for page in (staff, second)]
    pads[0].fill("Begin late.")
    expect(pads[1]).to_have_value("Begin late.")
    for pad, more in zip(pads, (" Ask Ada.", " Ask Bea."), strict=True):
        pad.click()
        pad.press("Control+End")
        pad.press_sequentially(more)
    for page in (staff, second):
        expect(page.get_by_text(WORDS.notes_saved, exact=True)).to_be_visible()
    expect(pads[0]).to_have_value(re.compile("Ask Ada.*Ask Bea|Ask Bea.*Ask Ada", re.DOTALL))
    expect(pads[1]).to_have_value(pads[0].input_value())
    assert room.store.notes(room.code).text.startswith("Begin late.")
    second.context.close()


def test_what_was_written_without_a_connection_is_saved_when_it_is_back(staff: Page, room: Running):
    pad = staff.get_by_label(WORDS.notes)
    staff.context.set_offline(True)
    pad.fill("Kept here")
    expect(staff.get_by_text(WORDS.away_device)).to_be_visible()
    expect(staff.get_by_text(WORDS.notes_waiting)).to_be_visible()
    staff.context.set_offline(False)
    expect(staff.get_by_text(WORDS.notes_saved, exact=True)).to_be_visible()
    expect(staff.get_by_text(WORDS.away_device)).to_have_count(0)
    assert room.store.notes(room.code).text == "Kept here"


@pytest.mark.parametrize(
    ("fault", "told"), [({"status": 503}, WORDS.away), (None, WORDS.away_network)]
)
def test_the_console_says_what_is_known_of_a_lost_connection(
    staff: Page, fault: dict[str, int] | None, told: str
):
    def fail(route: Route) -> None:
        if fault is None:
            route.abort()
        else:
            route.fulfill(**fault)  # type: ignore[arg-type]

    staff.route("**/lead", fail)
    expect(staff.get_by_text(told)).to_be_visible()
    staff.unroute("**/lead")
    expect(staff.get_by_text(told)).to_have_count(0)


def test_all_of_it_works_by_keyboard_at_every_width(staff: Page, room: Running):
    room.store.change_live_state(room.code, lambda state: acts.go(state, "risk", "again"))
    items = [each.id for each in catalog.load().module("risk").statements]
    room.store.change_live_state(
        room.code, lambda state: acts.open_vote(state, "risk", "after", items)
    )
    expect(staff.get_by_role("button", name=WORDS.close, exact=True)).to_be_visible()
    for width, columns in ((1280, 3), (800, 2), (390, 1)):
        staff.set_viewport_size({"width": width, "height": 900})
        starts = staff.evaluate(
            """() => new Set([".way", ".now", ".plan"].map((each) =>
              document.querySelector(each).getBoundingClientRect().left)).size"""
        )
        assert starts == columns
        assert staff.evaluate("document.documentElement.scrollWidth") <= width
        staff.evaluate("document.activeElement.blur()")
        seen = []
        for _ in range(60):
            staff.keyboard.press("Tab")
            seen.append(staff.evaluate("document.activeElement.textContent.trim()"))
        for name in (WORDS.close, WORDS.look_up, WORDS.pause, WORDS.objections, WORDS.show_else):
            assert name in seen, f"{name} at {width}"
        low = staff.evaluate(
            """() => [...document.querySelectorAll(".myths-lead :is(button, summary)")]
              .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
              .map((each) => each.textContent)"""
        )
        assert low == []
    close = staff.get_by_role("button", name=WORDS.close, exact=True)
    close.focus()
    staff.keyboard.press("Enter")
    expect(staff.get_by_text(WORDS.vote_closed)).to_be_visible()
    nothing_found(staff, "a closed vote", height=TALL)


def test_a_button_that_is_pressed_while_something_changes_is_clicked(staff: Page, room: Running):
    button = staff.get_by_role("button", name=WORDS.pace_together)
    place = button.bounding_box()
    assert place
    staff.mouse.move(place["x"] + 10, place["y"] + 10)
    staff.mouse.down()
    with staff.expect_response(lambda answer: answer.status == 200):
        room.store.join(room.code, language="en", consent="agreed")
    staff.wait_for_timeout(200)
    staff.mouse.up()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(staff.get_by_text(WORDS.people.format(joined=1, connected=0))).to_be_visible()
