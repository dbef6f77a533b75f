"""The store is locked, slow, gone or full while people answer, and comes back."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room
from tests.forkserver.kernels import wait_until

SPACE = 24  # MB of the small disk


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock that every writer needs, as a backup program may."""
    other = sqlite3.connect(file, isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def test_locking_the_store_for_longer_than_anybody_waits(trial: Trial, room: Room, seldom: int):
    def lock() -> None:
        with locked(room.server.file):
            time.sleep(5.5)

    trial.suffer(lock, seldom)
    trial.judge("the database is locked for more than 5 s", seldom)


def test_slowing_the_store(trial: Trial, room: Room, times: int):
    def slow() -> None:
        for _ in range(5):
            with locked(room.server.file):
                time.sleep(trial.chance.uniform(0.1, 0.5))

    trial.suffer(slow, times)
    trial.judge("the database is slow", times)


def test_moving_the_store_away_and_back(trial: Trial, room: Room, times: int):
    file = room.server.file

    def move() -> None:
        aside = file.rename(file.with_suffix(".aside"))
        time.sleep(trial.chance.uniform(0.2, 1))
        aside.rename(file)

    trial.suffer(move, times)
    trial.judge("the database's file is moved away and back", times)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("a small disk (tmpfs) is mounted by root alone")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SPACE}m", "myths-test", folder]
    if (refused := subprocess.run(mount, capture_output=True, text=True)).returncode:
        pytest.skip(f"no small disk can be mounted here: {refused.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_filling_the_disk(disk: Path, tmp_path: Path, table, chance, times: int):
    def nothing_is_saved() -> bool:
        with suppress(OSError), (disk / "filler").open("ab", buffering=0) as filler:
            while filler.write(bytes(65536)):
                pass
        with closing(sqlite3.connect(room.server.file)) as other:
            try:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the room that its log has taken
                other.execute("UPDATE meta SET key = key")
                other.commit()
            except sqlite3.Error as fault:
                return bool(re.search("is full|disk I/O error", str(fault)))
        return False

    def fill() -> None:
        wait_until(nothing_is_saved, "nothing can be saved")
        (disk / "filler").unlink()

    with open_room(Room(f"sqlite:///{disk}/workshop.sqlite", tmp_path)) as room:
        trial = Trial(room, table, chance, "disk")
        trial.suffer(fill, times)
        trial.judge("the disk is full", times)
