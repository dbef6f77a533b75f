"""A page of the program without a browser: its widgets over the real WebSocket of its kernel."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import websocket
from myths.rehearsal.wire import shell_message

from tests.server.conftest import Visitor, read

PATIENCE = 25  # seconds, fewer than between two pings: each would begin them anew


def key() -> str:
    return str(uuid.uuid4())


def cookies(visitor: Visitor) -> str:
    """What the visitor's browser sends along."""
    return "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())


class Wire:
    """The widgets of a module page: what a visitor's script can read and set.

    `states` maps a widget's id to its state; `questions` maps "module.item.phase" to an id; `room`
    is where the room is, as the page was told last.
    """

    def __init__(
        self,
        visitor: Visitor,
        slug: str,
        *,
        patience: float = PATIENCE,
        connect: Callable[..., websocket.WebSocket] = websocket.create_connection,
    ) -> None:
        self._patience = patience
        self.page = page = visitor.get(f"/m/{slug}")
        kernel = re.search(r'id="kernel">(.*?)</script>', page.text)
        assert kernel, read(page)
        self.visitor, told = visitor, json.loads(kernel[1])
        self.room: dict[str, Any] = {}
        self.kernel, self._xsrf = told["id"], told["xsrf"]
        self.address = visitor.server.url(f"/api/kernels/{self.kernel}/channels")
        self._session = key()
        self._socket = connect(
            f"{self.address.replace('http', 'ws', 1)}?session_id={self._session}",
            cookie=cookies(visitor),
            origin=visitor.server.url("/").rstrip("/"),
            timeout=patience,
        )
        self.states = self._states()
        self.questions = {
            state["item"]: widget for widget, state in self.states.items() if state.get("item")
        }

    @property
    def html(self) -> str:
        """What the page shows: as it came, and what its widgets have brought over the wire."""
        brought = (state.get("html", "") for state in self.states.values())
        return "".join((self.page.text, *brought))

    def send(self, kind: str, content: dict[str, Any], **metadata: str) -> str:
        """Send a message as a page does; returns its id."""
        message = shell_message(self._session, kind, content, **metadata)
        self._socket.send(json.dumps(message))
        return str(message["header"]["msg_id"])

    def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Read messages up to the first one that is wanted; a socket that stays silent fails.

        Raises ConnectionResetError when the server closes the connection.
        """
        heard: list[dict[str, Any]] = []
        end = time.monotonic() + self._patience
        while not heard or not wanted(heard[-1]):
            assert time.monotonic() < end, heard
            frame = self._socket.recv()
            if not frame:  # a close frame
                raise ConnectionResetError("the server closed the connection")
            message = json.loads(frame)
            if message.get("channel") == "room":
                self.room = message["content"]
            else:
                heard.append(message)
        return heard

    def set(self, widget: str, **traits: Any) -> list[dict[str, Any]]:
        """Set traits of a widget; returns all that the kernel says until it has dealt with that."""
        data = {"method": "update", "state": traits, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": widget, "data": data})
        asked = self.send("kernel_info_request", {})
        return self.hear(lambda message: message["parent_header"].get("msg_id") == asked)[:-1]

    def answer(self, question: str, answer: Any) -> dict[str, Any]:
        """Give an answer of whatever shape; returns the receipt, {} if none came."""
        widget = self.questions[question]
        receipt: dict[str, Any] = {}
        for message in self.set(widget, answer=answer):
            if (
                message["header"]["msg_type"] == "comm_msg"
                and message["content"]["comm_id"] == widget
            ):
                receipt = message["content"]["data"].get("state", {}).get("receipt", receipt)
        return receipt

    def shut_down(self) -> None:
        """Leave as a page does, so that its kernel ends."""
        form = {"_xsrf": self._xsrf}
        self.visitor.http.post(f"/voila/api/shutdown/{self.kernel}", data=form)
        self.close()

    def close(self) -> None:
        self._socket.close()

    def _states(self) -> dict[str, dict[str, Any]]:
        control = key()
        opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        self.send("comm_open", opened, version="1.0.0")
        self.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        told = self.hear(lambda message: message["header"]["msg_type"] == "comm_msg")[-1]
        return {name: each["state"] for name, each in told["content"]["data"]["states"].items()}
