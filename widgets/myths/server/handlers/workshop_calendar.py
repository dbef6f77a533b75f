"""The hours of a workshop for the trainer's calendar."""

from __future__ import annotations

from myths.server.calendar_file import TYPE, calendar_file
from myths.server.handlers.staff import ALL_STAFF, StaffHandler


class WorkshopCalendarHandler(StaffHandler):
    """`/staff/<code>/calendar`: when people can join, under the trainer's own name for it."""

    seen_by = ALL_STAFF

    async def get(self, code: str) -> None:
        """Send the file; without the key, show the way in."""
        found = self.room or await self.own(code)
        words = self.context.words(self.language).ui.staff
        title = found.title or words.workshop.format(code=found.code)
        self.set_header("Content-Type", TYPE)
        self.set_header("Content-Disposition", 'attachment; filename="workshop.ics"')
        self.finish(calendar_file(title, found.joins_from, found.joins_until))
