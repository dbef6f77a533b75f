from __future__ import annotations

import re
import shutil
import sqlite3
import stat
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import myths
import pytest
import typst
from click.testing import CliRunner
from myths.cli import main
from myths.errors import EvaluationError, StoreError
from myths.evaluation.reports import Report
from myths.evaluation.reports.blocks import (
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    TableBlock,
)
from playwright.sync_api import Browser

from tests.axe import RULES, by_axe
from tests.evaluation.reports.reading import DAY


def test_one_command_writes_a_page_and_a_document_and_again_the_same(rehearsed, full, tmp_path):
    command = ["report", "--db", f"sqlite:///{rehearsed}", "--rehearsal", "--date", str(DAY)]
    told = CliRunner().invoke(main, [*command, "--out", str(tmp_path / "new" / "first")])
    assert told.exit_code == 0, told.output
    page, document, appendix = map(Path, told.output.split())
    assert page.read_text() == full.html()
    assert document.read_bytes() == full.pdf()
    assert appendix.read_bytes() == full.appendix()
    assert appendix.name == "first-appendix.pdf"


def test_on_another_day_the_same_database_gives_the_same_but_for_the_date(rehearsed, full):
    other = myths.report(rehearsed, rehearsal=True, day=date(2026, 11, 23))
    assert other.html().replace("23 Nov", "22 Nov").replace("11-23", "11-22") == full.html()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_is_accessible_and_asks_nothing_of_anybody(full, browser: Browser, look, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(full.html())
    page = browser.new_page(color_scheme=look, viewport={"width": 390, "height": 844})
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for summary in page.locator("summary").all():
        summary.click()
    found = by_axe(page, runOnly=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert asked_for == [file.as_uri()]
    page.close()


def test_the_page_holds_no_script_and_no_address_to_load(full):
    html = full.html()
    assert not re.findall(r"<script|<link|<img|<iframe|javascript:|@import|\bon\w+=\"", html)
    assert not re.findall(r'(?:src|href)="(?!#)', html)
    assert not re.findall(r"url\((?!#)", html)
    assert html.count('role="img"') == len(full.figures) > 5
    assert '<html lang="en">' in html
    assert html.count("<caption") == html.count("<table") > 5


def test_headings_are_in_order_and_tables_are_even(full):
    levels = [block.level for block in full.text.blocks if isinstance(block, HeadingBlock)]
    assert levels[0] == 2
    assert all(below <= above + 1 for above, below in pairwise(levels))
    for block in full.text.blocks:
        if isinstance(block, TableBlock):
            assert {len(row) for row in block.rows} == {len(block.head)}, block.caption


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
def test_the_text_of_the_documents_can_be_read_out(full, tmp_path):
    both = pages(full.pdf(), tmp_path) + pages(full.appendix(), tmp_path)
    text = " ".join(" ".join(both).split())
    for block in full.text.blocks:
        if isinstance(block, HeadingBlock | ParagraphBlock | NoteBlock):
            assert " ".join(block.text.split())[:60] in text


def pages(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page."""
    file = folder / "report.pdf"
    file.write_bytes(document)
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return done.stdout.removesuffix("\f").split("\f")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
def test_one_page_comes_first_then_eight_at_most_and_the_appendix_apart(quoted, tmp_path):
    first, second, *others = pages(quoted.pdf(), tmp_path)
    assert "In short" in first
    assert "How far people moved on each myth" in first
    assert "are in the appendix" in first
    assert second.startswith("The results")
    assert len(others) <= 7
    behind = "\n".join(pages(quoted.appendix(), tmp_path))
    assert "appendix" in behind.splitlines()[0]
    for heading in ("Methods", "Quotes, drawn by chance", "How sure people were"):
        assert heading in behind
        assert heading not in "\n".join([first, second, *others])


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="needs pdfinfo")
def test_another_program_finds_headings_and_heads_of_rows_and_no_fault(full, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(full.pdf())
    command = ["pdfinfo", "-struct", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    headings = re.findall(r"^ +H(\d) ", done.stdout, re.MULTILINE)
    assert re.match(r"Document\n +H1 ", done.stdout)
    assert headings.count("1") == 1
    assert {"2", "3"} <= set(headings)
    assert re.search(r"TBody\n +TR\n +TH:\n +/Scope /Row", done.stdout)
    assert "xref" not in done.stderr


def test_the_document_uses_only_fonts_that_come_with_its_program(full):
    fonts = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+(\w+)", full.pdf()))
    families = {family.replace(" ", "").encode() for family in _embedded()}
    assert fonts
    assert all(any(font.startswith(family) for family in families) for font in fonts), fonts


def _embedded() -> list[str]:
    return typst.Fonts(include_system_fonts=False).families()


def test_a_place_that_cannot_be_written_is_named(file, store, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(EvaluationError, match="choose another place"):
        myths.report(file).save(tmp_path / "taken" / "report")


def test_a_failure_leaves_the_older_report_and_no_part_of_a_new_one(file, store, tmp_path):
    made = myths.report(file)
    folder = tmp_path / "reports"
    (folder / "report.pdf").mkdir(parents=True)  # the document cannot take its place
    (folder / "report.html").write_text("older")
    broken = Report(replace(made.text, blocks=(*made.text.blocks, object())))
    with pytest.raises(AttributeError):
        broken.save(folder / "report")
    assert (folder / "report.html").read_text() == "older"
    with pytest.raises(EvaluationError, match=r"report\.pdf cannot be written"):
        made.save(folder / "report")
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.pdf"]


def test_only_its_owner_may_read_a_report(file, store, tmp_path):
    for path in myths.report(file).save(tmp_path / "report"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_ending_says_which_kind_to_write(file, store, tmp_path):
    assert myths.report(file).save(tmp_path / "only.html") == [tmp_path / "only.html"]
    assert not (tmp_path / "only.pdf").exists()


def test_an_old_database_and_a_wrong_one_are_told_in_a_sentence(file, store, tmp_path):
    with sqlite3.connect(file) as old:
        old.execute("update myths_version set version_num = '0000'")
    other = tmp_path / "other.txt"
    other.write_text("no database")
    for place in (file, other, tmp_path / "absent.sqlite"):
        with pytest.raises(StoreError):
            myths.report(place)
        told = CliRunner().invoke(main, ["report", "--db", f"sqlite:///{place}"])
        assert told.exit_code == 1
        assert told.output.startswith("Error: ")
        assert "Traceback" not in told.output
