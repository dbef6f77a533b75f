"""On a phone a step shows what comes first, and folds the rest; elsewhere all of it stands open."""

from __future__ import annotations

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, enter, go_to, ready, show_whole, whole

CATALOG = catalog.load()
UI = CATALOG.ui
LONGEST = 2.65  # screens of a phone, in a wide font; up to 4.9 before
SIGNS = {("risk", "facts"): 4}  # there the signs of danger stand open
LOW = 192  # px, a rating whose statement has two lines
FOLDS = "main details[data-folds]"


@pytest.fixture
def page(inside: BrowserContext, room: Running) -> Page:
    """A module on a phone, at its facts."""
    page = inside.new_page()
    page.goto(room.url("/m/risk#facts"))
    ready(page)
    return page


def test_a_box_opens_at_its_heading_and_facts_come_one_by_one(page: Page):
    signs = page.locator("details", has=page.get_by_role("heading", name="Signs that mean"))
    expect(signs.get_by_role("list")).to_be_visible()  # these are never one tap away
    first, second = page.locator(".myths-block-core p").all()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    page.get_by_text(UI.components.reading.read_on).first.click()
    expect(second).to_be_visible()
    ask = page.locator("details[data-block=ask]")
    expect(ask.get_by_role("list")).to_be_hidden()
    ask.locator("summary").click()
    expect(ask.get_by_role("list")).to_be_visible()
    expect(page.locator("[data-fact]:visible")).to_have_count(1)
    go_to(page, "story")
    talk = page.locator(".myths-discussion")
    expect(talk.get_by_role("listitem").locator("visible=true")).to_have_count(1)
    talk.get_by_text(UI.components.discussion.more).click()
    prompts = CATALOG.module("risk").prompts
    expect(talk.get_by_role("listitem").locator("visible=true")).to_have_count(len(prompts))


def test_where_all_is_on_one_page_all_of_it_stands_open(page: Page, room: Running):
    facts = page.locator("[data-facts] > li")
    show_whole(page)
    expect(facts.locator("visible=true")).to_have_count(facts.count())
    expect(page.locator(f"{FOLDS}:not([open])")).to_have_count(0)
    whole(page, room)
    expect(facts.locator("visible=true")).to_have_count(facts.count())
    expect(page.locator(f"{FOLDS}:not([open])")).to_have_count(0)


def test_on_paper_all_of_it_is_there(page: Page):
    facts = page.locator("[data-facts] > li")
    expect(page.locator(f"{FOLDS}:not([open])")).not_to_have_count(0)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(facts.locator("visible=true")).to_have_count(facts.count())
    expect(page.locator(f"{FOLDS}:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(f"{FOLDS}:not([open])")).not_to_have_count(0)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"viewport": {"width": 1280, "height": 800}}, id="on a wide screen"),
        pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="without scripts"),
    ],
)
def test_elsewhere_nothing_of_it_is_folded(browser: Browser, room: Running, options):
    context = browser.new_context(locale="en-GB", **options)
    context.set_default_timeout(PATIENCE)
    enter(context, room)
    page = context.new_page()
    page.goto(room.url("/m/risk#facts"))
    if "java_script_enabled" not in options:
        ready(page)
    expect(page.locator(FOLDS)).not_to_have_count(0)
    expect(page.locator(f"{FOLDS}:not([open])")).to_have_count(0)
    context.close()


def test_no_step_of_a_module_is_long(inside: BrowserContext, room: Running):
    page, found = inside.new_page(), {}
    for slug in CATALOG.series.modules:
        page.goto(room.url(f"/m/{slug}"))
        ready(page)
        for step in page.locator("main > .step").evaluate_all("all => all.map(({ id }) => id)"):
            go_to(page, step)
            height = page.evaluate("document.documentElement.scrollHeight")
            found[slug, step] = height / PHONE["height"]
    assert {
        step: screens for step, screens in found.items() if screens > SIGNS.get(step, LONGEST)
    } == {}


def test_a_rating_is_low_and_what_is_touched_in_it_is_large(inside: BrowserContext, room: Running):
    page = inside.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    rating = page.locator("#view .myths-rating").first
    high = "(el) => el.getBoundingClientRect().height"
    assert rating.evaluate(high) <= LOW
    assert rating.locator(".myths-scale").evaluate(high) >= 56
    assert rating.get_by_role("button").evaluate(high) >= 44
