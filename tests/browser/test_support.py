"""Support is two taps away wherever one is on a module, and nothing is lost by looking."""

from __future__ import annotations

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import (
    PHONE,
    Running,
    all_saved,
    at_step,
    enter,
    go_to,
    open_menu,
    ready,
    until,
)

SAYS = catalog.load().ui
STEPS = ["view", "facts", "check", "story", "write", "again"]
LEAST = 24  # CSS pixels: WCAG 2.2, 2.5.8
LOW = f"""() => [...document.querySelectorAll(".support :is(a, summary), a[href^='tel:']")]
  .filter((target) => target.getBoundingClientRect().height < {LEAST})
  .map((target) => target.textContent)"""


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    return page


def test_support_opens_over_the_page_and_the_text_and_the_place_stay(page: Page):
    go_to(page, "again")
    box = page.get_by_role("textbox").last
    box.fill("One thing that I saw.")
    all_saved(page)
    place = page.evaluate("scrollY")
    assert place > 1000
    panel = open_menu(page)
    panel.get_by_text(SAYS.support.need, exact=True).click()
    line = panel.get_by_role("link", name="112")
    expect(line).to_be_in_viewport()
    expect(line).to_have_attribute("href", "tel:112")
    expect(page.get_by_text("116 016")).to_have_count(0)
    assert page.evaluate(LOW) == []
    page.keyboard.press("Escape")
    expect(line).to_be_hidden()
    until(lambda: page.evaluate("scrollY") == place, page)
    at_step(page, "again")
    expect(box).to_have_value("One thing that I saw.")


def test_support_is_there_on_every_step_without_a_connection(phone: BrowserContext, page: Page):
    phone.set_offline(True)
    for step in STEPS:
        page.locator(".step:visible .onward").scroll_into_view_if_needed()
        panel = open_menu(page)
        if step == STEPS[0]:
            panel.get_by_text(SAYS.support.need, exact=True).click()
        expect(panel.get_by_role("link", name="112")).to_be_in_viewport()
        expect(panel.get_by_text(SAYS.support.ask)).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        if step != STEPS[-1]:
            page.get_by_role("link", name="Continue: ").click()
            at_step(page, STEPS[STEPS.index(step) + 1])
    phone.set_offline(False)


def test_by_keyboard_support_comes_first_in_the_menu(page: Page):
    page.locator("#menu > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = page.locator("#menu > .panel")
    expect(panel.get_by_text(SAYS.support.ask)).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="112")).to_be_focused()


def test_support_needs_no_script_and_fits_the_smallest_phone(browser: Browser, room: Running):
    context = browser.new_context(viewport=PHONE | {"width": 320}, java_script_enabled=False)
    enter(context, room)
    page: Page = context.new_page()
    page.goto(room.url("/m/risk"))
    exits = page.locator("#exit-here a").bounding_box()
    menu = page.locator("#menu > summary").bounding_box()
    panel = open_menu(page)
    panel.get_by_text(SAYS.support.need, exact=True).click()
    expect(panel.get_by_role("link", name="112")).to_be_visible()
    assert exits
    assert menu
    assert menu["y"] >= exits["y"] + exits["height"] or menu["x"] + menu["width"] <= exits["x"]
    context.close()
