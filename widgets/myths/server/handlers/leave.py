"""The addresses at which people leave: asked once, then told that they have left."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from myths.server.handlers.base import PageHandler


class LeaveHandler(PageHandler):
    """`/leave`: this device forgets the participant; what was saved is kept."""

    async def get(self) -> None:
        """Ask once, and say what one needs to come back."""
        if visitor := await self.known():
            unkept = await asyncio.to_thread(self.context.store.unkept_code, self.token)
            self.show("leave.html", unkept=bool(unkept), back=self.last_page(visitor))

    async def post(self) -> None:
        """End the cookie here and in the store; the quick exit asks nothing before."""
        await self.end_visit()
        self.set_header("Clear-Site-Data", '"storage"')
        self.redirect(self.left(), status=303)

    def left(self) -> str:
        """Return the address of the page after leaving, in the language of the page before."""
        asked = self.asked_language
        return f"/left?{urlencode({'language': asked})}" if asked else "/left"


class LeftHandler(PageHandler):
    """`/left`: the page after leaving, or after everything was erased (`?erased=1`)."""

    def get(self) -> None:
        """Show that one has left; somebody who is in gets the first page."""
        if self.token:
            self.redirect("/")
            return
        self.set_header("Clear-Site-Data", '"storage"')
        frame = self.frame()
        erased = self.get_query_argument("erased", "") == "1"
        self.show("left.html", erased=erased, exit=frame["exit"] | {"left": True})
