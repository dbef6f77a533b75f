"""Answers go out once, with a key of their own, and again until they are saved."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.components.acting import (
    UUID,
    Bench,
    confidence,
    kept_in_browser,
    line,
    rating,
    reflection,
    sent,
)


def test_a_rating_is_saved_once_with_a_key_of_its_own(page: Page, bench: Bench) -> None:
    rating(bench)
    assert page.evaluate("crypto.randomUUID === undefined")
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    page.get_by_label("Disagree", exact=True).check()
    page.clock.fast_forward(500)
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    first, second = sent(page, "myth")
    assert [first["value"], second["value"]] == [4, 2]
    assert UUID.fullmatch(first["key"])
    assert first["key"] != second["key"]
    assert kept_in_browser(page) == 0


def test_arrow_keys_move_through_the_points_and_only_the_last_is_sent(
    page: Page, bench: Bench
) -> None:
    rating(bench)
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Agree", exact=True)).to_be_checked()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert [answer["value"] for answer in sent(page, "myth")] == [4]


def test_an_answer_can_be_cleared_with_the_keyboard_and_focus_stays(
    page: Page, bench: Bench
) -> None:
    rating(bench, known={"value": 3, "text": None, "declined": False})
    clear = page.get_by_role("button", name="Clear")
    expect(page.get_by_label("Neither")).to_be_checked()
    clear.focus()
    page.keyboard.press("Enter")
    expect(clear).to_be_hidden()
    expect(page.get_by_label("Strongly disagree")).to_be_focused()
    assert page.locator("input:checked").count() == 0
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert sent(page, "myth")[0]["value"] is None
    assert sent(page, "myth")[0]["declined"] is False


def test_preferring_not_to_say_is_an_answer_that_can_be_cleared(page: Page, bench: Bench) -> None:
    rating(bench)
    group = page.get_by_role("group", name="It is risky.")
    group.get_by_role("button", name="Prefer not to say").click()
    expect(page.locator("input:checked")).to_have_count(0)
    expect(group.locator(".myths-chosen")).to_have_text("Prefer not to say")
    expect(group.get_by_role("button", name="Clear")).to_be_focused()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert (sent(page, "myth")[0]["declined"], sent(page, "myth")[0]["value"]) == (True, None)


def test_the_ends_of_the_row_are_spoken(page: Page, bench: Bench) -> None:
    confidence(bench)
    expect(page.get_by_role("radio", name="0 not at all sure")).to_be_visible()
    expect(page.get_by_role("radio", name="10 Completely sure")).to_be_visible()
    assert page.get_by_role("radio").count() == 11


def test_a_failed_answer_is_sent_again_with_the_same_key(page: Page, bench: Bench) -> None:
    rating(bench, "failed", "failed")
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("Not saved yet. It will be tried again.")
    expect(line(page, "myth")).to_contain_text("The disk is full.")
    assert kept_in_browser(page) == 1
    page.clock.fast_forward(2000)
    page.wait_for_function("window.models.myth.sent.length === 2")
    expect(line(page, "myth")).to_contain_text("Not saved yet")
    page.wait_for_timeout(100)
    page.clock.fast_forward(3000)
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    answers = sent(page, "myth")
    assert len(answers) == 3
    assert len({answer["key"] for answer in answers}) == 1
    assert len({answer["sent"] for answer in answers}) == 3
    assert kept_in_browser(page) == 0


def test_an_answer_without_a_receipt_is_sent_again(page: Page, bench: Bench) -> None:
    rating(bench, "lost")
    page.get_by_label("Agree", exact=True).check()
    page.clock.fast_forward(500)
    page.clock.fast_forward(6500)
    expect(line(page, "myth")).to_contain_text("Not saved yet")
    page.evaluate("dispatchEvent(new Event('myths:online'))")
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    first, second = sent(page, "myth")
    assert first["key"] == second["key"]


def test_a_newer_answer_takes_the_place_of_one_that_failed(page: Page, bench: Bench) -> None:
    rating(bench, "failed")
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("Not saved yet")
    page.get_by_label("Disagree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    page.clock.fast_forward(60_000)
    assert [answer["value"] for answer in sent(page, "myth")] == [4, 2]


def test_an_unsent_answer_comes_back_after_a_reload_and_goes_with_its_key(
    page: Page, bench: Bench
) -> None:
    reflection(bench, "lost")
    page.get_by_label("What is new?").fill("Half a thought")
    page.get_by_label("Who can read this?").select_option("group")
    page.wait_for_function("window.models.learned.sent.length > 0")
    key = sent(page, "learned")[-1]["key"]
    page.reload()
    reflection(bench, known={"text": "Older words", "reader": "me"})
    expect(page.get_by_label("What is new?")).to_have_value("Half a thought")
    expect(page.get_by_label("Who can read this?")).to_have_value("group")
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    assert [answer["key"] for answer in sent(page, "learned")] == [key]
    assert kept_in_browser(page) == 0


def test_what_was_typed_a_moment_before_a_reload_is_not_lost(page: Page, bench: Bench) -> None:
    reflection(bench)
    page.get_by_label("What is new?").press_sequentially("Now")
    page.reload()
    reflection(bench)
    expect(page.get_by_label("What is new?")).to_have_value("Now")
    expect(line(page, "learned")).to_contain_text("✓ Saved")


def test_one_persons_unsent_answer_is_not_sent_for_the_next(page: Page, bench: Bench) -> None:
    reflection(bench, "lost", owner="first")
    page.get_by_label("What is new?").fill("Mine")
    page.reload()
    reflection(bench, owner="second")
    expect(page.get_by_label("What is new?")).to_have_value("")
    assert sent(page, "learned") == []


def test_a_browser_that_keeps_nothing_can_still_answer(page: Page, bench: Bench) -> None:
    page.evaluate(
        "() => { Storage.prototype.setItem = Storage.prototype.getItem = () => { throw 1; }; }"
    )
    rating(bench)
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
