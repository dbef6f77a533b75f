"""The page of a draft: what a visitor would read, with nothing in it that moves or leads away."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from myths import catalog
from myths.errors import ContentError
from myths.occasion import Occasion
from myths.pages import PagePreview, PageTrial

from tests.threads import finish

ROOT = Path(__file__).parents[2]
SERIES = catalog.load(ROOT / "content").series


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with content and participants' notebooks."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "notebooks/participants", tmp_path / "pages")
    return tmp_path


def shown(own: Path, slug: str, occasion: Occasion = Occasion(), **options: str) -> str:
    preview = PagePreview(PageTrial(None), content=own / "content", folder=own / "pages")
    return finish(preview.html(slug, occasion, assets="/a", **options))


@pytest.mark.parametrize("slug", [SERIES.pages[0], SERIES.modules[0], "closing", "followup"])
def test_every_step_is_there_and_nothing_moves_or_leads_away(own: Path, slug: str):
    page = shown(own, slug)
    assert page.startswith("<!DOCTYPE html>")
    assert re.findall(r'<section class="step" id="[\w-]+"', page)
    for sign in ("<script", "<noscript", ' href="/', ' action="', "|kind|", "mark|"):
        assert sign not in page.replace('href="/a/page.css"', ""), sign
    assert 'id="end"' in page


def test_an_audience_reads_its_own_words(own: Path):
    asked = catalog.load(own / "content").module("risk", audience="police").prompts["practice"]
    assert asked in html.unescape(shown(own, "risk", Occasion(audience="police")))
    assert asked not in html.unescape(shown(own, "risk"))


def test_what_is_saved_is_shown_the_next_time(own: Path):
    path = own / "content/modules/risk/text.en.yml"
    assert "Danger, first" not in shown(own, "risk")
    path.write_text(path.read_text("utf-8").replace("title: Risk", "title: Danger, first"), "utf-8")
    assert "Danger, first" in shown(own, "risk")


def test_own_cells_stand_where_they_are_and_a_heading_begins_a_step(own: Path):
    path = own / "pages/01_risk.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][5:5] = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "## Coffee\n\nAt *eleven*."},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": 'module.ask("What will you do on Monday?")',
        },
    ]
    path.write_text(json.dumps(notebook), "utf-8")
    page = shown(own, "risk")
    assert '<section class="step" id="part-1" data-title="Coffee">' in page
    assert "<em>eleven</em>" in page
    assert "What will you do on Monday?" in page


def test_style_can_come_with_it(own: Path):
    page = shown(own, "start", style=".a{color:red}")
    assert "<style>.a{color:red}</style>" in page
    assert '<link rel="stylesheet"' not in page


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("title: Risk", "title: ''", "title"), ("facts:\n", "fact:\n", "fact")],
)
def test_why_it_cannot_be_made_is_told_by_the_trainers_file(
    own: Path, old: str, new: str, says: str
):
    path = own / "content/modules/risk/text.en.yml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as told:
        shown(own, "risk")
    assert says in str(told.value)
    assert f"{own.as_posix()}/content/modules/risk" in str(told.value)


def test_a_cell_that_fails_and_a_notebook_that_is_gone_are_told(own: Path):
    path = own / "pages/01_risk.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][-1]["source"] = "1 / 0"
    path.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(ContentError, match="division by zero"):
        shown(own, "risk")
    with pytest.raises(ContentError, match="no notebook"):
        shown(own, "nothing")
