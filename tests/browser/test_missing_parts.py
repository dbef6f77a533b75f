"""Each part of a browser is taken away in turn: a page works, or says what is missing.

What must come out is the table in `docs/developers/browsers.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import (
    PATIENCE,
    PHONE,
    Running,
    by,
    start,
    stop,
)
from tests.browser.way import Way
from tests.server.conftest import ROOT

SAYS = catalog.load().ui
PATHS = {"start": "/m/start", "module": "/m/risk", "closing": "/m/closing"}
PAGES = ["join", *PATHS, "own answers"]


def table() -> dict[str, list[str]]:
    """What is taken away -> what becomes of each page, and what is said."""
    lines = (ROOT / "docs/developers/browsers.md").read_text().splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    assert rows[0][1:-1] == PAGES
    return {name: cells for name, *cells in rows[2:]}


@dataclass
class Visit:
    """Somebody with such a browser, and a server of their own."""

    server: Running
    way: Way
    context: BrowserContext

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(by(self.way, self.server).url(path), wait_until="commit")
        return page

    def join(self) -> Page:
        page = self.open(f"/?w={self.server.code}")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Join the workshop").click()
        expect(page.locator("#recovery-code")).to_be_visible()
        return page


@pytest.fixture
def visiting(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    ends: list[Callable[[], None]] = []

    def visit(**options: bool) -> Visit:
        server = start(tmp_path / "workshop.sqlite")
        way = Way(to=server.port)
        way.mend()
        context = browser.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        made = Visit(server, way, context)
        ends.extend([context.close, way.cut, lambda: stop(made.server)])
        return made

    yield visit
    for end in ends:
        end()


def test_without_javascript_pages_say_so_and_ones_own_answers_can_be_read(
    visiting: Callable[..., Visit],
):
    *expected, said = table()["JavaScript"]
    assert said == SAYS.page.no_script
    visit = visiting(java_script_enabled=False)
    found = []
    visit.join()
    for path in ("/", *PATHS.values(), "/withdraw"):
        page = visit.open(path)
        page.wait_for_load_state()
        told = page.locator("noscript p")
        found.append("says" if told.count() else "works")
        if told.count():
            expect(told).to_be_visible()
            expect(told).to_have_text(said)
        expect(page.locator("#loading")).to_be_hidden()
    assert found == expected


def test_where_scripts_do_not_arrive_pages_say_what_one_can_do(visiting: Callable[..., Visit]):
    *expected, said = table()["scripts that do not arrive"]
    assert said == SAYS.page.late
    visit = visiting()
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
    visit = visiting()
    visit.way.cookies = False
    page = visit.open(f"/?w={visit.server.code}")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Join the workshop").click()
    expect(page.get_by_text(said)).to_be_visible()
    for path in (*PATHS.values(), "/withdraw"):
        page.goto(by(visit.way, visit.server).url(path))
        expect(page.get_by_role("heading", level=1)).to_have_text(SAYS.join.heading)
    assert expected == ["says", *["first page"] * 4]


def test_every_row_of_the_table_is_tried():
    assert set(table()) == {"JavaScript", "scripts that do not arrive", "cookies"}
