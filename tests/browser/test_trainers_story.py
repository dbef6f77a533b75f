"""A trainer changes a module under thirty people: it is broken, mended, published, taken back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from myths import catalog
from myths.rehearsal import CrowdPlan, Outcome, rehearse, summarize
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, enter, go_to, ready, serving, until
from tests.browser.studio_desk import UI, WORDS, draft, field_of, let_in, saved, unfold
from tests.browser.test_publication import PUBLISH, press
from tests.server.conftest import ROOT

PEOPLE, MODULES, SECONDS = 30, ("risk", "harm", "funding"), 240  # the last one begins at 160
PUBLISHED_IN = 120_000  # ms; every page is run beside thirty people
STATEMENT = "Programmes take money away from the services for women."
STORY = "Friday, ten to five"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return shutil.copytree(ROOT / "content", tmp_path / "content")


@pytest.fixture
def room(tmp_path: Path, content: Path) -> Iterator[Running]:
    options = ("--content", str(content), "--notebooks", str(tmp_path / "notebooks"))
    with serving(tmp_path / "workshop.sqlite", *options) as running:
        yield running


@pytest.fixture
def plan(room: Running) -> CrowdPlan:
    return CrowdPlan(
        url=room.link,
        code=room.store.open_workshop(rehearsal=True).code,
        people=PEOPLE,
        modules=MODULES,
        seconds=6,
        duration=SECONDS,
        restless=True,
    )


@pytest.fixture
def crowd(plan: CrowdPlan) -> Iterator[Future[Outcome]]:
    """People who go through three modules meanwhile."""
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(lambda: asyncio.run(rehearse(plan)))


@pytest.fixture
def desk(room: Running, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield let_in(context, room)
    context.close()


def choose(desk: Page, part: str, audience: str) -> None:
    desk.get_by_label(WORDS.part).select_option(part)
    desk.get_by_role("button", name=WORDS.show).click()
    desk.get_by_label(WORDS.audience).select_option(audience)
    desk.get_by_role("button", name=WORDS.show).click()
    ready(desk)


def publishing(desk: Page, room: Running, button: str) -> None:
    desk.goto(room.url("/staff/publish"))
    if button == PUBLISH.back_button:
        desk.locator("summary", has_text=PUBLISH.back).click()
    press(desk, button)


def done(desk: Page) -> None:
    told = desk.get_by_role("main").get_by_role("status")
    expect(told).to_have_text(PUBLISH.done, timeout=PUBLISHED_IN)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_module_is_changed_under_thirty_people_and_nobody_loses_anything(
    desk: Page,
    phone: BrowserContext,
    room: Running,
    content: Path,
    plan: CrowdPlan,
    crowd: Future[Outcome],
):
    enter(phone, room)
    guest = phone.new_page()
    guest.goto(room.url("/m/risk"))
    ready(guest)
    go_to(guest, "write")
    guest.get_by_role("textbox").first.fill("What I write while others publish")
    all_saved(guest)

    choose(desk, "funding", "police")
    unfold(desk, UI.steps.view)
    field_of(desk, WORDS.label_rated_myth).fill(STATEMENT)  # a question is changed,
    saved(desk)
    unfold(desk, UI.steps.story)
    desk.get_by_role("button", name=WORDS.own_cases.format(audience=UI.audience.police)).click()
    expect(desk.get_by_role("button", name=WORDS.disown_cases)).to_be_visible()
    field_of(desk, WORDS.label_story_title).fill("")  # a story is added, and broken:
    expect(desk.locator(".summary")).to_have_text(WORDS.errors.of(1))
    saved(desk)
    publishing(desk, room, PUBLISH.button)
    expect(desk.get_by_role("alert")).to_contain_text("funding", timeout=PUBLISHED_IN)
    assert desk.title().startswith(PUBLISH.refused_heading)
    desk.goto(room.url("/staff/studio?part=funding&audience=police"))
    ready(desk)
    unfold(desk, UI.steps.story)
    field_of(desk, WORDS.label_story_title).fill(STORY)  # mended,
    saved(desk)
    expect(draft(desk).get_by_role("heading", name=STORY)).to_be_attached()  # and seen before
    desk.goto(room.url("/staff/publish"))
    expect(desk.get_by_text(PUBLISH.apart_heading)).to_be_visible()
    publishing(desk, room, PUBLISH.button)
    done(desk)
    assert not crowd.done()

    expect(guest.get_by_role("textbox").first).to_have_value("What I write while others publish")
    guest.get_by_role("textbox").first.fill("And what I write after it")
    all_saved(guest)

    def is_there() -> bool:
        guest.goto(room.url("/m/funding"))
        ready(guest)
        return guest.get_by_text(STATEMENT).count() > 0

    until(is_there, guest)

    outcome = crowd.result()
    found = summarize(plan, outcome, store=room.store)
    assert (found.joined, found.lost, found.doubled, found.faults) == (PEOPLE, 0, 0, 0), found
    said = room.store.answers(workshop=plan.code, rehearsal=True)
    new = catalog.load(content).module("funding").item("myth").wording
    assert set(said.query("module == 'funding' and item == 'myth'")["wording"]) == {new}

    publishing(desk, room, PUBLISH.back_button)
    done(desk)
    until(lambda: not is_there(), guest)
    assert catalog.load(content).module("funding").item("myth").question == STATEMENT  # a draft
    guest.goto(room.url("/m/risk#write"))
    ready(guest)
    expect(guest.get_by_role("textbox").first).to_have_value("And what I write after it")
