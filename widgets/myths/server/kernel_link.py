"""The way between a page and its kernel, whatever carries it to the browser.

A page talks to its widgets over the channel "shell" and hears of them over "iopub"; it needs no
other. Messages: https://jupyter-client.readthedocs.io/en/stable/messaging.html
Why it is our own: docs/decisions/0015-wire.md.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import struct
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from jupyter_client.session import DELIM, Session
from zmq.eventloop.zmqstream import ZMQStream

from myths.errors import MythsError

ALLOWED = {"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"}
_UNDERWAY = 32  # messages, and bytes, that a kernel may have to deal with yet
_UNDERWAY_BYTES = 512 * 1024
_KEPT = 1024 * 1024  # bytes that wait for a page which is not connected; then the oldest go
_NAME = 100  # letters of a message's id
_REQUESTS = 4  # that may wait until those before them were passed on
PACE = 0.005  # seconds between two messages of one page; what is left waits on its side
_ASKING, _SLOWLY = 0.2, 5  # seconds until a kernel that said nothing is asked again

Wired = str | bytes  # as a WebSocket takes it
Hear = Callable[[Wired], object]
End = Callable[[int | None], object]


class LinkError(MythsError):
    """What a page sent is no message, or its kernel is gone."""


class KernelLink:
    """Carries messages of one page to its kernel and back; what comes waits while nobody hears it.

    `end` is called when the kernel is gone, once for each hearer, with the socket's code if any.
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        # no history of digests: nobody else can write to the kernel's sockets
        self._session = Session(key=kernel.session.key, digest_history_size=0)
        self._streams: list[ZMQStream] = []
        self._underway: dict[str, list[int]] = {}
        self._room = asyncio.Event()
        self._waiting: deque[tuple[int, Wired]] = deque()
        self._number = self._kept = 0
        self._came = asyncio.Event()
        self._asking = self._sending = 0
        self._turn = asyncio.Lock()
        self._hear: Hear | None = None
        self._end: End | None = None
        self._silent = False
        self.closed = False
        self.on_close: Callable[[], object] = lambda: None
        self._opened = asyncio.ensure_future(self._open())

    @property
    def heard(self) -> bool:
        """Return whether somebody is connected."""
        return self._hear is not None or self._asking > 0

    async def wait_open(self) -> None:
        """Wait until the kernel was heard. Raises LinkError when it cannot be reached."""
        await asyncio.wait([self._opened])
        if self.closed or self._opened.cancelled() or self._opened.exception():
            self.close()
            raise LinkError("The kernel of this page cannot be reached: load the page again.")

    def attach(self, hear: Hear, end: End) -> None:
        """Hand what waits and what comes to `hear`; whoever heard it before is sent away."""
        self.detach()
        self._underway.clear()  # what was sent before may be lost
        self._room.set()
        self._hear, self._end = hear, end
        while self._waiting and self._hear is not None:
            hear(self._take())

    def detach(self, hear: Hear | None = None, *, code: int | None = None) -> None:
        """Keep what comes from now on; `hear` is who goes, None for whoever it is.

        `code` says why, as a WebSocket's does.
        """
        if hear in (None, self._hear):
            self._hear, end, self._end = None, self._end, None
            if hear is None and end:
                end(code)

    async def wait(self, after: int, *, seconds: float) -> list[tuple[int, Wired]]:
        """Return what came after number `after`, as soon as there is something.

        What came before has arrived, and is let go. Who was attached is sent away, and who waited
        here before waits no longer.
        """
        self.detach()
        while self._waiting and self._waiting[0][0] <= after:
            self._take()
        self._came.set()
        self._came = asyncio.Event()
        self._kernel.last_activity = datetime.now(UTC)  # by which Jupyter ends kernels
        self._asking += 1
        try:
            if not self._waiting and not self.closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._came.wait()
        finally:
            self._asking -= 1
        return list(self._waiting)

    async def send_all(self, messages: Sequence[Wired]) -> None:
        """Pass the messages of a request on, after those of the requests before it.

        Who sends requests hears the answers by requests, so whoever is attached is sent away first.
        Raises LinkError like `send`, and when too many requests wait.
        """
        self.detach()
        if self._sending >= _REQUESTS:
            raise LinkError("Too many messages of this page wait: send them one after another.")
        self._sending += 1
        try:
            async with self._turn:
                for message in messages:
                    await self.send(message)
                    await asyncio.sleep(PACE)
        finally:
            self._sending -= 1

    async def send(self, raw: Wired) -> None:
        """Pass a message on, once the kernel has dealt with enough of those before it.

        Raises LinkError for what is no message, or when the kernel is gone. What a page has no
        business to send is ignored.
        """
        message = _message(raw)
        if message is None:
            return
        name = message["header"]["msg_id"]
        while sum(map(len, self._underway.values())) >= _UNDERWAY or (
            self._underway and sum(map(sum, self._underway.values())) + len(raw) > _UNDERWAY_BYTES
        ):
            self._room.clear()
            await self._room.wait()
        if self.closed:
            raise LinkError("The kernel of this page is gone: load the page again.")
        self._underway.setdefault(name, []).append(len(raw))
        self._kernel.last_activity = datetime.now(UTC)
        self._session.send(self._streams[0], message)

    def tell(self, content: Mapping[str, Any]) -> None:
        """Send the page something that is not its kernel's to say: where its room is."""
        self._deliver(json.dumps({"channel": "room", "content": content}))

    async def wait_idle(self) -> None:
        """Wait until the kernel has dealt with all that was sent."""
        while self._underway and not self.closed:
            self._room.clear()
            await self._room.wait()

    def silence(self) -> None:
        """Send the page nothing any more; what it said still arrives."""
        self._silent = True
        self._forget()

    def close(self) -> None:
        """Release the kernel, and send away whoever hears."""
        if not self.closed:
            self.on_close()
        self.closed = True
        self._opened.cancel()
        self._forget()
        self._underway.clear()
        self._room.set()
        self._came.set()
        self.detach()
        for stream in self._streams:
            stream.close()
        self._streams = []

    async def _open(self) -> None:
        """Connect, and wait until the kernel is heard: what it says earlier would be lost."""
        shell, iopub = self._streams = [self._kernel.connect_shell(), self._kernel.connect_iopub()]
        there, patience = asyncio.Event(), _ASKING
        iopub.on_recv(lambda _: there.set())
        while not there.is_set():
            self._session.send(shell, "kernel_info_request")
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await there.wait()
            patience = min(2 * patience, _SLOWLY)
        shell.on_recv(lambda parts: self._receive("shell", parts))
        iopub.on_recv(lambda parts: self._receive("iopub", parts))

    def _receive(self, channel: str, parts: list[bytes]) -> None:
        at = parts.index(DELIM)  # before it is whom the kernel sent it to
        signature, *said = parts[at + 1 :]
        header, parent, metadata, content, *buffers = said
        if not hmac.compare_digest(signature, self._session.sign(said[:4])):
            return
        asked = json.loads(parent)
        if asked.get("session") == self._session.session:
            return  # it answers what was asked in `_open`
        if json.loads(header)["msg_type"] == "status":
            if b'"busy"' in content:
                return  # no page asks for it
            if b'"idle"' in content:
                self._land(asked.get("msg_id"))
        text = (
            b'{"channel": "%s", "header": %s, "parent_header": %s, "metadata": %s, "content": %s, '
            b'"buffers": []}' % (channel.encode(), header, parent, metadata, content)
        )
        self._deliver(_packed([text, *buffers]) if buffers else text.decode(errors="replace"))

    def _land(self, name: str | None) -> None:
        """Note that the kernel has dealt with a message."""
        sizes = self._underway.get(name or "", [])
        if sizes:
            sizes.pop(0)
        if not sizes:
            self._underway.pop(name or "", None)
        self._room.set()

    def _deliver(self, data: Wired) -> None:
        if self._silent:
            return
        if self._hear:
            self._hear(data)
            return
        self._number += 1
        self._waiting.append((self._number, data))
        self._kept += len(data)
        while self._kept > _KEPT:
            self._take()
        self._came.set()

    def _take(self) -> Wired:
        """Take the oldest of what waits."""
        data = self._waiting.popleft()[1]
        self._kept -= len(data)
        return data

    def _forget(self) -> None:
        self._waiting.clear()
        self._kept = 0


def without_buffers(message: Wired) -> str:
    """Return a message's JSON alone; the widgets of our pages have no buffers."""
    if isinstance(message, str):
        return message
    start, end = struct.unpack_from("!2I", message, 4)
    return message[start:end].decode(errors="replace")


def _message(raw: Wired) -> dict[str, Any] | None:
    """Read a message; None for one that is not for a page's kernel. Raises LinkError."""
    try:
        message = json.loads(raw) if isinstance(raw, str) else _unpacked(raw)
        parts = {name: message[name] for name in ("header", "parent_header", "metadata", "content")}
        kind, name = parts["header"]["msg_type"], parts["header"]["msg_id"]
        fits = isinstance(kind, str) and isinstance(name, str) and len(name) <= _NAME
        if not fits or not all(isinstance(part, dict) for part in parts.values()):
            raise TypeError("its parts are of another kind")
    except (ValueError, TypeError, KeyError, RecursionError, struct.error) as fault:
        raise LinkError(f"This is no message of a page: {type(fault).__name__}.") from fault
    if kind not in ALLOWED or message.get("channel") != "shell":
        return None
    return {**parts, "buffers": message.get("buffers") or []}


def _unpacked(raw: bytes) -> dict[str, Any]:
    """Read a message with buffers: a count, that many offsets, then the parts, the JSON first."""
    (count,) = struct.unpack_from("!I", raw)
    if not 0 < 4 * count < len(raw):  # believed, it would be worked on until the memory is full
        raise ValueError(f"{len(raw)} bytes cannot have {count} parts")
    starts = struct.unpack_from(f"!{count}I", raw, 4)
    parts = [raw[start:end] for start, end in zip(starts, (*starts[1:], None), strict=True)]
    return {**json.loads(parts[0]), "buffers": parts[1:]}


def _packed(parts: Sequence[bytes]) -> bytes:
    """Write such a message."""
    starts, start = [], 4 * (len(parts) + 1)
    for part in parts:
        starts.append(start)
        start += len(part)
    return struct.pack(f"!{len(parts) + 1}I", len(parts), *starts) + b"".join(parts)
