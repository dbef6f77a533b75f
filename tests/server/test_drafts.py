"""A module that somebody still writes: no participant sees it, and no word of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
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


def seen(room: Room) -> list[int]:
    """How the server answers to the address of the draft, and how often pages name it."""
    answers = [room.visitor.get("/m/risk").text, room.trainer.get("/staff/").text]
    return [room.visitor.get(f"/m/{SLUG}").status_code, *(text.count(SLUG) for text in answers)]


def test_the_server_starts_with_a_draft_and_shows_it_to_nobody(room: Room):
    assert seen(room) == [404, 0, 0]
    assert catalog.TO_WRITE not in room.shown("risk")


def test_a_draft_that_is_made_a_module_too_early_is_told_and_not_shown(room: Room):
    room.words("series.yml", f"{{slug: {SLUG}, status: draft}}", SLUG)
    told = room.told()
    assert "title is still to be written (Risk); write it, and take the mark away" in told
    assert room.visitor.get(f"/m/{SLUG}").status_code == 404
    assert catalog.TO_WRITE not in room.shown("risk")


def test_it_is_shown_once_all_of_it_is_written(room: Room):
    path = room.folder / f"content/modules/{SLUG}/text.en.yml"
    path.write_text(path.read_text("utf-8").replace(f"{catalog.TO_WRITE} ", ""), "utf-8")
    assert room.visitor.get(f"/m/{SLUG}").status_code == 200
    assert "still to be written" not in room.told()
