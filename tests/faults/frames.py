"""A bad way between a page and the server: each WebSocket message may be lost or come twice."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from dataclasses import dataclass, field
from itertools import pairwise

_DATA = (1, 2)  # the opcodes of text and binary messages, RFC 6455, section 5.2


@dataclass
class BadWay:
    """Passes connections on from `port` to the server's; `lost` and `doubled` count messages."""

    to: int
    chance: random.Random
    rate: float = 0.05
    port: int = 0
    lost: int = 0
    doubled: int = 0
    passed: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                near = self._listener.accept()[0]
                far = socket.create_connection(("127.0.0.1", self.to))
                self._open += [near, far]
                for ends in pairwise([near, far, near]):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        """Pass on the head of a request or answer; then messages, if it opened a WebSocket."""
        stream = source.makefile("rb")
        with contextlib.suppress(OSError, ValueError):
            head = b""
            while not head.endswith(b"\r\n\r\n") and (line := stream.readline()):
                head += line
            target.sendall(head)
            if b"upgrade: websocket" in head.lower():
                while frame := self._frame(stream):
                    for _ in range(self._times(frame)):
                        target.sendall(frame)
            else:
                while data := stream.read1(65536):
                    target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _frame(self, stream: object) -> bytes:
        """Read one whole frame, as it is; empty at the end."""
        read = stream.read  # type: ignore[attr-defined]
        frame: bytes = read(2)
        if len(frame) < 2:
            return b""
        length, masked = frame[1] & 0x7F, bool(frame[1] & 0x80)
        more = {126: 2, 127: 8}.get(length, 0)
        frame += read(more)
        size = int.from_bytes(frame[2:], "big") if more else length
        return frame + read(size + 4 * masked)

    def _times(self, frame: bytes) -> int:
        if frame[0] & 0x0F not in _DATA:
            return 1
        luck = self.chance.random()
        self.passed += 1
        self.lost += luck < self.rate
        self.doubled += luck > 1 - self.rate
        return 0 if luck < self.rate else 2 if luck > 1 - self.rate else 1
