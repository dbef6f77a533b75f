"""Every page in every state, looked at by axe: light, dark, high contrast, narrow and wide."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.axe import RULES, by_axe
from tests.browser.conftest import (
    PHONE,
    Running,
    agree,
    all_saved,
    by,
    enter,
    exit_ready,
    go_to,
    open_menu,
    ready,
    serving,
    whole,
)
from tests.browser.mixed import UNKNOWN
from tests.browser.way import Way
from tests.server.conftest import ROOT

SERIES = catalog.load().series
SAYS = catalog.load().ui
LOOKS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active", "reduced_motion": "reduce"},
    {"color_scheme": "dark", "forced_colors": "active"},
]
WIDTHS = [320, 390, 1280]
TELLING = re.compile(r"violen|perpetrat|myth|abus|victim|surviv|risk|harm", re.IGNORECASE)

STRUCTURE = """() => {
  const moving = document.getAnimations().filter(({ playState }) => playState === "running");
  return {
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
      .filter((heading) => heading.checkVisibility()).map(({ localName }) => Number(localName[1])),
    lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title,
    mains: document.querySelectorAll("main").length,
    assets: performance.getEntriesByType("resource").map(({ name }) => name),
    moving: moving.length,
  };
}"""
OVERFLOW = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((el) => el.getBoundingClientRect().right > innerWidth)
    .map((el) => el.outerHTML.slice(0, 200))"""


def looked_at(page: Page, *, everything: bool = False) -> None:
    """Run axe in two looks, or in all four; check the structure and the reflow."""
    structure = page.evaluate(STRUCTURE)
    levels = structure["headings"]
    assert levels.count(1) == 1, levels
    assert levels[0] == 1, levels
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    assert (structure["lang"], structure["dir"], structure["mains"]) == ("en", "ltr", 1)
    assert not TELLING.search(structure["title"]), structure["title"]
    assert not [name for name in structure["assets"] if TELLING.search(name.split("/assets/")[-1])]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(OVERFLOW) == []
    page.set_viewport_size(PHONE)
    for look in LOOKS if everything else LOOKS[:2]:
        page.emulate_media(**{"forced_colors": "none", "reduced_motion": "no-preference"} | look)
        # With forced colours axe takes a colour that is not the one painted: the system chooses it.
        rules = {"color-contrast": {"enabled": "forced_colors" not in look}}
        found = by_axe(page, runOnly=RULES, rules=rules)
        assert found.violations_count == 0, f"{look}: {found.generate_report()}"
    assert page.evaluate(STRUCTURE)["moving"] == 0  # once an arc is drawn, nothing moves


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def test_the_way_in_and_out_is_accessible(page: Page, room: Running):
    page.goto(room.link)
    exit_ready(page)
    looked_at(page, everything=True)
    page.get_by_role("button", name="Join the workshop").click()
    expect(page.get_by_text(SAYS.errors.no_agreement)).to_be_visible()
    assert page.title().startswith(SAYS.join.problem)
    assert page.evaluate("document.activeElement.name") == "agree"
    looked_at(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Join the workshop").click()
    expect(page.get_by_text(SAYS.errors.no_choice)).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "contributes"
    looked_at(page)
    page.get_by_role("link", name=SAYS.privacy.link).click()
    page.get_by_role("heading", name=SAYS.privacy.heading, exact=True).wait_for()
    looked_at(page, everything=True)
    page.goto(room.url("/"))
    looked_at(page)
    page.get_by_label("Workshop code").fill("ABSENT")
    page.get_by_role("button", name=SAYS.join.next).click()
    expect(page.get_by_text("No workshop has the code ABSENT")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "code"
    looked_at(page)
    page.get_by_label("Recovery code").fill("K7QF")
    page.get_by_role("button", name="Come back", exact=True).click()
    expect(page.get_by_text(SAYS.errors.length.format(right=12, typed=4))).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # what is half under the bar now is no small target
    looked_at(page)
    page.get_by_label("Workshop code").fill(room.code)
    page.get_by_role("button", name=SAYS.join.next).click()
    for summary in page.locator("summary").all():
        summary.click()
    looked_at(page)
    agree(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#copy-status")).not_to_be_empty()
    looked_at(page, everything=True)
    page.goto(room.url("/"))
    expect(page.get_by_text(SAYS.join.already)).to_be_visible()
    looked_at(page)
    page.goto(room.url("/withdraw"))
    page.get_by_role("button", name=SAYS.withdraw.button).click()
    expect(page.get_by_text(SAYS.withdraw.not_sure)).to_be_visible()
    looked_at(page, everything=True)
    page.goto(room.url("/"))
    page.goto(room.url("/code"))
    page.get_by_role("button", name=SAYS.code.go_on).click()
    page.goto(room.url("/leave"))
    expect(page.get_by_text(SAYS.leave.body)).to_be_visible()
    looked_at(page, everything=True)
    page.goto(room.url("/code"))
    expect(page.get_by_text(SAYS.code.kept)).to_be_visible()
    looked_at(page, everything=True)
    page.goto(room.url("/leave"))
    page.get_by_role("button", name=SAYS.leave.button).click()
    expect(page.get_by_text(SAYS.left.body)).to_be_visible()
    looked_at(page, everything=True)
    page.goto(room.url("/nothing"))
    expect(page.get_by_text(SAYS.errors.not_found)).to_be_visible()
    looked_at(page, everything=True)


PAGES = [SERIES.pages[0], *SERIES.modules, "closing"]


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_is_accessible_before_anything_is_answered(
    inside: BrowserContext, room: Running, slug: str
):
    page = inside.new_page()
    whole(page, room, slug)
    looked_at(page, everything=slug in ("mediation", "closing"))
    page.close()


@pytest.mark.parametrize("slug", ["risk", "closing"])
def test_each_step_is_accessible_and_so_is_the_menu_over_it(
    inside: BrowserContext, room: Running, slug: str
):
    page = inside.new_page()
    page.goto(room.url(f"/m/{slug}"))
    ready(page)
    steps = [str(step.get_attribute("id")) for step in page.locator(".step").all()]
    for step in steps:
        go_to(page, step)
        nothing_found(page, step)
    open_menu(page)
    for summary in page.locator("#menu .panel summary").all():
        summary.click()
    nothing_found(page, "menu")
    page.close()


def nothing_found(page: Page, where: str, *, height: int = 844) -> None:
    """Run axe on a phone and a wide screen, in light and dark.

    With a `height` at which nothing scrolls, nothing is half below a bar that stays in sight.
    """
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": height})
        for look in LOOKS[:2]:
            page.emulate_media(**look)
            found = by_axe(page, runOnly=RULES)
            assert found.violations_count == 0, f"{where} {width} {look}: {found.generate_report()}"
    page.set_viewport_size(PHONE)


def test_the_follow_up_and_its_date_are_accessible(phone: BrowserContext, room: Running):
    page = phone.new_page()
    enter(phone, room)
    page.goto(room.url("/m/followup"))
    expect(page.get_by_text(SAYS.date.calendar_heading)).to_be_visible()
    looked_at(page, everything=True)
    meeting = room.earlier_workshop()
    enter(phone, meeting)
    whole(page, meeting, "followup")
    looked_at(page, everything=True)


def answer_all(page: Page, *, recall: int) -> None:
    """Answer everything, the recall question with its option `recall`."""
    for group in page.get_by_role("group").all():
        radios = group.get_by_role("radio")
        if radios.count() in (6, 12):
            radios.nth(2).check()
        elif radios.count():
            radios.nth(recall).check()
    for box in page.get_by_role("textbox").all():
        box.fill("Ms Example of 12 Station Road told me on 0170 1234567. " * 36)
    page.get_by_role("heading", level=1).click()


def test_a_module_is_accessible_in_all_its_states(inside: BrowserContext, room: Running, way: Way):
    page = inside.new_page()
    enter(inside, by(way, room))
    whole(page, by(way, room))
    answer_all(page, recall=0)
    all_saved(page)
    page.get_by_role("button", name=SAYS.components.recall.keep).click()
    expect(page.get_by_text(SAYS.components.recall.kept)).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name=SAYS.components.recall.show, exact=True).click()
    expect(page.get_by_text("Not quite")).to_be_visible()
    expect(page.get_by_text("This may point to a real person").first).to_be_visible()
    expect(page.get_by_text(re.compile("You can write .* more characters")).first).to_be_visible()
    page.get_by_role("button", name="Start the timer").click()
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    page.keyboard.press("Shift")
    looked_at(page, everything=True)

    correct = catalog.load().module("risk").item("recall").correct or 1
    answer_all(page, recall=correct - 1)
    page.get_by_role("button", name=SAYS.components.question.clear).first.click()
    page.get_by_role("button", name=SAYS.components.question.decline).first.click()
    page.get_by_role("textbox").first.fill("too long " * 300)
    expect(page.get_by_text(SAYS.components.reflection.too_long).first).to_be_visible()
    expect(page.locator(".myths-verdict")).to_contain_text("Right")
    looked_at(page)

    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.page.connection_lost)
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    waiting = SAYS.components.question.waiting
    expect(page.locator(".myths-state", has_text=waiting).first).to_be_visible()
    looked_at(page)
    way.mend()
    expect(page.locator("#status")).to_have_text(SAYS.page.connection_back)
    looked_at(page)
    page.close()


@pytest.fixture
def spoilt(tmp_path: Path) -> Iterator[Running]:
    """A server whose first module has a slider, a cell that fails and a widget nobody can show."""
    notebooks = shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    path = notebooks / "participants" / "01_risk.ipynb"
    notebook = json.loads(path.read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells[2]["source"] = UNKNOWN
    cells[3]["source"] = "1 / 0"
    path.write_text(json.dumps(notebook))
    with serving(tmp_path / "workshop.sqlite", "--notebooks", str(notebooks)) as running:
        yield running


def test_a_module_with_sections_that_fail_is_accessible(
    page: Page, phone: BrowserContext, spoilt: Running
):
    enter(phone, spoilt)
    whole(page, spoilt)
    expect(page.get_by_text(SAYS.page.section_failed)).to_have_count(2)
    expect(page.get_by_role("slider", name="Minutes")).to_be_visible()
    expect(page.get_by_role("link", name="Next: ")).to_be_visible()
    looked_at(page, everything=True)


def test_a_page_that_is_loading_is_accessible(phone: BrowserContext, room: Running, way: Way):
    phone.set_extra_http_headers({"Accept-Encoding": "identity"})
    enter(phone, by(way, room))
    page = phone.new_page()
    way.hold(b'id="bar"')
    page.goto(by(way, room).url("/m/risk"), wait_until="commit")
    expect(page.locator("#menu")).to_be_visible()
    assert page.evaluate("document.readyState") == "loading"
    exit_ready(page)
    found = by_axe(page, runOnly=RULES)
    assert {each["id"] for each in found.response["violations"]} <= {"page-has-heading-one"}
