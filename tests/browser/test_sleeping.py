"""A phone sleeps through the discussion: the page stands still, and is usable again at once."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, by
from tests.browser.test_reconnecting import (
    AFTER,
    expect_another_kernel,
    expect_the_sentence_once,
    kernel_of,
    writing,
)
from tests.browser.way import Way

SLEEP = 2  # seconds, that the page takes for ten minutes
SOON = 6  # seconds until all is saved; one or two on a machine that does nothing else

HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  window.ticks = 0;
  setInterval(() => window.ticks++, 20);
}"""
SHOW = """() => {
  const now = Date.now.bind(Date);
  Date.now = () => now() + 600_000;
  Object.defineProperty(document, "hidden", { value: false });
  document.dispatchEvent(new Event("visibilitychange"));
  return window.ticks;
}"""


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """Stop the page's process, as on a phone in a pocket; the server and the clock go on."""
    assert page.context.browser
    browser = page.context.browser.new_browser_cdp_session()
    processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    browser.detach()
    page.evaluate(HIDE)
    pages = [each["id"] for each in processes if each["type"] == "renderer"]
    for pid in pages:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
        time.sleep(SLEEP)
    finally:
        for pid in pages:
            os.kill(pid, signal.SIGCONT)
    assert page.evaluate(SHOW) < SLEEP * 50 / 2, "the page did not sleep"


@pytest.fixture
def room(server: Running, way: Way) -> Running:
    return by(way, server.another_workshop())


def lose(way: Way) -> None:
    way.cut()
    way.mend()


@pytest.mark.parametrize("loss", [lose, Way.forget])
def test_after_a_sleep_in_which_the_connection_went_the_page_goes_on(
    phone: BrowserContext, room: Running, way: Way, loss: Callable[[Way], None]
):
    page = writing(phone, room)
    all_saved(page)
    loaded = kernel_of(page)
    with asleep(page):
        loss(way)
    woken = time.monotonic()
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator(".myths-state[data-state=saved]")).to_have_count(2)
    took = time.monotonic() - woken
    print(f"\nsaved {took:.1f} s after waking")  # noqa: T201  the number is wanted
    assert took < SOON
    expect_the_sentence_once(page, room)
    assert kernel_of(page) == loaded


def test_after_a_sleep_in_which_the_kernel_ended_the_page_comes_back_with_every_word(
    phone: BrowserContext, room: Running, way: Way
):
    page = writing(phone, room)
    way.forget()  # what is written now reaches nobody
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    kernel = json.loads(page.locator("#kernel").inner_text())
    cookies = {each["name"]: each["value"] for each in phone.cookies()}
    with asleep(page):
        way.cut()
        ended = httpx.post(
            f"http://127.0.0.1:{way.to}/voila/api/shutdown/{kernel['id']}",
            data={"_xsrf": kernel["xsrf"]},
            cookies=cookies,
            timeout=30,
        )
        assert ended.status_code == 204
        way.mend()
    woken = time.monotonic()
    expect_another_kernel(page, kernel["id"])
    took = time.monotonic() - woken
    print(f"\nusable {took:.1f} s after waking")  # noqa: T201
    assert took < SOON
    expect_the_sentence_once(page, room)
