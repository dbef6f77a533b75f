"""The coding desk in a real browser, with the real coder behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from myths.evaluation import Coding
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.desk import CodingDesk
from playwright.sync_api import Locator, Page, Route, expect

from tests.evaluation.coding.coders import book, coder

ADDRESS = "http://page.test/"
HARNESS = Path(__file__).with_name("coding.html")

Shown = Callable[..., Coder]


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Shown:
    """Show a coder's desk; the text with `first` in it comes first."""

    def put(first: str = "weekend", *, name: str = "ada", codes: tuple[str, ...] = ()) -> Coder:
        if not (tmp_path / "codebook.yml").exists():
            book(tmp_path, *codes)
        who = coder(tmp_path, name)
        who.texts.sort(key=lambda text: first not in text.words)
        desk = CodingDesk(who)
        files = {"desk.js": desk._esm, "desk.css": desk._css, "": HARNESS.read_text("utf-8")}
        kinds = {"js": "text/javascript", "css": "text/css", "": "text/html"}

        def answer(route: Route) -> None:
            name = route.request.url.removeprefix(ADDRESS)
            kind = kinds[name.rpartition(".")[2]]
            route.fulfill(body=files[name], content_type=f"{kind}; charset=utf-8")

        page.route("**/*", answer)
        page.expose_function("python", desk.heard)
        page.expose_function(
            "traits",
            lambda: {
                "words": dict(desk.words),
                "codes": list(desk.codes),
                "questions": list(desk.questions),
            },
        )
        page.goto(ADDRESS)
        expect(status(page)).to_contain_text("Saved.")
        return who

    return put


def status(page: Page) -> Locator:
    return page.locator(".myths-state")


def words(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The text")


def code(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name, exact=False)


def given(who: Coder, place: int = 0) -> list[tuple[str, int | None, int | None]]:
    entry = who.entry(who.texts[place].id)
    return [(mark.code, mark.start, mark.end) for mark in entry.codes] if entry else []


def choose(page: Page, part: str) -> None:
    """Choose a passage as a mouse does, by the selection."""
    page.evaluate(
        """(part) => {
          const box = document.querySelector(".myths-words");
          const nodes = [...box.children].map((piece) => piece.firstChild);
          const node = nodes.find(({ data }) => data.includes(part));
          const at = node.data.indexOf(part);
          box.focus();
          getSelection().setBaseAndExtent(node, at, node, at + part.length);
        }""",
        part,
    )
    expect(page.locator(".myths-chosen")).to_contain_text(part)


def test_a_tick_is_saved_and_told(page: Page, show: Shown) -> None:
    who = show()
    code(page, "Gap").check()
    expect(status(page)).to_have_text("✓ Saved. Gap: given to this text.")
    expect(page.get_by_text("1 of 5 decided")).to_be_visible()
    assert given(who) == [("gap", None, None)]
    code(page, "Gap").uncheck()
    expect(status(page)).to_contain_text("Gap: taken away.")
    assert given(who) == []


def test_a_whole_sheet_can_be_coded_with_the_keys_alone(page: Page, show: Shown) -> None:
    who = show()
    page.keyboard.press("Tab")
    for key in "1n2n0n3p":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Text 3 of 5")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    expect(page.get_by_text("5 of 5 decided")).to_be_visible()
    assert [given(who, n)[:1] for n in range(5)] == [
        [("gap", None, None)],
        [("ask", None, None)],
        [],
        [("doubt", None, None)],
        [],
    ]
    page.keyboard.press("n")
    expect(status(page)).to_contain_text("There is no further text in this direction.")
    page.get_by_role("button", name="I have finished").focus()
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("You have finished.")
    expect(code(page, "Gap")).to_be_disabled()
    assert who.sheet.finished


def test_a_quick_key_is_about_the_next_text_before_that_is_shown(page: Page, show: Shown) -> None:
    who = show()
    page.evaluate(
        """() => {
          const python = window.python;
          window.python = async (step) => {
            await new Promise((go) => setTimeout(go, 200));
            return python(step);
          };
        }"""
    )
    choose(page, "weekend")
    for key in "1n0n2":
        page.keyboard.press(key)
    expect(page.get_by_text("3 of 5 decided")).to_be_visible()
    assert [given(who, n) for n in range(3)] == [[("gap", 4, 11)], [], [("ask", None, None)]]


def test_undo_and_redo_by_key_lead_to_the_text(page: Page, show: Shown) -> None:
    who = show()
    page.keyboard.press("Tab")
    for key in "1nu":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Text 1 of 5")).to_be_visible()
    expect(code(page, "Gap")).not_to_be_checked()
    page.keyboard.press("u")
    expect(status(page)).to_contain_text("There is nothing to undo.")
    page.keyboard.press("r")
    expect(code(page, "Gap")).to_be_checked()
    assert given(who) == [("gap", None, None)]


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


def test_a_memo_goes_to_its_own_text_even_in_haste(page: Page, show: Shown) -> None:
    who = show()
    page.keyboard.press("Tab")
    page.keyboard.press("m")
    page.keyboard.type("1 is not a code here, n neither\nsecond line")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Text 2 of 5")).to_be_visible()
    expect(page.get_by_label("Memo")).to_have_value("")
    first, second = (who.entry(text.id) for text in who.texts[:2])
    assert first is not None
    assert first.memo == "1 is not a code here, n neither\nsecond line"
    assert first.codes == ()
    assert second is None
    page.keyboard.press("p")
    expect(page.get_by_label("Memo")).to_have_value(first.memo)


def test_filters_show_only_what_fits(page: Page, show: Shown) -> None:
    show()
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="With these words")).to_be_focused()
    page.keyboard.type("DOUBT it")
    expect(page.get_by_text("Filter (1 of 5 shown)")).to_be_visible()
    expect(words(page)).to_have_text("I doubt it.")
    page.keyboard.type(" never")
    expect(status(page)).to_contain_text("No text fits this filter.")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Show", exact=True).select_option("undecided")
    expect(page.get_by_text("Filter (4 of 5 shown)")).to_be_visible()
    page.get_by_label("Show", exact=True).select_option("all")
    page.get_by_label("With the code").select_option("Gap")
    expect(words(page)).to_have_text("The weekend is our gap.")
    page.get_by_label("With the code").select_option("any code or none")
    page.get_by_label("Question").select_option("risk · reason")
    expect(page.get_by_text("Filter (3 of 5 shown)")).to_be_visible()


def test_a_step_that_was_refused_says_why_and_shows_what_stands(page: Page, show: Shown) -> None:
    who = show()
    code(page, "Gap").check()
    expect(status(page)).to_contain_text("Saved.")
    path = who.sheet.path
    path.write_text(path.read_text() + "not a line\n")
    code(page, "Ask").click()
    expect(status(page)).to_contain_text("! Not saved: ")
    expect(status(page)).to_contain_text("ada.jsonl:3: this line cannot be read")
    expect(code(page, "Ask")).not_to_be_checked()
    expect(code(page, "Gap")).to_be_checked()


def test_a_kernel_that_stopped_is_told(page: Page, show: Shown) -> None:
    page.clock.install()
    show()
    page.evaluate("window.isDead = true")
    code(page, "Gap").check()
    page.clock.fast_forward(6100)
    expect(status(page)).to_contain_text("Not saved: No answer from Python for six seconds.")


def test_the_others_are_shown_when_all_have_finished(page: Page, show: Shown, tmp_path) -> None:
    book(tmp_path)
    bea = coder(tmp_path, "bea")
    for text in bea.texts:
        bea.toggle(text.id, "ask")
    bea.finish()
    who = show()
    expect(page.get_by_text("What the others gave")).to_be_hidden()
    for text in who.texts:
        who.none(text.id)
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_text("bea: Ask")).to_be_visible()
    page.get_by_role("button", name="Go on coding").click()
    expect(status(page)).to_contain_text("these codes stand")


def test_an_older_decision_can_be_confirmed(page: Page, show: Shown, tmp_path) -> None:
    book(tmp_path, "gap")
    who = coder(tmp_path)
    for text in who.texts:
        who.toggle(text.id, "gap")
    Coding(tmp_path).add("new", name="New", definition="Came later.")
    again = show()
    page.get_by_role("button", name="The decision still stands").click()
    expect(status(page)).to_contain_text("The decision stands.")
    expect(page.get_by_role("button", name="The decision still stands")).to_be_hidden()
    assert not again.is_older(again.texts[0].id)
    assert again.is_older(again.texts[1].id)


@pytest.mark.parametrize("first", ["weekend", "Two lines", "نسأل"])
def test_axe_finds_nothing_in_any_state(first: str, page: Page, show: Shown) -> None:
    who = show(first)
    choose(page, who.texts[0].words.split("\n")[0][:6].strip())
    for details in page.locator("details").all():
        details.locator("summary").click()
    page.keyboard.press("1")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page)
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


def test_without_codes_a_sentence_stands_there(page: Page, tmp_path, show: Shown) -> None:
    (tmp_path / "codebook.yml").write_text("# nothing yet\n")
    show()
    expect(page.get_by_text("There is no code yet.")).to_be_visible()
