"""The addresses for whoever runs the server, and every address that is none."""

from __future__ import annotations

import asyncio

from myths.server.handlers.base import PageHandler


class HealthHandler(PageHandler):
    """`/healthz`: is the server up, and can it reach the store?"""

    async def get(self) -> None:
        """Answer 200 and `ok`, or 503; the log says why."""
        await asyncio.to_thread(self.context.store.tag)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("ok\n")


class ReadyHandler(HealthHandler):
    """`/readyz`: may a proxy send people here? Not before all is there, nor while it ends."""

    async def get(self) -> None:
        """Answer like `/healthz`, and 503 while the server begins or ends."""
        if self.context.drain.is_open:
            await super().get()
        else:
            self.set_status(503)
            self.finish("ending\n" if self.context.drain.has_begun else "starting\n")


class LiveHandler(PageHandler):
    """`/livez`: does the process answer? Who starts hung servers again asks this."""

    def get(self) -> None:
        """Answer 200 and `ok`, whatever the store does: a new process would not reach it either."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("ok\n")


class NotFoundHandler(PageHandler):
    """Every other address."""

    async def prepare(self) -> None:
        """Answer that there is no such page."""
        self.send_error(404)
