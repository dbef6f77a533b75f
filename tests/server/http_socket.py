"""What a page does where WebSockets are forbidden: the same messages, by ordinary requests."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import websocket

from tests.server.conftest import Visitor


class HttpSocket:
    """As far as a `Wire` needs one, a WebSocket; an answer may get lost on its way to it."""

    def __init__(self, visitor: Visitor, address: str, *, timeout: float) -> None:
        self._http = visitor.http
        at = urlsplit(address)
        kernel = re.search(r"/kernels/([^/]+)/", at.path)
        assert kernel
        self.path = f"/kernels/{kernel[1]}/messages"
        self._session = parse_qs(at.query)["session_id"][0]
        self._secret = visitor.secret
        self._arrived: list[str] = []
        self._after = 0
        self.settimeout(timeout)

    def settimeout(self, seconds: float) -> None:
        self._timeout = seconds

    def send(self, payload: str) -> int:
        self.ask(messages=[payload])
        return len(payload)

    def recv(self) -> str:
        while not self._arrived:
            for number, message in self.ask(after=self._after):
                self._arrived.append(message)
                self._after = number
        return self._arrived.pop(0)

    def close(self) -> None:
        self._arrived = []

    def post(self, content: object, **headers: str) -> httpx.Response:
        """Send what a page sends, or something else."""
        sent = {"X-XSRFToken": self._secret, **headers}
        return self._http.post(self.path, json=content, headers=sent, timeout=self._timeout)

    def ask(self, **content: Any) -> list[tuple[int, str]]:
        """Raises ConnectionResetError when the kernel is gone, websocket's error for silence."""
        try:
            answer = self.post({"session": self._session, **content})
        except httpx.TimeoutException as silence:
            raise websocket.WebSocketTimeoutException from silence
        if answer.status_code != 200:
            raise ConnectionResetError(answer.status_code)
        return [(number, message) for number, message in json.loads(answer.text)]
