"""A module is shown once all of it is written, and not before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from myths import catalog
from myths.errors import ContentError
from myths.scaffold import begin_module, show_module

from tests.localization.test_yaml_words import difference

ROOT = Path(__file__).parents[2]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A series with a module that has the words of another one, each still marked."""
    for name in ("content", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    content = tmp_path / "content"
    begin_module(content, "stalking", notebooks=tmp_path / "notebooks", after="risk", like="risk")
    return content


def write(content: Path, name: str = "text.en.yml") -> None:
    """Take the words of the other module for those of the new one."""
    path = content / "modules/stalking" / name
    path.write_text(path.read_text("utf-8").replace(f"{catalog.TO_WRITE} ", ""), "utf-8")


def test_one_that_is_written_stands_in_the_series_by_its_name_alone(content: Path):
    write(content)
    before = (content / "series.yml").read_text("utf-8")
    show_module(content, "stalking")
    assert difference(before, (content / "series.yml").read_text("utf-8")) == [
        "-modules: [risk, {slug: stalking, status: draft}, womens-services, only-men, mediation, "
        "manipulation, harm, funding]",
        "+modules: [risk, stalking, womens-services, only-men, mediation, manipulation, harm, "
        "funding]",
    ]
    assert [each for each in catalog.check(content) if each.severity == "error"] == []


def test_one_that_is_not_written_stays_a_draft_and_each_text_is_named(content: Path):
    before = (content / "series.yml").read_bytes()
    with pytest.raises(catalog.ContentProblemsError) as faults:
        show_module(content, "stalking")
    assert all("modules/stalking/" in each.file for each in faults.value.problems)
    assert len(faults.value.problems) > 25
    assert (content / "series.yml").read_bytes() == before


def test_of_another_module_that_is_still_being_written_nothing_is_said(content: Path):
    begin_module(content, "alcohol", notebooks=content.parent / "notebooks")
    write(content)
    show_module(content, "stalking")
    assert catalog.load(content).series.drafts == ("alcohol",)


@pytest.mark.parametrize("slug", ["risk", "start", "nothing", ""])
def test_what_is_no_draft_is_refused(content: Path, slug: str):
    with pytest.raises(ContentError, match="still being written"):
        show_module(content, slug)
