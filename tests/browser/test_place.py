"""The step and the place in it stay: after a reload, Back, a new start, and for "Go on"."""

from __future__ import annotations

import json

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, at_step, enter, open_menu, ready, until
from tests.browser.test_reconnecting import end_kernel, expect_another_kernel

NEAR = 4  # px
DOWN = 300  # px, more than a page moves by itself
UI = catalog.load().ui
TAKEN = """() => { for (const name of ["getItem", "setItem", "removeItem"])
  Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); }; }"""


ITEM = "[data-myths-item='risk.practice.after'] textarea"


def reading(phone: BrowserContext, room: Running) -> Page:
    """Somebody in the middle of a step of a module, in a sentence they write."""
    enter(phone, room)
    page = phone.new_page()
    page.set_viewport_size({"width": 390, "height": 560})  # lower than any step
    page.goto(room.url("/m/risk#again"))
    ready(page)
    page.goto(room.url("/m/risk#write"))
    at_step(page, "write")
    page.locator(ITEM).press_sequentially("I see")
    all_saved(page)
    scroll(page, DOWN)
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
def test_a_reload_and_back_lead_to_the_step_and_the_place_in_it(
    phone: BrowserContext, room: Running, taken: bool
):
    if taken:
        phone.add_init_script(f"({TAKEN})()")
    page = reading(phone, room)
    before = place(page)
    assert before > DOWN / 2
    page.reload()
    expect_the_same(page, before)
    at_step(page, "write")
    page.get_by_role("link", name=UI.steps.go_on.format(step=UI.steps.again)).click()
    at_step(page, "again")
    assert place(page) == 0
    scroll(page, DOWN)
    page.go_back()
    at_step(page, "write")
    until(lambda: place(page) > DOWN / 2, page)  # where the link is
    page.go_forward()
    at_step(page, "again")
    until(lambda: abs(place(page) - DOWN) <= NEAR, page)


def test_the_next_page_begins_at_its_top_and_back_leads_to_the_last_step(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    page.goto(room.url("/m/risk#again"))
    at_step(page, "again")
    page.get_by_role("link", name="Next: ").click()
    page.wait_for_url("**/m/womens-services")
    ready(page)
    at_step(page, "view")
    assert place(page) == 0
    page.go_back()
    page.wait_for_url("**/m/risk#again")
    ready(page)
    at_step(page, "again")
    assert place(page) > DOWN  # where the link is


def test_a_page_that_starts_again_by_itself_stays_at_its_step_and_place_and_in_its_sentence(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    box = page.locator(ITEM)
    box.press("ArrowLeft")
    until(lambda: page.evaluate("history.state.place.caret") == len("I se"), page)
    before = place(page)
    expect_another_kernel(page, end_kernel(page))
    expect_the_same(page, before)
    at_step(page, "write")
    expect(box).to_be_focused()
    assert box.evaluate("({ selectionStart }) => selectionStart") == len("I se")


def test_go_on_leads_to_the_place_in_this_tab_and_elsewhere_to_the_step(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    before = place(page)
    page.goto(room.url("/"))
    page.get_by_role("link", name=UI.join.go_on).click()
    page.wait_for_url("**/m/risk#write")
    expect_the_same(page, before)
    at_step(page, "write")
    other = phone.new_page()
    other.goto(room.url("/"))
    other.get_by_role("link", name=UI.join.go_on).click()
    ready(other)
    at_step(other, "write")
    expect(other.locator(ITEM)).to_have_value("I see")


def test_the_menu_leads_back_to_the_step_in_which_somebody_was(
    phone: BrowserContext, room: Running
):
    page = reading(phone, room)
    before = place(page)
    page.goto(room.url("/m/womens-services"))
    ready(page)
    open_menu(page)
    page.get_by_role("navigation", name=UI.steps.series).get_by_role("link", name="Risk").click()
    page.wait_for_url("**/m/risk#write")
    expect_the_same(page, before)
    at_step(page, "write")


def test_who_leaves_leaves_no_place_behind(phone: BrowserContext, room: Running):
    page = reading(phone, room)
    kept = "JSON.stringify(Object.keys(sessionStorage))"
    assert "myths:place:/m/risk#write" in json.loads(page.evaluate(kept))
    page.goto(room.url("/leave"))
    page.get_by_role("button", name=UI.leave.button).click()
    page.get_by_role("heading", name=UI.left.heading).wait_for()
    until(lambda: page.evaluate(kept) == "[]", page)
