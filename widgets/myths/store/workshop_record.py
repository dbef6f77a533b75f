"""A workshop as it stands in the store, and all that follows from its moments.

A workshop is open while people can join: from its first moment until its last, or until the trainer
closes it. Then it is closed: who has joined can come back, change answers and give the follow-up
ones. Once its time is over it is expired: nothing is taken or shown any more, and it is due for
erasing.

What is told as a day is a whole day in the workshop's time zone: "until" a day is until it is over,
and "on" a day is from its first moment.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from myths.occasion import Occasion
from myths.store import schema, zones

_THREE_MONTHS = timedelta(weeks=13)
_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Workshop:
    """One workshop; all times are UTC, all dates are those of its time zone.

    `route` says which way through the series it was opened for, and `modules` which it has, in the
    trainer's order; without any it has all of the series. `short` is the form for ten minutes. `k`
    is the fewest people of whom the group sees a result. `languages` are those that its trainer
    ticked; where none is, people can choose the reviewed ones.
    """

    code: str
    title: str
    language: str
    country: str
    zone: str
    audience: str
    route: str
    modules: tuple[str, ...]
    short: bool
    rehearsal: bool
    opened_at: datetime  # when it was made, which tells it apart from others of its code
    joins_from: datetime
    joins_until: datetime
    pooled_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    k: int
    languages: tuple[str, ...]

    @property
    def state(self) -> str:
        """Return whether it is now "coming", "open", "closed" (nobody can join) or "expired"."""
        now = datetime.now(UTC)
        if now >= self.expires_at:
            return "expired"
        if self.closed_at or now >= self.joins_until:
            return "closed"
        return "open" if now >= self.joins_from else "coming"

    @property
    def can_reopen(self) -> bool:
        """Return whether it was closed within its hours, so that it can be opened again."""
        return self.closed_at is not None and datetime.now(UTC) < self.joins_until

    @property
    def pooling_date(self) -> date:
        """The last day on which one can withdraw answers; then they may be pooled."""
        return self.local(self.pooled_at - timedelta(microseconds=1)).date()

    @property
    def erasing_date(self) -> date:
        """The day on which everything is erased, from its first moment."""
        return self.local(self.expires_at).date()

    @property
    def opening_date(self) -> date:
        """The day from which people can join."""
        return self.local(self.joins_from).date()

    def occasion(self, language: str) -> Occasion:
        """Return what its pages in one language are made for."""
        return Occasion(
            language=language,
            country=self.country,
            audience=self.audience,
            modules=self.modules,
            short=self.short,
        )

    @property
    def followup_date(self) -> date:
        """The day of the follow-up: three months later, if not all is over by then."""
        last = self.local(self.expires_at - timedelta(microseconds=1)).date()
        return min(self.opening_date + _THREE_MONTHS, last)

    @property
    def followup_opens(self) -> date:
        """The day from which the follow-up is asked: not while the workshop goes on."""
        joined = self.local(self.joins_until).date()
        return min(max(self.opening_date + _MONTH, joined), self.followup_date)

    @property
    def asks_followup(self) -> bool:
        """Return whether the follow-up is asked now; a rehearsal shows it at any time."""
        return self.rehearsal or self.local(datetime.now(UTC)).date() >= self.followup_opens

    def local(self, moment: datetime) -> datetime:
        """Return a moment by the clocks of the place where the workshop is."""
        return moment.astimezone(zones.place(self.zone))


COLUMNS = tuple(schema.workshops.c[field.name] for field in fields(Workshop))
