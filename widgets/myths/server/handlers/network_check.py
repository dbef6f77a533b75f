"""The page on which a phone finds out what works between it and the server, before people come.

It is for everybody, and nothing is kept: no cookie is set, and what is written is taken back.
"""

from __future__ import annotations

import asyncio
from typing import Any

from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from myths.errors import StoreError
from myths.server.handlers.base import PageHandler

_LASTS = 10  # seconds in which the live line is tried
_LONGEST = 100  # letters that come back


class NetworkCheckHandler(PageHandler):
    """`/test`: the page; sending its form tries whether the database can be written to."""

    def check_xsrf_cookie(self) -> None:
        """Take the form of anybody: it changes nothing, and the page sets no cookie (Tornado's)."""

    async def get(self) -> None:
        """Show the page."""
        self.tell()

    async def post(self) -> None:
        """Try to write to the database, and say whether that works."""
        async with self.turn(self.context.tests) as refusal:
            if refusal:
                self.tell(status=429, error=refusal)
                return
            self.context.tests.failed(self.sender)  # each counts
            try:
                await asyncio.to_thread(self.context.store.check_writing)
            except StoreError:
                self.tell(status=503, saving="off")
            else:
                self.tell(saving="fine")

    def tell(self, *, status: int = 200, saving: str = "", error: str = "") -> None:
        """Show the page, with what is known of saving by now."""
        words = self.context.words(self.language).ui.network
        self.show(
            "network-check.html",
            status=status,
            saving=saving,
            error=error,
            address=self.request.host,
            network_words=words.flat(),
        )

    def frame(self) -> dict[str, Any]:
        """Gather the words; only who has a form's secret already gets it, for it is a cookie."""
        known = self.get_cookie(f"xsrf-{self.context.tag}")
        secret = self.xsrf_token.decode() if known else ""
        return self.context.frame(self.language, xsrf_token=secret)


class LiveLineHandler(PageHandler, WebSocketHandler):
    """`/test/line`: a WebSocket that says what it hears, for some seconds."""

    async def get(self, *args: str, **kwargs: str) -> None:
        """Open the line in turn (Tornado's hook)."""
        async with self.turn(self.context.tests) as refusal:
            if refusal:
                raise HTTPError(429)
            self.context.tests.failed(self.sender)
        await super().get(*args, **kwargs)

    def open(self, *_: str, **__: str) -> None:
        """Close it after a while (Tornado's hook)."""
        IOLoop.current().call_later(_LASTS, self.close)

    async def on_message(self, message: str | bytes) -> None:
        """Send back what was heard (Tornado's hook)."""
        try:
            await self.write_message(message[:_LONGEST], binary=isinstance(message, bytes))
        except WebSocketClosedError:
            return
