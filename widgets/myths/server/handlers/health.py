"""The addresses for whoever runs the server, and every address that is none."""

from __future__ import annotations

import asyncio

from myths.server.handlers.base import PageHandler


class HealthHandler(PageHandler):
    """`/healthz`: is the server up, and can it reach the store?"""

    async def get(self) -> None:
        """Answer 200 and `ok`, or 503; the log says why."""
        await asyncio.to_thread(self.context.store.workshops)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("ok\n")


class NotFoundHandler(PageHandler):
    """Every other address."""

    async def prepare(self) -> None:
        """Answer that there is no such page."""
        self.send_error(404)
