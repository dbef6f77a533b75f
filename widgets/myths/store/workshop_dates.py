"""When people can join a workshop, until when they can withdraw, and when everything is erased.

People are told the last two before they join, so these are promises: once somebody has joined, or
sheets of paper bear them, people are never given less time to withdraw, and nothing of theirs is
kept for longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from myths.errors import WorkshopError
from myths.store import zones
from myths.store.workshop_record import Workshop
from myths.vocabulary import Reason

LONGEST = 3650  # days that a workshop can last
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkshopDates:
    """The moments of a workshop, in UTC; `days` between them are whole days at its place."""

    joins_from: datetime
    joins_until: datetime
    pooled_at: datetime
    expires_at: datetime

    @classmethod
    def counted(
        cls, start: datetime, place: ZoneInfo, *, days: int, pool_days: int, keep_days: int
    ) -> WorkshopDates:
        """Count the days from a start. Raises WorkshopError (reason "unfit")."""
        if not (1 <= days <= keep_days <= LONGEST and 0 <= pool_days <= keep_days):
            raise WorkshopError(
                f"{days} days, pooling after {pool_days} and erasing after {keep_days} do not fit: "
                f"choose at least 1 day, and erase last of all, within {LONGEST} days.",
                reason=Reason.UNFIT,
            )
        here = start.astimezone(place)
        pooled, expires = (
            zones.midnight(here.date() + number * _DAY, place)
            for number in (pool_days + 1, keep_days)
        )
        until = zones.full_minute(here + days * _DAY).astimezone(UTC)
        return cls(start, min(until, expires), min(pooled, expires), expires)

    @classmethod
    def of(cls, workshop: Workshop) -> WorkshopDates:
        """Return those that a workshop has."""
        return cls(
            workshop.joins_from, workshop.joins_until, workshop.pooled_at, workshop.expires_at
        )

    def put_off(self, joins_from: datetime, place: ZoneInfo) -> WorkshopDates:
        """Return them with the two dates as many days later, or earlier, as the beginning is."""
        days = (joins_from.astimezone(place).date() - self.joins_from.astimezone(place).date()).days
        pooled, expires = (
            zones.midnight(each.astimezone(place).date() + days * _DAY, place)
            for each in (self.pooled_at, self.expires_at)
        )
        return replace(self, pooled_at=pooled, expires_at=expires)

    def changed(
        self,
        place: ZoneInfo,
        *,
        joins_from: datetime | None = None,
        joins_until: datetime | None = None,
        pooling_date: date | None = None,
        erasing_date: date | None = None,
    ) -> WorkshopDates:
        """Return them with others in place of some; a date is a day at the place.

        Raises WorkshopError for what cannot be at all: reason "hours" or "dates".
        """
        if any(day and day.year not in zones.YEARS for day in (pooling_date, erasing_date)):
            raise WorkshopError("This date is too far away: check it.", reason=Reason.DATES)
        told: dict[str, datetime | None] = {
            "joins_from": joins_from,
            "joins_until": joins_until,
            "pooled_at": zones.midnight(pooling_date + _DAY, place) if pooling_date else None,
            "expires_at": zones.midnight(erasing_date, place) if erasing_date else None,
        }
        made = replace(self, **{name: each for name, each in told.items() if each is not None})
        longest = made.joins_from + LONGEST * _DAY
        in_order = made.joins_from < made.pooled_at <= made.expires_at <= longest
        if not in_order or made.expires_at <= datetime.now(UTC):
            raise WorkshopError(
                "The last day to withdraw comes after the beginning and before the day on which "
                "everything is erased, and that day is still to come: give both anew. To erase a "
                "workshop now, use `myths workshop erase`.",
                reason=Reason.DATES,
            )
        if not made.joins_from < made.joins_until <= made.expires_at:
            raise WorkshopError(
                "People can join only between a beginning and a later end, and not after "
                "everything is erased: give both anew.",
                reason=Reason.HOURS,
            )
        return made

    def keep_promises(self, before: Workshop) -> None:
        """Check that what people were told still holds.

        Raises WorkshopError: reason "withdrawal" or "erasing", with the `day` that was promised.
        """
        if self.expires_at > before.expires_at:
            raise WorkshopError(
                f"People were told that everything is erased on {before.erasing_date}, so it "
                "cannot be later: choose that day or an earlier one.",
                reason=Reason.ERASING,
                day=before.erasing_date.isoformat(),
            )
        if self.pooled_at < before.pooled_at:
            raise WorkshopError(
                f"People were told that they can withdraw until {before.pooling_date}, so it "
                "cannot be earlier: choose that day or a later one.",
                reason=Reason.WITHDRAWAL,
                day=before.pooling_date.isoformat(),
            )
