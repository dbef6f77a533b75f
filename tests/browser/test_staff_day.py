"""A trainer prepares a day on a phone: opens it for later, rehearses it, tries out the network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, ready
from tests.browser.test_accessible import looked_at
from tests.browser.test_staff import come_in

UI = catalog.load().ui
STAFF, WORDS, JOIN = UI.staff, UI.workshop, UI.join
REHEARSAL, NETWORK = UI.rehearsal, UI.network
OUTCOMES = "main .outcomes li"


@pytest.fixture
def trainer(phone: BrowserContext, room: Running) -> Page:
    page = phone.new_page()
    page.goto(room.url("/staff/"))
    come_in(page, room)
    return page


def unfold(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()


def top(page: Page) -> None:
    """Scroll up, or the exit lies over whatever has been scrolled under it."""
    page.evaluate("scrollTo(0, 0)")


def test_a_workshop_is_opened_for_later_changed_closed_and_opened_again(
    trainer: Page, phone: BrowserContext, room: Running
):
    page = trainer
    page.get_by_label(STAFF.title, exact=True).fill("Courts")
    unfold(page, WORDS.more)
    page.get_by_label(WORDS.joins_from).fill("2040-12-04T09:00")
    page.get_by_label(WORDS.joins_until).fill("2040-12-04T08:00")
    page.get_by_label(WORDS.zone).fill("Europe/Vienna")
    page.get_by_role("button", name=STAFF.open_button).click()
    expect(page.locator("#joins_until-fault")).to_contain_text(WORDS.fault_hours)
    expect(page.get_by_label(WORDS.joins_until)).to_be_focused()
    expect(page.get_by_label(WORDS.joins_from)).to_have_value("2040-12-04T09:00")
    top(page)
    looked_at(page)
    page.get_by_label(WORDS.joins_until).fill("2040-12-04T17:00")
    page.get_by_role("button", name=STAFF.open_button).click()
    told = page.get_by_role("listitem").filter(has_text="from 4 December 2040, 09:00 CET")
    expect(told).to_be_visible()
    code = page.locator(".code").inner_text()
    guest = phone.new_page()
    guest.goto(room.url(f"/?w={code}"))
    expect(guest.get_by_role("heading", name=JOIN.early_heading)).to_be_visible()
    looked_at(guest)
    unfold(page, WORDS.change)
    unfold(page, WORDS.more)
    today, day = datetime.now(UTC), timedelta(days=1)
    page.get_by_label(WORDS.joins_from).fill(f"{today - day:%Y-%m-%dT%H:%M}")
    page.get_by_label(WORDS.joins_until).fill(f"{today + day:%Y-%m-%dT%H:%M}")
    page.get_by_label(WORDS.k).fill("7")
    page.get_by_role("button", name=WORDS.change_button).click()
    expect(page.get_by_text(WORDS.shown_of.format(k=7))).to_be_visible()
    guest.get_by_role("link", name=JOIN.early_again).click()
    expect(guest.get_by_role("button", name=JOIN.button)).to_be_visible()
    unfold(page, STAFF.close)
    page.get_by_role("button", name=STAFF.close_button).click()
    expect(page.get_by_text(WORDS.reopen_body)).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name=WORDS.reopen_button).click()
    expect(page.locator(".code")).to_have_text(code)


def test_made_up_people_bring_console_and_projector_to_life(
    trainer: Page, phone: BrowserContext, room: Running
):
    page = trainer
    code = room.store.open_workshop(modules=["risk"], k=6).code
    page.goto(room.url(f"/staff/{code}"))
    unfold(page, REHEARSAL.new)
    page.get_by_role("button", name=REHEARSAL.new_button).click()
    expect(page.get_by_role("heading", name=REHEARSAL.heading)).to_be_visible()
    page.get_by_label(REHEARSAL.people).fill("99")
    page.get_by_role("button", name=REHEARSAL.start).click()
    expect(page.locator("#crowd-fault")).to_have_text(f"▲ {REHEARSAL.unfit}")
    top(page)
    looked_at(page)
    page.get_by_label(REHEARSAL.people).fill("6")
    page.get_by_role("button", name=REHEARSAL.start).click()
    expect(page.get_by_text(REHEARSAL.runs.of(6))).to_be_visible()
    top(page)
    looked_at(page)
    address = page.url
    wall = phone.new_page()
    wall.goto(f"{address}/projector")
    page.get_by_role("link", name=STAFF.lead).click()
    ready(page)
    console = page.locator(".myths-console")
    there = UI.console.people.format(joined=6, connected=6)
    expect(console).to_contain_text(there, timeout=2 * PATIENCE)
    console.get_by_role("button", name=UI.console.pace_together).click()
    console.get_by_role("button", name=UI.console.begin.format(title="Start")).click()
    console.get_by_role("button", name=UI.console.next.format(title="Risk")).click()
    console.get_by_role("button", name=UI.console.open, exact=True).click()
    counting = wall.locator(".counting")
    expect(counting).to_contain_text(UI.projector.answered.format(total=6))
    expect(counting).not_to_contain_text("0 of", timeout=2 * PATIENCE)
    page.goto(address)
    page.get_by_role("button", name=REHEARSAL.stop).click()
    expect(page.get_by_label(REHEARSAL.people)).to_be_visible()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone on which no script runs."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_phone_finds_out_what_works(phone: BrowserContext, room: Running):
    page = phone.new_page()
    page.goto(room.url("/test"))
    expect(page.locator("#outcome")).to_have_text(NETWORK.fine)
    expect(page.locator(OUTCOMES)).to_contain_text(
        ["127.0.0.1", NETWORK.script, NETWORK.saving, NETWORK.live]
    )
    looked_at(page)
    assert phone.cookies() == []


def test_without_a_live_line_it_says_that_one_can_take_part(phone: BrowserContext, room: Running):
    page = phone.new_page()

    def cut(line: WebSocketRoute) -> None:
        line.close()

    page.route_web_socket("**/test/line", cut)
    page.goto(room.url("/test"))
    expect(page.locator("#outcome")).to_have_text(NETWORK.partly)
    expect(page.locator("#live")).to_contain_text(NETWORK.live_off)


def test_without_saving_it_says_that_one_cannot(phone: BrowserContext, room: Running):
    page = phone.new_page()
    page.route(
        "**/test",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    page.goto(room.url("/test"))
    expect(page.locator("#outcome")).to_have_text(NETWORK.broken)
    expect(page.locator("#saving")).to_contain_text(NETWORK.saving_off)
    looked_at(page)


def test_without_scripts_it_says_so_and_tries_saving_at_a_button(plain: Page, room: Running):
    plain.goto(room.url("/test"))
    expect(plain.get_by_text(NETWORK.script_off)).to_be_visible()
    plain.get_by_role("button", name=NETWORK.try_saving).click()
    expect(plain.get_by_text(NETWORK.saving)).to_be_visible()
    expect(plain.locator("#outcome")).to_have_text(NETWORK.partly)
    assert plain.context.cookies() == []
