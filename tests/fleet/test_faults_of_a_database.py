"""What happens to the database of two workers: its disk is full, it fails over, it lets nobody in.

Each time the log tells whoever runs it, pages wait, and nothing acknowledged is lost or doubled.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from myths.cli import main

from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room
from tests.faults.tally import Row
from tests.fleet.conftest import Load
from tests.forkserver.kernels import wait_until
from tests.postgres import Server

SPACE = 160  # MB of the small disk
WORKERS = ("--workers", "2", "--drain", "2")
PASSWORD, OTHER = "apricot", "blackthorn"
Table = list[Row]


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder for a database server: sockets have short names."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    if os.geteuid() != 0:
        pytest.skip("a small disk (tmpfs) is mounted by root alone")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SPACE}m", "myths-test", folder]
    if (refused := subprocess.run(mount, capture_output=True, text=True)).returncode:
        pytest.skip(f"no small disk can be mounted here: {refused.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


class Standstill:
    """Whether nobody's answer has been acknowledged for a while."""

    def __init__(self, trial: Trial) -> None:
        self._trial, self._before, self._since = trial, [-1], time.monotonic()

    def is_there(self) -> bool:
        now = [len(writer.acknowledged) for writer in self._trial.writers]
        if now != self._before:
            self._before, self._since = now, time.monotonic()
        return time.monotonic() - self._since > 1


def test_the_disk_of_the_database_is_full(
    tmp_path: Path, table: Table, chance: random.Random, load: Load
):
    with short_folder() as folder, small_disk(folder):
        database = Server(folder)
        database.start()
        database.run("CREATE DATABASE workshop")
        url = database.url("workshop")
        with open_room(Room(url, tmp_path, options=WORKERS)) as room:
            trial = Trial(room, table, chance, "full", people=load.people)

            def fill() -> None:
                standstill = Standstill(trial)

                def is_full() -> bool:
                    with suppress(OSError), (folder / "filler").open("ab", buffering=0) as filler:
                        while filler.write(bytes(65536)):
                            pass
                    return standstill.is_there()

                wait_until(is_full, "nothing is saved any more", seconds=60)
                (folder / "filler").unlink()
                database.recover()

            trial.suffer(fill, load.times)
            trial.judge("the disk of the database server (PostgreSQL) is full", load.times)
            assert "No space left on device" in room.log.read_text()
        database.end()


class Pair:
    """A database server, and a standby that has each commit before that is acknowledged."""

    def __init__(self, first: Path, second: Path) -> None:
        self.primary = Server(first)
        self.primary.start()
        self.primary.run("CREATE DATABASE workshop")
        self.standby = Server(second, standby_of=self.primary)
        self._wait_for_standby()
        self.url = (
            f"postgresql://tests@/workshop?host={first},{second}&target_session_attrs=read-write"
        )

    def fail_over(self) -> None:
        """Kill the first, have the second take over, and make the first anew as its standby."""
        self.primary.end(signal.SIGKILL)
        self.standby.run("SELECT pg_promote()")
        self.primary, self.standby = self.standby, self.primary
        self.standby.follow(self.primary)
        self._wait_for_standby()

    def _wait_for_standby(self) -> None:
        self.standby.start()
        self.standby.run("ALTER SYSTEM RESET synchronous_standby_names")  # for when it takes over
        self.standby.run("SELECT pg_reload_conf()")
        self.primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.run("SELECT pg_reload_conf()")

        def is_followed() -> bool:
            with psycopg.connect(self.primary.url("postgres"), autocommit=True) as connection:
                asked = connection.execute("SELECT sync_state FROM pg_stat_replication")
                return [state for (state,) in asked] == ["sync"]

        wait_until(is_followed, "the standby has all that is committed")

    def end(self) -> None:
        for each in (self.primary, self.standby):
            each.end(signal.SIGQUIT)


def test_a_standby_takes_over(tmp_path: Path, table: Table, chance: random.Random, load: Load):
    with short_folder() as first, short_folder() as second:
        pair = Pair(first, second)
        with open_room(Room(pair.url, tmp_path, options=WORKERS)) as room:
            trial = Trial(room, table, chance, "standby", people=load.people)
            trial.suffer(pair.fail_over, load.times)
            trial.judge("a standby takes over from the database server (PostgreSQL)", load.times)
            wait_until(lambda: room.store.servers() == 2, "they hear of each other again")
        pair.end()


@pytest.fixture
def guarded() -> Iterator[Server]:
    """A database of somebody who needs a password."""
    with short_folder() as folder:
        database = Server(folder)
        rules = folder / "data/pg_hba.conf"
        rules.write_text(f"local all myths scram-sha-256\n{rules.read_text()}")
        database.start()
        database.run(f"CREATE ROLE myths LOGIN PASSWORD '{PASSWORD}'")
        database.run("CREATE DATABASE workshop OWNER myths")
        yield database
        database.end()


def with_password(database: Server, password: str) -> str:
    return database.url("workshop").replace("tests@", f"myths:{password}@")


def test_the_password_is_changed_and_changed_back(
    guarded: Server, tmp_path: Path, table: Table, chance: random.Random, load: Load
):
    others = "FROM pg_stat_activity WHERE usename = 'myths'"
    with open_room(Room(with_password(guarded, PASSWORD), tmp_path, options=WORKERS)) as room:
        trial = Trial(room, table, chance, "password", people=load.people)

        def change() -> None:
            guarded.run(f"ALTER ROLE myths PASSWORD '{OTHER}'")
            guarded.run(f"SELECT pg_terminate_backend(pid) {others}")
            wait_until(Standstill(trial).is_there, "nothing is saved any more")
            guarded.run(f"ALTER ROLE myths PASSWORD '{PASSWORD}'")

        trial.suffer(change, load.times)
        trial.judge("the database server (PostgreSQL) wants another password", load.times)
        log = room.log.read_text()
    assert "password authentication failed" in log
    assert PASSWORD not in log


def test_a_wrong_password_is_said_before_anything_is_served(guarded: Server, tmp_path: Path):
    url = with_password(guarded, OTHER)
    options = ["--db", url, "--published", str(tmp_path / "published"), "--workers", "2"]
    ended = CliRunner().invoke(main, ["serve", *options])
    assert ended.exit_code == 1
    (said,) = ended.stderr.strip().splitlines()
    assert "does not let us in" in said
    assert "name and password" in said
    assert OTHER not in said
