"""The database server is killed, or stopped and started again, while people answer."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from tests import postgres
from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.Server]:
    """A server of this file's own."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="module")
def room(database: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with (
        database.database("workshop") as url,
        open_room(Room(url, tmp_path_factory.mktemp("room"))) as opened,
    ):
        yield opened


def test_killing_the_database_server(trial: Trial, database: postgres.Server, times: int):
    def kill() -> None:
        database.end(signal.SIGKILL)
        database.start()

    trial.suffer(kill, times)
    trial.judge("the database server (PostgreSQL) is killed", times)


def test_stopping_the_database_server(trial: Trial, database: postgres.Server, times: int):
    def stop() -> None:
        database.end()
        time.sleep(trial.chance.uniform(0, 1))
        database.start()

    trial.suffer(stop, times)
    trial.judge("the database server (PostgreSQL) is stopped and started", times)
