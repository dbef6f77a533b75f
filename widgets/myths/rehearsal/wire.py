"""The wire of one page without a browser: its widgets over the kernel's WebSocket.

It says and hears what the page's own script does (`server/static/kernel.js`).
Protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

_ENDED = ("dead", "restarting", "autorestarting")
LONGEST = 300  # seconds to wait for a page or its wire; longer is a failure


class WireError(Exception):
    """The wire is cut, or nothing came over it in time."""


def shell_message(
    session: str, kind: str, content: Mapping[str, Any], **metadata: str
) -> dict[str, Any]:
    """Make a message as a page sends it, with an id of its own in the header."""
    header = {
        "msg_id": uuid4().hex,
        "msg_type": kind,
        "session": session,
        "username": "",
        "version": "5.3",
        "date": "2030-01-01T00:00:00Z",
    }
    message = {"channel": "shell", "header": header, "parent_header": {}, "buffers": []}
    return message | {"metadata": metadata, "content": content}


class GuestWire:
    """An open WebSocket; `states` are the widgets' by id, `questions` the questions' ids by item.

    `room` is where the room is that a trainer leads, as the server said last; `moved` is set as it
    says so. `bytes` is the length of all that came with the states, compressed as it travelled;
    `cut` is set once the wire is of no more use: the socket is closed or the kernel has ended.
    """

    def __init__(self) -> None:
        self.states: Mapping[str, Mapping[str, Any]] = {}
        self.questions: Mapping[str, str] = {}
        self.cut = asyncio.Event()
        self.room: Mapping[str, Any] = {}
        self.moved = asyncio.Event()
        self.bytes = 0
        self._session = uuid4().hex
        self._control = ""
        self._loaded: asyncio.Future[Mapping[str, Any]] = asyncio.Future()
        self._receipts: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._socket: WebSocketClientConnection

    @classmethod
    async def open(cls, url: str, *, headers: Mapping[str, str]) -> GuestWire:
        """Connect to `/api/kernels/<id>/channels` and read the states of all widgets.

        Raises WireError when the kernel does not answer, Tornado's errors when it is refused.
        """
        wire = cls()
        request = HTTPRequest(
            f"{url.replace('http', 'ws', 1)}?session_id={wire._session}",
            headers=dict(headers),
            connect_timeout=LONGEST,
            request_timeout=LONGEST,
        )
        wire._socket = await websocket_connect(
            request,
            on_message_callback=wire._hear,
            compression_options={},  # offered, as browsers do
        )
        try:
            wire.states = await wire._load()
        except WireError:
            wire.close()
            raise
        # Tornado counts it, but tells it nowhere else
        wire.bytes = getattr(wire._socket.protocol, "_wire_bytes_in", 0)
        wire.questions = {
            state[name]: widget
            for widget, state in wire.states.items()
            for name in ("first_item", "item")
            if state.get(name)
        }
        return wire

    async def answer(self, item: str, answer: Mapping[str, Any], *, wait: float) -> str:
        """Send an answer; returns the receipt's state: saved, preview, refused or failed.

        Raises WireError when the wire is cut or no receipt came within `wait` seconds.
        """
        receipt = self._receipts.setdefault(answer["key"], asyncio.Future())
        widget = self.questions[item]
        trait = "first_answer" if self.is_first_try(item) else "answer"
        data = {"method": "update", "state": {trait: answer}, "buffer_paths": []}
        self._send("comm_msg", {"comm_id": widget, "data": data})
        try:
            return str((await self._unless_cut(receipt, wait))["state"])
        finally:
            self._receipts.pop(answer["key"], None)

    def is_first_try(self, item: str) -> bool:
        """Return whether it is a first try at another question, which no page lets one change."""
        return bool(self.states[self.questions[item]]["item"] != item)

    def close(self) -> None:
        """Close the socket without waiting for the other side."""
        self.cut.set()
        self._socket.close()

    async def _load(self) -> Mapping[str, Any]:
        self._control = uuid4().hex
        opened = {"comm_id": self._control, "target_name": "jupyter.widget.control", "data": {}}
        self._send("comm_open", opened, version="1.0.0")
        asked = {"comm_id": self._control, "data": {"method": "request_states"}}
        self._send("comm_msg", asked)
        told = await self._unless_cut(self._loaded, LONGEST)
        return {widget: each["state"] for widget, each in told.items()}

    async def _unless_cut(self, future: asyncio.Future[Any], wait: float) -> Any:
        cut = asyncio.ensure_future(self.cut.wait())
        done, _ = await asyncio.wait(
            (future, cut), timeout=wait, return_when=asyncio.FIRST_COMPLETED
        )
        cut.cancel()
        if future in done:
            return future.result()
        raise WireError("the wire was cut" if done else f"no word within {wait:.0f} seconds")

    def _send(self, kind: str, content: Mapping[str, Any], **metadata: str) -> None:
        text = json.dumps(shell_message(self._session, kind, content, **metadata))
        if self._socket.protocol is None or self.cut.is_set():
            raise WireError("the wire was cut")
        # what goes wrong on the way is told by a receipt that does not come
        asyncio.ensure_future(self._socket.write_message(text)).add_done_callback(_look)

    def _hear(self, raw: str | bytes | None) -> None:
        if raw is None:
            self.cut.set()
            return
        message = json.loads(raw if isinstance(raw, str) else _text(raw))
        if message["channel"] == "room":
            if "moving" not in message["content"]:  # a server that is about to end cuts the wire
                self.room = message["content"]
                self.moved.set()
            return
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] in _ENDED:
            self.cut.set()
        elif kind == "comm_msg":
            self._receive(content["comm_id"], content["data"])

    def _receive(self, widget: str, data: Mapping[str, Any]) -> None:
        if widget == self._control and "states" in data:
            if not self._loaded.done():
                self._loaded.set_result(data["states"])
            return
        for name in ("first_receipt", "receipt"):
            receipt = data.get("state", {}).get(name, {})
            waiting = self._receipts.get(receipt.get("key", ""))
            if waiting and not waiting.done():
                waiting.set_result(receipt)


def _text(raw: bytes) -> bytes:
    """Find the JSON in a message with buffers: a count, that many offsets, then the parts."""
    places = [int.from_bytes(raw[at : at + 4], "big") for at in (0, 4, 8)]
    return raw[places[1] : places[2] if places[0] > 1 else None]


def _look(sent: asyncio.Future[Any]) -> None:
    """Take note of a fault, so that asyncio does not print it."""
    if not sent.cancelled():
        sent.exception()
