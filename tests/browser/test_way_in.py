"""How much somebody reads who goes straight from the link to the first rating."""

from __future__ import annotations

import sys

from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Running, agree, ready

MOST = 350  # words; 1,767 in the first edition
FRAME = ".top"  # on every page, and read once
SEEN = """([way, but]) => {
  const ways = [...document.querySelectorAll(way)];
  const last = ways.find((each) => each.checkVisibility());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!last.contains(node) && last.compareDocumentPosition(node) & 4) break;
    const parent = node.parentElement;
    if (parent.closest(`script, noscript, .skip, ${but}`) || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const place = range.getBoundingClientRect();
    if (place.width > 1 && place.right > 0 && place.bottom + scrollY > 0) texts.push(node.data);
  }
  return texts.join(" ");
}"""


def read(page: Page, way: str, *, but: str = "#nothing") -> list[str]:
    """The words that can be seen from the top to the `way` on, outside of `but`."""
    told = page.evaluate(SEEN, [way, but])
    return [word for word in told.split() if any(map(str.isalnum, word))]


def test_joining_and_start_take_few_words_before_the_first_rating(
    phone: BrowserContext, room: Running
):
    page = phone.new_page()
    page.goto(room.link)
    words = {"join": read(page, "form .button")}
    agree(page)
    page.locator("#recovery-code").wait_for()
    words["code"] = read(page, "form .button", but=FRAME)
    page.get_by_role("button", name="I have kept the code").click()
    ready(page)
    words["start"] = read(page, ".onward .on", but="#exit-here, .panel")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**/m/risk*")
    ready(page)
    statement = "fieldset legend"
    words["first module"] = read(page, statement, but=FRAME)
    counts = {name: len(each) for name, each in words.items()}
    sys.stderr.write(f"words to the first rating: {counts}, together {sum(counts.values())}\n")
    assert sum(counts.values()) <= MOST, "\n\n".join(" ".join(each) for each in words.values())
    assert all(counts.values())
