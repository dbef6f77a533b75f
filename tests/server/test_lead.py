"""The console on the staff pages: only with the key, and what it does others see."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from myths import catalog
from myths.vocabulary import Pace

from tests.server.conftest import Running, Visitor, read

WORDS = catalog.load().ui.console


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


@pytest.fixture
def trainer(visitor: Visitor, room: Running) -> Visitor:
    visitor.send("/staff/", do="enter", key=room.store.new_staff_key())
    return visitor


def ask(who: Visitor, room: Running, act: Any = None, seen: str = "") -> httpx.Response:
    return who.http.post(
        f"/staff/{room.code}/lead",
        json={"act": act, "seen": seen},
        headers={"X-XSRFToken": who.secret},
    )


def test_without_the_key_it_is_the_way_in_and_nothing_moves(visitor: Visitor, room: Running):
    page = visitor.get(f"/staff/{room.code}/lead")
    assert page.status_code == 303
    assert page.headers["Location"] == f"/staff/?next=%2Fstaff%2F{room.code}%2Flead"
    visitor.get("/")
    assert ask(visitor, room, {"do": "pace", "pace": "together", "seen": 0}).status_code == 403
    assert room.store.live_state(room.code).version == 0


def test_a_participant_cannot_lead(visitor: Visitor, room: Running):
    visitor.join(room.code)
    assert ask(visitor, room, {"do": "pace", "pace": "together", "seen": 0}).status_code == 403


def test_what_is_clicked_is_done_once_and_shown(trainer: Visitor, room: Running):
    assert WORDS.before_begin in read(trainer.get(f"/staff/{room.code}/lead"))
    done = ask(trainer, room, {"do": "pace", "pace": "together", "seen": 0}).json()
    assert done["told"] == ""
    assert 'aria-pressed="true"' in done["html"]
    again = ask(trainer, room, {"do": "go", "page": "risk", "step": "view", "seen": 0}).json()
    assert again["told"] == WORDS.stale
    state = room.store.live_state(room.code)
    assert (state.version, state.pace, state.page) == (1, Pace.TOGETHER, "")


def test_where_nothing_has_changed_nothing_is_sent(trainer: Visitor, room: Running):
    mark = ask(trainer, room).json()["mark"]
    again = ask(trainer, room, seen=mark)
    if again.status_code == 200:  # the minute of its clock turned between the two
        mark = again.json()["mark"]
        again = ask(trainer, room, seen=mark)
    assert again.status_code == 204
    room.store.join(room.code, language="en", consent="agreed")
    now = ask(trainer, room, seen=mark)
    assert WORDS.people.format(joined=1, connected=0) in now.json()["html"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"act"', b'"act"', b"[" * 5000])
def test_what_is_no_request_is_refused(trainer: Visitor, room: Running, body: bytes):
    sent = trainer.http.post(
        f"/staff/{room.code}/lead", content=body, headers={"X-XSRFToken": trainer.secret}
    )
    assert sent.status_code == 400


def test_a_workshop_that_is_not_there_has_no_console(trainer: Visitor, room: Running):
    assert trainer.get("/staff/NOSUCH/lead").status_code == 404
    room.store.erase_workshop(room.code)
    assert ask(trainer, room).status_code == 404
