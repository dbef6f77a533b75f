"""Unchecked support lines: the trainer hears of them everywhere, a participant sees none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from myths.catalog import ContentProblemsError

from tests.server.conftest import launch, stop
from tests.server.test_last_good import Room, own_copy

SAYS = catalog.load().ui
UNCHECKED = ("116 016", "116 111", "116 006")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("support")
    command, more = own_copy(folder, seconds=60)
    running = launch(command, f"sqlite:///{folder}/workshop.sqlite", folder / "log", more=more)
    yield Room(running, folder)
    stop(running)


def test_a_line_is_shown_to_participants_once_the_trainer_has_checked_it(room: Room):
    assert "support/eu.yml:2: nobody has checked 116 016, 116 111, 116 006" in room.running.told
    for slug in ("start", "risk"):
        shown = room.shown(slug)
        assert not [number for number in UNCHECKED if number in shown]
        assert SAYS.support.need in shown
        assert SAYS.support.ask in shown
    told = room.told()
    assert SAYS.staff.support_heading in told
    assert "nobody has checked 116 016, 116 111, 116 006" in told

    room.words("support/eu.yml", "checked: null", "checked: 2026-11-20")
    for slug in ("start", "risk"):
        shown = room.shown(slug)
        assert not [number for number in UNCHECKED if number not in shown]
        assert "Checked on 20 November 2026." in shown
        assert SAYS.support.ask not in shown
    assert "nobody has checked" not in room.told()


def test_a_file_of_lines_that_breaks_is_not_published_and_leaves_the_lines_as_they_were(room: Room):
    path = room.folder / "content/support/eu.yml"
    whole = path.read_text()
    path.write_text(whole.replace("lines:", "lines: [", 1))
    try:
        with pytest.raises(ContentProblemsError, match=r"content/support/eu\.yml"):
            room.draft.publish()
        room.draft.put()  # all the same
        assert "Emergency call" in room.shown("risk")
        assert "content/support/eu.yml" in room.told()
    finally:
        path.write_text(whole)
