"""The text on the desk in a real browser: its passages, its looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.axe import by_axe
from tests.evaluation.coding.desk_page import Shown, choose, code, given, show, status, words

__all__ = ["show"]  # a fixture


def test_a_passage_can_be_chosen_by_keyboard_alone(page: Page, show: Shown) -> None:
    who = show()
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    expect(words(page)).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    for _ in range(7):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".myths-chosen")).to_contain_text("“weekend”")
    page.keyboard.press("1")
    expect(status(page)).to_contain_text("Gap: given to “weekend”.")
    expect(page.locator(".myths-words mark")).to_have_text("weekend")
    expect(words(page)).to_be_focused()
    assert given(who) == [("gap", 4, 11)]
    page.get_by_role("button", name="Remove Gap from “weekend”").press("Enter")
    expect(page.locator(".myths-words mark")).to_have_count(0)
    assert given(who) == []


def test_a_desk_in_another_language_says_so_and_quotes_as_it_does(page: Page, show: Shown) -> None:
    show(language="de")
    expect(page.locator(".myths-desk")).to_have_attribute("lang", "de")
    expect(page.locator(".myths-words")).to_have_attribute("lang", "en")
    choose(page, "weekend")
    expect(page.locator(".myths-chosen")).to_contain_text("Gewählte Stelle: „weekend“ Der nächste")
    page.keyboard.press("1")
    expect(page.locator(".myths-state")).to_contain_text("Gap: an „weekend“ vergeben.")
    expect(page.locator(".myths-passages")).to_contain_text("Gap „weekend“")
    found = by_axe(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("first", "part", "start", "end"),
    [
        ("We ask", "first 👩🏽\u200d⚖️ and", 11, 26),
        ("نسأل", "الخدمة", 5, 11),
        ("Two lines", "lines\nand", 4, 13),
    ],
)
def test_passages_are_counted_in_code_points_as_python_does(
    first: str, part: str, start: int, end: int, page: Page, show: Shown
) -> None:
    who = show(first)
    choose(page, part)
    page.keyboard.press("2")
    expect(page.locator(".myths-words mark")).to_have_text(part, use_inner_text=True)
    assert given(who) == [("ask", start, end)]
    assert who.texts[0].words[start:end] == part
    assert words(page).inner_text() == who.texts[0].words.replace("\u202e", "U+202E")


def test_passages_that_overlap_are_marked_once_more(page: Page, show: Shown) -> None:
    who = show()
    choose(page, "weekend is")
    page.keyboard.press("1")
    expect(page.locator(".myths-words mark")).to_have_count(1)
    page.evaluate(
        """() => {
          const [head, mark, tail] = document.querySelector(".myths-words").children;
          getSelection().setBaseAndExtent(mark.firstChild, 8, tail.firstChild, 4);
        }"""
    )
    expect(page.locator(".myths-chosen")).to_contain_text("“is our”")
    code(page, "Doubt").click()
    expect(page.locator(".myths-words mark[data-deep='2']")).to_have_text("is")
    assert given(who) == [("gap", 4, 14), ("doubt", 12, 18)]


def test_escape_leads_back_to_the_whole_text(page: Page, show: Shown) -> None:
    who = show()
    choose(page, "weekend")
    page.keyboard.press("Escape")
    expect(page.locator(".myths-chosen")).to_be_empty()
    page.keyboard.press("1")
    expect(code(page, "Gap")).to_be_checked()
    assert given(who) == [("gap", None, None)]


def test_a_text_is_shown_as_text_and_cannot_be_changed(page: Page, show: Shown) -> None:
    who = show("Two lines")
    expect(words(page)).to_contain_text("<b>no</b> HTML & no U+202Eturn.")
    expect(words(page).locator("b")).to_have_count(0)
    before = words(page).inner_text()
    words(page).click()
    page.keyboard.type("xyz")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("漢字")
    assert words(page).inner_text() == before
    assert given(who) == []


def test_an_arabic_text_runs_from_right_to_left(page: Page, show: Shown) -> None:
    show("نسأل")
    direction = "e => getComputedStyle(e).direction"
    assert words(page).evaluate(direction) == "rtl"
    assert page.locator(".myths-desk").evaluate(direction) == "ltr"


@pytest.mark.parametrize("first", ["weekend", "Two lines", "نسأل"])
def test_axe_finds_nothing_in_any_state(first: str, page: Page, show: Shown) -> None:
    who = show(first)
    choose(page, who.texts[0].words.split("\n")[0][:6].strip())
    for details in page.locator("details").all():
        details.locator("summary").click()
    page.keyboard.press("1")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = by_axe(page)
        assert found.violations_count == 0, found.generate_report()


def test_nothing_is_cut_off_at_320_pixels(page: Page, show: Shown) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    show("Two lines")
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".myths-desk :is(button, select, .myths-option)")]
          .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().height)"""
    )
    assert min(sizes) >= 24
