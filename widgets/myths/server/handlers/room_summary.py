"""What a room answered, on one page for its trainer: to keep, to print, to show to anybody."""

from __future__ import annotations

import asyncio

from tornado.web import HTTPError

from myths.console import summary
from myths.errors import WorkshopError
from myths.server.handlers.staff import ALL_STAFF, StaffHandler


class RoomSummaryHandler(StaffHandler):
    """`/staff/<code>/summary`: all results that the room saw or could have seen."""

    seen_by = ALL_STAFF

    async def get(self, code: str) -> None:
        """Show the results; without the key, the way in."""
        store, words = self.context.store, self.context.words(self.language)
        try:
            workshop = await asyncio.to_thread(store.workshop, code, joinable=False)
            found = await asyncio.to_thread(summary, store, code, words, self.pool.notebooks.served)
        except WorkshopError:
            raise HTTPError(404) from None
        self.show("room-summary.html", workshop=workshop, parts=found)
