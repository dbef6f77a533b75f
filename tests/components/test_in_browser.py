"""The components in a real browser, with a model that answers as Python does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

Bench = Callable[..., None]

POINTS = [
    {"value": value, "label": label}
    for value, label in enumerate(
        ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"], start=1
    )
]
TEN = [{"value": value, "label": str(value)} for value in range(11)]
READERS = ["me", "group", "evaluation"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def rating(bench: Bench, *replies: str, name: str = "myth", **traits: object) -> None:
    state = {"statement": "It is risky.", "options": POINTS, "ends": [], **traits}
    bench(name, "rating", list(replies), **state)


def confidence(bench: Bench) -> None:
    ends = ["not at all sure", "completely sure"]
    bench("sure", "rating", statement="How sure are you?", options=TEN, ends=ends)


def recall(bench: Bench) -> None:
    options = [{"value": 1, "label": "Once"}, {"value": 2, "label": "Again and again"}]
    bench("recall", "recall", question="How often?", options=options, right=2, feedback={})


def reflection(bench: Bench, *replies: str, **traits: object) -> None:
    state = {"label": "What is new?", "hint": "", "limit": 120, "readers": READERS, **traits}
    bench("learned", "reflection", list(replies), **state)


def sent(page: Page, name: str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate("(name) => window.models[name].sent", name)
    return answers


def kept_in_browser(page: Page) -> int:
    count: int = page.evaluate("sessionStorage.length")
    return count


def line(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} .myths-state")


def check_with_axe(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def everything(bench: Bench) -> None:
    modules = [
        {"title": "Risk", "url": "/m/risk", "state": "done"},
        {"title": "Mediation", "url": "/m/mediation", "state": "here"},
        {"title": "Funding", "url": "/m/funding", "state": "open"},
    ]
    blocks = [
        {"kind": "note", "heading": "Note", "html": "<p>Skip what you like.</p>"},
        {"kind": "core", "heading": "The core", "html": "<p>It <em>can</em> help.</p>"},
        {"kind": "myth", "heading": "It is dangerous", "html": "<p>So some say.</p>"},
        {"kind": "misleads", "heading": "Why", "html": "<p>No risk is no option.</p>"},
        {"kind": "facts", "heading": "Facts", "items": [{"id": "r1", "html": "<p>One</p>"}]},
        {"kind": "takeaway", "html": "<p>It can.</p>"},
    ]
    rows = [{"statement": "It is risky.", "before": 4, "after": 2}]
    bench("exit", "quickexit", url="http://weather.test/", leave_url="")
    bench("progress", "progress", modules=modules, sections=[{"title": "Top", "url": "#x"}])
    bench("saved", "saved")
    rating(bench)
    rating(bench, "failed", "lost", name="fact")
    confidence(bench)
    recall(bench)
    reflection(bench)
    bench("reading", "reading", blocks=blocks)
    bench("case", "vignette", title="His phone", html="<p>He says.</p>", prompts=["Why?"], level=2)
    bench("talk", "discussion", prompts=["What now?"], minutes=10, level=2)
    bench("change", "change", rows=rows, options=POINTS)
    bench("nothing", "change", rows=[], options=POINTS)


def test_nothing_is_inaccessible_in_any_state(page: Page, bench: Bench) -> None:
    everything(bench)
    check_with_axe(page)
    page.locator("#myth").get_by_label("Agree", exact=True).check()
    page.locator("#fact").get_by_label("Prefer not to say").check()
    page.locator("#sure").get_by_label("7").check()
    page.locator("#recall").get_by_label("Once").check()
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
def test_nothing_is_too_wide_or_too_small_to_touch(page: Page, bench: Bench, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    everything(bench)
    page.get_by_label("What is new?").fill("Pneumono" * 14)
    page.locator("#myth").get_by_label("Agree", exact=True).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, summary, textarea")]
        .filter((node) => node.checkVisibility())
        .map((node) => (node.closest("label") ?? node).getBoundingClientRect())
        .filter(({ width, height }) => width < 44 || height < 44).length"""
    )
    assert small == 0


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
    rating(bench, given={"value": 3, "text": None, "declined": False})
    clear = page.get_by_role("button", name="Clear my answer")
    expect(page.get_by_label("Neither")).to_be_checked()
    clear.focus()
    page.keyboard.press("Enter")
    expect(clear).to_be_hidden()
    expect(page.get_by_label("Strongly disagree")).to_be_focused()
    assert page.locator("input:checked").count() == 0
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert sent(page, "myth")[0]["value"] is None
    assert sent(page, "myth")[0]["declined"] is False


def test_preferring_not_to_say_is_one_of_the_radios(page: Page, bench: Bench) -> None:
    rating(bench, given={"value": 3, "text": None, "declined": False})
    group = page.get_by_role("group", name="It is risky.")
    group.get_by_role("radio", name="Prefer not to say").check()
    expect(page.locator("input:checked")).to_have_count(1)
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert (sent(page, "myth")[0]["declined"], sent(page, "myth")[0]["value"]) == (True, None)


def test_the_ends_of_the_row_are_spoken(page: Page, bench: Bench) -> None:
    confidence(bench)
    expect(page.get_by_role("radio", name="0 not at all sure")).to_be_visible()
    expect(page.get_by_role("radio", name="10 completely sure")).to_be_visible()
    assert page.get_by_role("radio").count() == 12


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
    reflection(bench, given={"text": "Older words", "reader": "me"})
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
    bench("saved", "saved")
    rating(bench, "preview")
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("Nothing is kept here.")
    expect(page.locator("#saved")).to_contain_text("Nothing is kept here.")
    assert kept_in_browser(page) == 0


def test_feedback_comes_only_after_choosing_and_one_may_try_again(page: Page, bench: Bench) -> None:
    recall(bench)
    region = page.locator("#recall .myths-feedback")
    expect(region).to_be_empty()
    assert region.get_attribute("role") == "status"
    page.get_by_label("Once").check()
    expect(region).to_contain_text("Not quite")
    page.get_by_label("Again and again").check()
    expect(region).to_contain_text("Right")
    page.get_by_role("button", name="Clear my answer").click()
    expect(region).to_be_empty()


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


def test_the_page_sums_up_what_is_saved_and_answered(page: Page, bench: Bench) -> None:
    modules = [{"title": "Risk", "url": "/m/risk", "state": "here"}]
    bench("progress", "progress", modules=modules, sections=[])
    bench("saved", "saved")
    rating(bench)
    reflection(bench, "failed", "lost")
    page.evaluate("document.addEventListener('myths:save', ({ detail }) => (window.last = detail))")
    expect(page.locator("#progress")).to_contain_text("0 of 2 answered here")
    page.get_by_label("Agree", exact=True).check()
    page.get_by_label("What is new?").fill("Much")
    expect(page.locator("#progress")).to_contain_text("2 of 2 answered here")
    expect(page.locator("#saved").get_by_role("status")).to_have_text("1 answer not saved yet")
    page.get_by_label("What is new?").fill("More")
    page.clock.fast_forward(10_000)
    page.clock.fast_forward(10_000)
    expect(page.locator("#saved").get_by_role("status")).to_have_text("All answers saved")
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


def test_before_and_after_stand_side_by_side_and_follow_the_rows(page: Page, bench: Bench) -> None:
    bench("change", "change", rows=[], options=POINTS)
    expect(page.locator("#change")).to_contain_text("nothing to show yet")
    rows = [{"statement": "It is risky.", "before": 4, "after": "declined"}]
    page.evaluate("(rows) => window.models.change.set('rows', rows)", rows)
    table = page.get_by_role("table", name="It is risky.")
    assert table.get_by_role("cell").all_inner_texts() == ["Agree", "Prefer not to say"]


def test_print_shows_answers_as_text(page: Page, bench: Bench) -> None:
    rating(bench)
    reflection(bench)
    page.get_by_label("Agree", exact=True).check()
    page.get_by_label("What is new?").fill("Two\nlines")
    page.emulate_media(media="print")
    expect(page.get_by_text("Your answer: Agree")).to_be_visible()
    expect(page.get_by_text("Your answer: Two")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_hidden()
    expect(page.get_by_role("textbox")).to_be_hidden()


def leave(bench: Bench, **traits: object) -> None:
    bench("exit", "quickexit", url="http://weather.test/", leave_url="", **traits)


def test_three_presses_of_shift_leave_at_once_and_keep_nothing(page: Page, bench: Bench) -> None:
    leave(bench)
    reflection(bench, "lost")
    page.get_by_label("What is new?").fill("A secret")
    assert kept_in_browser(page) == 1
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it once more to leave.")
    page.keyboard.press("Shift")
    page.wait_for_url("http://weather.test/")
    page.goto("http://page.test/")
    assert kept_in_browser(page) == 0


def test_shift_as_part_of_writing_does_not_leave(page: Page, bench: Bench) -> None:
    leave(bench)
    reflection(bench)
    page.get_by_label("What is new?").focus()
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("b")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")
    assert page.url == "http://page.test/"


def test_presses_of_shift_are_forgotten_after_five_seconds(page: Page, bench: Bench) -> None:
    leave(bench)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(5100)
    expect(page.locator("#exit")).to_contain_text("You are still on this page.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")


def test_the_exit_blanks_the_page_and_tells_the_server(page: Page, bench: Bench) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.evaluate(
        """() => {
          const shown = () => getComputedStyle(document.documentElement).display;
          navigator.sendBeacon = (url, body) => console.log(url, `${body}`, shown());
        }"""
    )
    bench("exit", "quickexit", url="http://weather.test/", leave_url="/leave", xsrf="x1")
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url("http://weather.test/")
    assert told == ["/leave _xsrf=x1 none"]


def test_a_trainers_preview_stays_where_it_is(page: Page, bench: Bench) -> None:
    leave(bench, preview=True)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("In the workshop this leaves the page at once.")
    assert page.url == "http://page.test/"
