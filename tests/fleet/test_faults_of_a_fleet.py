"""Parts of a fleet fail while people answer: nothing that was acknowledged is lost or doubled.

A wrong address, and a version that does not fit, end a server before it serves: tests/store and
tests/server/test_start.py. What happens to the database itself: test_faults_of_a_database.py.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from myths.store import Store

from tests.faults.conftest import Trial
from tests.faults.room import ANSWERS, Room
from tests.faults.tally import Row
from tests.faults.test_clock import turned_clock
from tests.fleet.conftest import Load, Site, site, trust
from tests.server.conftest import Running

Clock = tuple[Callable[[random.Random], None], dict[str, str]]


@dataclass
class FleetRoom:
    """A workshop of a site, as `Trial` looks at it."""

    here: Site
    server: Running = field(init=False)

    def __post_init__(self) -> None:
        self.server = self.here.room()

    @property
    def store(self) -> Store:
        return self.here.store

    @property
    def log(self) -> Path:
        """What all servers wrote, in one file."""
        together = self.here.folder / "all.log"
        together.write_text(self.here.logs())
        return together

    def rows(self) -> list[dict[str, object]]:
        with self.store.reading() as conn:
            return [dict(row) for row in conn.exec_driver_sql(ANSWERS).mappings()]


@pytest.fixture(scope="module")
def clocks(tmp_path_factory: pytest.TempPathFactory) -> list[Clock]:
    """One for each server."""
    return [turned_clock(tmp_path_factory.mktemp("clock")) for _ in range(2)]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory, clocks: list[Clock]) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("faulty"), own=[more for _, more in clocks]) as running:
        yield running


@pytest.fixture
def trial(
    fleet: Site,
    load: Load,
    table: list[Row],
    chance: random.Random,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Trial:
    trust(fleet, monkeypatch)
    room = cast(Room, FleetRoom(fleet))
    return Trial(room, table, chance, request.node.name, people=load.people)


def test_a_server_is_killed(trial: Trial, fleet: Site, load: Load):
    def kill() -> None:
        machine = trial.chance.choice(fleet.machines)
        machine.kill()
        trial.go_on()  # at the other one
        machine.start()
        machine.wait()

    trial.suffer(kill, load.times)
    trial.judge("one of two servers is killed", load.times)


def test_the_pooler_is_killed(trial: Trial, fleet: Site, load: Load):
    def kill() -> None:
        fleet.pooler.end()
        fleet.pooler.start()

    trial.suffer(kill, load.times)
    trial.judge("the pooler (PgBouncer) is killed", load.times)


def test_the_database_is_stopped(trial: Trial, fleet: Site, load: Load):
    def stop() -> None:
        fleet.database.end()
        fleet.database.start()

    trial.suffer(stop, load.times)
    trial.judge("the database of two servers is stopped and started", load.times)
    assert fleet.store.servers() == 2  # they hear of each other again


def test_the_proxy_is_killed(trial: Trial, fleet: Site, load: Load):
    def kill() -> None:
        fleet.proxy.end()
        fleet.proxy.start()

    trial.suffer(kill, load.times)
    trial.judge("the proxy (HAProxy) is killed", load.times)


def test_people_are_sent_to_the_other_server(trial: Trial, load: Load):
    """Each server signs with a secret of its own, and nothing that people have depends on it."""

    def send() -> None:
        for writer in trial.writers:
            for cookie in writer.visitor.http.cookies.jar:
                if cookie.name == "server":
                    cookie.value = "w1" if cookie.value == "w2" else "w2"
            writer.reload.set()

    trial.suffer(send, load.times)
    trial.judge("people are sent to another server, which has another secret", load.times)


def test_the_clocks_of_servers_are_wrong(trial: Trial, clocks: list[Clock], load: Load):
    def turn() -> None:
        for each, _ in clocks:
            each(trial.chance)

    trial.suffer(turn, load.times)
    trial.judge("the clocks of two servers are wrong, each in its own way", load.times)


def test_every_line_of_the_logs_is_json(fleet: Site):
    for line in fleet.logs().splitlines():
        assert json.loads(line)["message"]
