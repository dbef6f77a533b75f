"""All the world but this machine, for a browser: it hears who is asked for, and answers nobody."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Outside:
    """A proxy that is a dead end; `asked` are the addresses that a browser wanted of it."""

    listener: socket.socket
    asked: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    def listen(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                someone, _ = self.listener.accept()
                with someone, contextlib.suppress(OSError):
                    someone.settimeout(5)
                    self.asked.append(someone.recv(1000).decode("latin-1").split("\r\n")[0])
                    someone.sendall(b"HTTP/1.1 503 Nobody\r\nContent-Length: 0\r\n\r\n")


@contextlib.contextmanager
def outside() -> Iterator[Outside]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        around = Outside(listener)
        threading.Thread(target=around.listen, daemon=True).start()
        yield around
        listener.shutdown(socket.SHUT_RDWR)
