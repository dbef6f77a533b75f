"""A page's kernel: it lets a page and its widgets talk, in one thread, and runs no code.

The widgets were made before it (see `executor`). ipykernel's own program brings a shell, a debugger
and five threads along, for which a page has no use (docs/decisions/0002-kernel-without-a-shell.md),
and ZeroMQ's sockets, for which our server has none (docs/decisions/0035-kernels-asleep.md).
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import comm

from myths.errors import StoreError
from myths.pages import lines
from myths.pages.comms import PageComm
from myths.pages.page_store import TOLD, PageStore
from myths.pages.widget_states import CONTROL, open_control

log = logging.getLogger(__name__)

_PIECE = 2**16  # bytes that are read at once


def serve(wire: socket.socket) -> None:
    """Serve a page until the server closes the wire."""
    sys.stdout = sys.stderr  # what a widget prints goes to the server's log
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loop = asyncio.new_event_loop()  # a trainer's own widgets may have something to do in it
    asyncio.set_event_loop(loop)
    loop.add_reader(wire, PageKernel(wire, ended=loop.stop).read)
    loop.run_forever()


class PageKernel:
    """Answers what a page's front end asks for, and nothing else."""

    def __init__(self, wire: socket.socket, *, ended: Callable[[], object]) -> None:
        """Connect the widgets that are there; `ended` is called when the server has gone."""
        self._wire, self._ended = wire, ended
        self._lines = lines.LineReader()
        self._lock = threading.Lock()  # widgets may be set in other threads, too
        self._thread = threading.get_ident()
        self._comms: Any = comm.get_comm_manager()
        self._comms.register_target(CONTROL, open_control)
        self._answers: dict[str, Callable[[int, dict[str, Any]], object]] = {
            "comm_open": self._open_control,
            "comm_msg": lambda _, message: self._comms.comm_msg(None, "", message),
            "comm_close": lambda _, message: self._comms.comm_close(None, "", message),
            f"{lines.INFO}_request": self._list_comms,
            "kernel_info_request": self._say_what_it_is,
        }
        self._came: deque[bytes] = deque()
        PageComm.publish, PageStore.ask = self._publish, self._ask

    @property
    def heard(self) -> frozenset[str]:
        """The types of messages that it knows."""
        return frozenset(self._answers)

    def read(self) -> None:
        """Deal with what has come, message by message."""
        if not self._receive():
            self._ended()
        while self._came:
            line = self._came.popleft()
            try:
                PageStore.is_kept = line.startswith(lines.KEPT)
                link, message = lines.read_said(line.removeprefix(lines.KEPT))
                if answer := self._answers.get(message["header"]["msg_type"]):
                    answer(link, message)
            except Exception:
                log.exception("a page's message could not be dealt with")
            PageStore.is_kept = False
            self._send(lines.DONE + b"\n")

    def _open_control(self, _link: int, message: dict[str, Any]) -> None:
        """Take the line on which a page asks for all widgets, the last one; a page makes none."""
        if message["content"]["target_name"] != CONTROL:
            return
        for each in [line for line in self._comms.comms.values() if line.target_name == CONTROL]:
            self._comms.unregister_comm(each)
        self._comms.comm_open(None, "", message)

    def _list_comms(self, link: int, message: dict[str, Any]) -> None:
        comms = {name: each.target_name for name, each in self._comms.comms.items()}
        self._send(lines.comm_info(link, message, comms))

    def _say_what_it_is(self, link: int, message: dict[str, Any]) -> None:
        """Answer whoever wants to know that all before this was dealt with."""
        told = {"status": "ok", "implementation": "myths"}
        to = message["header"]["msg_id"]
        self._send(lines.answer(link, "kernel_info_reply", told, to=to))

    def _publish(self, kind: str, content: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        self._send(lines.answer(lines.ALL, kind, content, metadata=metadata))

    def _receive(self) -> bool:
        """Take what has come; False once the server has gone."""
        data = self._wire.recv(_PIECE)
        self._came.extend(self._lines.feed(data))
        return bool(data)

    def _ask(self, line: bytes) -> bytes:
        """Ask the server for something of the store; what pages say meanwhile waits."""
        if threading.get_ident() != self._thread:
            raise StoreError("An answer can be saved in the thread of its page only.")
        self._send(line + b"\n")
        before = len(self._came)
        while self._receive():
            for at in range(before, len(self._came)):
                if self._came[at].startswith(TOLD):
                    told = self._came[at]
                    del self._came[at]
                    return told
            before = len(self._came)
        raise StoreError("The server has gone.")

    def _send(self, line: bytes) -> None:
        with self._lock:
            self._wire.sendall(line)
