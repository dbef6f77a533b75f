"""What participants see is what was published last: checked, whole, and with one step back."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import ContentProblemsError
from myths.edition import published_content
from myths.errors import PublicationError
from myths.scaffold import begin_module
from myths.studio import Publication

from tests.small_edition import PAGES
from tests.studio.conftest import Draft, served, state
from tests.threads import apart

FIRST = catalog.load().module("harm").title


def test_an_edit_is_seen_by_nobody_until_it_is_published_and_then_by_every_program(draft: Draft):
    publication, other = draft.publication(), draft.publication()
    publication.open()
    draft.title("Is it harmful?")
    assert served(draft) == f"title: {FIRST}"
    assert len(publication.changes()) == 1
    made = publication.publish(run=False)
    assert served(draft) == "title: Is it harmful?"
    assert other.served_content == publication.served_content == made.content
    assert publication.changes() == other.changes() == []
    assert made.changes == (("content/modules/harm/text.en.yml", "title", "changed"),)


def test_words_with_faults_are_not_published_and_each_fault_names_the_trainers_file(draft: Draft):
    publication = draft.publication()
    draft.title("[")
    with pytest.raises(ContentProblemsError):
        publication.open()
    assert not list(draft.published.glob("[0-9]*"))
    draft.title(FIRST)
    publication.open()
    draft.title("[")
    before = state(draft.published)
    with pytest.raises(ContentProblemsError) as refused:
        publication.publish()
    assert state(draft.published) == before
    (problem,) = refused.value.problems
    assert problem.file.endswith("/workshop/content/modules/harm/text.en.yml")
    assert "published" not in str(problem)


def checked(draft: Draft) -> tuple[list[str], list[tuple[int, int]]]:
    """What publishing says against a draft, and how far it said that it was."""
    steps: list[tuple[int, int]] = []
    try:
        draft.publication(seconds=10).publish(told=lambda *step: steps.append(step))
    except ContentProblemsError as refused:
        return [str(each) for each in refused.problems], steps
    return [], steps


def test_each_page_is_run_once_and_a_cell_that_fails_or_does_not_end_keeps_all_from_being_published(
    draft: Draft,
):
    draft.publication().open()
    draft.title("Is it harmful?")
    draft.cells("01_risk.ipynb", "1 / 0")
    draft.cells("06_harm.ipynb", "while True: pass")
    problems, steps = apart(checked, draft)
    cells = [draft.last(name) for name in ("01_risk.ipynb", "06_harm.ipynb")]
    assert [each.partition("notebooks/participants/")[2] for each in problems] == [
        f"01_risk.ipynb: cell {cells[0]}, line 1: ZeroDivisionError: division by zero; "
        "correct the cell, or leave it out",
        f"06_harm.ipynb: cell {cells[1]}, line 1: the cell does not end; "
        "remove the loop, or what it waits for",
    ]
    assert steps == [(done, PAGES) for done in range(PAGES + 1)]
    assert served(draft) == f"title: {FIRST}"
    assert draft.publication().current.number == 1  # type: ignore[union-attr]


def checked_twice(draft: Draft) -> list[int]:
    """How often pages were run: by a check, by publishing right after it, by another edit."""
    publication, runs = draft.publication(), []
    for act in (publication.check, publication.publish):
        steps: list[tuple[int, int]] = []
        act(told=lambda *step, steps=steps: steps.append(step))
        runs.append(len(steps))
    return runs


def test_what_was_just_checked_is_published_without_being_run_again(draft: Draft):
    draft.publication().open()
    draft.cells("06_harm.ipynb", "1 + 1")
    assert apart(checked_twice, draft) == [PAGES + 1, 0]
    assert len(draft.publication().current.changes) == 1  # type: ignore[union-attr]


def test_one_step_back_is_undone_by_another_and_the_draft_stays_as_it_is(draft: Draft):
    publication = draft.publication()
    publication.open()
    assert publication.step_back() is None
    with pytest.raises(PublicationError, match="no step back"):
        publication.back()
    draft.title("Second")
    draft.put()
    draft.title("Third")
    draft.put()
    files = state(draft.content)
    back = publication.step_back()
    assert back
    assert [(each.before, each.after) for each in back.changes] == [("Third", "Second")]
    assert publication.back(mark=back.mark).how == "back"
    assert served(draft) == "title: Second"
    assert len(publication.changes()) == 1
    publication.back()
    assert served(draft) == "title: Third"
    assert publication.changes() == []
    assert state(draft.content) == files
    assert [each.how for each in publication.published.history()] == [
        *("back", "back", "publish", "publish", "start")
    ]


def test_a_step_back_that_this_version_of_the_program_cannot_load_is_refused(draft: Draft):
    publication = draft.publication()
    publication.open()
    draft.title("[")
    draft.put()
    draft.title("Third")
    publication.publish(run=False)
    with pytest.raises(ContentProblemsError):
        publication.back()
    assert served(draft) == "title: Third"


def test_who_goes_on_with_a_summary_publishes_what_it_told_or_nothing(draft: Draft):
    publication = draft.publication()
    publication.open()
    draft.title("Second")
    seen = publication.summary()
    draft.title("Third")
    with pytest.raises(PublicationError, match="no longer what you have looked at") as refused:
        publication.publish(mark=seen.mark, run=False)
    assert refused.value.reason == "stale"
    draft.title("Second")
    publication.publish(mark=seen.mark, run=False)
    with pytest.raises(PublicationError) as again:  # a button that is pressed twice
        publication.publish(mark=seen.mark, run=False)
    assert again.value.reason == "stale"
    with pytest.raises(PublicationError, match="nothing to publish"):
        publication.publish(run=False)


def test_a_second_press_of_one_step_back_goes_no_further(draft: Draft):
    publication = draft.publication()
    publication.open()
    draft.title("Second")
    draft.put()
    back = publication.step_back()
    assert back
    publication.back(mark=back.mark)
    with pytest.raises(PublicationError, match="no longer what you have looked at"):
        publication.back(mark=back.mark)
    assert served(draft) == f"title: {FIRST}"


def test_the_last_ten_are_kept(draft: Draft):
    publication = draft.publication()
    publication.open()
    for number in range(12):
        draft.title(f"Title {number}")
        draft.put()
    kept = sorted(int(path.name) for path in draft.published.glob("[0-9]*"))
    assert kept == list(range(4, 14))
    assert len([*publication.published.history()]) == 10
    publication.back()
    assert served(draft) == "title: Title 10"


def test_only_its_owner_can_read_what_is_published(draft: Draft):
    draft.publication().open()
    assert stat.S_IMODE(draft.published.stat().st_mode) == 0o700
    paths = draft.published.rglob("*")
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}


def test_files_beside_the_notebooks_are_published_and_answers_and_editors_files_are_not(
    draft: Draft,
):
    kept = ["towns.csv", "pictures/map.png", "helper.py"]
    left = ["data/workshop.sqlite", ".ipynb_checkpoints/01_risk.ipynb", "__pycache__/helper.pyc"]
    for name in (*kept, *left):
        (draft.notebooks / name).parent.mkdir(exist_ok=True)
        (draft.notebooks / name).write_text(name)
    (draft.content / "modules/risk/.text.en.yml.swp").write_text("half")
    draft.publication().open()
    there = state(draft.published / "1")
    assert all(f"notebooks/participants/{name}" in there for name in kept)
    assert not [name for name in there if any(name.endswith(each) for each in (*left, ".swp"))]


def test_a_file_that_no_page_needs_is_left_out_and_told(draft: Draft):
    draft.publication().open()
    with (draft.notebooks / "film.mp4").open("wb") as film:
        film.truncate(50 * 2**20 + 1)
    publication = draft.publication()
    assert publication.changes() == []
    draft.title("Second")
    publication.publish(run=False)
    (told,) = map(str, publication.draft.left_out())
    assert "film.mp4:1: the file is larger than 50 MB, so it is not published" in told
    assert not (publication.served_notebooks / "film.mp4").exists()


def test_all_can_be_moved_together_and_another_draft_is_refused(draft: Draft, tmp_path: Path):
    draft.publication().open()
    draft.title("Second")
    moved = Draft(draft.folder.rename(tmp_path / "elsewhere"))
    assert moved.publication().open()[0].startswith("1 change")
    other = Publication(moved.content, tmp_path / "others", moved.published)
    with pytest.raises(PublicationError, match="what was published of other folders") as refused:
        other.open()
    assert "--published" in str(refused.value)


def test_commands_read_the_words_that_participants_see(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MYTHS_CONTENT", str(draft.content))
    monkeypatch.delenv("MYTHS_PUBLISHED")
    assert published_content() == draft.content
    draft.publication().open()
    draft.title("Second")
    assert published_content() == draft.published / "1/content"
    assert catalog.load(published_content()).module("harm").title == FIRST
    monkeypatch.setenv("MYTHS_PUBLISHED", str(draft.folder / "none"))
    assert published_content() == draft.content
    copy = shutil.copytree(draft.content, draft.folder / "copy")
    monkeypatch.setenv("MYTHS_PUBLISHED", str(draft.published))
    assert published_content(copy) == copy  # it is another draft's


def test_a_module_that_is_still_written_keeps_nothing_from_being_published(draft: Draft):
    publication = draft.publication()
    publication.open()
    begin_module(draft.content, "court-orders", notebooks=draft.folder / "notebooks")
    apart(publication.publish)  # its cells, with texts that are still to be written, are not run
    assert publication.changes() == []
    series = catalog.load(publication.served_content).series
    assert series.drafts == ("court-orders",)
    assert "court-orders" not in series.walk()
