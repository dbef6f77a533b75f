"""The leaflet has the whole series on its two sides, and nothing that flows over."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from myths import catalog, handouts
from myths.catalog import plain
from myths.cli import main
from myths.errors import ContentError

from tests.handouts.test_documents import CATALOG, DAY, letters, needs_pdftotext, text

CONTENT = CATALOG.folder


def leaflet(content: catalog.Catalog = CATALOG) -> bytes:
    return handouts.leaflet_document(content, country="eu", day=DAY)["leaflet.pdf"]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    words = (folder / file).read_text("utf-8")
    assert old in words
    (folder / file).write_text(words.replace(old, new), "utf-8")


def test_the_leaflet_has_two_sides_and_is_tagged():
    pdf = leaflet()
    assert pages(pdf) == 2
    for tag in (b"pdfuaid:part", b"/StructTreeRoot", b"/Lang", b"/DisplayDocTitle true"):
        assert tag in pdf


@needs_pdftotext
def test_every_question_core_fact_and_takeaway_is_in_it(tmp_path: Path):
    told = text(leaflet(), tmp_path)
    for slug in CATALOG.series.modules:
        module = CATALOG.module(slug)
        core = module.core.partition("</p>")[0]
        for words in (module.question, plain(core), plain(module.takeaway.text)):
            assert letters(words) in told, (slug, words)


@needs_pdftotext
def test_it_says_what_responsible_means_where_help_is_and_where_it_comes_from(tmp_path: Path):
    told = text(leaflet(), tmp_path)
    closing, ui = CATALOG.page("closing"), CATALOG.ui
    sections = [closing.section(name).text for name in ("questions", "credits")]
    lines = CATALOG.support_told("eu").values()
    for words in (*sections, *lines, ui.support.ask, ui.leaflet.safe):
        for part in re.split(r"</(?:p|li)>", words):
            assert letters(plain(part)) in told, part


@needs_pdftotext
def test_a_country_has_its_own_lines(own: Path, tmp_path: Path):
    line = (own / "support/eu.yml").read_text("utf-8").replace("country: eu", "country: at")
    line = line.replace("116 016", "0800 222 555").replace("checked: null", "checked: 2026-01-31")
    (own / "support/at.yml").write_text(line, "utf-8")
    pdf = handouts.leaflet_document(catalog.load(own), country="at", day=DAY)["leaflet.pdf"]
    assert pages(pdf) == 2
    assert "0800222555" in text(pdf, tmp_path)


def test_other_words_still_fill_two_sides(own: Path):
    edit(own, "modules/risk/text.en.yml", "Nobody can offer", "Again and again, " * 12 + "nobody")
    assert pages(leaflet(catalog.load(own))) == 2


def test_a_short_series_has_a_leaflet(own: Path):
    edit(
        own, "series.yml", ", womens-services, only-men, mediation, manipulation, harm, funding", ""
    )
    edit(own, "series.yml", "[risk, womens-services, mediation]", "[risk]")
    assert pages(leaflet(catalog.load(own))) == 2


def test_words_that_do_not_fit_are_told_and_nothing_is_cut(own: Path):
    edit(own, "modules/risk/text.en.yml", "Nobody can offer", "Again and again, " * 300 + "nobody")
    with pytest.raises(ContentError, match="do not fit on the two sides"):
        leaflet(catalog.load(own))


def test_the_leaflet_is_about_no_single_module():
    told = CliRunner().invoke(main, ["handout", "--leaflet", "risk"])
    assert told.exit_code == 2
    assert "name no module" in told.stderr


def test_the_commands_write_files_that_are_named_by_module(tmp_path: Path):
    run = CliRunner().invoke
    assert run(main, ["handout", "risk", "harm", "--out", str(tmp_path)]).exit_code == 0
    assert run(main, ["handout", "--leaflet", "--out", str(tmp_path)]).exit_code == 0
    kinds = [f"{slug}-{kind}" for slug in ("harm", "risk") for kind in ("guide", "sheet")]
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(
        [*kinds, "leaflet", "questions"]
    )
