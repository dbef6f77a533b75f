"""The projector's page: behind the key, and it says nothing twice."""

from __future__ import annotations

import httpx
import pytest

from tests.server.conftest import Running, Visitor, read
from tests.server.test_lead import room, trainer

__all__ = ["room", "trainer"]


def ask(who: Visitor, room: Running, body: bytes) -> httpx.Response:
    path = f"/staff/{room.code}/projector"
    return who.http.post(path, content=body, headers={"X-XSRFToken": who.secret})


def test_it_is_behind_the_key(visitor: Visitor, room: Running):
    page = visitor.get(f"/staff/{room.code}/projector")
    assert page.headers["Location"] == f"/staff/?next=%2Fstaff%2F{room.code}%2Fprojector"
    visitor.join(room.code)
    assert ask(visitor, room, b'{"seen": ""}').status_code == 403


def test_it_says_how_to_join_and_nothing_twice(trainer: Visitor, room: Running):
    assert room.code in read(trainer.get(f"/staff/{room.code}/projector"))
    first = ask(trainer, room, b'{"seen": ""}').json()
    assert room.code in first["html"]
    again = ask(trainer, room, f'{{"seen": "{first["mark"]}"}}'.encode())
    assert again.status_code == 204
    room.store.join(room.code, language="en", consent="agreed")
    assert ask(trainer, room, f'{{"seen": "{first["mark"]}"}}'.encode()).status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"seen"', b"[" * 5000])
def test_what_is_no_request_is_refused(trainer: Visitor, room: Running, body: bytes):
    assert ask(trainer, room, body).status_code == 400


def test_a_workshop_that_is_not_there_has_none(trainer: Visitor, room: Running):
    room.store.erase_workshop(room.code)
    assert trainer.get(f"/staff/{room.code}/projector").status_code == 404
    assert ask(trainer, room, b'{"seen": ""}').status_code == 404
