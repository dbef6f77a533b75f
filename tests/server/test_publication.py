"""The trainers' page on which a draft is published, before a server with people in a room."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from myths import catalog

from tests.server.conftest import Visitor, launch, read, serving, stop
from tests.server.test_bounds import rate
from tests.server.test_last_good import LIVE, Room, own_copy
from tests.server.wire import Wire
from tests.small_edition import PAGES
from tests.studio.conftest import state

SAYS = catalog.load().ui
PUBLISH = SAYS.publish
PAGE = "/staff/publish"
RISK = "modules/risk/text.en.yml"
MYTH = "bring (ex-)partners into more danger"
BUSY = PUBLISH.busy_heading


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    command, more = own_copy(tmp_path, seconds=5)
    running = launch(command, f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "log", more=more)
    yield Room(running, tmp_path)
    stop(running)


def write(room: Room, file: str, old: str, new: str) -> None:
    path = room.folder / "content" / file
    words = path.read_text()
    assert old in words
    path.write_text(words.replace(old, new, 1))


def page(room: Room) -> str:
    return read(room.trainer.get(PAGE))


def until_done(room: Room) -> str:
    """Look at the page until the check is done."""
    end = time.monotonic() + 120
    while BUSY in (said := page(room)):
        assert time.monotonic() < end, said
        time.sleep(0.1)
    return said


def test_a_trainer_reads_what_changes_publishes_it_and_people_in_the_room_lose_nothing(room: Room):
    wire = Wire(room.visitor, "risk")
    assert wire.answer("risk.myth.before", rate(2))["state"] == "saved"
    assert PUBLISH.nothing in page(room)
    write(room, RISK, MYTH, "are of no use")
    write(room, "modules/harm/text.en.yml", "title: ", "title: Really, ")
    assert PUBLISH.waiting.of(2) in room.told()
    said = page(room)
    for words in ("ratings.myth", MYTH, "are of no use", PUBLISH.apart_heading, "Risk · myth"):
        assert words in said
    assert f"{PUBLISH.rooms.of(1)} {PUBLISH.rooms_body}" in said
    room.begin_publishing()
    assert wire.answer("risk.fact.before", rate(4))["state"] == "saved"  # while it is checked
    said = until_done(room)
    assert PUBLISH.done in said
    assert PUBLISH.nothing in said
    assert PUBLISH.remarks_heading in said  # the support lines are not checked
    assert PUBLISH.waiting_heading not in room.told()
    assert wire.answer("risk.over.before", rate(3))["state"] == "saved"  # on the page as it was
    wire.shut_down()
    shown = room.shown("risk")
    assert "are of no use" in shown
    assert "Really, " in room.shown("closing")
    answers = room.running.store.answers().set_index("item")["value"].to_dict()
    assert answers == {"myth": 2, "fact": 4, "over": 3}
    assert room.running.store.questions().groupby("item").size().max() == 1
    again = Wire(room.visitor, "risk")
    known = {
        item: again.states[again.questions[f"risk.{item}.before"]]["known"] for item in answers
    }
    assert known["myth"] == {}  # it was said to other words, and is asked anew
    assert (known["fact"]["value"], known["over"]["value"]) == (4, 3)
    assert again.answer("risk.myth.before", rate(5))["state"] == "saved"
    again.shut_down()
    assert room.running.store.questions().groupby("item").size()["myth"] == 2


def test_what_fails_its_check_is_named_and_people_see_what_they_saw(room: Room):
    room.write(room.folder, "funding", "In our city", *LIVE[1:], "1 / 0")
    room.begin_publishing()
    said = until_done(room)
    assert PUBLISH.refused_heading in said
    assert "07_funding.ipynb: cell 4, line 1: ZeroDivisionError: division by zero" in said
    assert "correct the cell, or leave it out" in said
    assert "In our city" not in room.shown("funding")
    assert PUBLISH.refused_heading in page(room)  # for whoever looks after that
    room.write(room.folder, "funding", "In our city", *LIVE[1:])
    assert PUBLISH.refused_heading not in page(room)  # it is about other files
    room.begin_publishing()
    assert PUBLISH.done in until_done(room)
    assert "In our city" in room.shown("funding")


def test_one_step_back_is_a_button_and_undone_by_the_same(room: Room):
    assert PUBLISH.back_button not in page(room)
    write(room, RISK, "title: Risk", "title: Danger")
    room.draft.publish()  # by a command, or another server
    assert "Danger" in room.shown("closing")
    assert PUBLISH.back_button in page(room)
    for title in ("Risk", "Danger"):
        room.begin_publishing("back")
        until_done(room)
        assert f'"{title}"' in room.shown("closing") or title in room.shown("closing")
        assert (PUBLISH.waiting.of(1) in room.told()) == (title == "Risk")


def test_the_server_answers_everybody_while_it_checks_and_says_how_far_it_is(room: Room):
    write(room, RISK, "title: Risk", "title: Danger")
    room.begin_publishing()
    waits, counts = [], set()
    with httpx.Client(base_url=room.running.url("/"), timeout=60) as anybody:
        while BUSY in (said := page(room)):
            begun = time.monotonic()
            assert anybody.get("/healthz").text == "ok\n"
            waits.append(time.monotonic() - begun)
            counts |= set(re.findall(rf"(\d+) of {PAGES} pages are checked", said))
            if len(waits) == 1:
                room.trainer.send(PAGE, do="publish", mark="another press")  # changes nothing
    assert waits
    assert max(waits) < 2
    assert counts
    assert PUBLISH.done in page(room)
    assert room.draft.publication.current.number == 2  # type: ignore[union-attr]


def test_what_was_changed_since_somebody_looked_is_not_published_unseen(room: Room):
    write(room, RISK, "title: Risk", "title: Danger")
    form = room.trainer.get(PAGE).text
    mark = re.search(r'name="mark" value="(\w+)"', form)
    assert mark
    write(room, RISK, MYTH, "are of no use")
    room.trainer.send(PAGE, do="publish", mark=mark[1])
    assert PUBLISH.fault_stale in until_done(room)
    assert "Danger" not in room.shown("closing")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk for what is published."""
    folder = tmp_path / "workshop.published"
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("a small disk (tmpfs) is mounted by root alone")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    refused = subprocess.run(mount, capture_output=True, text=True, check=False)
    if refused.returncode:
        pytest.skip(f"no small disk can be mounted here: {refused.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_disk_that_is_full_is_told_and_nothing_changes(small_disk: Path, room: Room):
    write(room, RISK, "title: Risk", "title: Danger")
    before = state(room.draft.published)
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(65536)):
            pass
    room.begin_publishing()
    assert "(No space left on device), and nothing was changed" in until_done(room)
    (small_disk / "filler").unlink()
    assert state(room.draft.published) == before
    assert "Danger" not in room.shown("closing")
    room.begin_publishing()
    assert PUBLISH.done in until_done(room)


def test_what_is_published_goes_on_while_its_folder_is_away(room: Room):
    write(room, RISK, "title: Risk", "title: Danger")
    away = room.draft.published.rename(room.folder / "away")
    assert "published/1 is gone" in page(room)
    assert SAYS.staff.new_heading in room.told()
    assert SAYS.page.section_failed not in room.shown("harm")
    away.rename(room.draft.published)
    assert "Danger" in page(room)


def test_a_draft_that_cannot_be_read_keeps_the_trainers_pages(room: Room):
    shutil.rmtree(room.folder / "content")
    assert SAYS.staff.new_heading in room.told()
    assert "There is no content in" in page(room)
    assert SAYS.page.section_failed not in room.shown("risk")


def test_without_the_key_nobody_sees_or_publishes_a_draft(room: Room):
    write(room, RISK, "title: Risk", "title: Danger")
    with Visitor(room.running) as stranger:
        assert stranger.get(PAGE).headers["Location"] == "/staff/?next=%2Fstaff%2Fpublish"
        refused = stranger.send(PAGE, do="publish", mark="x")
        assert refused.status_code == 403
        assert "Danger" not in read(refused)
        assert stranger.http.post(PAGE, data={"do": "publish", "mark": "x"}).status_code == 403
    assert room.trainer.send(PAGE, do="sing", mark="x").status_code == 404
    assert room.trainer.send(PAGE, do="publish").status_code == 404
    assert room.draft.publication.current.number == 1  # type: ignore[union-attr]


def test_a_second_server_of_the_same_files_serves_what_the_first_has_published(
    room: Room, tmp_path: Path
):
    places = (
        "--content",
        str(room.folder / "content"),
        "--notebooks",
        str(room.folder / "notebooks"),
    )
    published = ("--published", str(room.draft.published))
    write(room, "ui/en.yml", "button: Join the workshop", "button: Come in")
    with serving(tmp_path / "second.sqlite", *places, *published) as second:
        assert "1 change in your files is not published" in second.told
        with Visitor(second) as visitor:
            assert "Come in" not in read(visitor.get(f"/?w={second.code}"))
            room.draft.publish()
            assert "Come in" in read(visitor.get(f"/?w={second.code}"))
    with Visitor(room.running) as visitor:
        assert "Come in" in read(visitor.get(f"/?w={room.running.code}"))
