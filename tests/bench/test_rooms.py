"""The tables of rooms: what was measured is there, beside what we want of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import rooms
from bench.asleep import SleepingRoom
from bench.led_room import LedRoom

ROOM = LedRoom(300, 0.03, 0.4, 0.5, 0.2, 0.9, 1.0, 3.0, 0.0001, 9e6)
PAIR = (0.01, 0.04)
ASLEEP = SleepingRoom(30, 0.02, 7e6, 1e5, 15, 1, PAIR, PAIR, PAIR, PAIR, 2.4e6, 0.05)


def test_a_room_is_held_against_the_bars(tmp_path: Path):
    rooms.keep(tmp_path, "led_room", [ROOM], workers=1)
    rooms.keep(tmp_path, "asleep", [ASLEEP], workers=1)
    text = (tmp_path / "rooms.md").read_text("utf-8")
    assert "| a click to 300 phones (p95) | 400 ms | 1000 ms | 500 ms | beyond |" in text
    assert "| 300 votes in one burst (p95) | 900 ms | 800 ms | 200 ms | no |" in text
    assert "| 300 phones at once, all back | 3 s | 5 s | 1 s | the bar |" in text
    assert "| memory of a person, mean of a workshop | 2.40 MB | 8 MB | 1 MB | the bar |" in text
    assert "| a click to 100 phones (p95) | - | 1000 ms | 300 ms | not measured |" in text


def test_workers_have_rows_of_their_own_and_no_bar(tmp_path: Path):
    rooms.keep(tmp_path, "led_room", [ROOM], workers=3)
    text = (tmp_path / "rooms.md").read_text("utf-8")
    assert "| 3 | 300 | 30 | 400 | 500 | 200 | 900 | 1 | 3 | 0.10 | 9 |" in text
    assert "| 300 votes in one burst (p95) | - |" in text


@pytest.mark.parametrize("file", sorted(Path(rooms.__file__).parent.glob("results/*.json")))
def test_the_tables_that_are_kept_are_of_the_numbers_that_are_kept(file: Path):
    assert f"`{file.name}`" in (file.parent / "rooms.md").read_text("utf-8")
    assert rooms.markdown(file.parent) == (file.parent / "rooms.md").read_text("utf-8")
