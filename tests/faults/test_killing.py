"""Processes are killed while people answer: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress

import httpx
import pytest
from myths import catalog

from tests.faults.conftest import Trial
from tests.faults.room import Room
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Visitor, read
from tests.server.wire import Wire

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


def test_a_page_is_whole_whose_process_dies_while_its_kernel_is_forked(room: Room):
    visitor = Visitor(room.server)
    visitor.join()
    Wire(visitor, "risk").shut_down()
    processes = room.templates()
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)  # it lives, and does not answer
    with visitor.http.stream("GET", "/m/risk") as answer:
        pieces = answer.iter_text()
        page = next(pieces)  # the head, which does not wait for the kernel
        for pid in processes:
            kill(pid)
        page += "".join(pieces)
    kernel = re.search(r'id="kernel">\{"id": "([0-9a-f-]+)"', page)
    assert kernel, page[-500:]
    assert visitor.get(f"/kernels/{kernel[1]}").status_code == 204
    said = read(httpx.Response(200, text=page))
    assert catalog.load().ui.page.section_failed not in said
    visitor.http.close()


def test_killing_the_server(trial: Trial, room: Room, seldom: int):
    def server() -> None:
        before = room.processes()
        room.kill()
        room.start()
        wait_until(lambda: not room.processes() & before, "what it had started ends with it")

    trial.suffer(server, seldom)
    trial.judge("the server is killed and started again", seldom)
