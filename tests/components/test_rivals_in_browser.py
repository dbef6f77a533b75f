"""A text that was changed elsewhere: both are shown, and its author chooses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.axe import by_axe
from tests.components.acting import Bench, kept_in_browser, line, reflection, sent

FIRST = {"key": "first", "text": "Both know this.", "reader": "me", "value": None}
OTHER = {"key": "other", "text": "From the other tab.", "reader": "group", "value": None}


def told(page: Page, bench: Bench, *, rival: object = OTHER) -> None:
    """Somebody writes, and is told of another text."""
    reflection(bench, "newer", known=FIRST, rival=rival)
    page.get_by_label("What is new?").fill("From this tab.")
    expect(line(page, "learned")).to_contain_text("Please choose.")


def test_both_texts_are_shown_and_nothing_is_sent_until_one_is_chosen(
    page: Page, bench: Bench
) -> None:
    told(page, bench)
    expect(page.locator(".myths-other")).to_have_text("From the other tab.")
    expect(page.get_by_label("What is new?")).to_have_value("From this tab.")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert by_axe(page).violations_count == 0
    page.get_by_label("What is new?").press("End")
    page.keyboard.type(" And more.")
    page.clock.fast_forward(60_000)
    page.evaluate("dispatchEvent(new Event('myths:online'))")
    assert [answer["after"] for answer in sent(page, "learned")] == [["first"]]
    assert kept_in_browser(page) == 1
    page.reload()
    reflection(bench, "newer", known=OTHER, rival=OTHER)
    expect(page.get_by_label("What is new?")).to_have_value("From this tab. And more.")
    expect(page.locator(".myths-other")).to_have_text("From the other tab.")
    assert sent(page, "learned")[-1]["after"] == ["first"]


@pytest.mark.parametrize(
    ("button", "text", "reader"),
    [
        ("Keep the text in the box", "From this tab.", "me"),
        ("Keep both", "From the other tab.\n\nFrom this tab.", "me"),
        ("Take the other text", "From the other tab.", "group"),
    ],
)
def test_what_is_chosen_stands_and_the_box_has_the_focus(
    page: Page, bench: Bench, button: str, text: str, reader: str
) -> None:
    told(page, bench)
    page.get_by_role("button", name=button).click()
    box = page.get_by_label("What is new?")
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    expect(box).to_have_value(text)
    expect(box).to_be_focused()
    expect(page.get_by_label("Who can read this?")).to_have_value(reader)
    expect(page.locator(".myths-rivals")).to_be_hidden()
    last = sent(page, "learned")[1:]
    assert [(answer["text"], answer["after"]) for answer in last] == (
        [] if button.startswith("Take") else [(text, ["other"])]
    )
    assert kept_in_browser(page) == 0
    box.fill("Later.")
    page.wait_for_function("window.models.learned.sent.at(-1).text === 'Later.'")
    expect(line(page, "learned")).to_contain_text("✓ Saved")


def test_that_a_text_was_cleared_elsewhere_is_told(page: Page, bench: Bench) -> None:
    told(page, bench, rival={})
    expect(page.locator(".myths-rivals")).to_contain_text("The text was cleared there.")
    expect(page.get_by_role("button", name="Keep both")).to_have_count(0)
    page.get_by_role("button", name="Take the other text").click()
    expect(page.get_by_label("What is new?")).to_have_value("")


def test_the_same_text_from_elsewhere_is_no_rival(page: Page, bench: Bench) -> None:
    reflection(bench, "newer", known=FIRST, rival={**OTHER, "text": "Same.", "reader": "me"})
    page.get_by_label("What is new?").fill("Same.")
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    expect(page.locator(".myths-rivals")).to_be_hidden()


def test_a_version_names_those_that_were_sent_since_the_last_receipt(
    page: Page, bench: Bench
) -> None:
    reflection(bench, "lost", known=FIRST)
    box = page.get_by_label("What is new?")
    box.fill("One")
    page.wait_for_function("window.models.learned.sent.length === 1")
    box.fill("Two")
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    one, two = sent(page, "learned")
    assert (one["after"], two["after"]) == (["first"], ["first", one["key"]])
    box.fill("Three")
    page.wait_for_function("window.models.learned.sent.length === 3")
    assert sent(page, "learned")[2]["after"] == [two["key"]]
