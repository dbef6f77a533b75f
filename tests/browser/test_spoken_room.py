"""What a screen reader has of a room that is led: the console, the projector, results on a phone.

It is kept in a file beside this one, to be read whenever it changes: set `ANEW` to write it again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from myths import catalog
from myths.live import acts, settle
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, at_step
from tests.browser.test_console import staff
from tests.browser.test_led_room import lead, phones
from tests.browser.test_projector import MODULE, at, people, wall
from tests.browser.test_spoken_module import ANEW

__all__ = ["people", "phones", "staff", "wall"]
WORDS = catalog.load().ui.console
KEPT = Path(__file__).with_name("room.spoken.yml")
BOTH = ("before", "after")
ITEMS = [item.id for item in MODULE.statements]


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop(["risk"])


def voted(room: Running, phase: str, rate: Callable[[str, float], None], value: float) -> None:
    lead(room, acts.go, "risk", "view" if phase == "before" else "again")
    lead(room, acts.open_vote, "risk", phase, ITEMS)
    rate(phase, value)


def closed(room: Running) -> None:
    lead(room, acts.close)
    vote = room.store.live_state(room.code).vote
    assert vote
    settle(room.store, room.code, vote)


def spoken(room: Running, name: str, page: Page, part: str = "main") -> str:
    """What a screen reader has of a part of a page, without what differs each time."""
    told = f"# {name}\n{page.locator(part).aria_snapshot()}\n"
    told = told.replace(room.code, "CODE").replace(f"127.0.0.1:{room.port}", "ADDRESS")
    return re.sub(r"\b\d\d:\d\d\b", "TIME", told)


def test_a_led_room_is_spoken_in_this_order(
    staff: Page, wall: Page, phones, room: Running, people: Callable[[str, float], None]
):
    phone = phones()
    lead(room, acts.set_pace, "together")
    voted(room, "before", people, 4)
    closed(room)
    voted(room, "after", people, 4)
    expect(staff.locator(".count")).to_contain_text("10")
    expect(staff.get_by_text(WORDS.people.format(joined=11, connected=1))).to_be_visible()
    at(wall, "vote")
    told = [
        spoken(room, "the console, a question is open", staff),
        spoken(room, "the projector, a question is open", wall),
    ]
    closed(room)
    expect(staff.get_by_text(WORDS.first_facts)).to_be_visible()
    told.append(spoken(room, "the console, most agree with the belief", staff, ".now .vote"))
    lead(room, lambda state: acts.reveal(state, "risk", "myth", asked=BOTH))
    at(wall, "results")
    at_step(phone, "again")
    expect(phone.locator(".group")).to_be_visible()
    told += [
        spoken(room, "the projector, results", wall),
        spoken(room, "a phone, where the room is", phone, "#room"),
        spoken(room, "a phone, results", phone, ".group"),
    ]
    if os.environ.get(ANEW):
        KEPT.write_text("".join(told), encoding="utf-8")
    assert "".join(told) == KEPT.read_text(encoding="utf-8")
