"""The server's end of the wire to the process of a page's kernel."""

from __future__ import annotations

import asyncio
from typing import Protocol

from myths.pages import LineReader


class WiredKernel(Protocol):
    """What is told of a wire."""

    def hear(self, wire: asyncio.BaseTransport, line: bytes) -> None:
        """Take a line from a process."""

    def lose(self, wire: asyncio.BaseTransport) -> None:
        """Note that a process has ended."""


class PageWire(asyncio.Protocol):
    """Hands what a process writes to its kernel, a line each, and says when it has ended."""

    def __init__(self, kernel: WiredKernel) -> None:
        self._kernel, self._lines = kernel, LineReader()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the wire (asyncio's hook)."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what came (asyncio's hook)."""
        for line in self._lines.feed(data):
            self._kernel.hear(self._transport, line)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the hook's argument
        """Note that the process has ended (asyncio's hook)."""
        self._kernel.lose(self._transport)
