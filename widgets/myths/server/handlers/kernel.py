"""The addresses of a page's kernel: whether it lives, its WebSocket, its end."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamBufferFullError
from tornado.websocket import WebSocketClosedError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from myths.server.handlers.base import BaseHandler

log = logging.getLogger(__name__)

_LAST_WORDS = 3  # seconds in which the last answers of a page that is gone still arrive
_PACE = 0.005  # seconds between two messages of one page; what is left waits on its side
_UNREAD = 4 * 2**20  # bytes that may wait for a page that does not read; all widgets have 0.1 MB


class KernelStateHandler(BaseHandler, JupyterHandler):
    """`/kernels/<id>`: does that kernel still live? A refused WebSocket does not tell."""

    def get(self, kernel_id: str) -> None:
        """Answer 204, or 404."""
        self.set_status(204 if kernel_id in self.kernel_manager else 404)
        self.finish()


class KernelSocketHandler(BaseHandler, VoilaKernelWebsocketHandler):
    """`/api/kernels/<id>/channels`: Voila's WebSocket, which passes on widget messages only."""

    ping_interval = ping_timeout = 30  # seconds, of Tornado's pings

    async def open(self, kernel_id: str) -> None:
        """Connect the page to its kernel (Tornado's hook)."""
        self.ws_connection.stream.max_write_buffer_size = _UNREAD
        await super().open(kernel_id)

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on, and take the next one a moment later (Tornado's hook)."""
        try:
            if isinstance(ws_message, bytes):
                _count(ws_message, newer=bool(self.selected_subprotocol))
            super().on_message(ws_message)
        except Exception as fault:  # noqa: BLE001  a page can send anything
            log.warning("a page sent what is no message: %s", type(fault).__name__)
            self.close(1003)
        await asyncio.sleep(_PACE)

    def write_message(self, message: bytes | dict[str, Any], binary: bool = False) -> Any:
        """Send a message; a page that does not read is cut off, or it would fill the memory."""
        try:
            return super().write_message(message, binary)
        except StreamBufferFullError:
            self.ws_connection.stream.close()
            raise WebSocketClosedError from None

    def send_ping(self) -> None:
        """Stop Jupyter's pings, which count in ms and take the first pong for late (its hook)."""
        self.ping_callback.stop()


class KernelShutdownHandler(BaseHandler, VoilaShutdownKernelHandler):
    """`/voila/api/shutdown/<id>`: a page says that it is gone, and soon its kernel ends."""

    async def post(self, kernel_id: str) -> None:
        """Wait for answers that were sent as the page went, then end the kernel."""
        await asyncio.sleep(_LAST_WORDS)
        await super().post(kernel_id)  # type: ignore[misc]  # Tornado's own need not be awaited


def _count(message: bytes, *, newer: bool) -> None:
    """See that a message can have as many parts as it says; ValueError if not.

    Jupyter believes any number in either protocol, and works on it until the memory is full.
    """
    said = int.from_bytes(message[:8], "little") if newer else int.from_bytes(message[:4], "big")
    if not 0 < said * (8 if newer else 4) < len(message):
        raise ValueError(f"a message of {len(message)} bytes cannot have {said} parts")
