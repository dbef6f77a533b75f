"""Processes are killed while people answer: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

import pytest

from tests.faults.conftest import Trial
from tests.faults.room import Room
from tests.server.forkserver.kernels import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it finds processes in /proc")


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_killing_kernels(trial: Trial, room: Room, times: int):
    def everybody() -> None:
        kernels = room.kernels()
        for writer in trial.writers:
            page = writer.page
            if page and page.kernel in kernels:
                kill(kernels[page.kernel])

    trial.suffer(everybody, times, at_once=len(trial.writers))
    trial.judge("a kernel is killed", times)


def test_killing_the_fork_server(trial: Trial, room: Room, times: int):
    def fork_server() -> None:
        wait_until(room.fork_servers, "there is a fork server")
        kill(room.fork_servers().pop())

    trial.suffer(lambda: trial.while_they_load(fork_server), times)
    trial.judge("the fork server is killed", times)


def test_killing_the_process_of_a_prepared_page(trial: Trial, room: Room, times: int):
    def prepared() -> None:
        for pid in room.templates():
            kill(pid)

    trial.suffer(lambda: trial.while_they_load(prepared), times)
    trial.judge("the process of a prepared page is killed", times)


def test_killing_the_server(trial: Trial, room: Room, times: int):
    def server() -> None:
        before = room.processes()
        room.kill()
        room.start()
        wait_until(lambda: not room.processes() & before, "what it had started ends with it")

    trial.suffer(server, times)
    trial.judge("the server is killed and started again", times)
