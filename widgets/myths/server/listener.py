"""Where connections come in: each has so much time, and there are so many at once.

Numbers and reasons: docs/decisions/0015-wire.md.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream

from myths.server.addresses import household

log = logging.getLogger(__name__)

LARGEST = 256 * 1024  # bytes of a form or a message; the longest text takes 24,000 at most
_HEAD = 16 * 1024  # bytes of an address and its headers
_BODIES = 64 * 2**20  # bytes of forms and messages at a time, of all connections together
_PATIENCE = 30  # seconds until a request must have come, and from then until its form must have
_UNREAD = 60_000  # ms in which a browser must take something of what it is sent
_PAUSE = 1  # seconds until the next try when there is no descriptor for a connection
_AT_ONCE = 16  # connections that are let in before others are served

# of a group of senders: each connection, and whether what it asked for is being answered
_Group = dict[HTTP1ServerConnection, bool]


class Listener(HTTPServer):
    """Tornado's server with at most `most` connections; WebSockets have limits of their own.

    With one more, the household that has the most of them loses the one that waited longest:
    browsers connect again where they wait for nothing, and a request that is never ended goes. So
    a room of hundreds behind one address is let in, and nobody shuts out others. If what is being
    sent is too large altogether, the largest that has not come to its end is let go.
    """

    def initialize(self, request_callback: Any, *, most: int, **options: Any) -> None:  # type: ignore[override]  # Tornado's hook takes any
        """Set the limits (Tornado's hook)."""
        super().initialize(
            request_callback,
            idle_connection_timeout=_PATIENCE,
            body_timeout=_PATIENCE,
            max_header_size=_HEAD,
            max_body_size=LARGEST,
            max_buffer_size=2 * LARGEST,
            **options,
        )
        self._most = most
        self._groups: dict[str, _Group] = {}
        self._bodies: dict[HTTP1ServerConnection, int] = {}  # bytes of what they sent
        self._held = 0  # bytes of them all
        self._sockets_in: set[socket.socket] = set()

    def add_sockets(self, sockets: Iterable[socket.socket]) -> None:
        """Take connections in (Tornado's hook); its own way never rests when none can be had."""
        for each in sockets:
            self._sockets_in.add(each)
            self._resume(each)

    def stop(self) -> None:
        """Take nobody in any more (Tornado's hook)."""
        for each in self._sockets_in:
            IOLoop.current().remove_handler(each)
            each.close()
        self._sockets_in.clear()

    def underway(self) -> int:
        """Count the requests that are being answered."""
        return sum(sum(group.values()) for group in self._groups.values())

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Serve a connection, and end another where there are too many (Tornado's hook)."""
        if hasattr(socket, "TCP_USER_TIMEOUT") and stream.socket.family != socket.AF_UNIX:  # Linux
            stream.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD)
        if len(self._connections) >= self._most:
            self._make_room()
        super().handle_stream(stream, address)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Wait for the next request of a connection (Tornado's hook)."""
        delegate = super().start_request(server_conn, request_conn)
        if not isinstance(server_conn, HTTP1ServerConnection):
            return delegate
        group = self._groups.setdefault(_household(server_conn), {})
        group.pop(server_conn, None)
        group[server_conn] = False  # it is the one that has waited shortest
        self._let_go(server_conn)

        def came(size: int) -> None:
            if server_conn in group:
                self._hold(server_conn, size)

        def asked() -> None:
            if server_conn in group:
                group[server_conn] = True

        return _NotedRequest(delegate, came, asked)

    def on_close(self, server_conn: object) -> None:
        """Forget a connection that is closed, or is a WebSocket now (Tornado's hook)."""
        super().on_close(server_conn)
        if isinstance(server_conn, HTTP1ServerConnection):
            self._forget(server_conn)

    def _forget(self, connection: HTTP1ServerConnection) -> None:
        name = _household(connection)
        group = self._groups.get(name, {})
        group.pop(connection, None)
        self._let_go(connection)
        if not group:
            self._groups.pop(name, None)

    def _make_room(self) -> None:
        if self._groups:
            log.warning("there are %d connections: those that waited longest are ended", self._most)
            group = max(self._groups.values(), key=len)
            waits = (each for each, is_answered in group.items() if not is_answered)
            chosen = next(waits, next(iter(group)))
            self._forget(chosen)
            chosen.stream.close()

    def _hold(self, connection: HTTP1ServerConnection, size: int) -> None:
        """Note what came of a request, and let the largest one go where it is too much."""
        self._bodies[connection] = self._bodies.get(connection, 0) + size
        self._held += size
        if self._held > _BODIES:
            log.warning("what is being sent is too large altogether: the largest is let go")
            coming = (each for each in self._bodies if not self._groups[_household(each)][each])
            chosen = max(coming, key=self._bodies.__getitem__)
            self._forget(chosen)
            chosen.stream.close()

    def _let_go(self, connection: HTTP1ServerConnection) -> None:
        self._held -= self._bodies.pop(connection, 0)

    def _resume(self, listening: socket.socket) -> None:
        if listening in self._sockets_in:
            IOLoop.current().add_handler(listening, self._accept, IOLoop.READ)

    def _accept(self, listening: socket.socket, _events: int) -> None:
        for _ in range(_AT_ONCE):
            try:
                connection, address = listening.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            except OSError as fault:  # no descriptor or no memory is left for it
                log.warning("no connection can be let in: %s", fault.strerror)
                loop = IOLoop.current()
                loop.remove_handler(listening)
                loop.call_later(_PAUSE, self._resume, listening)
                return
            self._handle_connection(connection, address)


class _NotedRequest(HTTPMessageDelegate):
    """Passes a request on, and notes how much of it `came`, and when all of it is there."""

    def __init__(
        self, inner: HTTPMessageDelegate, came: Callable[[int], None], asked: Callable[[], None]
    ) -> None:
        self._inner, self._came, self._asked = inner, came, asked

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        return self._inner.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        self._came(len(chunk))
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        self._asked()
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._inner.on_connection_close()


def _household(connection: HTTP1ServerConnection) -> str:
    return household(getattr(connection.context, "remote_ip", ""))
