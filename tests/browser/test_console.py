"""A trainer leads, from JupyterLab or the staff pages: what is clicked there moves the phones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from myths.vocabulary import Pace
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import PATIENCE, Running, all_saved, at_step, enter, ready, until
from tests.browser.test_accessible import nothing_found
from tests.browser.test_jupyterlab import TOKEN, jupyterlab, run_all
from tests.server.conftest import ROOT

UI = catalog.load().ui
WORDS = UI.console
TALL = 3000  # px


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
    lead_through(lab.locator(".myths-console"), phone, room)


def test_the_console_of_the_staff_pages_does_the_same(
    staff: Page, phone: BrowserContext, room: Running
):
    nothing_found(staff, "not begun", height=TALL)
    staff.set_viewport_size({"width": 1280, "height": 900})
    lead_through(staff.locator(".myths-console"), phone, room)
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
    expect(staff.locator(".myths-state")).to_be_empty()


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
    press(console, WORDS.next.format(title=UI.steps.view))
    page.wait_for_url("**/m/risk#view")
    ready(page)
    press(console, WORDS.open)
    expect(page.locator("#room")).to_contain_text(UI.room.vote_open)
    expect(console.locator(".count")).to_contain_text(f"0 {WORDS.answered.format(total=1)}")
    for group in page.locator(".step#view .myths-rating").all()[:3]:
        group.get_by_role("radio").nth(1).check()
    all_saved(page)
    expect(console.locator(".count")).to_contain_text(f"1 {WORDS.answered.format(total=1)}")
    guide = console.locator(".guide")
    expect(guide).to_contain_text(WORDS.guide.format(title="Risk"))
    guide.locator("summary").click()
    expect(guide.get_by_role("heading", name="Aim")).to_be_visible()
    press(console, WORDS.close)
    expect(page.locator("#room")).to_contain_text(UI.room.vote_closed)
    expect(console).to_contain_text(WORDS.before_alone)
    expect(guide.get_by_role("heading", name="Aim")).to_be_visible()  # it stays unfolded
    guide.locator("summary").click()
    press(console, WORDS.next.format(title=UI.steps.facts))
    at_step(page, "facts")
    press(console, WORDS.look_up)
    expect(page.locator("#curtain")).to_be_visible()
    press(console, WORDS.back.format(title=UI.steps.view))
    at_step(page, "view")
    expect(page.locator("#curtain")).to_have_count(0)
