"""Whatever comes over a WebSocket: nothing runs, nothing false is kept, nobody else notices."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from myths import catalog
from myths.answer import Answer

from tests.faults.conftest import Trial
from tests.faults.messages import Hostile
from tests.faults.room import Room
from tests.faults.writer import RATING, TEXT, TROUBLE, Page
from tests.forkserver.kernels import memory
from tests.server.conftest import Visitor
from tests.server.wire import Wire, cookies, key


@pytest.fixture(scope="module")
def inside(room: Room) -> Iterator[Page]:
    """The page of somebody in whose name frames are sent."""
    with Visitor(room.server) as visitor:
        visitor.join()
        page = Page(visitor)
        yield page
        page.leave()


def open_wire(page: Page, session: str = "") -> websocket.WebSocket:
    """Open a connection of its own to the kernel of a page."""
    return websocket.create_connection(
        f"{page.address.replace('http', 'ws', 1)}?session_id={session or key()}",
        cookie=cookies(page.visitor),
        timeout=5,
    )


def rate(value: object) -> dict[str, Any]:
    return {"key": key(), "value": value, "text": None, "declined": False, "reader": None}


class Sender:
    """Sends frames to the kernel of a page; loads the page again when that kernel is gone."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.loads = self.cuts = 0
        self.session = key()
        self.load()

    def load(self) -> None:
        self.page = Page(self.visitor)
        self.page.close()
        self.loads += 1
        self.connect()

    def connect(self) -> None:
        self.wire = open_wire(self.page, self.session)

    def send(self, frame: str | bytes) -> None:
        """Send a frame, and read all that has come; a connection that was cut is opened again."""
        try:
            self._send(frame)
        except TROUBLE:
            self.cuts += 1
            if self.visitor.get(f"/kernels/{self.page.kernel}").status_code == 204:
                with contextlib.suppress(*TROUBLE):
                    return self.connect()
            self.load()
        return None

    def _send(self, frame: str | bytes) -> None:
        code = websocket.ABNF.OPCODE_BINARY if isinstance(frame, bytes) else 1
        self.wire.send(frame, code)
        self.wire.settimeout(0.001)
        with contextlib.suppress(websocket.WebSocketTimeoutException):
            while True:
                if self.wire.recv() == "":
                    raise ConnectionResetError
        self.wire.settimeout(5)


def everything(room: Room) -> dict[str, list[Any]]:
    """What the store holds apart from answers, their questions, and the page one is on."""
    tables = ("meta", "workshops", "participants", "erased", "sessions")
    with room.store.reading() as conn:
        return {
            name: [
                {**row, "page": ""}
                for row in conn.exec_driver_sql(f"SELECT * FROM {name}").mappings()  # noqa: S608
            ]
            for name in tables
        }


def is_proper(given: Answer, place: tuple[str, str, str]) -> bool:
    """Tell whether a page could have sent this answer to this question."""
    module, item, _ = place
    asked = catalog.load().module(module).item(item)
    if asked.kind == "text":
        return given.value is None and len(given.text or "") <= 2000 and given.reader is not None
    return given.text is None and given.value in {None, *(each.value for each in asked.options)}


def check(room: Room, trial: Trial, visitor: Visitor, before: Any, mark: Path) -> None:
    assert not mark.exists(), "what a visitor sent was executed"
    assert room.server.process.poll() is None
    assert everything(room) == before
    token = visitor.token
    hostile = room.store.visitor(token).participant
    for place, given in room.store.latest(hostile).items():
        assert place[0] == "risk"
        assert is_proper(given, place), (place, given)
    trial.go_on()


@pytest.mark.parametrize(
    "frame",
    [
        *(b"", b"\0", b"\xff" * 4, b"\xff" * 64, b"\x7f\xff\xff\xff", b"\0\0\0\x02{}"),
        (2**64 - 1).to_bytes(8, "little") + bytes(64),
        (2**31 - 1).to_bytes(4, "big") + bytes(64),
        '{"header": {}}',
        "[" * 100_000,
        '{"channel": {}, "header": {"msg_type": []}}',
    ],
)
def test_a_frame_that_is_no_message_ends_that_connection_alone(
    room: Room, inside: Page, frame: str | bytes
):
    before = memory(room.server.process.pid, "Rss")
    told = len(room.log.read_text())
    wire = open_wire(inside)
    wire.send(frame, websocket.ABNF.OPCODE_BINARY if isinstance(frame, bytes) else 1)
    with contextlib.suppress(OSError):
        while wire.recv():
            pass
    assert inside.answer(RATING, rate(2))["state"] == "saved"
    assert memory(room.server.process.pid, "Rss") - before < 50
    log = room.log.read_text()
    assert "no message of a page" in log  # once a minute
    assert "Traceback" not in log[told:]


def test_messages_made_up_at_random(
    room: Room, trial: Trial, visitor: Visitor, tmp_path: Path, number: int
):
    mark = tmp_path / "executed"
    chance = random.Random("messages")  # noqa: S311  the same each time
    pids = {writer.page.kernel for writer in trial.writers if writer.page}
    sender = Sender(visitor)
    before = everything(room)  # opening the page is kept as a place
    hostile = Hostile(chance, list(sender.page.states), f"open({str(mark)!r}, 'w').close()")
    for _ in range(number):
        hostile.widgets = list(sender.page.states)
        sender.send(hostile.frame(sender.session))
    print(f"\n{number} messages: cut off {sender.cuts} times, loaded {sender.loads} times")  # noqa: T201
    check(room, trial, visitor, before, mark)
    assert all(each in room.kernels() for each in pids), "somebody else's kernel has died"
    trial.judge("somebody sends wrong messages", number)
    answers = Page(visitor)
    assert answers.answer(RATING, rate(3))["state"] == "saved"
    answers.leave()


def test_a_text_of_2000_emoji_passes_and_what_is_far_larger_is_cut_off(
    room: Room, visitor: Visitor
):
    page = Wire(visitor, "risk")
    emoji = {"key": key(), "text": "🙂" * 2000, "reader": "evaluation"}
    assert page.answer(TEXT, emoji)["state"] == "saved"  # as \ud83d\ude42, 24,000 bytes
    page.send("comm_msg", {"comm_id": "x", "data": {"state": "x" * 300_000}})
    with pytest.raises(OSError):  # noqa: PT011  closed or reset, as it comes
        page.answer(TEXT, emoji)
    page.close()
    again = Wire(visitor, "risk")
    assert again.states[again.questions[TEXT]]["known"]["text"] == emoji["text"]
    again.shut_down()
