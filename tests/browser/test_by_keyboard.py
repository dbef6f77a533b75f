"""A participant who has only a keyboard goes through the whole workshop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import myths
import pandas as pd
import pytest
from myths import catalog
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, all_saved, at_step, exit_ready, ready

MODULES = catalog.load().series.modules
LEAVING = "Finish and clear this visit?"
SAYS = catalog.load().ui
LOST = SAYS.page.connection_lost
STEPS = ["view", "facts", "check", "story", "write", "again"]
EVERY = {"view": 5, "check": 1, "write": 2, "again": 6}  # questions of a module
SENTENCE = "I ask what it is compared with."
MOST_STOPS = 200  # presses of Tab on one page

# What a sighted person sees of the element that has the focus: its ring, or that of the label
# which stands for a hidden control, and whether the bar at the top or the window's edge hides it.
# It looks once the page is at rest: what grows above keeps its place only when a frame is drawn.
LOOK = """async () => {
  const el = document.activeElement, bar = document.querySelector(".top");
  const style = getComputedStyle(el);
  let box, before, looks = 0;
  do {
    before = el.getBoundingClientRect().top;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    box = el.getBoundingClientRect();
  } while (box.top !== before || (box.top >= innerHeight && ++looks < 20));
  const covers = (each) => {
    const over = each.getBoundingClientRect();
    return box.top < over.bottom && box.bottom > over.top;
  };
  const inBar = bar.contains(el) || el.matches(".skip");
  return {
    name: el.getAttribute("aria-label") ?? el.labels?.[0]?.innerText ?? el.innerText,
    kind: el.type ?? el.localName,
    item: el.closest("[data-myths-item]")?.dataset.mythsItem ?? "",
    end: el === document.body,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    hidden: !inBar && covers(bar),
    below: box.top >= innerHeight,
    size: box.width * box.height,
  };
}"""


@dataclass(frozen=True)
class Keyboard:
    """The keys, and what the eye that follows the focus sees."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def look(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return seen

    def step(self, key: str = "Tab") -> dict[str, Any]:
        """Go on to the next stop; its focus must be seen."""
        self.press(key)
        seen = self.look()
        if not seen["end"]:
            assert seen["ring"], f"no focus ring: {seen}"
            assert not seen["hidden"], f"under the bar: {seen}"
            assert not seen["below"], f"out of the window: {seen}"
            assert seen["size"] > 0, f"nothing to see: {seen}"
        return seen

    def to(self, name: str, *, kind: str = "", key: str = "Tab") -> None:
        """Go to the next control of that name."""
        for _ in range(MOST_STOPS):
            seen = self.step(key)
            if not seen["end"] and name in seen["name"] and kind in seen["kind"]:
                return
        raise AssertionError(f"{name} cannot be reached with {key}")

    def stops(self, key: str = "Tab") -> list[dict[str, Any]]:
        """Go through all that is left of the page, in the one direction or the other."""
        found = []
        for _ in range(MOST_STOPS):
            seen = self.step(key)
            if seen["end"]:
                return found
            found.append(seen)
        raise AssertionError(f"{key} never leaves the page")


def answer(keys: Keyboard, *, wanted: int, items: tuple[str, ...] = ()) -> list[str]:
    """Answer the questions that come, with arrows and letters; the first ones, or `wanted`.

    Returns them as "module.item.phase".
    """
    answered: list[str] = []
    while len(answered) < wanted:
        seen = keys.step()
        assert not seen["end"], f"only {answered} came"
        if not seen["item"] or seen["item"] in answered:
            continue
        if seen["kind"] == "radio":
            keys.press("ArrowDown", "ArrowDown", "ArrowUp")
        elif seen["kind"] == "textarea":
            keys.page.keyboard.type(SENTENCE)
            keys.step()  # to who can read it, where the evaluation comes last
            keys.press("ArrowDown", "ArrowDown")
        else:
            continue
        answered.append(seen["item"])
    return answered


def go_in(keys: Keyboard, room: Running) -> None:
    """The first page and the page with the recovery code."""
    page = keys.page
    page.goto(room.url("/"))
    exit_ready(page)
    keys.to("Skip to the content")
    keys.press("Enter")
    keys.to("Workshop code")
    page.keyboard.type(room.code)
    keys.press("Enter")
    page.get_by_role("button", name="Join the workshop").wait_for()
    keys.to("", kind="checkbox")
    keys.press("Space")
    keys.to("", kind="radio")
    keys.press("ArrowDown")
    expect(page.get_by_role("radio", name="No")).to_be_checked()
    keys.press("ArrowUp")
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    keys.to("Join the workshop")
    keys.to("", kind="checkbox", key="Shift+Tab")
    expect(page.get_by_role("checkbox")).to_be_checked()
    keys.to("Join the workshop")
    keys.press("Enter")
    page.locator("#recovery-code").wait_for(timeout=PATIENCE)
    exit_ready(page)
    keys.to("Copy")
    keys.press("Enter")
    expect(page.locator("#copy-status")).not_to_be_empty()
    keys.to("I have kept the code")
    keys.press("Enter")
    ready(page)


def skip_to_the_content(keys: Keyboard) -> None:
    """The first press on a page leads past the header."""
    keys.to("Skip to the content")
    keys.press("Enter")
    assert keys.page.evaluate("document.activeElement.id") == "main"
    bar = "document.querySelector('.top').getBoundingClientRect().bottom"
    top = "document.querySelector('h1').getBoundingClientRect().top"
    assert keys.page.evaluate(f"{top} >= {bar}")


def go_back_and_forth(keys: Keyboard) -> None:
    """Through all steps on one page in both directions, also while it tells of the connection."""
    from_menu(keys, SAYS.steps.whole)
    at_first_heading(keys)
    expect(keys.page.locator(".step:visible")).to_have_count(6)
    keys.stops()
    back = keys.stops("Shift+Tab")
    keys.page.evaluate("(says) => (document.querySelector('#status').textContent = says)", LOST)
    forth = keys.stops()
    assert len(forth) == len(back)
    keys.stops("Shift+Tab")
    keys.page.evaluate("document.querySelector('#status').textContent = ''")
    from_menu(keys, SAYS.steps.by_step)
    at_first_heading(keys)
    at_step(keys.page, "view")


def at_first_heading(keys: Keyboard) -> None:
    """The page brings the focus along; who goes on before it has come would lose their place."""
    expect(keys.page.locator("main h1:focus, .step-title:focus")).to_have_count(1)


def from_menu(keys: Keyboard, name: str) -> None:
    """Open the menu, and take one of its ways."""
    keys.to(f"{SAYS.steps.menu}.")
    keys.press("Enter")
    keys.to(name)
    keys.press("Enter")


def go_on(keys: Keyboard) -> None:
    """Take the link to the next step; its heading then has the focus."""
    keys.to("Continue: ")
    step = keys.page.evaluate("document.activeElement.hash.slice(1)")
    keys.press("Enter")
    at_step(keys.page, step)
    expect(keys.page.locator(f"#{step} .step-title")).to_be_focused()


def walk_through(keys: Keyboard, wanted: dict[str, int]) -> list[str]:
    """Go through the steps of a module, and answer so many questions of each."""
    asked = answer(keys, wanted=wanted.get("view", 0))
    for step in STEPS[1:]:
        go_on(keys)
        at_step(keys.page, step)
        asked += answer(keys, wanted=wanted.get(step, 0))
    return asked


@pytest.fixture(scope="module", params=[2, pytest.param(len(MODULES), marks=pytest.mark.soak)])
def modules(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The modules of the workshop; one that is gone through in each test run has two."""
    return MODULES[: request.param]


@pytest.fixture(scope="module")
def meeting(room: Running, modules: tuple[str, ...]) -> Running:
    return room.another_workshop(modules)


@pytest.fixture(scope="module")
def walked(browser: Browser, meeting: Running, modules: tuple[str, ...]) -> list[str]:
    """One walk from the first page to the closing page; the questions answered."""
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    keys = Keyboard(context.new_page())
    asked: list[str] = []
    go_in(keys, meeting)
    for slug in modules:
        keys.to("Next: ")
        keys.press("Enter")
        ready(keys.page)
        assert keys.page.url.endswith(f"/m/{slug}")
        exit_ready(keys.page)
        skip_to_the_content(keys)
        if slug == "risk":
            go_back_and_forth(keys)
        asked += walk_through(keys, EVERY if slug == "risk" else {"view": 2})
        all_saved(keys.page)
    keys.to("Next: ")
    keys.press("Enter")
    ready(keys.page)
    assert keys.page.url.endswith("/m/closing")
    go_on(keys)
    asked += answer(keys, wanted=1)
    all_saved(keys.page)
    keys.stops()
    from_menu(keys, "Finish and clear")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(LEAVING)
    exit_ready(keys.page)
    keys.to("Finish and clear")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("You have left the workshop")
    context.close()
    return asked


def test_somebody_goes_through_a_workshop_by_keyboard_alone(
    walked: list[str], modules: tuple[str, ...]
):
    assert len(walked) == 14 + (len(modules) - 1) * 2 + 1
    assert {name.partition(".")[0] for name in walked} == {*modules, "closing"}


@pytest.fixture(scope="module")
def answers(walked: list[str], meeting: Running) -> pd.DataFrame:
    return myths.answers(db=meeting.db, workshop=meeting.code)


def test_what_was_answered_by_keyboard_is_in_the_table(walked: list[str], answers: pd.DataFrame):
    keys = answers.module.astype(str) + "." + answers.item.astype(str)
    assert sorted(keys + "." + answers.phase.astype(str)) == sorted(walked)
    assert set(answers[answers.kind == "rating"].value) == {2}
    assert set(answers.text.dropna()) == {SENTENCE}
