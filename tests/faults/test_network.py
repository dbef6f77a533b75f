"""Messages are lost or come twice, and a page takes in nothing of what it is sent."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import urlsplit

from tests.faults.conftest import Trial
from tests.faults.frames import BadWay
from tests.faults.room import Room
from tests.faults.writer import TROUBLE, Page
from tests.forkserver.kernels import memory, wait_until
from tests.server.conftest import Visitor


def test_losing_and_doubling_messages(room: Room, table, chance, times: int):
    way = BadWay(room.port, chance)
    link = urlsplit(room.server.link)._replace(netloc=f"127.0.0.1:{way.port}").geturl()
    trial = Trial(room, table, chance, "bad way", server=replace(room.server, link=link))
    wait_until(lambda: min(way.lost, way.doubled) >= times, "messages are lost", seconds=1200)
    trial.judge("a message is lost, another comes twice", min(way.lost, way.doubled))
    way.close()
    assert 0.01 < way.lost / way.passed < 0.12


def test_a_page_that_never_reads_takes_no_memory_and_others_go_on(
    trial: Trial, room: Room, times: int
):
    deaf = Visitor(room.server)
    deaf.join()
    before = memory(room.server.process.pid, "Rss")
    pages = [Page(deaf) for _ in range(min(times, 4))]
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
