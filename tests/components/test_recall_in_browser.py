"""The question about the facts in a real browser: choose, keep, talk, show, choose again."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.components.acting import Bench, kept_in_browser, recall, sent

KEPT = {"value": 1, "key": "0" * 8}


def region(page: Page) -> Locator:
    return page.locator("#recall .myths-feedback")


def keep(page: Page) -> Locator:
    return page.get_by_role("button", name="Keep my answer")


def show(page: Page) -> Locator:
    return page.get_by_role("button", name="Show")


def told(page: Page, name: str) -> list[dict[str, Any]]:
    """What was sent as a first try, or asked for."""
    found: list[dict[str, Any]] = page.evaluate("(name) => window.models.recall[name]", name)
    return found


def test_feedback_comes_after_choosing_keeping_and_asking_for_it(page: Page, bench: Bench) -> None:
    recall(bench)
    expect(region(page)).to_have_attribute("role", "status")
    expect(keep(page)).to_be_hidden()
    expect(show(page)).to_be_hidden()
    page.get_by_label("Once").check()
    page.clock.run_for(1000)
    expect(region(page)).to_be_empty()
    keep(page).click()
    expect(region(page)).to_contain_text("Now talk")
    expect(keep(page)).to_be_hidden()
    page.clock.run_for(10_000)
    assert told(page, "wishes") == []
    assert [each["value"] for each in told(page, "firsts")] == [1]
    show(page).click()
    expect(region(page)).to_contain_text("Not quite")
    expect(show(page)).to_be_hidden()
    assert [each["value"] for each in told(page, "wishes")] == [1]


def test_a_second_answer_is_saved_beside_the_first_and_told_at_once(
    page: Page, bench: Bench
) -> None:
    recall(bench)
    page.get_by_label("Once").check()
    keep(page).click()
    show(page).click()
    expect(region(page)).to_contain_text("You can choose again")
    page.get_by_label("Again and again").check()
    page.clock.run_for(1000)
    expect(region(page)).to_contain_text("Right")
    assert sent(page, "recall")[-1]["value"] == 2
    assert [each["value"] for each in told(page, "firsts")] == [1]


def test_who_changes_the_answer_while_talking_is_told_of_the_new_one_alone(
    page: Page, bench: Bench
) -> None:
    recall(bench)
    page.get_by_label("Once").check()
    keep(page).click()
    page.get_by_label("Again and again").check()
    expect(region(page)).to_contain_text("Now talk")
    show(page).click()
    expect(region(page)).to_contain_text("Right")
    assert [each["value"] for each in told(page, "wishes")] == [2]
    assert [each["value"] for each in told(page, "firsts")] == [1]


def test_clearing_takes_both_answers_back_and_one_starts_anew(page: Page, bench: Bench) -> None:
    recall(bench, known=KEPT, first_known=KEPT)
    show(page).click()
    expect(region(page)).to_contain_text("Not quite")
    page.get_by_role("button", name="Clear").click()
    page.clock.run_for(1000)
    expect(region(page)).to_be_empty()
    assert [each["value"] for each in sent(page, "recall")] == [None]
    assert [each["value"] for each in told(page, "firsts")] == [None]
    page.get_by_label("Once").check()
    expect(keep(page)).to_be_visible()
    expect(show(page)).to_be_hidden()


def test_a_page_opens_where_its_answers_are(page: Page, bench: Bench) -> None:
    recall(bench, known=KEPT)
    expect(keep(page)).to_be_visible()
    page.locator("#recall").evaluate("el => el.remove()")
    recall(bench, known=KEPT, first_known=KEPT)
    expect(page.get_by_label("Once")).to_be_checked()
    expect(show(page)).to_be_visible()
    expect(region(page)).to_contain_text("Now talk")
    page.clock.run_for(10_000)
    assert told(page, "wishes") == told(page, "firsts") == []


def test_it_is_done_by_keyboard_and_a_held_key_shows_nothing(page: Page, bench: Bench) -> None:
    recall(bench)
    page.get_by_label("Once").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(keep(page)).to_be_focused()
    for _ in range(3):
        page.keyboard.down("Enter")  # as a key that is held
    page.keyboard.up("Enter")
    expect(page.get_by_label("Once")).to_be_focused()
    expect(region(page)).to_contain_text("Now talk")
    assert told(page, "wishes") == []
    page.keyboard.press("Tab")
    expect(show(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Once")).to_be_focused()
    expect(region(page)).to_contain_text("Not quite")
    page.keyboard.press("ArrowDown")
    expect(region(page)).to_contain_text("Right")


def test_two_quick_taps_keep_and_do_not_show(page: Page, bench: Bench) -> None:
    recall(bench)
    page.get_by_label("Once").check()
    box = keep(page).bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(region(page)).to_contain_text("Now talk")
    assert told(page, "wishes") == []


def test_a_first_try_that_is_not_saved_yet_says_so_and_goes_again(page: Page, bench: Bench) -> None:
    recall(bench, "failed", "saved", known=KEPT)
    keep(page).click()
    line = page.locator("#recall .myths-tries .myths-state")
    expect(line).to_contain_text("Not saved yet")
    assert kept_in_browser(page) == 1
    page.clock.run_for(3000)
    expect(line).to_be_hidden()
    first, again = told(page, "firsts")
    assert first["key"] == again["key"]
    assert kept_in_browser(page) == 0


def test_feedback_that_does_not_come_is_asked_for_again(page: Page, bench: Bench) -> None:
    recall(bench, known=KEPT, first_known=KEPT)
    page.evaluate("() => { window.models.recall.isDeaf = true; }")
    show(page).click()
    page.clock.run_for(7000)
    expect(region(page)).to_contain_text("tried again")
    page.evaluate("() => { window.models.recall.isDeaf = false; }")
    page.clock.run_for(7000)
    expect(region(page)).to_contain_text("Not quite")
    count = len(told(page, "wishes"))
    page.clock.run_for(20_000)
    assert len(told(page, "wishes")) == count
