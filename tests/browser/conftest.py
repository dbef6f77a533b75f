"""A real browser before a real server, as a participant on a phone meets them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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
    """Wait until every widget of the page is in its place."""
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#loading")).to_have_count(0)


def all_saved(page: Page) -> None:
    expect(page.get_by_text("All answers saved")).to_be_visible()


def until(truth: Callable[[], bool], page: Page) -> None:
    """Let the browser go on until something has become true."""
    end = time.monotonic() + PATIENCE / 1000
    while not truth():
        assert time.monotonic() < end
        page.wait_for_timeout(20)
