"""In a browser that runs no scripts a module can be gone through, and its answers are saved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, enter, ready
from tests.browser.test_accessible import looked_at

CATALOG = catalog.load()
UI = CATALOG.ui
MYTH, WHY = "risk.myth.before", "risk.reason.before"
AGAIN, RECALL, THEN = "risk.myth.after", "risk.recall.after", "risk.commitment.then.after"


@pytest.fixture
def page(browser: Browser, room: Running) -> Iterator[Page]:
    """A module in the browser of somebody who has joined."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    enter(context, room)
    page = context.new_page()
    page.goto(room.url("/m/risk"))
    yield page
    context.close()


def question(page: Page, item: str) -> Locator:
    return page.locator(f"[data-myths-item='{item}']")


def save(page: Page, item: str) -> None:
    """Press the button of the step with this question."""
    step = page.locator(".step", has=question(page, item))
    step.get_by_role("button", name=UI.steps.save).click()


def test_a_step_is_answered_saved_and_found_again(page: Page, room: Running):
    question(page, MYTH).get_by_role("radio", name="Disagree", exact=True).check()
    question(page, WHY).get_by_role("textbox").fill("I never\nsaw one.")
    save(page, MYTH)
    page.wait_for_url("**/m/risk#facts")
    page.goto(room.url("/m/risk#view"))
    expect(question(page, MYTH).get_by_role("radio", name="Disagree", exact=True)).to_be_checked()
    expect(question(page, WHY).get_by_role("textbox")).to_have_value("I never\nsaw one.")
    question(page, MYTH).get_by_role("radio", name=UI.components.question.decline).check()
    question(page, WHY).get_by_role("combobox").select_option("evaluation")
    save(page, MYTH)
    page.goto(room.url("/withdraw"))
    expect(page.get_by_text("I never saw one.")).to_be_visible()
    expect(page.get_by_text(UI.components.reflection.reader_evaluation).first).to_be_visible()


def test_a_text_that_is_too_long_can_be_shortened_and_saved(page: Page, room: Running):
    question(page, WHY).get_by_role("textbox").fill("Long. " * 500)
    save(page, WHY)
    box = page.get_by_role("textbox", name=UI.unsaved.yours)
    expect(box).to_have_value("Long. " * 500)
    box.fill("Short.")
    page.get_by_role("button", name=UI.unsaved.button).click()
    page.wait_for_url("**/m/risk#facts")
    page.goto(room.url("/m/risk#view"))
    expect(question(page, WHY).get_by_role("textbox")).to_have_value("Short.")


def test_what_is_told_after_an_answer_is_there_without_scripts(page: Page, room: Running):
    check, again = page.locator("#check"), page.locator("#again")
    page.goto(room.url("/m/risk#check"))
    question(page, RECALL).get_by_role("radio").first.check()
    expect(check.locator(".myths-verdict")).to_have_count(0)
    check.get_by_role("button", name=UI.components.recall.keep).click()
    page.wait_for_url("**/m/risk#check")
    expect(check.locator(".myths-recall noscript > p").last).to_have_text(UI.components.recall.kept)
    expect(check.locator(".myths-verdict")).to_be_hidden()
    check.locator("noscript summary").click()
    expect(check.locator(".myths-verdict")).to_be_visible()
    page.goto(room.url("/m/risk#view"))
    question(page, MYTH).get_by_role("radio", name="Agree", exact=True).check()
    save(page, MYTH)
    page.goto(room.url("/m/risk#again"))
    expect(again.get_by_text(UI.components.change.nothing)).to_be_visible()
    question(page, AGAIN).get_by_role("radio", name="Disagree", exact=True).check()
    again.get_by_role("button", name=UI.components.change.see).click()
    page.wait_for_url("**/m/risk#again")
    expect(again.get_by_text("You moved two steps towards the fact.")).to_be_visible()
    expect(again.locator(".myths-line")).to_be_visible()
    expect(again.get_by_text(UI.components.change.nothing)).to_have_count(0)


def test_the_last_page_has_ones_changes_and_plans_without_scripts(page: Page, room: Running):
    for item, name in ((MYTH, "Agree"), (AGAIN, "Disagree")):
        page.goto(room.url(f"/m/risk#{'view' if item == MYTH else 'again'}"))
        question(page, item).get_by_role("radio", name=name, exact=True).check()
        save(page, item)
    page.goto(room.url("/m/risk#again"))
    question(page, THEN).get_by_role("textbox").fill("I call <b>her</b> first.")
    save(page, THEN)
    page.goto(room.url("/m/closing#mine"))
    mine = page.locator("#mine")
    expect(mine.get_by_text("You moved two steps towards the fact.")).to_be_visible()
    expect(mine.locator(".myths-plan-text")).to_have_text("I call <b>her</b> first.")


def test_where_there_is_nothing_of_ones_own_a_sentence_says_so_and_no_button_is_dead(
    page: Page, room: Running
):
    page.goto(room.url("/m/closing#all"))
    expect(page.get_by_text(UI.sections.changes_nothing)).to_be_visible()
    expect(page.get_by_role("button", name=UI.components.reading.print)).to_have_count(0)
    page.goto(room.url("/m/risk#all"))
    expect(page.get_by_text(UI.components.change.nothing)).to_be_visible()
    story = page.locator("#story")
    expect(story.get_by_text(CATALOG.module("risk").vignette.title)).to_be_visible()
    expect(story.get_by_role("button", name=UI.components.vignette.skip)).to_have_count(0)


def test_the_page_that_says_what_is_not_saved_is_accessible(phone: BrowserContext, room: Running):
    enter(phone, room)  # axe is a script itself
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    box = question(page, WHY).get_by_role("textbox")
    box.evaluate("box => { box.value = 'Long. '.repeat(500); box.form.submit(); }")
    expect(page.get_by_role("textbox", name=UI.unsaved.yours)).to_be_visible()
    looked_at(page)
