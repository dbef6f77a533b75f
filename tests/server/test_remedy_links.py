"""What needs mending is told with a link to the very fields of the studio that mend it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import Problem
from myths.errors import ContentError
from myths.studio import RemedyPlace, remedy_places

from tests.own_copy import editing, kept
from tests.server.conftest import ROOT, Running, Visitor

__all__ = ["editing", "kept"]

UI = catalog.load(ROOT / "content").ui


def problem(file: str, place: str = "", message: str = "It is empty") -> Problem:
    return Problem(f"own/content/{file}", 1, place, message, "write it")


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (
            problem("modules/risk/text.en.yml", "facts.r1.text"),
            RemedyPlace("risk", "en", "at-facts-r1", "Risk, Fact 1: Text"),
        ),
        (problem("modules/risk/text.de.yml"), RemedyPlace("risk", "de", "texts", "Risiko")),
        (problem("modules/risk/guide.en.md"), None),
        (problem("modules/no-such/text.en.yml", "title"), None),
        (problem("series.yml", "modules"), None),
    ],
    ids=["a field", "a whole file", "no form has it", "no such part", "the series"],
)
def test_a_problem_leads_to_its_fields_or_nowhere(told: Problem, place: RemedyPlace | None):
    assert remedy_places(ROOT / "content", UI, [told]).get(told) == place


def test_without_a_series_there_is_nothing_to_lead_to(tmp_path: Path):
    with pytest.raises(ContentError):
        remedy_places(tmp_path, UI, [problem("series.yml")])


def test_the_links_of_the_staff_page_open_the_fields_they_name(editing: Running):
    with Visitor(editing) as trainer:
        trainer.send("/staff/", do="enter", key=editing.store.new_staff_key())
        page = trainer.get("/staff/").text
        section = page.partition(UI.staff.support_heading)[2].partition("</section>")[0]
        links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', section)
        assert len(links) == section.count("<li>") > 0
        for link, words in links:
            path, _, at = html.unescape(link).partition("#")
            assert words.startswith(UI.studio.mend.format(what=""))
            fold = trainer.get(path).text.partition(f'id="{at}"')[0].rpartition("<details")[2]
            assert fold.partition(">")[0].endswith(" open")


def test_a_refused_publication_leads_to_the_field(editing: Running, kept: Path):
    file = kept / "modules/risk/text.en.yml"
    words = file.read_text("utf-8")
    file.write_text(words.replace("title: Risk", 'title: ""', 1), encoding="utf-8")
    try:
        with Visitor(editing) as trainer:
            trainer.send("/staff/", do="enter", key=editing.store.new_staff_key())
            page = trainer.get("/staff/publish").text
            mark = re.search(r'name="mark" value="([^"]+)"', page)
            assert mark
            trainer.send("/staff/publish", do="publish", mark=mark[1])
            while UI.publish.refused_heading not in (page := trainer.get("/staff/publish").text):
                pass
        assert "part=risk&amp;language=en&amp;at=at-title#at-title" in page
    finally:
        file.write_text(words, encoding="utf-8")
