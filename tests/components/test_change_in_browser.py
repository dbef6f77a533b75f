"""One's change in a real browser: told once, drawn once, mirrored, and to take along."""

from __future__ import annotations

from typing import Any

import pytest
from myths.catalog import ComponentWords
from myths.components import Change, Plans
from playwright.sync_api import Page, expect

from tests.axe import by_axe
from tests.components.acting import POINTS, Bench

MYTH = {"statement": "It is risky.", "better": -1, "remark": "Watch out.", "fact": "r1"}
FACT = {"statement": "It can help.", "better": 1}
SAID = "You moved two steps towards the fact."
HEARD = """() => {
  window.heard = [];
  const added = (found) => found.flatMap((each) => [...each.addedNodes]);
  new MutationObserver((found) => {
    for (const node of added(found)) {
      const region = node.parentElement?.closest("[role=status]");
      if (region) window.heard.push(region.textContent);
      if (node.querySelector?.("[role=status]")) window.heard.push("a new region");
    }
  }).observe(document.body, { childList: true, subtree: true });
}"""


def rows(*pairs: tuple[Any, Any]) -> list[dict[str, Any]]:
    return [
        {**row, "number": 1, "before": before, "after": after}
        for row, (before, after) in zip((MYTH, FACT), pairs, strict=True)
    ]


@pytest.fixture
def cards(bench: Bench, words: ComponentWords) -> Change:
    """Two statements on the page, of which one has been rated once."""
    view = Change(rows((4, None), (2, None)), POINTS, words=words)
    bench("change", "change", html=view.markup())
    return view


def answer(page: Page, view: Change, *pairs: tuple[Any, Any]) -> None:
    view.rows = rows(*pairs)
    page.evaluate("(html) => window.models.change.set('html', html)", view.markup())


def test_a_card_comes_with_the_second_rating_and_is_told_once(
    page: Page, cards: Change, words: ComponentWords
) -> None:
    shown = page.locator("#change")
    expect(shown).to_have_text(words.change.nothing)
    page.evaluate(HEARD)
    answer(page, cards, (4, 2), (2, None))
    expect(shown.get_by_role("heading")).to_have_text(["It is risky."])
    expect(shown.get_by_role("status")).to_have_text([SAID, ""])
    expect(shown).not_to_contain_text(words.change.nothing)
    answer(page, cards, (4, 2), (2, 2))
    answer(page, cards, (4, 2), (2, 2))
    assert page.evaluate("window.heard") == [SAID, words.change.stayed]
    answer(page, cards, (4, None), (2, None))
    expect(shown).to_have_text(words.change.nothing)


def test_the_arc_is_drawn_once_and_not_for_who_wants_no_motion(page: Page, cards: Change) -> None:
    def moves(*pairs: tuple[Any, Any]) -> str:
        """Answer, and tell by which animation the arc comes."""
        cards.rows = rows(*pairs)
        told = page.evaluate(
            """(html) => {
              window.models.change.set("html", html);
              return getComputedStyle(document.querySelector(".myths-arc")).animation;
            }""",
            cards.markup(),
        )
        return str(told)

    assert "myths-arc" in moves((4, 2), (2, None))
    assert "0.4s" in moves((4, 1), (2, None))
    expect(page.locator("[data-new]")).to_have_count(0)
    assert "myths-arc" not in moves((4, 1), (2, 2))
    page.emulate_media(reduced_motion="reduce")
    assert "myths-arc" not in moves((4, 3), (2, 2))
    expect(page.locator(".myths-arc").first).to_be_visible()


def test_the_line_is_mirrored_from_right_to_left_and_its_words_are_not(
    page: Page, cards: Change
) -> None:
    answer(page, cards, (4, 2), (2, None))

    def places() -> list[float]:
        parts = (".myths-line .myths-was", ".myths-line .myths-mark", ".myths-towards")
        boxes = [page.locator(part).first.bounding_box() for part in parts]
        return [box["x"] + box["width"] / 2 for box in boxes if box]

    was, mark, towards = places()
    assert towards < mark < was
    page.evaluate("document.documentElement.dir = 'rtl'")
    was, mark, towards = places()
    assert was < mark < towards
    turned = "(text) => text.getScreenCTM().a"
    assert page.locator(".myths-line text").evaluate(turned) > 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_cards_are_accessible_and_fit(page: Page, cards: Change, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    around = "<h2>What do you think now?</h2><p id='fact-r1'>A fact.</p>"
    page.locator("h1").evaluate("(h1, html) => h1.insertAdjacentHTML('afterend', html)", around)
    answer(page, cards, (5, 1), ("declined", 4))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = by_axe(page)
        assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name="Fact 1").click()
    assert page.url.endswith("#fact-r1")


def test_changes_and_plans_are_copied_and_printed_together(
    page: Page, bench: Bench, words: ComponentWords
) -> None:
    change = Change(rows((4, 2), (2, 3)), POINTS, words=words, title="Risk")
    plan = {"title": "Risk", "parts": [{"label": "If", "text": "he stops"}]}
    plans = Plans([plan], words=words, tools=True)
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: "
        "{ writeText: async (text) => { window.copied = text; } } })"
    )
    page.evaluate("window.print = () => { window.isPrinting = true; }")
    bench("change", "change", html=change.markup())
    bench("plans", "plans", html=plans.markup())
    page.get_by_role("button", name=words.plans.copy_button).click()
    expect(page.locator("#plans").get_by_role("status")).to_have_text(words.plans.copied)
    copied = page.evaluate("window.copied")
    assert SAID in copied
    assert copied.index("It can help.") < copied.index("he stops")
    page.get_by_role("button", name=words.plans.print).click()
    assert page.evaluate("window.isPrinting")
    page.emulate_media(media="print")
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(page.get_by_text("he stops")).to_be_visible()
    expect(page.get_by_role("heading", name="Components")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", name="Components")).to_be_visible()
