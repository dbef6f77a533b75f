"""The place on a page stays: after a reload, Back, a restart of the page, and for "Go on"."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from myths import catalog
from myths.vocabulary import GO_ON
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, enter, ready, until
from tests.browser.test_reconnecting import expect_another_kernel, kernel_of, process_of

NEAR = 4  # px
UI = catalog.load().ui
TAKEN = """() => { for (const name of ["getItem", "setItem", "removeItem"])
  Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); }; }"""


def reading(phone: BrowserContext, room: Running) -> Page:
    """Somebody in the middle of a module, in a sentence they write."""
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    page.locator("[data-myths-item='risk.learned.after'] textarea").press_sequentially("I see")
    all_saved(page)
    scroll(page, 5000)
    return page


def scroll(page: Page, top: int) -> None:
    page.evaluate(f"history.replaceState(null, ''); scrollTo(0, {top})")
    until(lambda: bool(page.evaluate("history.state?.place")), page)


def place(page: Page) -> float:
    found: float = page.evaluate("scrollY")
    return found


def expect_the_same(page: Page, before: float) -> None:
    ready(page)
    until(lambda: abs(place(page) - before) <= NEAR, page)


@pytest.mark.parametrize("taken", [False, True], ids=["as usual", "without sessionStorage"])
def test_a_reload_and_back_lead_to_the_place_and_the_next_page_begins_at_its_top(
    phone: BrowserContext, room: Running, taken: bool
):
    if taken:
        phone.add_init_script(f"({TAKEN})()")
    page = reading(phone, room)
    before = place(page)
    assert before > 4000
    page.reload()
    expect_the_same(page, before)
    page.get_by_role("link", name="Next: ").click()
    page.wait_for_url("**/m/womens-services")
    ready(page)
    assert place(page) == 0
    page.go_back()
    page.wait_for_url("**/m/risk")
    ready(page)
    assert place(page) > 4000  # where the link is


@pytest.mark.skipif(not Path("/proc/net/unix").exists(), reason="finds the kernel in Linux's /proc")
def test_a_page_that_starts_again_by_itself_stays_at_its_place_and_in_its_sentence(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    box = page.locator("[data-myths-item='risk.learned.after'] textarea")
    box.press("ArrowLeft")
    before = place(page)
    killed = kernel_of(page)
    os.kill(process_of(killed), signal.SIGKILL)
    expect_another_kernel(page, killed)
    expect_the_same(page, before)
    expect(box).to_be_focused()
    assert box.evaluate("({ selectionStart }) => selectionStart") == len("I se")


def test_go_on_leads_to_the_place_in_this_tab_and_elsewhere_to_the_last_answer(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    before = place(page)
    page.goto(room.url("/"))
    page.get_by_role("link", name=UI.join.go_on).click()
    page.wait_for_url(f"**/m/risk{GO_ON}")
    expect_the_same(page, before)
    other = phone.new_page()
    other.goto(room.url(f"/m/risk{GO_ON}"))
    ready(other)
    last = other.locator("[data-myths-item='risk.learned.after']")
    until(lambda: 0 <= last.evaluate("el => el.getBoundingClientRect().top") <= 200, other)


def test_who_leaves_leaves_no_place_behind(phone: BrowserContext, room: Running):
    page = reading(phone, room)
    kept = "JSON.stringify(Object.keys(sessionStorage))"
    assert "myths:place:/m/risk" in json.loads(page.evaluate(kept))
    page.goto(room.url("/leave"))
    page.get_by_role("button", name=UI.leave.button).click()
    page.get_by_role("heading", name=UI.left.heading).wait_for()
    until(lambda: page.evaluate(kept) == "[]", page)
