"""Kernels sleep all the time and are killed while people answer: nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room
from tests.faults.tally import Row

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="it finds processes in /proc"),
]


@pytest.fixture
def sleepy(tmp_path: Path) -> Iterator[Room]:
    """A server whose kernels sleep as soon as they have nothing to do."""
    more, program = {"IDLE": "0", "SECOND": "20"}, ("-m", "tests.faults.sleepy")
    with open_room(Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path, more, program)) as made:
        yield made


@pytest.fixture
def drowsy(
    sleepy: Room, table: list[Row], chance: random.Random, request: pytest.FixtureRequest
) -> Trial:
    return Trial(sleepy, table, chance, request.node.name)


def kill(pids: set[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_sleeping_between_any_two_answers(drowsy: Trial, times: int):
    drowsy.suffer(lambda: None, 3 * times)
    drowsy.judge("kernels fall asleep as soon as they have nothing to do", 3 * times)


def test_killing_kernels_while_they_wake(drowsy: Trial, sleepy: Room, times: int):
    drowsy.suffer(lambda: kill(set(sleepy.kernels().values())), times)
    drowsy.judge("a kernel that sleeps and wakes is killed", times)


def test_killing_templates_while_their_kernels_sleep(drowsy: Trial, sleepy: Room, times: int):
    drowsy.suffer(lambda: kill(sleepy.templates()), times)
    drowsy.judge("the process is killed from which sleeping kernels wake", times)


def test_killing_the_fork_server_while_kernels_sleep(drowsy: Trial, sleepy: Room, times: int):
    drowsy.suffer(lambda: kill(sleepy.fork_servers()), times)
    drowsy.judge("the fork server is killed while kernels sleep", times)
