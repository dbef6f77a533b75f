"""Messages are lost or come twice, and a page takes in nothing of what it is sent."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import websocket

from tests.faults.conftest import Trial
from tests.faults.room import Room
from tests.faults.writer import TROUBLE, Page
from tests.forkserver.kernels import memory, wait_until
from tests.server.conftest import Visitor


@dataclass
class BadWay:
    """Connects to a server; each message may be `lost`, or come twice, in either direction."""

    chance: random.Random
    rate: float = 0.05
    lost: int = 0
    doubled: int = 0
    passed: int = 0

    def connect(self, address: str, **options: Any) -> websocket.WebSocket:
        kind = partial(BadSocket, way=self)
        return websocket.create_connection(address, class_=kind, **options)

    def times(self) -> int:
        """Decide how often one message arrives."""
        luck = self.chance.random()
        self.passed += 1
        self.lost += luck < self.rate
        self.doubled += luck > 1 - self.rate
        return 0 if luck < self.rate else 2 if luck > 1 - self.rate else 1


class BadSocket(websocket.WebSocket):
    """The page's end of such a connection."""

    def __init__(self, *, way: BadWay, **options: Any) -> None:
        super().__init__(**options)
        self._way = way
        self._arrived: list[str | bytes] = []

    def send(self, payload: bytes | str, opcode: int = websocket.ABNF.OPCODE_TEXT) -> int:
        message = opcode in (websocket.ABNF.OPCODE_TEXT, websocket.ABNF.OPCODE_BINARY)
        times = self._way.times() if message else 1
        return sum(super(BadSocket, self).send(payload, opcode) for _ in range(times))

    def recv(self) -> str | bytes:
        while not self._arrived:
            message = super().recv()
            self._arrived += [message] * (self._way.times() if message else 1)
        return self._arrived.pop()


def test_losing_and_doubling_messages(room: Room, table, chance, times: int):
    way = BadWay(chance)
    trial = Trial(room, table, chance, "bad way", connect=way.connect)
    enough = max(times, 5)
    wait_until(lambda: min(way.lost, way.doubled) >= enough, "messages are lost", seconds=1200)
    trial.judge("a message is lost, another comes twice", min(way.lost, way.doubled))
    assert 0.01 < way.lost / way.passed < 0.12


def test_a_page_that_never_reads_takes_no_memory_and_others_go_on(
    trial: Trial, room: Room, times: int
):
    deaf = Visitor(room.server)
    deaf.join()
    before = memory(room.server.process.pid, "Rss")
    pages = [Page(deaf) for _ in range(4)]
    end = time.monotonic() + (3 if times < 100 else 60)
    asked = 0
    while time.monotonic() < end:
        for page in pages:
            control = f"deaf {asked}"
            opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
            try:
                page.send("comm_open", opened, version="1.0.0")
                asked_for = {"comm_id": control, "data": {"method": "request_states"}}
                page.send("comm_msg", asked_for)
            except TROUBLE:
                continue
        asked += 1
        time.sleep(0.005)
    trial.go_on()
    grown = memory(room.server.process.pid, "Rss") - before
    assert grown < 60, f"{asked} x {len(pages)} answers unread, {grown:.0f} MB more"
    print(f"\n{asked} x {len(pages)} answers unread, {grown:.0f} MB more")  # noqa: T201
    trial.judge("a page never reads what it is sent", times)
    deaf.http.close()
