"""A trainer leads while something breaks: afterwards room and phones agree by themselves."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from myths.errors import StoreError
from myths.live import acts
from myths.store import LiveState, Vote, dialects

from tests import postgres
from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room
from tests.faults.test_clock import turned_clock
from tests.faults.test_database_server import database
from tests.faults.writer import RATING
from tests.forkserver.kernels import wait_until

__all__ = ["database"]

pytestmark = pytest.mark.soak

PAGE, ITEM, PHASE = RATING.split(".")


@pytest.fixture
def led(tmp_path: Path) -> Iterator[Room]:
    """A server of a test's own, whose room is led."""
    with open_room(Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path)) as opened:
        yield opened


@pytest.fixture
def led_elsewhere(database: postgres.Server, tmp_path: Path) -> Iterator[Room]:
    """The same with its answers in PostgreSQL."""
    with database.database("led") as url, open_room(Room(url, tmp_path)) as opened:
        yield opened


class Led:
    """A trainer who acts from outside the server, as a notebook does, and people who answer."""

    def __init__(self, trial: Trial) -> None:
        self.trial, self.room = trial, trial.room
        self.code = self.room.server.code
        self.act(acts.set_pace, "together")

    @property
    def state(self) -> LiveState:
        return self.room.store.live_state(self.code)

    def act(self, act: Callable[..., LiveState], *how: object) -> LiveState:
        return self.room.store.change_live_state(self.code, lambda state: act(state, *how))

    def open(self) -> None:
        self.act(acts.go, PAGE, "view")
        self.act(acts.open_vote, PAGE, PHASE, (ITEM,))

    def is_told(self) -> bool:
        """Return whether every phone was told where the room is now."""
        now = self.state.version
        pages = [writer.page for writer in self.trial.writers]
        return all(page is not None and page.room.get("version") == now for page in pages)

    def agree(self) -> None:
        wait_until(self.is_told, "phones are where the room is", seconds=30)

    def is_counted(self) -> None:
        """Check that everybody who answered the vote is counted in it, once."""
        vote = self.state.vote
        assert vote == Vote(page=PAGE, phase=PHASE, items=(ITEM,))

        def agrees() -> bool:
            counted = self.room.store.attendance(self.code, vote=vote).answered
            return counted == len({row["who"] for row in self.room.rows() if row["item"] == ITEM})

        wait_until(agrees, "all are counted")


def test_killing_the_server_while_a_vote_is_open(led: Room, table, chance, seldom: int):
    room, trial = led, Trial(led, table, chance, "vote")
    trainer = Led(trial)
    trainer.open()

    def server() -> None:
        trainer.act(acts.count_down, chance.uniform(60, 90))
        room.kill()
        room.start()
        trainer.agree()
        trainer.is_counted()

    trial.suffer(server, seldom)
    trainer.act(acts.close)
    trainer.agree()
    assert trainer.state.is_closed(PAGE, ITEM, PHASE)
    trial.judge("the server is killed while a vote is open", seldom)


def test_moving_the_store_away_while_a_trainer_leads(led: Room, table, chance, seldom: int):
    room, trial = led, Trial(led, table, chance, "led")
    trainer, file = Led(trial), led.server.file

    def move() -> None:
        store = room.store
        aside = file.rename(file.with_suffix(".aside"))
        time.sleep(chance.uniform(0.2, 1))
        with suppress(StoreError):  # a click that does nothing
            store.change_live_state(trainer.code, lambda state: acts.go(state, PAGE, "facts"))
        aside.rename(file)
        trainer.open()
        trainer.agree()

    trial.suffer(move, seldom)
    trainer.is_counted()
    trial.judge("the database's file is moved away while a trainer leads", seldom)


def test_killing_the_database_server_while_a_trainer_leads(
    led_elsewhere: Room, database: postgres.Server, table, chance, seldom: int
):
    trial = Trial(led_elsewhere, table, chance, "led")
    trainer = Led(trial)

    def kill() -> None:
        database.end(signal.SIGKILL)
        database.start()
        trainer.open()
        trainer.agree()

    trial.suffer(kill, seldom)
    trainer.is_counted()
    trial.judge("the database server is killed while a trainer leads", seldom)


def test_losing_a_notification(
    led_elsewhere: Room, table, chance, seldom: int, monkeypatch: pytest.MonkeyPatch
):
    trial = Trial(led_elsewhere, table, chance, "led")
    trainer = Led(trial)

    def lose() -> None:
        with monkeypatch.context() as silent:
            silent.setattr(dialects, "announce", lambda _: None)
            trainer.open()
        trainer.agree()

    trial.suffer(lose, seldom)
    trainer.is_counted()
    trial.judge("a notification that a room was moved is lost", seldom)


def test_setting_the_clock_back_and_forth_while_a_trainer_leads(
    tmp_path: Path, table, chance, seldom: int
):
    clock, more = turned_clock(tmp_path)
    with open_room(Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path, more)) as room:
        trial = Trial(room, table, chance, "clock")
        trainer = Led(trial)

        def turn() -> None:
            clock(chance)
            trainer.open()
            trainer.act(acts.count_down, 60)
            trainer.agree()
            left = [writer.page.room["left"] for writer in trial.writers if writer.page]
            assert all(0 <= each <= 60 for each in left), left

        trial.suffer(turn, seldom)
        trainer.is_counted()
        trial.judge("the clock is set back or forth while a trainer leads", seldom)
