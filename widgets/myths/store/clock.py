"""Whether the clock can be believed, before anything is erased by it.

A clock that is ahead would erase everything. So each server writes down when it last looked at the
clock: when it starts, and every hour. If the clock has gone on by more than a week since then, or
gone back, nothing is erased by it for a week, and everybody who can put it right is told. It is
believed again as soon as it shows a likely time, or when it has gone on for that week without
another jump, or when somebody says that the date is right. Why so: docs/decisions/0012-clock.md.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select, update

from myths.store.database import Database
from myths.store.dialects import insert_once
from myths.store.schema import answers, meta, participants, workshops

_WEEK = timedelta(days=7)
_SLACK = timedelta(hours=1)  # by which the clocks of two servers may differ
KEY = "clock"  # in `meta`


@dataclass(frozen=True)
class ClockDoubt:
    """Why nothing is erased by the clock: it shows `now`, and was last believed at `believed`.

    It is believed again at `until`, unless it is put right before.
    """

    now: datetime
    believed: datetime
    until: datetime

    @property
    def is_behind(self) -> bool:
        """Return whether it went back, and not too far on."""
        return self.now < self.believed

    def __str__(self) -> str:
        """Return it in words, with what to do."""
        how = "goes back behind" if self.is_behind else "is far beyond"
        return (
            f"The clock of this computer shows {self.now:%Y-%m-%d %H:%M} UTC, which {how} "
            f"{self.believed:%Y-%m-%d %H:%M} UTC, when it was last seen: no answers are erased by "
            f"it until {self.until:%Y-%m-%d %H:%M} UTC. If that is not the time, set the clock. If "
            "it is, say so with `myths workshop erase-due`, or on the trainers' pages."
        )


@dataclass(frozen=True)
class _Seen:
    """What is kept of the clock: when it was believed, since when it is not, when it was read."""

    believed: datetime
    since: datetime | None
    read: datetime

    def at(self, now: datetime) -> _Seen:
        """Look at the clock again."""
        likely = self.believed - _SLACK <= now <= self.believed + _WEEK
        jumped = not self.read - _SLACK <= now <= self.read + _WEEK
        if likely:
            return _Seen(now, None, now)
        if self.since is None or jumped:
            return _Seen(self.believed, now, now)
        if now >= self.since + _WEEK:
            return _Seen(now, None, now)
        return _Seen(self.believed, self.since, now)

    def doubt(self, now: datetime) -> ClockDoubt | None:
        """Return why it is not believed, if it is not."""
        return ClockDoubt(now, self.believed, self.since + _WEEK) if self.since else None

    def written(self) -> str:
        """Write it down for `meta`."""
        return json.dumps(asdict(self), default=datetime.isoformat)


def look(conn: Connection, now: datetime) -> ClockDoubt | None:
    """Look at the clock, keep what was seen, and return why it is not to be believed, if so."""
    insert_once(conn, meta, {"key": KEY, "value": _begin(conn, now).written()})
    conn.execute(select(meta).where(meta.c.key == KEY).with_for_update())  # one looks at a time
    seen = _kept(conn, now).at(now)
    _keep(conn, seen)
    return seen.doubt(now)


def clock_doubt(database: Database) -> ClockDoubt | None:
    """Return why nothing is erased by the clock, if it is not to be believed."""
    now = datetime.now(UTC)
    with database.reading() as conn:
        return _kept(conn, now).at(now).doubt(now)


def believe(conn: Connection, now: datetime) -> None:
    """Believe the clock from now on: somebody has said that the date is right."""
    seen = _Seen(now, None, now)
    if not insert_once(conn, meta, {"key": KEY, "value": seen.written()}):
        _keep(conn, seen)


def _keep(conn: Connection, seen: _Seen) -> None:
    conn.execute(update(meta).where(meta.c.key == KEY).values(value=seen.written()))


def _kept(conn: Connection, now: datetime) -> _Seen:
    kept = conn.scalar(select(meta.c.value).where(meta.c.key == KEY))
    if kept is None:
        return _begin(conn, now)
    moments = {name: at and datetime.fromisoformat(at) for name, at in json.loads(kept).items()}
    return _Seen(**moments)


def _begin(conn: Connection, now: datetime) -> _Seen:
    """Begin with the last thing that was written into a store that never looked at the clock."""
    columns = (answers.c.at, participants.c.joined_at, workshops.c.opened_at)
    latest = [conn.scalar(select(func.max(column))) for column in columns]
    last = max((at for at in latest if at), default=now)
    return _Seen(last, None, last)
