"""Your recovery code: shown until it is kept, and made anew for somebody who has lost it."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from myths.server.handlers.base import PageHandler, own_path


class RecoveryCodeHandler(PageHandler):
    """`/code`: the code until its owner says that it is kept; then the way to a new one."""

    async def get(self) -> None:
        """Show it; `?new` comes from joining, and then a cookie must have come along."""
        if self.get_query_argument("new", "") and not self.token:
            message = self.context.words(self.language).ui.errors.no_cookie
            self.show("problem.html", status=400, message=message, waits=False)
            return
        if visitor := await self.known():
            code = await asyncio.to_thread(self.context.store.unkept_code, self.token)
            wanted = own_path(self.get_query_argument("next", ""))
            self.show(
                "code.html",
                recovery=code,
                until=self.long_date(visitor.workshop.pooling_date),
                wanted=wanted,
                back=wanted or self.last_page(visitor),
            )

    async def post(self) -> None:
        """Keep the code, or make a new one."""
        visitor = await self.known()
        if visitor is None:
            return
        wanted = own_path(self.get_body_argument("next", ""))
        if self.get_body_argument("do", "") == "new":
            await self.renew(wanted)
        else:
            await asyncio.to_thread(self.context.store.keep_code, self.token)
            self.redirect(wanted or self.last_page(visitor), status=303)

    async def renew(self, wanted: str) -> None:
        """Make a new code in turn, since hashing it takes its time, and show it."""
        async with self.turn(self.context.limiter) as refusal:
            if refusal:
                self.show("problem.html", status=429, message=refusal, waits=False)
                return
            await asyncio.to_thread(self.context.store.renew_code, self.token)
        self.redirect(f"/code?{urlencode({'next': wanted})}", status=303)
