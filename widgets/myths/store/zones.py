"""Days and hours where a workshop is: the dates that people are told begin and end there.

A zone is named as in the time zone database (IANA tz), such as Europe/Vienna.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.localtime import get_localzone

from myths.errors import WorkshopError
from myths.vocabulary import Reason

YEARS = range(1971, 9000)  # those in which every day is one in every zone
_MINUTE = timedelta(minutes=1)


def local_zone() -> str:
    """Return the name of this computer's time zone; UTC where it has none that others know."""
    try:
        name = getattr(get_localzone(), "key", "")
        zone(name)
    except (LookupError, WorkshopError):
        return "UTC"
    return str(name)


def zone(name: str) -> ZoneInfo:
    """Return a time zone by its name. Raises WorkshopError (reason "unfit")."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WorkshopError(
            f"There is no time zone {name!r}: write it as Europe/Vienna or Europe/Lisbon.",
            reason=Reason.UNFIT,
        ) from None


def place(name: str) -> ZoneInfo:
    """Return a zone that was stored, or UTC for one that this computer does not know."""
    try:
        return zone(name)
    except WorkshopError:
        return zone("UTC")


def moment(local: datetime | None, place: ZoneInfo) -> datetime | None:
    """Return a time by the clocks of a place as one in UTC; one that has a zone is only turned.

    Raises WorkshopError (reason "hours") for one that is far away.
    """
    if local is None:
        return None
    if local.year not in YEARS:
        raise WorkshopError(
            f"The year {local.year} is too far away: check it.", reason=Reason.HOURS
        )
    return (local if local.tzinfo else local.replace(tzinfo=place)).astimezone(UTC)


def midnight(day: date, place: ZoneInfo) -> datetime:
    """Return the first moment of a day at a place, also where the clock skips midnight."""
    return datetime.combine(day, time(), place).astimezone(UTC)


def full_minute(moment: datetime) -> datetime:
    """Return the next full minute, so that a time that is told without seconds is kept."""
    full = moment.replace(second=0, microsecond=0)
    return full if full == moment else full + _MINUTE
