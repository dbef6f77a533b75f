"""One search finds the content and the notebooks, for every command, page and notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.edition import content_folder, notebooks_folder, shown
from myths.errors import ContentError

from tests.catalog import sample_content

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MYTHS_CONTENT", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of somebody's own content and notebooks."""
    sample_content.copy(tmp_path / "own" / "content")
    (tmp_path / "own" / "notebooks" / "participants").mkdir(parents=True)
    return tmp_path / "own"


def test_what_is_passed_goes_before_the_environment_and_that_before_all_others(
    own, tmp_path, monkeypatch
):
    passed = sample_content.copy(tmp_path / "passed")
    named = sample_content.copy(tmp_path / "named")
    monkeypatch.chdir(own)
    monkeypatch.setenv("MYTHS_CONTENT", str(named))
    assert content_folder(passed) == passed
    assert content_folder() == named
    assert catalog.load().folder == named
    monkeypatch.setenv("MYTHS_CONTENT", "")
    assert content_folder() == own / "content"


def test_they_are_found_where_one_stands_and_from_a_folder_below(own, monkeypatch):
    for inside in (own, own / "notebooks", own / "notebooks" / "participants"):
        monkeypatch.chdir(inside)
        assert content_folder() == own / "content"
        assert notebooks_folder() == own / "notebooks"
        assert catalog.load().series.modules == ("bees",)


def test_elsewhere_it_is_the_editions_own(tmp_path):
    (tmp_path / "content").mkdir()  # somebody else's: it has no series.yml
    (tmp_path / "notebooks").mkdir()
    assert content_folder() == ROOT / "content"
    assert notebooks_folder() == ROOT / "notebooks"


def test_a_folder_that_somebody_has_deleted_is_no_obstacle(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert content_folder() == ROOT / "content"
    assert shown(ROOT / "content") == str(ROOT / "content")


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_a_named_folder_without_content_is_told_with_what_to_do(tmp_path, monkeypatch, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MYTHS_CONTENT", str(tmp_path / name))
    with pytest.raises(ContentError, match=rf"no content in {tmp_path / name} .*myths init"):
        catalog.load()


def test_a_fault_names_the_real_file(own, monkeypatch):
    words = own / "content/modules/bees/text.en.yml"
    words.unlink()
    elsewhere = own / "notebooks"
    for here, name in (
        (own, "content/modules/bees/text.en.yml"),
        (own / "content", "modules/bees/text.en.yml"),
        (elsewhere, str(words)),
    ):
        monkeypatch.chdir(here)
        with pytest.raises(ContentError) as told:
            catalog.load(own / "content").module("bees")
        assert str(told.value).startswith(f"{name}:1: the file is missing")
