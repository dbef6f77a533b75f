"""Large text, a narrow window, a quick finger: every page keeps its width and its place."""

from __future__ import annotations

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import (
    PHONE,
    Running,
    agree,
    by,
    enter,
    exit_ready,
    open_menu,
    ready,
    show_whole,
    whole,
)
from tests.browser.test_accessible import OVERFLOW, PAGES
from tests.browser.way import Way

SAYS = catalog.load().ui.page
MOST = 0.1  # of the height of a phone, for the bars at the top
SHIFT = 0.05  # cumulative layout shift; 0.1 is said to be good

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => { for (const { value } of list.getEntries()) sum += value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50)));
})"""
SMALL = """[...document.querySelectorAll("a, button, input, select, summary, textarea")]
  .filter((node) => node.checkVisibility())
  .map((node) => [(node.closest("label") ?? node).getBoundingClientRect(), node.outerHTML])
  .filter(([{ width, height }]) => width < 24 || height < 24).map(([, html]) => html)"""
BARS = "document.querySelector('.top').getBoundingClientRect().height / innerHeight"


def expect_it_fits(page: Page) -> None:
    """No sideways scrolling on the smallest phone, at twice the zoom of another, or the text."""
    exit_link = page.locator("#exit-here a")
    for opened in ("true", "false"):
        page.evaluate(
            f"for (const each of document.querySelectorAll('.menu, details')) each.open = {opened}"
        )
        for width, size in ((320, 100), (PHONE["width"] // 2, 100), (PHONE["width"], 200)):
            page.set_viewport_size(PHONE | {"width": width})
            page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
            assert page.evaluate(OVERFLOW) == [], (width, size, opened)
            expect(exit_link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_fits_at_twice_the_text_and_does_not_jump_while_it_loads(
    inside: BrowserContext, room: Running, slug: str
):
    page = inside.new_page()
    page.goto(room.url(f"/m/{slug}"))
    ready(page)
    exit_ready(page)
    assert page.evaluate(SHIFTS) < SHIFT
    open_menu(page)
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Escape")
    show_whole(page)
    assert page.evaluate(SMALL) == []
    expect_it_fits(page)
    page.close()


def test_a_page_that_shows_all_its_steps_does_not_jump_either(
    inside: BrowserContext, room: Running
):
    page = inside.new_page()
    page.goto(room.url("/m/closing#all"))  # its first step has what a phone folds
    ready(page)
    exit_ready(page)
    assert page.evaluate(SHIFTS) < SHIFT


@pytest.mark.parametrize("path", ["/", "/withdraw", "/nothing", "/staff/"])
def test_a_page_of_the_server_fits_at_twice_the_text(
    inside: BrowserContext, room: Running, path: str
):
    page = inside.new_page()
    page.goto(room.url(path))
    assert page.evaluate(SMALL) == []
    expect_it_fits(page)
    page.close()


def test_the_way_in_fits_at_twice_the_text(phone: BrowserContext, room: Running):
    page = phone.new_page()
    page.goto(room.link)
    assert page.evaluate(SMALL) == []
    agree(page)
    page.locator("#recovery-code").wait_for()
    expect_it_fits(page)


def test_what_tells_of_the_connection_leaves_room_to_write(
    phone: BrowserContext, room: Running, way: Way
):
    enter(phone, by(way, room))
    page = phone.new_page()
    whole(page, by(way, room))
    exit_ready(page)
    page.mouse.wheel(0, 2000)
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.connection_lost)
    assert page.evaluate(BARS) <= MOST
