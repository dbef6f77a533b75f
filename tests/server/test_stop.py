"""A server that is told to end does so in seconds, with every process, and loses no answer."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from myths.rehearsal.wire import shell_message

from tests.faults.room import Room
from tests.forkserver.kernels import Watch, wait_until
from tests.server.conftest import Visitor
from tests.server.guesser import Guesser
from tests.server.wire import Wire, key

RATING = "risk.myth.before"
IN_TIME = 15  # seconds: the server has 8, and other tests run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path)
    opened.start()
    yield opened
    opened.end()


def page(room: Room) -> Wire:
    visitor = Visitor(room.server)
    visitor.join()
    return Wire(visitor, "risk")


def rate(value: int) -> dict[str, object]:
    return {"key": key(), "value": value, "text": None, "declined": False, "reader": None}


def seconds_to_end(room: Room) -> float:
    """How long the server's process runs on after it was told to end."""
    with Watch(room.server.process.pid) as server:
        begin = time.monotonic()
        room.server.process.terminate()
        assert server.ended(60)
        return time.monotonic() - begin


def test_every_page_ends_with_the_server_though_kernels_do_not_answer(room: Room):
    wires = [page(room) for _ in range(4)]
    for process in room.kernels().values():
        os.kill(process, signal.SIGSTOP)
    for wire in wires:
        data = {"method": "update", "state": {"answer": rate(2)}, "buffer_paths": []}
        wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
    assert seconds_to_end(room) < IN_TIME
    wait_until(lambda: not room.processes(), "every process ends with the server")


def test_the_server_ends_in_time_while_another_program_keeps_the_store_locked(room: Room):
    with (
        Visitor(room.server) as visitor,
        Guesser(visitor, "/", code=room.server.code, agree="yes") as crowd,
        closing(sqlite3.connect(room.server.file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        for _ in range(8):
            crowd.guess()
        assert visitor.get("/assets/0/absent.js").status_code == 404  # it has heard them
        assert seconds_to_end(room) < IN_TIME


def test_what_was_sent_as_the_server_ended_is_saved(room: Room):
    wire = page(room)
    process = room.kernels()[wire.kernel]
    os.kill(process, signal.SIGSTOP)
    last = rate(4)
    data = {"method": "update", "state": {"answer": last}, "buffer_paths": []}
    message = shell_message("x", "comm_msg", {"comm_id": wire.questions[RATING], "data": data})
    wire._socket.send(json.dumps(message))
    for _ in range(3):  # what came before them has been read
        assert wire.visitor.get("/assets/0/absent.js").status_code == 404
    room.server.process.terminate()
    os.kill(process, signal.SIGCONT)
    room.server.process.wait(60)
    assert [row["key"] for row in room.rows()] == [last["key"]]
