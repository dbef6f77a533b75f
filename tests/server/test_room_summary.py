"""What a room answered, for its trainer the day after: behind the key, and safe to show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from myths import catalog
from myths.live import settle
from myths.store import AskedQuestion, Vote

from tests.server.conftest import Running, Visitor, read
from tests.server.test_lead import room, trainer
from tests.store import samples

__all__ = ["room", "trainer"]
CATALOG = catalog.load()
SAYS = CATALOG.ui.summary


def asked(phase: str) -> AskedQuestion:
    item = CATALOG.module("risk").item("myth")
    options = {str(option.value): option.label for option in item.options}
    words = {"question": item.question, "options": options}
    return samples.asked("myth", phase, words=words, wording=item.wording)


def vote(room: Running, phase: str, values: list[int], names: list[str]) -> None:
    """Let people rate the myth, and close the vote."""
    for name, value in zip(names, values, strict=True):
        room.store.save(name, asked(phase), samples.given(value))
    led = Vote(page="risk", phase=phase, items=("myth",))
    settle(room.store, room.code, led)
    place = f"risk/myth/{phase}"
    room.store.change_live_state(room.code, lambda old: replace(old, closed=(*old.closed, place)))


@pytest.fixture
def names(room: Running) -> list[str]:
    return [
        room.store.join(room.code, language="en", consent="agreed").participant for _ in range(10)
    ]


def test_it_is_behind_the_key(visitor: Visitor, room: Running):
    page = visitor.get(f"/staff/{room.code}/summary")
    assert page.headers["Location"] == f"/staff/?next=%2Fstaff%2F{room.code}%2Fsummary"


def test_a_room_that_was_not_led_has_none_and_no_link(trainer: Visitor, room: Running):
    assert SAYS.nothing in read(trainer.get(f"/staff/{room.code}/summary"))
    assert f"/staff/{room.code}/summary" not in trainer.get(f"/staff/{room.code}").text
    assert trainer.get("/staff/NOSUCH/summary").status_code == 404


def test_before_is_there_only_beside_afterwards_and_the_page_names_nobody(
    trainer: Visitor, room: Running, names: list[str]
):
    vote(room, "before", [4] * 5 + [2] * 5, names)
    assert f"/staff/{room.code}/summary" in trainer.get(f"/staff/{room.code}").text
    assert SAYS.nothing in read(trainer.get(f"/staff/{room.code}/summary"))
    vote(room, "after", [2] * 8 + [4] * 2, names)
    page = read(trainer.get(f"/staff/{room.code}/summary"))
    assert CATALOG.module("risk").item("myth").question in page
    assert f"{SAYS.before} (10 people)" in page
    assert f"{SAYS.after} (10 people)" in page
    assert "50 %" in page
    assert "80 %" in page
    assert not any(name in page for name in names)
