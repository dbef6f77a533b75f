"""One visitor takes a bounded part of the memory, whatever their page sends or does not read."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
import websocket
from myths.rehearsal.wire import shell_message
from myths.server.kernel_link import KernelLink

from tests.faults.room import Room
from tests.server.conftest import ROOT, Running, Visitor, serving
from tests.server.wire import PATIENCE, Wire, cookies, key
from tests.threads import finish

MB = 2**20
RATING = "risk.myth.before"
KERNEL = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
HOARD = """
import anywidget, traitlets

class Hoard(anywidget.AnyWidget):
    _esm = "export default { render() {} }"
    hoarded = traitlets.Int(0).tag(sync=True)

    @traitlets.observe("hoarded")
    def take(self, change):
        self.kept = b"x" * (change.new * 2**20)

Hoard()
"""
MADE = {"_model_name": "VBoxModel", "_model_module": "@jupyter-widgets/controls"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("bounds")
    opened = Room(f"sqlite:///{folder}/workshop.sqlite", folder)
    opened.start()
    yield opened
    opened.end()


@pytest.fixture
def wire(room: Room) -> Iterator[Wire]:
    visitor = Visitor(room.server)
    visitor.join()
    wire = Wire(visitor, "risk")
    yield wire
    wire.shut_down()
    visitor.http.close()


def rate(value: int) -> dict[str, object]:
    return {"key": key(), "value": value, "text": None, "declined": False, "reader": None}


def socket_of(wire: Wire, session: str) -> websocket.WebSocket:
    return websocket.create_connection(
        f"{wire.address.replace('http', 'ws', 1)}?session_id={session}",
        cookie=cookies(wire.visitor),
        timeout=PATIENCE,
    )


def lines(wire: Wire, **target: str) -> int:
    """How many widgets and lines a page's kernel knows, or those with a `target_name`."""
    asked_for = wire.send("comm_info_request", target)
    told = wire.hear(
        lambda message: (
            message["header"]["msg_type"] == "comm_info_reply"
            and message["parent_header"]["msg_id"] == asked_for
        )
    )[-1]
    return len(told["content"]["comms"])


def test_a_page_makes_no_widgets(wire: Wire):
    before = lines(wire)
    for _ in range(50):
        data = {"state": MADE, "buffer_paths": []}
        opened = {"comm_id": key(), "target_name": "jupyter.widget", "data": data}
        wire.send("comm_open", opened, version="2.1.0")
        asked = {"comm_id": key(), "target_name": "jupyter.widget.control", "data": {}}
        wire.send("comm_open", asked, version="1.0.0")
    assert lines(wire) == before  # the last line on which it asks is in place of the first


def test_nor_does_a_page_with_a_kernel_of_jupyters(wire: Wire):
    stock = Wire(wire.visitor, "risk?front=stock")
    before = lines(stock, target_name="jupyter.widget")
    assert before >= len(stock.states)
    data = {"state": {**MADE, "value": "x" * 100_000}, "buffer_paths": []}
    for _ in range(20):
        opened = {"comm_id": key(), "target_name": "jupyter.widget", "data": data}
        stock.send("comm_open", opened, version="2.1.0")
    assert lines(stock, target_name="jupyter.widget") == before
    stock.shut_down()


def test_little_is_taken_in_for_a_kernel_that_does_not_answer(room: Room, wire: Wire):
    process = room.kernels()[wire.kernel]
    text = json.dumps(shell_message("x", "comm_msg", {"comm_id": "x", "data": "x" * 200_000}))
    other = socket_of(wire, "another")
    os.kill(process, signal.SIGSTOP)
    try:
        other.settimeout(2)
        sent = 0
        with suppress(websocket.WebSocketTimeoutException):
            while sent < 64 * MB:
                other.send(text)
                sent += len(text)
    finally:
        os.kill(process, signal.SIGCONT)
    assert sent < 24 * MB, sent  # what the system's own buffers hold, and 0.5 MB of ours
    assert wire.answer(RATING, rate(2))["state"] == "saved"


def test_new_connections_bring_no_more_to_a_kernel_that_does_not_answer(room: Room, wire: Wire):
    process = room.kernels()[wire.kernel]
    text = json.dumps(shell_message("x", "comm_msg", {"comm_id": "x", "data": "x" * 200_000}))
    path, secret, post = (
        f"/kernels/{wire.kernel}/messages",
        wire.visitor.secret,
        wire.visitor.http.post,
    )
    os.kill(process, signal.SIGSTOP)
    taken = 0
    try:
        while taken < 16 * MB:
            told = {"session": key(), "messages": [text]}
            answer = post(path, json=told, headers={"X-XSRFToken": secret}, timeout=2)
            assert answer.status_code == 200
            taken += len(text)
    except httpx.ReadTimeout:
        pass
    finally:
        os.kill(process, signal.SIGCONT)
    assert taken < 4 * MB, taken
    assert wire.answer(RATING, rate(2))["state"] == "saved"


def test_little_waits_for_a_page_that_is_not_connected_and_that_is_the_newest():
    async def wait() -> None:
        link = KernelLink()
        for number in range(64):
            link.deliver(f"{number}".ljust(MB // 8))
        told = await link.wait(0, "", seconds=0)
        assert sum(len(each) for _, each in told) == MB
        assert [int(each) for _, each in told] == list(range(56, 64))

    finish(wait())


def test_a_kernel_that_is_killed_over_an_answer_is_not_missed(room: Room, wire: Wire):
    process = room.kernels()[wire.kernel]
    os.kill(process, signal.SIGSTOP)
    answer = rate(2)
    data = {"method": "update", "state": {"answer": answer}, "buffer_paths": []}
    wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
    for _ in range(3):  # what came before them has been passed on
        assert wire.visitor.get("/assets/0/absent.js").status_code == 404
    os.kill(process, signal.SIGKILL)
    wire.hear(lambda message: answer["key"] in str(message["content"]))
    assert [row["key"] for row in room.rows()].count(answer["key"]) == 1
    assert room.kernels()[wire.kernel] != process


def test_a_socket_closes_with_a_kernel_of_jupyters(room: Room, wire: Wire):
    page = wire.visitor.get("/m/risk?front=stock").text
    kernel = next(each for each in re.findall(KERNEL, page) if each in room.kernels())
    socket = websocket.create_connection(
        f"{wire.address.replace('http', 'ws', 1)}".replace(wire.kernel, kernel),
        cookie=cookies(wire.visitor),
        timeout=30,
    )
    os.kill(room.kernels()[kernel], signal.SIGKILL)
    while socket.recv():  # "" is the end
        pass
    assert wire.visitor.get(f"/kernels/{kernel}").status_code == 404
    assert kernel not in room.kernels(), "it was started again"


def is_answered(socket: websocket.WebSocket) -> bool:
    asked = shell_message("x", "comm_info_request", {})
    socket.send(json.dumps(asked))
    while heard := socket.recv():
        if json.loads(heard)["parent_header"].get("msg_id") == asked["header"]["msg_id"]:
            return True
    return False


def test_few_connections_share_a_kernel_and_the_last_ones_are_served(wire: Wire):
    sockets = []
    for number in range(5):
        sockets.append(socket_of(wire, f"session-{number}"))
        assert is_answered(sockets[-1])
    for gone in sockets[:2]:
        while gone.recv():  # "" is the end
            pass
    assert all(is_answered(each) for each in sockets[2:])
    for each in sockets:
        each.close()


@pytest.fixture(scope="module")
def hoarding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with a notebook whose widget takes as much as it is told to."""
    folder = tmp_path_factory.mktemp("hoarding")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    path = folder / "notebooks/participants/01_risk.ipynb"
    notebook = json.loads(path.read_text())
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    notebook["cells"].append(cell | {"id": "hoard", "source": HOARD})
    path.write_text(json.dumps(notebook))
    with serving(folder / "workshop.sqlite", "--notebooks", str(folder / "notebooks")) as running:
        yield running


def test_a_kernel_that_grows_is_ended_and_what_was_answered_is_kept(hoarding: Running):
    visitor = Visitor(hoarding)
    visitor.join()
    wire = Wire(visitor, "risk")
    assert wire.answer(RATING, rate(4))["state"] == "saved"
    (hoard,) = [name for name, state in wire.states.items() if "hoarded" in state]
    wire.set(hoard, hoarded=8)
    assert wire.answer(RATING, rate(5))["state"] == "saved"
    told = {"method": "update", "state": {"hoarded": 200}, "buffer_paths": []}
    wire.send("comm_msg", {"comm_id": hoard, "data": told})
    with pytest.raises(ConnectionResetError):
        wire.hear(lambda _: False)
    again = Wire(visitor, "risk")
    assert again.states[again.questions[RATING]]["known"]["value"] == 5
    assert "took more than" in hoarding.log.read_text()
    again.shut_down()
