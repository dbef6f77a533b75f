"""The coding desk in a real browser: steps, keys, filters, what is said."""

from __future__ import annotations

from myths.evaluation import Coding
from playwright.sync_api import Page, expect

from tests.evaluation.coding.coders import book, coder
from tests.evaluation.coding.desk_page import Shown, choose, code, given, show, status, words

__all__ = ["show"]  # a fixture


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


def test_without_codes_a_sentence_stands_there(page: Page, tmp_path, show: Shown) -> None:
    (tmp_path / "codebook.yml").write_text("# nothing yet\n")
    show()
    expect(page.get_by_text("There is no code yet.")).to_be_visible()
