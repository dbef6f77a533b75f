"""A visitor without a browser, who loads a page and its files as a first visit does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from tornado.httpclient import HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

AT_ONCE = 6  # connections to one server, as browsers have


class HttpVisitor:
    """Somebody with cookies; subclasses open the page's WebSocket in `connect`."""

    def __init__(self, origin: str, files: Sequence[str], known: str) -> None:
        self.origin, self.files, self.known = origin, files, known
        self.cookies: dict[str, str] = {}
        self.http = SimpleAsyncHTTPClient(
            force_instance=True,
            max_clients=AT_ONCE,
            defaults={"connect_timeout": 900, "request_timeout": 900, "decompress_response": True},
        )

    async def prepare(self) -> None:
        """Do what is no part of the visit."""

    async def visit(self) -> None:
        """Load the page and its files, then have the program say that the form is there."""
        page = await self.fetch(self.page)
        await asyncio.gather(*map(self.fetch, self.files))
        await self.connect(page.body.decode())

    async def connect(self, page: str) -> None:
        """Open the WebSocket of `page` until the form is there."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Close the page."""

    page = "/"

    async def fetch(self, path: str, body: str | None = None) -> HTTPResponse:
        """Get a file, or post a body; a refusal is an answer too."""
        response = await self.http.fetch(
            self.origin + path,
            method="GET" if body is None else "POST",
            body=body,
            headers={"Accept-Encoding": "gzip", "Cookie": self.cookie, "Origin": self.origin},
            raise_error=False,
        )
        for line in response.headers.get_list("Set-Cookie"):
            if crumb := re.match(r"([^=;]+)=([^;]*)", line):
                self.cookies[crumb[1]] = crumb[2]
        return response

    @property
    def cookie(self) -> str:
        """The header of all cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    @property
    def ws(self) -> str:
        """The origin for WebSockets."""
        return self.origin.replace("http", "ws", 1)
