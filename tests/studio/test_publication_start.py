"""As a server starts there is something to serve, and whoever starts it is told of the draft."""

from __future__ import annotations

import os

import pytest
from myths import catalog
from myths.catalog import ContentProblemsError

from tests.studio.conftest import Draft, record, served, state

FIRST = catalog.load().module("harm").title


def test_before_the_first_time_what_is_there_is_published_and_nothing_else_is_told(draft: Draft):
    publication = draft.publication()
    assert publication.served_content == draft.content
    assert publication.served_notebooks == draft.notebooks
    assert publication.open() == []
    assert publication.served_content == draft.published / "1/content"
    assert publication.served_notebooks == draft.published / "1/notebooks/participants"
    for name in ("content", "notebooks/participants"):
        assert state(draft.published / "1" / name) == state(draft.folder / name)
    assert publication.changes() == []
    assert record(draft, 1)["how"] == "start"


def test_a_start_tells_how_much_of_the_draft_nobody_sees_and_publishes_nothing(draft: Draft):
    draft.publication().open()
    draft.title("Is it harmful?")
    (told,) = draft.publication().open()
    assert told.startswith("1 change in your files is not published")
    assert "/staff/publish" in told
    draft.words("modules/risk/text.en.yml", "title: Risk", "title: Danger")
    (told,) = draft.publication().open()
    assert told.startswith("2 changes in your files are not published")
    assert served(draft) == f"title: {FIRST}"


def test_a_draft_with_faults_keeps_no_server_from_starting(draft: Draft):
    draft.publication().open()
    draft.title("[")
    (told,) = draft.publication().open()
    assert told.startswith("1 change")
    assert served(draft) == f"title: {FIRST}"


def test_what_an_older_program_published_and_this_one_cannot_load_is_published_anew(draft: Draft):
    publication = draft.publication()
    draft.title("[")
    draft.put()
    draft.title("Second")
    (told,) = publication.open()
    assert told.startswith("What was published before cannot be used by this version")
    assert "modules/harm/text.en.yml" in told
    assert served(draft) == "title: Second"
    draft.title("[")
    draft.put()
    with pytest.raises(ContentProblemsError):
        publication.open()


def test_two_servers_that_start_at_once_publish_once(draft: Draft, monkeypatch: pytest.MonkeyPatch):
    first, second = draft.publication(), draft.publication()
    rename = os.rename

    def other_first(part: str, folder: str) -> None:
        monkeypatch.setattr(os, "rename", rename)
        second.open()
        rename(part, folder)

    monkeypatch.setattr(os, "rename", other_first)
    assert first.open() == []
    assert [path.name for path in draft.published.iterdir() if path.is_dir()] == ["1"]
    assert first.served_content == second.served_content
