"""The components in a real browser, with a model that answers as Python does."""

from __future__ import annotations

import re

import pytest
from myths.catalog import ComponentWords
from myths.components import Change
from playwright.sync_api import Page, expect

from tests.axe import by_axe
from tests.components.acting import (
    POINTS,
    Bench,
    confidence,
    kept_in_browser,
    line,
    rating,
    recall,
    reflection,
    sent,
)


def check_with_axe(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = by_axe(page)
        assert found.violations_count == 0, found.generate_report()


def everything(bench: Bench, words: ComponentWords) -> None:
    blocks = [
        {"kind": "note", "html": "<p>It speaks of threats.</p><p>Skip what you like.</p>"},
        {"kind": "core", "heading": "The core", "html": "<p>It <em>can</em> help.</p>"},
        {"kind": "myth", "heading": "It is dangerous", "html": "<p>So some say.</p>"},
        {"kind": "misleads", "heading": "Why", "html": "<p>No risk is no option.</p>"},
        {"kind": "facts", "heading": "Facts", "items": [{"id": "r1", "html": "<p>One</p>"}]},
        {"kind": "takeaway", "html": "<p>It can.</p>"},
    ]
    rows = [{"statement": "It is risky.", "before": 4, "after": 2}]
    bench("exit", "quickexit", url="http://weather.test/", leave_url="")
    rating(bench)
    rating(bench, "failed", "lost", name="fact")
    confidence(bench)
    recall(bench)
    reflection(bench)
    bench("reading", "reading", blocks=blocks)
    bench("case", "vignette", title="His phone", story="<p>He says.</p>", prompts=["Why?"], level=2)
    bench("talk", "discussion", prompts=["What now?"], minutes=10, level=2)
    bench("change", "change", html=Change(rows, POINTS, words=words).markup())
    bench("nothing", "change")


def test_options_that_are_no_scale_stand_below_each_other_on_a_wide_screen(
    page: Page, bench: Bench
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    options = [{"value": 1, "label": "The police"}, {"value": 3, "label": "A colleague"}]
    rating(bench, name="call", options=options, scale="choice")
    rating(bench, scale="list")

    def places(name: str) -> list[tuple[float, float]]:
        boxes = [each.bounding_box() for each in page.locator(f"#{name} .myths-scale input").all()]
        return [(box["x"], box["y"]) for box in boxes if box]

    assert len({x for x, _ in places("call")}) == 1
    assert len({y for _, y in places("myth")}) == 1


def test_nothing_is_inaccessible_in_any_state(
    page: Page, bench: Bench, words: ComponentWords
) -> None:
    everything(bench, words)
    check_with_axe(page)
    page.locator("#myth").get_by_label("Agree", exact=True).check()
    page.locator("#fact").get_by_role("button", name="Prefer not to say").click()
    page.locator("#sure").get_by_label("7").check()
    page.locator("#recall").get_by_label("Once").check()
    page.locator("#recall").get_by_role("button", name="Keep my answer").click()
    check_with_axe(page)
    page.locator("#recall").get_by_role("button", name="Show").click()
    page.get_by_label("What is new?").fill("Call Mr Smith. " * 9)
    page.get_by_role("button", name="Start the timer").click()
    page.keyboard.press("Shift")
    expect(line(page, "fact")).to_contain_text("Not saved yet")
    expect(page.locator("#recall")).to_contain_text("Not quite")
    expect(page.locator("#learned")).to_contain_text("too long")
    expect(page.locator("#exit")).to_contain_text("2 more times")
    check_with_axe(page)
    page.locator("#recall").get_by_label("Again and again").check()
    page.get_by_label("What is new?").fill("Fine.")
    page.get_by_text("What this does").click()
    expect(page.locator("#recall .myths-verdict")).to_contain_text("Right")
    check_with_axe(page)


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_is_too_wide_or_too_small_to_touch(
    page: Page, bench: Bench, words: ComponentWords, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    everything(bench, words)
    page.get_by_label("What is new?").fill("Pneumono" * 14)
    page.locator("#myth").get_by_label("Agree", exact=True).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, summary, textarea")]
        .filter((node) => node.checkVisibility())
        .map((node) => [node.closest(".myths-scale[data-scale=row]") ? 24 : 44, node])
        .map(([least, node]) => [least, (node.closest("label") ?? node).getBoundingClientRect()])
        .filter(([least, { width, height }]) => width < least || height < 44).length"""
    )
    assert small == 0


def test_a_refused_answer_says_why_and_stays(page: Page, bench: Bench) -> None:
    reflection(bench, "refused")
    page.get_by_label("What is new?").fill("Hm")
    expect(line(page, "learned")).to_contain_text("This was refused.")
    page.clock.fast_forward(60_000)
    expect(page.get_by_label("What is new?")).to_have_value("Hm")
    assert len(sent(page, "learned")) == 1
    page.get_by_label("What is new?").fill("Better")
    expect(line(page, "learned")).to_contain_text("✓ Saved")


def test_a_preview_says_that_nothing_is_kept(page: Page, bench: Bench) -> None:
    rating(bench, "preview")
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("Nothing is kept here.")
    assert kept_in_browser(page) == 0


def test_a_long_text_is_told_near_the_limit_and_is_not_sent_beyond_it(
    page: Page, bench: Bench
) -> None:
    reflection(bench)
    box, rest = page.get_by_label("What is new?"), page.locator(".myths-rest")
    box.fill("x" * 10)
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    expect(rest).to_be_empty()
    box.fill("x" * 118 + "😀")
    expect(rest).to_have_text("You can write 1 more character.")
    box.fill("x" * 122)
    expect(rest).to_have_text("The text is 2 characters too long.")
    expect(line(page, "learned")).to_contain_text("Not saved, because the text is too long.")
    assert [len(answer["text"]) for answer in sent(page, "learned")] == [10, 119]
    expect(box).to_have_value("x" * 122)


POINTING = [
    "Write to anna@example.org",
    "Ring 0171 234 56 78 at noon",
    "Ring +49 30 1234567",
    "He lives in 12 Long Street",
    "Er wohnt in der Hauptstraße 12",
    "Sie wohnt in 10115 Berlin",
    "I spoke with Mr Smith",
    "I spoke with judge Novak",
    "Frau M. hat angerufen",
]
HARMLESS = [
    "Our Police Station talks to the Women's Shelter",
    "Die Polizei und das Frauenhaus reden miteinander",
    "In 2019-2020 we had 116 016 and Article 48(1)",
    "The judge said that 3 of 10 men came back",
]


def test_a_text_that_may_point_to_a_person_brings_a_calm_word(page: Page, bench: Bench) -> None:
    reflection(bench)
    box, told = page.get_by_label("What is new?"), page.locator(".myths-personal")
    for text in POINTING:
        box.fill(text)
        page.clock.fast_forward(1500)
        expect(told).to_contain_text("real person")
    for text in HARMLESS:
        box.fill(text)
        page.clock.fast_forward(1500)
        expect(told).to_be_empty()
    assert [answer["text"] for answer in sent(page, "learned")] == POINTING + HARMLESS


def test_each_change_of_state_is_told_to_the_page(page: Page, bench: Bench) -> None:
    reflection(bench, "failed")
    page.evaluate("document.addEventListener('myths:save', ({ detail }) => (window.last = detail))")
    page.get_by_label("What is new?").fill("Much")
    expect(line(page, "learned")).to_contain_text("Not saved yet")
    assert page.evaluate("window.last") == {"id": "learned", "state": "waiting"}
    page.clock.fast_forward(10_000)
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    assert page.evaluate("window.last") == {"id": "learned", "state": "saved"}


def test_the_timer_keeps_to_the_clock_while_the_tab_sleeps(page: Page, bench: Bench) -> None:
    bench("talk", "discussion", prompts=["What now?"], minutes=10, level=2)
    clock, said = page.get_by_role("timer"), page.locator("#talk .myths-said")
    expect(clock).to_have_text("10:00")
    page.get_by_role("button", name="Start the timer").click()
    expect(said).to_have_text("The time runs: 10 minutes.")
    page.clock.fast_forward("05:01")
    expect(said).to_contain_text("Half of the time is over.")
    page.get_by_role("button", name="Pause").click()
    shown = clock.inner_text()
    page.clock.fast_forward("03:00")
    expect(clock).to_have_text(shown)
    page.get_by_role("button", name="Go on").click()
    page.clock.fast_forward("04:00")
    expect(said).to_have_text("One minute left.")
    page.clock.fast_forward("30:00")
    expect(said).to_have_text("The time is over.")
    expect(clock).to_have_text("00:00")
    page.get_by_role("button", name="Start again").click()
    expect(clock).to_have_text("10:00")


def test_the_timer_goes_on_after_a_reload(page: Page, bench: Bench) -> None:
    def talk() -> None:
        bench("talk", "discussion", prompts=["What now?"], minutes=10, level=2)

    clock, said = page.get_by_role("timer"), page.locator("#talk .myths-said")
    talk()
    page.get_by_role("button", name="Start the timer").click()
    page.clock.fast_forward("02:00")
    page.reload()
    page.clock.fast_forward("01:00")
    talk()
    expect(clock).to_have_text(re.compile("0[67]:..$"))
    page.get_by_role("button", name="Pause").click()
    shown = clock.inner_text()
    page.reload()
    talk()
    expect(clock).to_have_text(shown)
    page.get_by_role("button", name="Go on").click()
    page.clock.fast_forward("20:00")
    expect(said).to_have_text("The time is over.")
    page.reload()
    talk()
    expect(clock).to_have_text("00:00")
    page.get_by_role("button", name="Start again").click()
    page.reload()
    talk()
    expect(clock).to_have_text("10:00")


def test_a_story_can_be_skipped_and_read_again(page: Page, bench: Bench) -> None:
    bench("case", "vignette", title="His phone", story="<p>He says.</p>", prompts=["Why?"], level=2)
    story = page.locator("#case .myths-story")
    expect(story).to_contain_text("He says.")
    page.get_by_role("button", name="Skip this story").click()
    expect(story).to_be_hidden()
    page.get_by_role("button", name="Read the story").click()
    expect(story).to_be_visible()
    expect(page.get_by_role("button", name="Skip this story")).to_be_visible()


def test_print_shows_the_scale_with_its_mark_and_the_text_whole(page: Page, bench: Bench) -> None:
    rating(bench)
    confidence(bench)
    recall(bench)
    reflection(bench)
    bench("empty", "reflection", label="And now?", hint="", limit=120, readers=["me"])
    page.get_by_label("Agree", exact=True).check()
    page.get_by_label("What is new?").fill("Two\nlines")
    page.emulate_media(media="print")
    expect(page.get_by_label("Agree", exact=True)).to_be_checked()
    assert page.get_by_role("radio").count() == 5 + 11 + 2
    expect(page.locator("#recall").get_by_label("Again and again")).to_be_visible()
    expect(page.locator("#sure").get_by_text("Prefer not to say")).to_be_visible()
    expect(page.get_by_label("Strongly disagree")).to_be_visible()
    expect(page.get_by_text("Your answer: Two\nlines")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_text(["Prefer not to say"])  # a box for a pen
    room = page.locator("#empty .myths-print")  # for a pen
    expect(room).to_be_empty()
    assert room.bounding_box()["height"] >= 100  # type: ignore[index]
