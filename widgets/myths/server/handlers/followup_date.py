"""The day of the follow-up: a page that tells it, a file for a calendar, a card to print."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from tornado.web import HTTPError

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
            self.set_header("Content-Type", "text/calendar; charset=utf-8")
            self.set_header("Content-Disposition", 'attachment; filename="date.ics"')
            title = self.context.words(self.language).ui.date.title
            self.finish(_calendar(title, visitor.workshop.followup_date))


def _calendar(title: str, day: date) -> bytes:
    """Write a calendar with one day in it, the same for everybody who has that day (RFC 5545)."""
    # icalendar is slow to import, and few ask for the file
    icalendar: Any = import_module("icalendar")
    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_OID, day.isoformat())))
    event.add("dtstamp", datetime(day.year, 1, 1, tzinfo=UTC))  # and not when somebody was here
    event.add("summary", title)
    event.add("dtstart", day)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    whole = icalendar.Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//calendar//EN")
    whole.add_component(event)
    return bytes(whole.to_ical())
