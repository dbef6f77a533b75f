"""The way between a browser and a server: a TCP proxy that can be cut, mended and held."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.server.conftest import Running

UPGRADE = re.compile(rb"(?i)^upgrade: websocket", re.MULTILINE)
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LINGER = 0.05  # seconds between two looks at whether to end


@dataclass
class Way:
    """Passes bytes on from `port`, its own, to `to`, the server's.

    `sockets` is what becomes of WebSockets: "pass", "refuse" as a proxy does, or "swallow";
    without `cookies` a browser is given none.
    """

    to: int
    port: int = 0
    mark: bytes = b""
    sockets: str = "pass"
    cookies: bool = True
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _deaf: set[socket.socket] = field(default_factory=set)

    def mend(self) -> None:
        """Let connections through, at the same port as before."""
        self.mark = b""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def cut(self) -> None:
        """Break what is open, and refuse what is new."""
        if self._listener:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for end in list(self._open):
            self._close(end)

    def hold(self, mark: bytes) -> None:
        """Let nothing more come from the server once `mark` has passed."""
        self.mark = mark

    def forget(self) -> None:
        """Swallow all that goes over what is open now, without a word, as when a phone moves on."""
        self._deaf |= self._open

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                near = listener.accept()[0]
                try:
                    far = socket.create_connection(("127.0.0.1", self.to))
                except OSError:  # the server is away
                    near.close()
                    continue
                self._open |= {near, far}
                threading.Thread(target=self._join, args=[near, far], daemon=True).start()

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        """Pass on what comes from either end until one has gone; then close both."""
        self._pass_on(near, far)
        self._close(near)
        self._close(far)

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        past = b""
        with contextlib.suppress(OSError, ValueError), selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while near in self._open and ready.get_map():
                for key, _ in ready.select(LINGER):
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    past = (past + data)[-10_000:]
                    if near in self._deaf and not data:
                        ready.unregister(key.fileobj)
                    elif not data:
                        return
                    elif self.sockets != "pass" and UPGRADE.search(data):
                        if self.sockets == "refuse":
                            near.sendall(REFUSED)
                            return
                    elif near not in self._deaf:
                        blocked = (
                            data if self.cookies else data.replace(b"Set-Cookie", b"No-Cookies")
                        )
                        key.data.sendall(blocked)
                    if key.fileobj is far and self.mark and self.mark in past:
                        ready.unregister(far)

    def _close(self, end: socket.socket) -> None:
        self._open.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextlib.contextmanager
def way_to(server: Running) -> Iterator[Way]:
    way = Way(to=server.port)
    way.mend()
    yield way
    way.cut()


@pytest.fixture
def way(server: Running) -> Iterator[Way]:
    with way_to(server) as opened:
        yield opened
