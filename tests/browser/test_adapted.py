"""A trainer moves cells of a module, leaves one out, and puts words of their own between."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from myths import catalog
from myths.module import CALLS
from playwright.sync_api import BrowserContext, expect

from tests.axe import by_axe
from tests.browser.conftest import all_saved, enter, until, whole
from tests.server.conftest import ROOT, serving

SAYS = catalog.load().ui
OWN_WORDS = """## In our city

The *Monday group* meets in the town hall.

| Service | Telephone | Open | Languages | Where |
|---|---|---|---|---|
| Women's service | 030-000-0000-0000 | Monday-to-Friday | English, Polish, Arabic | Town-hall |
"""


def adapt(notebooks: Path) -> None:
    """Commit first, then the vignette; no recall question; a Markdown cell on top."""
    file = notebooks / "participants" / "01_risk.ipynb"
    book = nbformat.read(file, as_version=4)
    cells = {cell.source.split("(")[0]: cell for cell in book.cells}
    book.cells = [
        book.cells[0],
        book.cells[1],
        cells["module.question"],
        nbformat.v4.new_markdown_cell(OWN_WORDS),
        cells["module.commit"],
        cells["module.vignette"],
    ]
    nbformat.write(book, file)


def test_an_adapted_module_is_sound_and_shows_what_the_trainer_made_of_it(
    tmp_path: Path, phone: BrowserContext
):
    notebooks = tmp_path / "notebooks"
    shutil.copytree(ROOT / "notebooks", notebooks)
    adapt(notebooks)
    problems = catalog.check(ROOT / "content", notebooks=notebooks / "participants", calls=CALLS)
    assert not [str(problem) for problem in problems if problem.severity == "error"]

    with serving(tmp_path / "workshop.sqlite", "--notebooks", str(notebooks)) as server:
        enter(phone, server)
        page = phone.new_page()
        whole(page, server)
        headings = page.get_by_role("heading").all_inner_texts()
        assert headings[1:6] == [
            "In our city",
            SAYS.steps.again,
            "One plan",
            SAYS.steps.story,
            "Fictional\nTwenty to midnight",
        ]
        expect(page.locator(".step")).to_have_count(4)
        expect(page.get_by_text("Monday group")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        table = page.get_by_role("group", name=SAYS.page.table)
        assert table.evaluate("({ scrollWidth, clientWidth }) => scrollWidth > clientWidth")
        table.focus()
        page.keyboard.press("ArrowRight")
        until(lambda: table.evaluate("({ scrollLeft }) => scrollLeft") > 0, page)
        assert by_axe(page).violations_count == 0
        expect(page.get_by_text("Run sheet for the trainer")).to_have_count(0)
        expect(page.get_by_role("radio")).to_have_count(0)
        page.get_by_role("textbox").first.fill("somebody says so")
        page.get_by_role("textbox").first.blur()
        all_saved(page)
