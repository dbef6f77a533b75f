"""The day of the follow-up: a page that tells it, a file for a calendar, a card to print."""

from __future__ import annotations

from tornado.web import HTTPError

from myths.server.calendar_file import TYPE, calendar_file
from myths.server.handlers.base import DATE, PageHandler, followup_path
from myths.store import Visitor


class FollowupDateHandler(PageHandler):
    """`/date`: when to come back, and how to remember it; no address is asked for."""

    async def get(self) -> None:
        """Show the date; without a valid cookie, the join page."""
        if visitor := await self.invited():
            workshop = visitor.workshop
            path = followup_path(self.pages, workshop)
            self.show(
                "date.html",
                day=self.long_date(workshop.followup_date),
                opens=self.long_date(workshop.followup_opens),
                questions="" if path == DATE else path,
                calendar=f"{DATE}.ics",
                address=self.context.address,
                back=self.last_page(visitor),
            )

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages around the modules."""
        return self.context.words(self.language).series.pages

    async def invited(self) -> Visitor | None:
        """Find who asks; there is nothing here in a series without a follow-up."""
        if not followup_path(self.pages):
            raise HTTPError(404)
        return await self.known()


class CalendarHandler(FollowupDateHandler):
    """`/date.ics`: the day for a calendar, which others may read."""

    async def get(self) -> None:
        """Send the file; without a valid cookie, the join page."""
        if visitor := await self.invited():
            self.set_header("Content-Type", TYPE)
            self.set_header("Content-Disposition", 'attachment; filename="date.ics"')
            title = self.context.words(self.language).ui.date.title
            self.finish(calendar_file(title, visitor.workshop.followup_date))
