"""What a screen reader is told: each thing once, in regions that were there before."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.components.acting import Bench, line, rating, recall, reflection

LISTEN = """() => {
  window.heard = [];
  const LIVE = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(LIVE);
      if (region?.textContent) window.heard.push(region.textContent);
      for (const node of addedNodes) {
        const own = node.nodeType === 1 && [node, ...node.querySelectorAll("*")];
        for (const each of own || []) if (each.matches(LIVE) && each.textContent) {
          window.heard.push(`born full: ${each.textContent}`);
        }
      }
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def heard(page: Page) -> list[str]:
    page.clock.fast_forward(5000)
    said: list[str] = page.evaluate("window.heard")
    return list(said)


def test_every_rating_is_told_once(page: Page, bench: Bench) -> None:
    page.evaluate(LISTEN)
    rating(bench)
    page.get_by_label("Agree", exact=True).check()
    expect(line(page, "myth")).to_contain_text("✓ Saved")
    assert heard(page) == ["Saved"]


def test_a_page_that_opens_with_answers_says_nothing_of_them(page: Page, bench: Bench) -> None:
    page.evaluate(LISTEN)
    rating(bench, known={"value": 3, "key": "x"})
    reflection(bench, known={"text": "Much", "reader": "me", "key": "y"})
    expect(line(page, "learned")).to_contain_text("✓ Saved")
    assert heard(page) == []


def test_feedback_is_told_once(page: Page, bench: Bench) -> None:
    page.evaluate(LISTEN)
    recall(bench)
    page.get_by_label("Again and again").check()
    saved = page.locator("#recall .myths-foot .myths-state")
    expect(saved).to_contain_text("✓ Saved")
    assert heard(page) == ["Saved"]
    page.get_by_role("button", name="Keep my answer").click()
    expect(page.locator("#recall .myths-feedback")).to_contain_text("is kept")
    kept = heard(page)[1:]
    assert len([each for each in kept if "is kept" in each]) == 1, kept
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#recall .myths-feedback")).to_contain_text("Right")
    shown = heard(page)[1 + len(kept) :]
    assert len([each for each in shown if "Right" in each]) == 1, shown
    assert not [each for each in [*kept, *shown] if "born full" in each]


def test_a_page_that_opens_with_a_kept_answer_says_nothing_of_it(page: Page, bench: Bench) -> None:
    page.evaluate(LISTEN)
    recall(bench, known={"value": 1, "key": "x"}, first_known={"value": 1, "key": "y"})
    expect(page.get_by_role("button", name="Show")).to_be_visible()
    assert heard(page) == []


def test_what_a_block_is_belongs_to_its_heading(page: Page, bench: Bench) -> None:
    blocks = [
        {"kind": "myth", "html": "<p>So some say.</p>"},
        {"kind": "takeaway", "html": "<p>It can.</p>"},
    ]
    bench("reading", "reading", blocks=blocks)
    bench("case", "vignette", title="His phone", story="<p>He says.</p>", prompts=[], level=2)
    names = ["Common belief", "To remember", "Fictional His phone"]
    for name in names:
        expect(page.get_by_role("heading", name=name, exact=True, level=2)).to_be_visible()
