"""One visitor takes a bounded part of the memory, whatever their page sends or does not read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
import websocket
from myths.rehearsal.wire import shell_message

from tests.faults.room import Room
from tests.server.conftest import ROOT, Running, Visitor, serving
from tests.server.wire import Wire, cookies, key

MB = 2**20
RATING = "risk.myth.before"
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
        timeout=30,
    )


def lines(wire: Wire) -> int:
    """How many widgets and lines a page's kernel knows."""
    asked_for = wire.send("comm_info_request", {})
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


def test_a_socket_closes_with_its_kernel(room: Room, wire: Wire):
    os.kill(room.kernels()[wire.kernel], signal.SIGKILL)
    with pytest.raises(ConnectionResetError):
        wire.hear(lambda _: False)
    assert wire.visitor.get(f"/kernels/{wire.kernel}").status_code == 404
    assert wire.kernel not in room.kernels(), "it was started again"


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
