"""Nothing of a visit remains in the server once its page is gone: no object, no open file."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.room import Room
from tests.forkserver.kernels import open_files, wait_until
from tests.server.conftest import Visitor
from tests.server.wire import Wire, key

KINDS = (
    *("DirectLink", "KernelSocketHandler", "NotebookHandler", "JoinHandler", "PageOwner"),
    *("OpenPage", "SleepingKernel", "PageOrigin", "PreparedPage"),
    *("HTTP1ServerConnection", "IOStream", "WebSocketProtocol13", "ZMQStream", "ForkedProcess"),
    *("ServerKernelManager", "ForkProvisioner", "Session", "HTTPServerRequest", "Visitor"),
)
# what the server runs: itself, and on SIGUSR1 a count of what is alive in it
COUNTING = f"""
import collections, gc, json, os, signal, sys

def count(*_):
    gc.collect()
    alive = collections.Counter(type(each).__name__ for each in gc.get_objects())
    told = {{kind: alive[kind] for kind in {KINDS!r}}}
    with open(os.environ["COUNTED"] + ".new", "w") as file:
        json.dump(told, file)
    os.replace(file.name, os.environ["COUNTED"])

signal.signal(signal.SIGUSR1, count)
from myths.cli import main
main()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    more = {"COUNTED": str(tmp_path / "counted")}
    opened = Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path, more, ("-c", COUNTING))
    opened.start()
    yield opened
    opened.end()


def visit(room: Room) -> None:
    with Visitor(room.server) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        answer = {"key": key(), "value": 2, "text": None, "declined": False, "reader": None}
        assert wire.answer("risk.myth.before", answer)["state"] == "saved"
        wire.shut_down()


def alive(room: Room) -> dict[str, int]:
    """The server's objects by kind, and its open files."""
    counted, pid = Path(room.more["COUNTED"]), room.server.process.pid
    counted.unlink(missing_ok=True)
    os.kill(pid, signal.SIGUSR1)
    wait_until(counted.exists, "the server counts its objects", seconds=60)
    return {**json.loads(counted.read_text()), "open files": len(open_files(pid))}


def test_twelve_visits_leave_no_more_behind_than_two(room: Room):
    for _ in range(2):
        visit(room)
    wait_until(lambda: not room.kernels(), "their kernels end", seconds=60)
    few = alive(room)
    assert few["ZMQStream"] < 10, few
    for _ in range(12):
        visit(room)
    wait_until(lambda: not room.kernels(), "their kernels end", seconds=60)

    def more() -> dict[str, tuple[int, int]]:
        now = alive(room)
        return {kind: (few[kind], now[kind]) for kind in few if now[kind] > few[kind] + 3}

    wait_until(lambda: not more(), f"{more()} come back to what they were", seconds=60)
