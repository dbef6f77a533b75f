"""The way from a page to a kernel of Jupyter's: two sockets of ZeroMQ for each link."""

from __future__ import annotations

import asyncio
import hmac
import json
import struct
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from jupyter_client.session import DELIM, Session
from zmq.eventloop.zmqstream import ZMQStream

from myths.server.kernel_link import End, Hear, KernelLink, LinkError

_ASKING, _SLOWLY = 0.2, 5  # seconds until a kernel that said nothing is asked again


class JupyterLink(KernelLink):
    """The link of a page to one of Jupyter's kernels."""

    def __init__(self, kernel: Any) -> None:
        super().__init__()
        self._kernel = kernel
        # no history of digests: nobody else can write to the kernel's sockets
        self._session = Session(key=kernel.session.key, digest_history_size=0)
        self._streams: list[ZMQStream] = []
        self._sizes: dict[str, list[int]] = {}  # of what is underway, by the messages' ids
        self._opened = asyncio.ensure_future(self._open())

    async def wait_open(self) -> None:
        """Wait until the kernel was heard. Raises LinkError when it cannot be reached."""
        await asyncio.wait([self._opened])
        if self.closed or self._opened.cancelled() or self._opened.exception():
            self.close()
            raise LinkError("The kernel of this page cannot be reached: load the page again.")

    def attach(self, hear: Hear, end: End, token: str) -> None:
        """Hand what waits and what comes to `hear`; what was sent before may be lost."""
        self._sizes.clear()
        self._backlog.forget()
        super().attach(hear, end, token)

    def close(self) -> None:
        """Release the kernel, and send away whoever hears."""
        super().close()
        self._opened.cancel()
        for stream in self._streams:
            stream.close()
        self._streams = []

    def _pass(self, message: dict[str, Any], size: int, token: str) -> None:  # noqa: ARG002
        self._sizes.setdefault(message["header"]["msg_id"], []).append(size)
        self._session.send(self._streams[0], message)

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
        self.time_reply(asked.get("msg_id", ""), content)
        if json.loads(header)["msg_type"] == "status":
            if b'"busy"' in content:
                return  # no page asks for it
            if b'"idle"' in content:
                self._has_dealt_with(asked.get("msg_id"))
        text = (
            b'{"channel": "%s", "header": %s, "parent_header": %s, "metadata": %s, "content": %s, '
            b'"buffers": []}' % (channel.encode(), header, parent, metadata, content)
        )
        self.deliver(_packed([text, *buffers]) if buffers else text.decode(errors="replace"))

    def _has_dealt_with(self, name: str | None) -> None:
        sizes = self._sizes.get(name or "", [])
        if sizes:
            self.land(sizes.pop(0))
        if not sizes:
            self._sizes.pop(name or "", None)


def _packed(parts: Sequence[bytes]) -> bytes:
    """Write such a message."""
    starts, start = [], 4 * (len(parts) + 1)
    for part in parts:
        starts.append(start)
        start += len(part)
    return struct.pack(f"!{len(parts) + 1}I", len(parts), *starts) + b"".join(parts)
