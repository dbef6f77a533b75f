"""Publishing in a browser: accessible in every state, by keyboard, without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, enter, ready, stop, until, whole
from tests.browser.test_accessible import looked_at
from tests.browser.test_staff import come_in
from tests.server.conftest import ROOT, command, launch
from tests.small_edition import PAGES, copy_small_edition

SAYS = catalog.load().ui
PUBLISH = SAYS.publish
MYTH = "bring (ex-)partners into more danger"


@dataclass(frozen=True)
class Workshop:
    """A server on a trainer's own files."""

    running: Running
    folder: Path

    @property
    def gate(self) -> Path:
        """A file for which a cell of a page waits."""
        return self.folder / "gate"

    def words(self, old: str, new: str) -> None:
        path = self.folder / "content/modules/risk/text.en.yml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    def cell(self, code: str) -> None:
        """Put a cell at the end of the last page."""
        path = self.folder / "notebooks/participants/09_followup.ipynb"
        book = nbformat.read(path, as_version=4)
        book.cells.append(nbformat.v4.new_code_cell(code))
        nbformat.write(book, path)


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    copy_small_edition(tmp_path)
    db, options = tmp_path / "workshop.sqlite", ("--notebooks", str(tmp_path / "notebooks"))
    more = {"MYTHS_CONTENT": str(tmp_path / "content")}
    running = launch(command(db, *options), f"sqlite:///{db}", tmp_path / "log", more=more)
    yield Workshop(running, tmp_path)
    stop(running)


def open_page(context: BrowserContext, workshop: Workshop) -> Page:
    page = context.new_page()
    page.goto(workshop.running.url("/staff/"))
    come_in(page, workshop.running)
    page.get_by_role("link", name=PUBLISH.link).click()
    expect(page.get_by_role("heading", name=PUBLISH.heading, exact=True)).to_be_visible()
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def top(page: Page) -> None:
    """Scroll up, or the exit lies over whatever has been scrolled under it."""
    page.evaluate("scrollTo(0, 0)")


def test_the_page_is_accessible_in_every_state_and_follows_the_check_by_itself(
    phone: BrowserContext, workshop: Workshop
):
    workshop.words(MYTH, "are of no use")
    gate = f"while not os.path.exists({str(workshop.gate)!r}): time.sleep(0.05)"
    workshop.cell(f"import os, time\n{gate}\n1 / 0")
    page = phone.new_page()
    page.goto(workshop.running.url("/staff/"))
    come_in(page, workshop.running)
    expect(page.get_by_text(PUBLISH.waiting.of(2))).to_be_visible()
    page.get_by_role("link", name=PUBLISH.link).click()
    expect(page.get_by_text("are of no use").first).to_be_visible()
    looked_at(page, everything=True)
    press(page, PUBLISH.button)
    expect(page.get_by_role("heading", name=PUBLISH.busy_heading)).to_be_visible()
    expect(page.get_by_text(PUBLISH.busy_pages.format(n=PAGES - 1, total=PAGES))).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", str(PAGES - 1))
    looked_at(page, everything=True)
    workshop.gate.touch()
    expect(page.get_by_role("alert")).to_contain_text("09_followup.ipynb: cell")
    assert page.title().startswith(PUBLISH.refused_heading)
    looked_at(page, everything=True)
    path = workshop.folder / "notebooks/participants/09_followup.ipynb"
    shutil.copy(ROOT / "notebooks/participants/09_followup.ipynb", path)
    page.reload()
    press(page, PUBLISH.button)
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(PUBLISH.done)
    for summary in page.locator("main summary").all():
        summary.click()
    top(page)
    looked_at(page, everything=True)
    press(page, PUBLISH.back_button)
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(PUBLISH.done)
    looked_at(page)


def test_by_keyboard_alone_a_draft_is_published_and_a_phone_has_it_on_its_next_page(
    phone: BrowserContext, browser: Browser, workshop: Workshop
):
    guests = browser.new_context(viewport=PHONE, locale="en-GB")
    guests.set_default_timeout(PATIENCE)
    enter(guests, workshop.running)
    guest = guests.new_page()
    whole(guest, workshop.running)
    expect(guest.get_by_text(MYTH).first).to_be_visible()
    guest.get_by_role("radio", name="Agree", exact=True).first.check()
    workshop.words(MYTH, "are of no use")
    page = open_page(phone, workshop)
    button = page.get_by_role("button", name=PUBLISH.button, exact=True)
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("(node) => node === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(PUBLISH.done)
    expect(guest.get_by_text(MYTH).first).to_be_visible()  # nothing moves under anybody's fingers

    def is_there() -> bool:  # until it is made, which takes longer on a busy machine, the old one
        guest.reload()
        ready(guest)
        return guest.get_by_text("are of no use").count() > 0

    until(is_there, guest)
    expect(guest.get_by_text("are of no use").first).to_be_visible()
    guests.close()


def test_without_scripts_a_draft_is_published_and_taken_back(browser: Browser, workshop: Workshop):
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    workshop.words(MYTH, "are of no use")
    page = open_page(context, workshop)
    for name in (PUBLISH.button, PUBLISH.back_button):
        if name == PUBLISH.back_button:
            page.locator("summary", has_text=PUBLISH.back).click()
        press(page, name)
        look = page.get_by_role("link", name=PUBLISH.look)
        until(lambda look=look: not look.count() or bool(look.click()), page)
        expect(page.get_by_role("main").get_by_role("status")).to_have_text(PUBLISH.done)
    expect(page.get_by_text("are of no use").first).to_be_visible()  # it is a draft again
    context.close()
