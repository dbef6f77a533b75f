"""A module that somebody still writes: no participant sees it, and no word of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from myths.catalog import ContentProblemsError
from myths.scaffold import begin_module

from tests.server.conftest import launch, stop
from tests.server.test_last_good import Room, own_copy

SLUG = "court-orders"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("drafts")
    command, more = own_copy(folder, seconds=60)
    begin_module(
        folder / "content", SLUG, notebooks=folder / "notebooks", after="risk", like="risk"
    )
    running = launch(command, f"sqlite:///{folder}/workshop.sqlite", folder / "log", more=more)
    yield Room(running, folder)
    stop(running)


def test_the_server_starts_with_a_draft_and_shows_it_to_nobody(room: Room):
    assert room.visitor.get(f"/m/{SLUG}").status_code == 404
    assert SLUG not in room.visitor.get("/m/risk").text
    assert catalog.TO_WRITE not in room.shown("risk")


def test_trainers_are_told_of_it_as_the_server_starts_and_on_their_page(room: Room):
    assert f"still being written, and nobody but you sees them: {SLUG}." in room.running.told
    page = room.trainer.get("/staff/")
    assert f'<a href="/staff/studio?part={SLUG}">{SLUG}</a>' in page.text
    assert page.text.count(SLUG) == 2  # and no workshop can have it


def test_a_draft_that_is_made_a_module_too_early_is_not_published(room: Room):
    with pytest.raises(ContentProblemsError, match="title is still to be written"):
        room.words("series.yml", f"{{slug: {SLUG}, status: draft}}", SLUG)
    assert room.visitor.get(f"/m/{SLUG}").status_code == 404
    assert catalog.TO_WRITE not in room.shown("risk")


def test_it_is_shown_once_all_of_it_is_written(room: Room):
    path = room.folder / f"content/modules/{SLUG}/text.en.yml"
    path.write_text(path.read_text("utf-8").replace(f"{catalog.TO_WRITE} ", ""), "utf-8")
    room.draft.publish()
    assert room.visitor.get(f"/m/{SLUG}").status_code == 200
    assert "still to be written" not in room.told()
