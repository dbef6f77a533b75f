"""The way between a page and its kernel, whatever carries it to the browser.

A page talks to its widgets over the channel "shell" and hears of them over "iopub"; it needs no
other. Messages: https://jupyter-client.readthedocs.io/en/stable/messaging.html
Why it is our own: docs/decisions/0015-wire.md.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from myths.errors import MythsError
from myths.server.metrics import SaveWatch

WIDGETS = "jupyter.widget"  # the target of every widget's comm
ALLOWED = {"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"}
_UNDERWAY = 32  # messages, and bytes, that a kernel may have to deal with yet
_UNDERWAY_BYTES = 512 * 1024
_KEPT = 1024 * 1024  # bytes that wait for a page which is not connected; then the oldest go
_NAME = 100  # letters of a message's id
_REQUESTS = 4  # that may wait until those before them were passed on
PACE = 0.005  # seconds between two messages of one page; what is left waits on its side

Wired = str | bytes  # as a WebSocket takes it
Hear = Callable[[Wired], object]
End = Callable[[int | None], object]


class LinkError(MythsError):
    """What a page sent is no message, or its kernel is gone."""


class KernelBacklog:
    """What a kernel has to deal with yet: whoever sends more than fits waits."""

    def __init__(self) -> None:
        self._number = self._bytes = 0
        self._changed = asyncio.Event()

    @property
    def is_empty(self) -> bool:
        """Whether it has dealt with everything."""
        return not self._number

    def fits(self, size: int) -> bool:
        """Return whether another message of this size may come; one alone may have any."""
        few = self._number < _UNDERWAY and self._bytes + size <= _UNDERWAY_BYTES
        return few or not self._number

    def add(self, size: int) -> None:
        """Note a message that the kernel is given."""
        self._number, self._bytes = self._number + 1, self._bytes + size

    def land(self, size: int) -> None:
        """Note that the kernel has dealt with a message of this size."""
        self._number, self._bytes = self._number - 1, self._bytes - size
        self._changed.set()

    def forget(self) -> None:
        """Expect nothing any more of what was given."""
        self._number = self._bytes = 0
        self._changed.set()

    def look(self) -> None:
        """Have everybody who waits look again whether they still need to."""
        self._changed.set()

    async def change(self) -> None:
        """Wait until it is worth another look."""
        self._changed.clear()
        await self._changed.wait()


class KernelLink:
    """Carries messages of one page to its kernel and back; what comes waits while nobody hears it.

    `end` is called when the kernel is gone, once for each hearer, with the socket's code if any.
    The `token` of whoever is connected is known as long as they are. Links to one kernel share its
    `backlog`, or each new one would bring as much again.
    """

    def __init__(self, backlog: KernelBacklog | None = None) -> None:
        self._backlog = KernelBacklog() if backlog is None else backlog
        self._saves = SaveWatch()
        self._waiting: deque[tuple[int, Wired]] = deque()
        self._number = self._kept = self._asking = self._sending = 0
        self._came = asyncio.Event()
        self._turn = asyncio.Lock()
        self._hear: Hear | None = None
        self._end: End | None = None
        self._silent = False
        self.token = ""
        self.closed = False
        self.on_close: Callable[[], object] = lambda: None

    @property
    def heard(self) -> bool:
        """Return whether somebody is connected."""
        return self._hear is not None or self._asking > 0

    async def wait_open(self) -> None:
        """Wait until the kernel can be told something. Raises LinkError when it cannot."""

    def attach(self, hear: Hear, end: End, token: str) -> None:
        """Hand what waits and what comes to `hear`; whoever heard it before is sent away."""
        self.detach()
        self._hear, self._end, self.token = hear, end, token
        while self._waiting and self._hear is not None:
            hear(self._take())

    def detach(self, hear: Hear | None = None, *, code: int | None = None) -> None:
        """Keep what comes from now on; `hear` is who goes, None for whoever it is.

        `code` says why, as a WebSocket's does.
        """
        if hear in (None, self._hear):
            self._hear, end, self._end, self.token = None, self._end, None, ""
            if hear is None and end:
                end(code)

    async def wait(self, after: int, token: str, *, seconds: float) -> list[tuple[int, Wired]]:
        """Return what came after number `after`, as soon as there is something.

        What came before has arrived, and is let go. Who was attached is sent away, and who waited
        here before waits no longer. Meanwhile the `token` of who asks is known.
        """
        self.detach()
        while self._waiting and self._waiting[0][0] <= after:
            self._take()
        self._came.set()
        self._came = asyncio.Event()
        self._asking, self.token = self._asking + 1, token
        try:
            if not self._waiting and not self.closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._came.wait()
        finally:
            self._asking -= 1
            if not self.heard:
                self.token = ""
        return list(self._waiting)

    async def send_all(self, messages: Sequence[Wired], token: str) -> None:
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
                    await self.send(message, token)
                    await asyncio.sleep(PACE)
        finally:
            self._sending -= 1

    async def send(self, raw: Wired, token: str) -> None:
        """Pass a message on, once the kernel has dealt with enough of those before it.

        `token` is the cookie of whoever sent it. Raises LinkError for what is no message, or when
        the kernel is gone. What a page has no business to send is ignored.
        """
        message = _message(raw)
        if message is None:
            return
        size = len(raw)
        self._saves.begin(message["header"]["msg_id"])
        while not (self.closed or self._backlog.fits(size)):
            await self._backlog.change()
        if self.closed:
            raise LinkError("The kernel of this page is gone: load the page again.")
        self._backlog.add(size)
        try:
            self._pass(message, size, token)
        except LinkError:
            self._backlog.land(size)
            raise

    def land(self, size: int) -> None:
        """Note that the kernel has dealt with a message of this size."""
        self._backlog.land(size)

    def time_reply(self, name: str, content: bytes) -> None:
        """Note what the kernel says to a message: it may be the receipt of an answer."""
        self._saves.hear(name, content)

    def tell(self, content: Mapping[str, Any]) -> None:
        """Send the page something that is not its kernel's to say, as where its room is."""
        self.deliver(json.dumps({"channel": "room", "content": content}))

    def deliver(self, data: Wired) -> None:
        """Send the page a message, or keep it until the page hears."""
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

    async def wait_idle(self) -> None:
        """Wait until the kernel has dealt with all that was sent."""
        while not (self.closed or self._backlog.is_empty):
            await self._backlog.change()

    def silence(self) -> None:
        """Send the page nothing any more; what it said still arrives."""
        self._silent = True
        self._forget()

    def close(self) -> None:
        """Release the kernel, and send away whoever hears."""
        if not self.closed:
            self.on_close()
        self.closed = True
        self._forget()
        self._backlog.look()
        self._came.set()
        self.detach()

    def _pass(self, message: dict[str, Any], size: int, token: str) -> None:
        """Hand a message to the kernel; `land` is called once it has dealt with it."""
        raise NotImplementedError

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
    if kind == "comm_open" and parts["content"].get("target_name") == WIDGETS:
        return None  # a page makes no widgets: they would stay, whatever their size
    return {**parts, "buffers": message.get("buffers") or []}


def _unpacked(raw: bytes) -> dict[str, Any]:
    """Read a message with buffers: a count, that many offsets, then the parts, the JSON first."""
    (count,) = struct.unpack_from("!I", raw)
    if not 0 < 4 * count < len(raw):  # believed, it would be worked on until the memory is full
        raise ValueError(f"{len(raw)} bytes cannot have {count} parts")
    starts = struct.unpack_from(f"!{count}I", raw, 4)
    parts = [raw[start:end] for start, end in zip(starts, (*starts[1:], None), strict=True)]
    return {**json.loads(parts[0]), "buffers": parts[1:]}
