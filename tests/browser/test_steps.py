"""The way through a page by its steps: what the header says, the focus, and no fault on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Running, at_step, enter, open_menu, ready, show_whole
from tests.browser.test_accessible import TELLING

UI = catalog.load().ui
STEPS = ["view", "facts", "check", "story", "write", "again"]
TAB = UI.page.tab_part.format(number=2, total=9)
HEARD = """() => {
  window.heard = [];
  document.addEventListener("focusin", ({ target }) => heard.push(target.innerText));
  const live = "[role=status], [role=alert], [aria-live]";
  const tell = (records) => heard.push(...records.map(({ target }) => target.textContent));
  for (const region of document.querySelectorAll(live))
    new MutationObserver(tell).observe(region,
      { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Iterator[Page]:
    """A module that somebody has just opened; nothing goes wrong in its console."""
    enter(phone, room)
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(room.url("/m/risk"))
    ready(page)
    yield page
    assert [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []


def go_on(page: Page) -> None:
    page.get_by_role("link", name="Continue: ").click()


def bar(page: Page) -> list[str]:
    return [str(part.get_attribute("class")) for part in page.locator("#bar li").all()]


def expect_step(page: Page, n: int) -> None:
    """The page shows this step, counted from 1, and header, bar and tab say so."""
    at_step(page, STEPS[n - 1])
    place = UI.steps.step.format(n=n, total=len(STEPS))
    expect(page.locator("#at")).to_have_text(re.compile(f"^{place}.*about \\d+ min"))
    expect(page).to_have_title(f"{TAB} · {place}")
    assert not TELLING.search(page.title())


def test_header_bar_and_tab_say_which_step_of_how_many_it_is(page: Page):
    for n in range(1, len(STEPS) + 1):
        expect_step(page, n)
        assert bar(page) == ["done"] * (n - 1) + ["here"] + [""] * (len(STEPS) - n)
        if n < len(STEPS):
            go_on(page)
    page.get_by_role("link", name=UI.steps.back, exact=True).click()
    expect_step(page, 5)
    assert bar(page) == ["done"] * 4 + ["here", "done"]
    page.go_back()
    expect_step(page, 6)


def test_what_was_gone_through_is_known_on_the_next_visit(page: Page, room: Running):
    go_on(page)
    go_on(page)
    expect_step(page, 3)
    page.goto(room.url("/m/start"))
    ready(page)
    page.goto(room.url("/m/risk"))
    ready(page)
    expect_step(page, 1)
    assert bar(page) == ["here", "done", "done", "", "", ""]


def test_after_continue_the_heading_has_the_focus_and_is_said_once(page: Page):
    page.evaluate(HEARD)
    for step in STEPS[1:]:
        page.evaluate("heard.length = 0")
        go_on(page)
        heading = page.locator(f"#{step} .step-title")
        expect(heading).to_be_focused()
        assert page.evaluate("scrollY") == 0
        page.wait_for_timeout(300)
        said = page.evaluate("heard")
        assert [each for each in said if each != f"Continue: {UI.steps[step]}"] == [UI.steps[step]]


def test_all_on_one_page_shows_every_step_and_leads_back_to_them(page: Page):
    go_on(page)
    open_menu(page).get_by_role("link", name=UI.steps.whole).click()
    expect(page.locator(".step:visible")).to_have_count(len(STEPS))
    expect(page.locator("#menu > .panel")).to_be_hidden()
    expect(page).to_have_title(TAB)
    expect(page.locator("#at")).to_have_text(re.compile("^about"))
    page.reload()
    ready(page)
    expect(page.locator(".step:visible")).to_have_count(len(STEPS))
    open_menu(page).get_by_role("link", name=UI.steps.by_step).click()
    expect_step(page, 1)


def test_the_contents_beside_a_wide_page_lead_to_each_step(page: Page):
    page.set_viewport_size({"width": 1280, "height": 844})
    contents = page.get_by_role("navigation", name=UI.steps.contents)
    for n, step in reversed(list(enumerate(STEPS, 1))):
        contents.get_by_role("link", name=f"{UI.steps[step]}").first.click()
        if step == "view":  # two steps have names that begin so
            page.evaluate("location.hash = 'view'")
        expect_step(page, n)
        here = contents.locator("[aria-current]")
        expect(here).to_have_count(1)
        expect(here).to_have_attribute("href", f"#{step}")
    page.set_viewport_size(PHONE)


def test_an_answer_that_waits_is_told_of_on_every_step(phone: BrowserContext, page: Page):
    phone.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    go_on(page)
    at_step(page, "facts")
    expect(page.locator("#at")).to_have_text("1 answer not saved yet")
    phone.set_offline(False)
    expect(page.locator("#at")).to_have_text(re.compile("^Step 2 of 6"))


def test_menu_says_what_is_done_begun_and_here(page: Page, room: Running):
    state = "#menu .series li"
    for _ in STEPS[1:]:
        go_on(page)
    at_step(page, STEPS[-1])
    page.get_by_role("link", name="Next: ").click()
    page.wait_for_url("**/m/womens-services")
    ready(page)
    go_on(page)
    at_step(page, "facts")
    page.goto(room.url("/m/only-men"))
    ready(page)
    open_menu(page)
    states = dict(
        zip(
            ["start", "risk", "womens-services", "only-men", "mediation"],
            page.locator(f"{state} .state").all_inner_texts(),
            strict=False,
        )
    )
    assert states == {
        "start": "",
        "risk": "Done ✓",
        "womens-services": "Begun",
        "only-men": "You are here",
        "mediation": "",
    }
    here = page.locator(f"{state} a[aria-current=page]")
    expect(here).to_have_count(1)
    expect(here).to_have_attribute("data-part", "only-men")


def test_escape_closes_the_menu_and_the_focus_goes_to_its_button(page: Page):
    panel = open_menu(page)
    panel.get_by_role("link", name=UI.steps.answers, exact=True).focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#menu > summary")).to_be_focused()
    at_step(page, "view")


def test_the_menu_closes_behind_a_focus_that_goes_on(page: Page):
    panel = open_menu(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("!document.activeElement.closest('#menu')"):
            break
        expect(panel).to_be_visible()
    expect(panel).to_be_hidden()


def test_a_whole_page_has_every_step_once(page: Page):
    show_whole(page)
    titles = page.locator(".step-title:visible").all_inner_texts()
    assert titles == [UI.steps[step] for step in STEPS[1:]]


def test_the_skip_link_leads_to_the_content_of_the_step_that_is_seen(page: Page):
    go_on(page)
    at_step(page, "facts")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    at_step(page, "facts")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.step').id") == "facts"
