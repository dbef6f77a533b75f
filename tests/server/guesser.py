"""Somebody who guesses codes on many connections at once, and waits for no answer."""

from __future__ import annotations

import re
import select
import socket
import time
from urllib.parse import urlencode

from tests.server.conftest import Visitor
from tests.server.wire import cookies

HURRY = 0.2  # seconds for an answer that comes without a check
LONG = 120  # seconds until a guesser must have been turned away


class Guesser:
    """Sends the form at `path` of a visitor's server, from the address `claimed` to a proxy."""

    def __init__(self, visitor: Visitor, path: str, **fields: str) -> None:
        form = re.search(r'name="_xsrf" value="([^"]+)"', visitor.get(path).text)
        assert form
        self.port, self.path = visitor.server.port, path
        self.body = urlencode({"_xsrf": form[1], **fields})
        self.cookie = cookies(visitor)
        self.lines: list[socket.socket] = []

    def __enter__(self) -> Guesser:
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.lines:
            line.close()

    def guess(self, claimed: str = "") -> socket.socket:
        head = [
            f"POST {self.path} HTTP/1.1",
            *("Host: x", f"Cookie: {self.cookie}", f"Content-Length: {len(self.body)}"),
            *([f"X-Forwarded-For: {claimed}"] if claimed else []),
            "Content-Type: application/x-www-form-urlencoded",
        ]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        line.sendall("\r\n".join([*head, "", self.body]).encode())
        self.lines.append(line)
        return line

    def is_turned_away(self, claimed: str = "") -> bool:
        line = self.guess(claimed)
        ready, _, _ = select.select([line], [], [], HURRY)
        return bool(ready) and line.recv(100).startswith(b"HTTP/1.1 429")

    def insist(self, claimed: list[str] | None = None) -> bool:
        """Guess on and on; whether it is turned away in the end."""
        sources = claimed or [""]
        for number in range(240):
            self.guess(sources[number % len(sources)])
        end = time.monotonic() + LONG
        number = 0
        while time.monotonic() < end:
            number += 1
            if self.is_turned_away(sources[number % len(sources)]):
                return True
        return False
