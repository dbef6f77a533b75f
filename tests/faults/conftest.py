"""A room with people who answer, and the one table of faults that the soak run writes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import websocket

from tests.faults.room import Room
from tests.faults.tally import Row, count, write
from tests.faults.writer import Connect, Writer
from tests.forkserver.kernels import wait_until
from tests.server.conftest import ROOT, Visitor

Fault = Callable[[], object]
PAUSE = 0.04  # seconds of pauses at most, for each person there is: all say 50 in a second


@pytest.fixture(params=[1, pytest.param(100, marks=pytest.mark.soak)])
def times(request: pytest.FixtureRequest) -> int:
    """How often a fault is done: once in each test run, often in the soak run."""
    number: int = request.param
    return number


@pytest.fixture(params=[1, pytest.param(20, marks=pytest.mark.soak)])
def seldom(request: pytest.FixtureRequest) -> int:
    """How often a fault is done that takes its time: less often in the soak run."""
    number: int = request.param
    return number


@pytest.fixture(params=[300, pytest.param(10_000, marks=pytest.mark.soak)])
def number(request: pytest.FixtureRequest) -> int:
    """How many messages or requests are made up."""
    given: int = request.param
    return given


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[list[Row]]:
    """Collects a row for each fault; the soak run writes them to `docs/faults.md`."""
    rows: list[Row] = []
    yield rows
    if rows and request.config.option.markexpr == "soak":
        write(rows, ROOT / "docs/faults.md")


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20261122)  # noqa: S311  moments and messages, no secrets


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One server for all tests that leave it running, or start it again."""
    folder = tmp_path_factory.mktemp("room")
    with open_room(Room(f"sqlite:///{folder}/workshop.sqlite", folder)) as opened:
        yield opened


@pytest.fixture
def visitor(room: Room) -> Iterator[Visitor]:
    """Somebody who has joined."""
    with Visitor(room.server) as someone:
        someone.join()
        yield someone


@contextmanager
def open_room(room: Room) -> Iterator[Room]:
    room.start()
    try:
        yield room
    finally:
        room.end()


class Trial:
    """People who answer while faults are done, and what is to be true afterwards."""

    def __init__(
        self,
        room: Room,
        table: list[Row],
        chance: random.Random,
        name: str,
        *,
        connect: Connect = websocket.create_connection,
        people: int = 3,
    ) -> None:
        self.room, self.table, self.chance = room, table, chance
        self._patience = 90 + people  # seconds
        names = [f"{name} {number}" for number in range(people)]
        pause = PAUSE * people
        self.writers = [Writer(room.server, each, pause, connect) for each in names]
        self.go_on()

    def suffer(self, fault: Fault, times: int, *, at_once: int = 1) -> None:
        """Do a fault at random moments; each time everybody goes on by themselves."""
        for _ in range(0, times, at_once):
            time.sleep(self.chance.uniform(0, 0.3))
            fault()
            self.go_on()

    def while_they_load(self, fault: Fault) -> None:
        """Everybody loads the page, and the fault comes at some moment of that, or just before."""
        for writer in self.writers:
            writer.reload.set()
        time.sleep(self.chance.uniform(0, 0.3))
        fault()
        wait_until(lambda: not any(w.reload.is_set() for w in self.writers), "all load the page")

    def go_on(self, *, seconds: float = 0) -> None:
        """Wait until everybody had another answer acknowledged."""
        before = [len(writer.acknowledged) for writer in self.writers]

        def all_went_on() -> bool:
            now = [len(writer.acknowledged) for writer in self.writers]
            return all(later > sooner for later, sooner in zip(now, before, strict=True))

        troubles = [writer.troubles[-3:] for writer in self.writers]
        wait_until(
            all_went_on, f"everybody goes on, after {troubles}", seconds=seconds or self._patience
        )

    def judge(self, fault: str, times: int) -> Row:
        """Everybody finishes; what they were told is in the table, once."""
        for writer in self.writers:
            writer.end()
        for writer in self.writers:
            writer.finish()
        row = count(fault, times, self.writers, self.room)
        self.table.append(row)
        print(f"\n{row}")  # noqa: T201  the numbers are wanted
        assert (row.lost, row.doubled) == (0, 0), row
        assert "sentence" not in self.room.log.read_text(), "the log holds what people wrote"
        for writer in self.writers:
            assert not writer.unlike, writer.unlike[:5]
            assert not writer.refused, writer.refused[:5]
            latest = self.room.store.latest(writer.participant)
            for question in {asked for asked, _ in writer.said.values()}:
                said = [text for asked, text in writer.said.values() if asked == question]
                given = latest[tuple(question.split("."))]  # type: ignore[index]
                assert (given.text or given.value) == said[-1]
        return row


@pytest.fixture
def trial(
    room: Room, table: list[Row], chance: random.Random, request: pytest.FixtureRequest
) -> Trial:
    return Trial(room, table, chance, request.node.name)
