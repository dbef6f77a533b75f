"""The hours of a workshop for the trainer's calendar."""

from __future__ import annotations

import asyncio

from tornado.web import HTTPError

from myths.errors import WorkshopError
from myths.server.calendar_file import TYPE, calendar_file
from myths.server.handlers.staff import StaffHandler


class WorkshopCalendarHandler(StaffHandler):
    """`/staff/<code>/calendar`: when people can join, under the trainer's own name for it."""

    async def get(self, code: str) -> None:  # type: ignore[override]  # the address has a code
        """Send the file; without the key, show the way in."""
        if not self.is_staff:
            self.show_way_in()
            return
        try:
            found = await asyncio.to_thread(self.context.store.workshop, code, joinable=False)
        except WorkshopError:
            raise HTTPError(404) from None
        words = self.context.words(self.language).ui.staff
        title = found.title or words.workshop.format(code=found.code)
        self.set_header("Content-Type", TYPE)
        self.set_header("Content-Disposition", 'attachment; filename="workshop.ics"')
        self.finish(calendar_file(title, found.joins_from, found.joins_until))
