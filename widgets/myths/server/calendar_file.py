"""Files for a calendar (RFC 5545), which others may read: there is no code in them."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

TYPE = "text/calendar; charset=utf-8"


def calendar_file(title: str, start: date, end: datetime | None = None) -> bytes:
    """Write a calendar with one entry, the same for everybody who has these times.

    The entry is a whole day if `start` is a date, else it is from `start` to `end`.
    """
    # icalendar is slow to import, and few ask for the file
    icalendar: Any = import_module("icalendar")
    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_OID, start.isoformat())))
    event.add("dtstamp", datetime(start.year, 1, 1, tzinfo=UTC))  # and not when somebody was here
    event.add("summary", title)
    event.add("dtstart", start)
    if end:
        event.add("dtend", end)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if end else "TRANSPARENT")
    whole = icalendar.Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//calendar//EN")
    whole.add_component(event)
    return bytes(whole.to_ical())
