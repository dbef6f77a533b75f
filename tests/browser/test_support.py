"""Support is one tap away wherever one is on a module, and nothing is lost by looking."""

from __future__ import annotations

from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Running, all_saved, enter, ready

SAYS = catalog.load().ui.support
LEAST = 24  # CSS pixels: WCAG 2.2, 2.5.8
LOW = f"""() => [...document.querySelectorAll(".support :is(a, summary), a[href^='tel:']")]
  .filter((target) => target.getBoundingClientRect().height < {LEAST})
  .map((target) => target.textContent)"""


def test_support_opens_over_the_page_and_the_text_stays(phone: BrowserContext, room: Running):
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    box = page.get_by_role("textbox").last
    box.fill("One thing that I saw.")
    all_saved(page)
    place = page.evaluate("scrollY")
    assert place > 2000
    need = page.get_by_text(SAYS.need, exact=True)
    where = need.bounding_box()
    assert where
    page.mouse.click(where["x"] + 5, where["y"] + 5)
    line = page.get_by_role("complementary").get_by_role("link", name="112")
    expect(line).to_be_in_viewport()
    expect(line).to_have_attribute("href", "tel:112")
    expect(page.get_by_text("116 016")).to_have_count(0)
    assert page.evaluate(LOW) == []
    page.mouse.click(where["x"] + 5, where["y"] + 5)
    expect(line).to_be_hidden()
    assert page.evaluate("scrollY") == place
    expect(box).to_have_value("One thing that I saw.")


def test_by_keyboard_support_comes_right_after_the_exit(phone: BrowserContext, room: Running):
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    page.get_by_text(SAYS.need, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_text(SAYS.ask)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("complementary").get_by_role("link", name="112")).to_be_focused()


def test_support_needs_no_script_and_fits_the_smallest_phone(browser: Browser, room: Running):
    context = browser.new_context(viewport=PHONE | {"width": 320}, java_script_enabled=False)
    enter(context, room)
    page: Page = context.new_page()
    page.goto(room.url("/m/risk"))
    page.get_by_text(SAYS.need, exact=True).click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("link", name="112")).to_be_visible()
    exits = page.locator("#exit-here a").bounding_box()
    need = page.get_by_text(SAYS.need, exact=True).bounding_box()
    assert exits
    assert need
    assert need["y"] >= exits["y"] + exits["height"] or need["x"] >= exits["x"] + exits["width"]
    context.close()
