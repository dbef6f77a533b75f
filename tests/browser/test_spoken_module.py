"""What a screen reader has of a whole module, in its order, with what is said as one answers.

It is kept in a file beside this one, to be read whenever it changes: set `ANEW` to write it again.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, ready
from tests.components.test_spoken_in_browser import LISTEN

KEPT = Path(__file__).with_name("risk.spoken.yml")
ANEW = "MYTHS_SPOKEN_ANEW"


def heard(page: Page) -> str:
    """What was said since the last time: a receipt, and what it changes, in either order."""
    said: list[str] = page.evaluate("window.heard.splice(0)")
    late = "Saving…"  # said only where it takes long
    return "\n".join(f"- said: {each}" for each in sorted({*said} - {late}))


def walked(page: Page) -> str:
    """The words of each step, and what is heard when somebody rates and goes on."""
    told = ["# the frame", page.locator("header").aria_snapshot()]
    page.evaluate(LISTEN)
    onward = page.locator(".onward .on:visible")
    while True:
        told += [f"# {page.url.rpartition('/')[2]}", page.locator("main").aria_snapshot()]
        rating = page.locator(".myths-rating:visible").first
        if rating.count():
            rating.get_by_role("radio").nth(1).check()
            expect(rating.locator(".myths-state")).to_contain_text("✓ Saved")
            page.wait_for_timeout(300)
            told += ["# when one rates", heard(page)]
        if "Next" in onward.inner_text():
            return "\n".join(told) + "\n"
        onward.click()
        expect(page.locator("main :focus")).to_have_count(1)
        focus = page.evaluate("document.activeElement.textContent")
        told += ["# when one goes on", f"- focus: {focus}"]


def test_a_module_is_spoken_in_this_order(inside: BrowserContext, room: Running) -> None:
    page = inside.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    told = walked(page)
    page.close()
    if os.environ.get(ANEW):
        KEPT.write_text(told, encoding="utf-8")
    assert told == KEPT.read_text(encoding="utf-8")
