from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import myths
import pandas as pd
import pytest

from tests.axe import by_axe
from tests.evaluation.exports.conftest import LONG, OTHER, POINTS, RATING


@pytest.fixture(scope="module")
def package(made) -> dict:
    return json.loads((made.folder / "datapackage.json").read_text("utf-8"))


class Cells(HTMLParser):
    """The words of all cells of all tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 the parser's signature
        if tag in ("td", "th"):
            self.found.append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def test_every_wording_is_in_each_codebook_word_for_word(made, package):
    cells = Cells((made.folder / "codebook.html").read_text("utf-8")).found
    written = (made.folder / "codebook.md").read_text("utf-8")
    book = myths.codebook(made.db, source="store")
    assert len(book) > 5
    for question, labels in zip(book["question"], book["labels"], strict=True):
        assert question in cells
        assert labels in cells
        assert question in [entry["question"] for entry in package["codebook"]]
        escaped = " ".join(question.split()).replace("|", "\\|").replace("<", "&lt;")
        assert escaped in written
    for entry in (RATING, OTHER):
        assert entry["question"] in cells


def test_the_codebook_counts_the_answers_of_this_export(made, package):
    answers = myths.answers(made.db)
    assert sum(entry["answers"] for entry in package["codebook"]) == len(answers)
    counts = answers["wording"].astype(str).value_counts()
    arabic = [entry for entry in package["codebook"] if entry["language"] == "ar"]
    assert [entry["answers"] for entry in arabic] == [counts["f" * 12]] == [1]


def test_the_codebook_leads_from_short_names_back_to_the_full_ones(made, package):
    stata = pd.read_stata(made.folder / "stata" / "wide.dta", convert_categoricals=False)
    full = {v["stata"]: v["column"] for v in package["variables"] if v["table"] == "wide"}
    assert list(full) == list(stata.columns)
    assert f"{LONG}.{LONG}2.after" in full.values()
    cells = Cells((made.folder / "codebook.html").read_text("utf-8")).found
    assert {*full, *full.values()} <= set(cells)


def test_a_markdown_table_has_as_many_cells_in_each_row(made):
    rows = [
        len(re.findall(r"(?<!\\)\|", line))
        for line in (made.folder / "codebook.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    assert set(rows) == {11, 6}


def test_the_data_package_describes_every_file_and_every_column(made, package):
    assert package["$schema"].endswith("/2.0/datapackage.json")
    paths = {resource["path"] for resource in package["resources"]}
    assert all((made.folder / path).is_file() for path in paths)
    data = [path for path in made.folder.glob("*/*") if path.is_file()]
    assert paths >= {path.relative_to(made.folder).as_posix() for path in data}
    kinds = {(each["format"] == "csv", each["type"]) for each in package["resources"]}
    assert kinds == {(True, "table"), (False, "file")}
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    wide = next(each for each in package["resources"] if each["name"] == "wide-csv")
    head = (made.folder / wide["path"]).read_text("utf-8").splitlines()[0]
    assert [f'"{field["name"]}"' for field in wide["schema"]["fields"]] == head.split(",")
    myth = next(f for f in wide["schema"]["fields"] if f["name"] == "risk.myth.after")
    assert myth["type"] == "integer"
    assert myth["categories"] == [{"value": int(v), "label": word} for v, word in POINTS.items()]
    half = next(f for f in wide["schema"]["fields"] if f["name"] == "risk.half.before")
    assert half["type"] == "number"
    assert "categories" not in half


def test_the_codebook_tells_what_each_audience_is(made, package):
    title = "Whom the workshop was for: mixed = Mixed group; police = Police; courts = Judges and"
    for name in ("codebook.md", "codebook.html"):
        assert (made.folder / name).read_text("utf-8").count(title) == 3
    people = next(each for each in package["resources"] if each["name"] == "participants-csv")
    (audience,) = (f for f in people["schema"]["fields"] if f["name"] == "audience")
    assert {"value": "courts", "label": "Judges and prosecutors"} in audience["categories"]


def test_the_codebook_says_which_language_and_direction_its_questions_have(made):
    page = (made.folder / "codebook.html").read_text("utf-8")
    assert f'lang="ar" dir="auto">{OTHER["question"]}<' in page
    assert "http" not in page.replace("https://datapackage.org", "")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_codebook_page_is_accessible(made, browser, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.set_content((made.folder / "codebook.html").read_text("utf-8"))
    found = by_axe(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
