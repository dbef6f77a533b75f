"""Each part of a browser is taken away in turn: a page works, or says what is missing.

What must come out is the table in `docs/developers/browsers.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import (
    PATIENCE,
    PHONE,
    Running,
    agree,
    all_saved,
    by,
    ready,
    serving,
    until,
)
from tests.browser.parts import PAGES, PATHS, PLAIN, SOCKETS, TAKEN, table
from tests.browser.test_reconnecting import AFTER, BEFORE, kernel_of
from tests.browser.way import Way
from tests.conftest import NEAR

SAYS = catalog.load().ui
FREE = {"nothing", SAYS.code.not_copied}  # what is said where a page works all the same
OFTEN = {"`sessionStorage` is null", "WebSocket"}  # of the others, those that work: all at once
OLD = [
    part
    for part, (*_, said) in table().items()
    if part in TAKEN and part not in OFTEN and not part.startswith("WebSockets") and said in FREE
]
SEVERAL = [
    pytest.param(
        page, part, marks=pytest.mark.soak if page != "module" or part not in OFTEN else []
    )
    for page in PATHS
    for part in TAKEN
]


@dataclass
class Visit:
    """Somebody with such a browser, on the way to a workshop."""

    room: Running
    way: Way
    context: BrowserContext

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.room.url(path), wait_until="commit")
        return page

    def join(self) -> Page:
        page = self.open(f"/?w={self.room.code}")
        agree(page)
        expect(page.locator("#recovery-code")).to_be_visible()
        return page


@pytest.fixture
def visiting(browser: Browser, server: Running, way: Way) -> Iterator[Callable[..., Visit]]:
    """Let somebody come whose browser lacks a part."""
    contexts: list[BrowserContext] = []

    def visit(*parts: str, **options: bool) -> Visit:
        ends = [how for end, how in SOCKETS.items() for part in parts if part.endswith(end)]
        way.sockets = ends[0] if ends else "pass"
        way.cookies = "cookies" not in parts
        room = by(way, server.another_workshop())
        if PLAIN in parts:
            room = replace(room, link=room.link.replace("127.0.0.1", NEAR))
        context = browser.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        for part in parts:
            context.add_init_script(TAKEN.get(part, ("", ""))[0])
        return Visit(room, way, context)

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def successor(server: Running) -> Iterator[Running]:
    """What stands in the server's place once it has been started again: it knows no kernel."""
    with serving(server.file) as running:
        yield running


def answer(page: Page) -> None:
    """Rate, and begin a text, where a page has such questions."""
    ready(page)
    if page.get_by_role("radio").count():
        page.get_by_role("radio").nth(1).check()
    if page.get_by_role("textbox").count():
        page.get_by_role("textbox").first.press_sequentially(BEFORE)
    if page.locator("[data-myths-item]").count():
        all_saved(page)


def outcome(page: Page, gone: str) -> str:
    """What becomes of a page whose kernel is gone: it comes back whole, or says why not."""
    status = page.locator("#status")

    def is_over() -> bool:
        is_back = gone not in page.locator("#kernel").inner_text()
        return is_back or status.inner_text() == SAYS.page.copy_first

    until(is_over, page)
    box = page.get_by_role("textbox").first
    is_told = status.inner_text() == SAYS.page.copy_first
    if is_told:
        page.wait_for_timeout(2000)  # longer than until a lost connection is told
        expect(status).to_have_text(SAYS.page.copy_first, timeout=1)
        expect(box).to_have_value(BEFORE + AFTER)
        page.reload()
    ready(page)
    if page.get_by_role("radio").count():
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
    if box.count():
        expect(box).to_have_value(BEFORE if is_told else BEFORE + AFTER)
        all_saved(page)
    return "says" if is_told else "works"


def join(visit: Visit, *, is_copied: bool) -> str:
    code = visit.join()
    code.get_by_role("button", name=SAYS.code.copy_button).click()
    told = SAYS.code.copied if is_copied else SAYS.code.not_copied
    expect(code.locator("#copy-status")).to_have_text(told)
    code.close()
    return "works"


def own_answers(visit: Visit) -> str:
    """See what was written, and erase it."""
    own = visit.open("/withdraw")
    expect(own.get_by_text(BEFORE.strip())).to_be_visible()
    own.locator("details.erase summary").first.click()
    own.get_by_role("button", name=SAYS.own.erase_button).first.click()
    expect(own.get_by_text(SAYS.own.erased)).to_be_visible()
    return "works"


@pytest.mark.parametrize(("name", "part"), SEVERAL)
def test_a_page_comes_back_without_it_or_says_what_is_missing(
    name: str, part: str, visiting: Callable[..., Visit], successor: Running
):
    *expected, said = table()[part]
    wanted = dict(zip(PAGES, expected, strict=True))
    visit = visiting(part)
    assert join(visit, is_copied=said != SAYS.code.not_copied) == wanted["join"]
    assert come_back(visit, name, successor, TAKEN[part][1]) == wanted[name]
    if name == "module":
        assert own_answers(visit) == wanted["own answers"]
    if "says" in expected:
        assert said == SAYS.page.copy_first


def come_back(visit: Visit, name: str, successor: Running, *lacks: str) -> str:
    """Answer on a page that `lacks` parts, and let another server stand there: what comes of it?"""
    page = visit.open(f"{PATHS[name]}#all")
    answer(page)
    assert all(page.evaluate(each) for each in lacks)
    gone = kernel_of(page)
    visit.way.cut()
    if page.get_by_role("textbox").count():
        page.get_by_role("textbox").first.press_sequentially(AFTER)
    visit.way.to = successor.port
    visit.way.mend()
    return outcome(page, gone)


def test_a_module_comes_back_on_an_old_phone_that_lacks_all_that_a_page_works_without(
    visiting: Callable[..., Visit], successor: Running
):
    assert len(OLD) == 5
    assert PLAIN in OLD
    visit = visiting(*OLD)
    join(visit, is_copied=False)
    assert come_back(visit, "module", successor, *(TAKEN[each][1] for each in OLD)) == "works"
    own_answers(visit)


def test_without_javascript_a_page_can_be_read_and_a_step_of_it_saved(
    visiting: Callable[..., Visit],
):
    *expected, said = table()["JavaScript"]
    assert said == SAYS.page.no_script
    visit = visiting("JavaScript", java_script_enabled=False)
    page = visit.open("/")
    expect(page.locator("noscript p")).to_have_text(said)
    visit.join()
    found = ["says"]
    for path in PATHS.values():
        page = visit.open(path)
        page.wait_for_load_state()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text(SAYS.page.late)).to_be_hidden()
        found.append("works")
    page = visit.open(PATHS["module"])
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name=SAYS.steps.save).first.click()
    page.wait_for_url("**/m/risk#facts")
    page.goto(visit.room.url(f"{PATHS['module']}#all"))
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    found.append(own_answers_are_there(visit))
    assert found == expected


def own_answers_are_there(visit: Visit) -> str:
    page = visit.open("/withdraw")
    expect(page.get_by_text("Disagree").first).to_be_visible()
    return "works"


def test_where_scripts_do_not_arrive_pages_say_what_one_can_do(visiting: Callable[..., Visit]):
    *expected, said = table()["scripts that do not arrive"]
    assert said == SAYS.page.late
    visit = visiting("scripts that do not arrive")
    visit.context.route("**/*.js", lambda route: route.abort())
    visit.join()
    pages = [visit.open(path) for path in ("/", *PATHS.values(), "/withdraw")]
    found = []
    for page in pages:
        late = page.get_by_text(said)
        if late.count():
            expect(late).to_be_visible()
        found.append("says" if late.count() else "works")
    assert found == expected


def test_without_cookies_the_first_page_says_why_nobody_gets_in(visiting: Callable[..., Visit]):
    *expected, said = table()["cookies"]
    assert said == SAYS.errors.no_cookie
    visit = visiting("cookies")
    page = visit.open(f"/?w={visit.room.code}")
    agree(page)
    expect(page.get_by_text(said)).to_be_visible()
    for path in (*PATHS.values(), "/withdraw"):
        page.goto(visit.room.url(path))
        expect(page.get_by_role("heading", level=1)).to_have_text(SAYS.join.heading)
    assert expected == ["says", *["first page"] * 4]


def test_every_row_of_the_table_is_tried():
    others = {"JavaScript", "scripts that do not arrive", "cookies"}
    assert set(table()) == set(TAKEN) | others
