"""The database server is killed, or stopped and started again, while people answer."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room


class Database:
    """A PostgreSQL server in as many lives as a test gives it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.programs, self.account = postgres._programs(), postgres._account()
        if self.account:
            shutil.chown(folder, self.account["user"], self.account["group"])
        making = [self.programs / "initdb", "-D", self.data, "-U", "tests", "-A", "trust"]
        self._run([*making, "-E", "UTF8", "--locale=C", "--no-sync"])

    def start(self) -> None:
        """Start it; after a kill it waits until the last process of its earlier life has ended."""
        command = [self.programs / "postgres", "-D", self.data, "-k", self.folder]
        with (self.folder / "log").open("a") as log:
            for _ in range(100):
                self.process = subprocess.Popen(
                    [*command, "-c", "listen_addresses="],
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    **self.account,
                )
                try:
                    postgres._wait(self.process, self.folder)
                except AssertionError:
                    time.sleep(0.05)
                else:
                    return
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=30)

    def _run(self, command: list[object]) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.account)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, for sockets have short names
    database = Database(folder)
    database.start()
    postgres.Server(folder).run("CREATE DATABASE workshop")
    yield database
    database.end(signal.SIGINT)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def room(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    url = postgres.Server(database.folder).url("workshop")
    with open_room(Room(url, tmp_path_factory.mktemp("room"))) as opened:
        yield opened


def test_killing_the_database_server(trial: Trial, database: Database, times: int):
    def kill() -> None:
        database.end(signal.SIGKILL)
        database.start()

    trial.suffer(kill, times)
    trial.judge("the database server (PostgreSQL) is killed", times)


def test_stopping_the_database_server(trial: Trial, database: Database, times: int):
    def stop() -> None:
        database.end(signal.SIGINT)
        time.sleep(trial.chance.uniform(0, 1))
        database.start()

    trial.suffer(stop, times)
    trial.judge("the database server (PostgreSQL) is stopped and started", times)
