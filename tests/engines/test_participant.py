"""A participant's job in Firefox and WebKitGTK: from the code to the end, and nothing is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import myths
import pytest
from selenium.common import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.way import Way
from tests.engines.outside import Outside
from tests.engines.phone import UI, Phone, lives

STEPS = ["view", "facts", "check", "story", "write", "again"]
RATING, REASON, TEXT = "risk.myth.before", "risk.reason.before", "risk.practice.after"
SENTENCE = "I ask: compared with what? Grüße"
ALL = "return document.documentElement.outerHTML"
TORN = """
const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
const torn = [];
while (walker.nextNode()) for (const found of walker.currentNode.data.matchAll(/\\(ex-\\)/g)) {
  const range = document.createRange();
  range.setStart(walker.currentNode, found.index);
  range.setEnd(walker.currentNode, found.index + found[0].length);
  if (range.getClientRects().length > 1) torn.push(walker.currentNode.data);
}
return torn;
"""
NEAR = 4  # px


def test_from_the_code_on_paper_through_a_module_to_ones_own_answers(phone: Phone):
    phone.go("/")
    phone.see("#code").send_keys(phone.room.code.lower())
    phone.press("button", UI.join.next)
    phone.agree()
    phone.see("#recovery-code")
    phone.press("button", UI.code.go_on)
    phone.alive("/m/start")
    phone.press(".onward a", "Next: ")
    phone.alive("/m/risk")
    phone.at("view")
    phone.rate(RATING, 4)
    phone.write(REASON, SENTENCE)
    phone.saved()
    for number, step in enumerate(STEPS[1:], 2):
        phone.press(".onward a", UI.steps.go_on.format(step=UI.steps[step]))
        phone.at(step)
        assert phone.driver.current_url.endswith(f"/m/risk#{step}")
        phone.see("#at", UI.steps.step.format(n=number, total=len(STEPS)))
        assert phone.run("return document.activeElement.textContent") == UI.steps[step]
    phone.press(".onward a", UI.steps.back)
    phone.at("write")
    phone.driver.back()
    phone.at("again")
    phone.go("/withdraw")
    phone.see(".said", SENTENCE)
    phone.see("main", "Agree")
    table = myths.answers(db=phone.room.db, workshop=phone.room.code)
    assert table.value.dropna().to_list() == [4]


def test_every_page_comes_to_life_and_fits_a_phone(phone: Phone):
    phone.join()
    parts = phone.run(
        "return Array.from(document.querySelectorAll('[data-part]'), (each) => each.dataset.part)"
    )
    assert len(parts) == 9
    wide, torn = [], []
    for part in parts:
        phone.go(f"/m/{part}#all")
        torn += phone.run(TORN)
        if phone.run("return document.documentElement.scrollWidth > innerWidth"):
            wide.append(part)
    assert (wide, torn) == ([], [])


def test_a_reload_returns_to_the_step_the_text_and_the_place(phone: Phone):
    phone.join()
    phone.go("/m/risk#again")
    phone.go("/m/risk#write")
    phone.write(TEXT, SENTENCE)
    phone.saved()
    # not to the end: there a line less, that something is saved, is another place
    phone.run("history.replaceState(null, ''); scrollTo(0, 150)")
    phone.wait(lambda: phone.run("return history.state?.place"))
    before = phone.run("return scrollY")
    assert before > 100
    phone.driver.refresh()
    phone.alive()
    phone.at("write")
    assert phone.written(TEXT) == SENTENCE
    phone.wait(lambda: abs(phone.run("return scrollY") - before) <= NEAR)


def test_what_is_written_without_a_connection_is_told_and_saved_when_it_is_back(
    phone: Phone, way: Way
):
    phone.join()
    phone.go("/m/risk")
    kernel = phone.kernel
    way.cut()
    phone.see("#status", UI.page.connection_lost)
    phone.rate(RATING, 2)
    phone.write(REASON, SENTENCE)
    phone.see("#at", "not saved yet")
    phone.press("#menu > summary")
    phone.press("#menu summary", UI.support.need)
    phone.see("#menu a", "112")
    way.mend()
    phone.see("#status", UI.page.connection_back)
    phone.saved()
    assert phone.kernel == kernel
    table = myths.answers(db=phone.room.db, workshop=phone.room.code)
    assert table.value.dropna().to_list() == [2]
    phone.go("/withdraw")
    phone.see(".said", SENTENCE)


def test_the_menu_has_support_first_and_closes_by_escape_and_by_a_way_to_a_step(phone: Phone):
    phone.join()
    phone.go("/m/risk#again")
    phone.press("#menu > summary")
    phone.press("#menu summary", UI.support.need)
    call = phone.see("#menu a", "112")
    assert call.get_attribute("href") == "tel:112"
    phone.see("#menu", UI.support.ask)
    ActionChains(phone.driver).send_keys(Keys.ESCAPE).perform()
    phone.gone("#menu > .panel")
    assert phone.run("return document.activeElement.parentElement.id") == "menu"
    phone.at("again")
    phone.press("#menu > summary")
    phone.press("#menu a", UI.steps.whole)
    phone.gone("#menu > .panel")
    phone.wait(lambda: len(phone.seen("main > .step")) == len(STEPS))


def test_finishing_ends_the_kernel_and_empties_the_other_tab(phone: Phone):
    phone.join()
    phone.go("/m/risk")
    phone.write(REASON, SENTENCE)
    phone.saved()
    kernel, other = phone.kernel, phone.driver.current_window_handle
    phone.driver.switch_to.new_window("tab")
    phone.go("/leave")
    phone.press("button", UI.leave.button)
    phone.see("main", UI.left.heading)
    phone.wait(lambda: not lives(kernel))
    phone.driver.switch_to.window(other)
    phone.wait(lambda: UI.page.over in phone.run("return document.body.textContent"))
    assert SENTENCE not in phone.run(ALL)
    assert phone.run("return document.querySelectorAll('form, textarea').length") == 0


def test_a_page_that_is_left_ends_its_kernel_or_is_kept_for_back_as_it_was(phone: Phone):
    """WebKit keeps it where there is no https."""
    phone.join()
    phone.go("/m/risk")
    phone.write(REASON, SENTENCE)
    phone.saved()
    kernel = phone.kernel
    phone.run("addEventListener('pagehide', (event) => {sessionStorage.kept = event.persisted;})")
    phone.go("/withdraw")
    kept = phone.run("return sessionStorage.kept") == "true"
    if not kept:
        phone.wait(lambda: not lives(kernel))
    phone.driver.back()
    phone.alive("/m/risk")
    assert (phone.kernel == kernel) is kept
    assert phone.written(REASON) == SENTENCE
    phone.rate(RATING, 3)
    phone.saved()
    assert len(myths.answers(db=phone.room.db, workshop=phone.room.code)) == 2


def test_back_after_finishing_shows_nothing_of_the_visit(phone: Phone):
    phone.join()
    phone.go("/m/risk")
    phone.write(REASON, SENTENCE)
    phone.saved()
    phone.press("#menu > summary")
    phone.press("#menu a", UI.page.leave)
    phone.press("button", UI.leave.button)
    phone.see("main", UI.left.heading)
    for _ in range(3):
        phone.driver.back()
        phone.wait(lambda: SENTENCE not in phone.run(ALL))


@pytest.mark.parametrize("how", ["button", "keys"])
def test_the_quick_exit_leads_elsewhere_and_ends_the_visit(phone: Phone, world: Outside, how: str):
    phone.join()
    phone.go("/m/risk")
    phone.write(REASON, SENTENCE)
    phone.saved()
    kernel = phone.kernel
    phone.see("#exit-here a[data-lm-suppress-shortcuts]")
    if how == "button":
        with contextlib.suppress(WebDriverException):  # Firefox says that nobody is there
            phone.press("#exit-here a")
    else:
        for _ in range(3):
            ActionChains(phone.driver).key_down(Keys.SHIFT).key_up(Keys.SHIFT).perform()
    phone.wait(lambda: any("www.wikipedia.org" in asked for asked in world.asked))
    phone.wait(lambda: not lives(kernel))
    phone.driver.back()
    phone.wait(lambda: SENTENCE not in phone.run(ALL))
    phone.go("/")
    phone.see("h1", UI.join.heading)
    assert phone.seen("main", UI.join.already) == []


def test_the_recovery_code_brings_back_what_was_said_on_another_phone(
    phone: Phone, another: Callable[[], Phone]
):
    code = phone.join()
    phone.go("/m/risk#view")
    phone.rate(RATING, 5)
    phone.write(REASON, SENTENCE)
    phone.saved()
    new = another()
    new.go("/")
    new.see("#recovery").send_keys(code.lower().replace("-", " "))
    new.press("button", UI.join.return_button)
    new.alive("/m/risk")
    assert new.rated(RATING) == "5"
    assert new.written(REASON) == SENTENCE


def test_a_form_that_no_script_sends_is_saved(phone: Phone):
    """As where no script runs: such a form comes with `Origin: null`."""
    phone.join()
    phone.go("/m/risk#write")
    box = f"[data-myths-item='{TEXT}'] textarea"
    phone.run(
        "const box = document.querySelector(arguments[0]);"
        "box.value = arguments[1]; window.here = true; box.form.submit();",
        box,
        SENTENCE,
    )
    phone.wait(lambda: phone.run("return !('here' in window)"))
    phone.go("/withdraw")
    phone.see(".said", SENTENCE)


def test_an_answer_can_be_erased(phone: Phone):
    phone.join()
    phone.go("/m/risk")
    phone.rate(RATING, 1)
    phone.saved()
    phone.go("/withdraw")
    phone.press(".erase summary")
    phone.press("button", UI.own.erase_button)
    phone.see("#erased", UI.own.erased)
    assert len(myths.answers(db=phone.room.db, workshop=phone.room.code)) == 0
