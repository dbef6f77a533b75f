"""A real browser before a real server, as a participant on a phone meets them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.way import Way, way
from tests.server.conftest import Running, Visitor, recovery_code, server, serving, start, stop

__all__ = ["Running", "server", "serving", "start", "stop", "way"]

PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # ms, on a busy machine

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def room(server: Running) -> Running:
    """A workshop for the tests of one file."""
    return server.another_workshop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def inside(browser: Browser, room: Running) -> Iterator[BrowserContext]:
    """The browser of somebody who has joined, for all pages of this file."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    enter(context, room)
    yield context
    context.close()


def join(page: Page, server: Running) -> str:
    """Join the workshop by its link; returns the recovery code."""
    page.goto(server.link)
    agree(page)
    code = page.locator("#recovery-code").inner_text()
    page.get_by_role("button", name="I have kept the code").click()
    ready(page)
    return code


def agree(page: Page) -> None:
    """Agree to take part and to the evaluation, and join."""
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Join the workshop").click()


def enter(context: BrowserContext, server: Running) -> str:
    """Join without looking at the pages of the way in; returns the recovery code."""
    visitor = Visitor(server)
    code = recovery_code(visitor.join())
    token = visitor.token
    context.add_cookies([{"name": visitor.cookie(), "value": token, "url": server.url("/")}])
    visitor.http.close()
    return code


def by(way: Way, room: Running) -> Running:
    """The room as somebody sees it who comes by `way`."""
    return replace(room, link=room.link.replace(str(room.port), str(way.port)))


def ready(page: Page) -> None:
    """Wait until every widget of the page is alive."""
    expect(page.locator("body[data-ready]")).to_be_attached()


def whole(page: Page, room: Running, slug: str = "risk") -> None:
    """Open a page with all its steps at once."""
    page.goto(room.url(f"/m/{slug}#all"))
    ready(page)


def show_whole(page: Page) -> None:
    """Show all steps of the page that is open."""
    page.evaluate("location.hash = 'all'")
    expect(page.locator(".step:visible")).to_have_count(page.locator(".step").count())


def at_step(page: Page, step: str) -> None:
    """Wait until this step is there, and no other."""
    expect(page.locator(f".step#{step}")).to_be_visible()
    expect(page.locator(".step:visible")).to_have_count(1)


def go_to(page: Page, step: str) -> None:
    """Go to a step of the page that is open."""
    page.evaluate("(step) => { location.hash = step; }", step)
    at_step(page, step)


def open_menu(page: Page) -> Locator:
    """Open the menu of the header; returns it."""
    place = page.locator("#menu > summary").bounding_box()
    assert place
    page.mouse.click(place["x"] + 20, place["y"] + 20)  # `click` would scroll what is sticky
    panel = page.locator("#menu > .panel")
    expect(panel).to_be_visible()
    return panel


def all_saved(page: Page) -> None:
    """Wait until something is saved, and nothing of the page waits or is refused."""
    state = "[data-myths-item][data-myths-state='{}']"
    expect(page.locator(state.format("saved"))).not_to_have_count(0)
    open_ = ", ".join(map(state.format, ("saving", "waiting", "refused", "newer")))
    expect(page.locator(open_)).to_have_count(0)


def exit_ready(page: Page) -> None:
    """Wait until the quick exit does more than a link."""
    expect(page.locator("#exit-here a[data-lm-suppress-shortcuts]")).to_be_attached()


def until(truth: Callable[[], bool], page: Page) -> None:
    """Let the browser go on until something has become true."""
    end = time.monotonic() + PATIENCE / 1000
    while not truth():
        assert time.monotonic() < end
        page.wait_for_timeout(20)
