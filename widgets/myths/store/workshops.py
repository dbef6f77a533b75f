"""Workshops: opening, finding and closing them, and how long each lasts.

A workshop is open while people can join: until its days are over or the trainer closes it. Then it
is closed: who has joined can come back, change answers and give the follow-up ones. After
`keep_days` it is expired: nothing is taken or shown any more, and it is due for erasing.

What is told as a day is a whole day in the workshop's time zone: "until" a day is until it is over,
and "on" a day is from its first moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, func, select, update

from myths.errors import WorkshopError
from myths.occasion import Occasion
from myths.store import credentials, dialects, schema, zones
from myths.store.database import Database
from myths.store.typed_code import plain
from myths.vocabulary import SLUG, Audience, Reason

_THREE_MONTHS = timedelta(weeks=13)
_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Workshop:
    """One workshop; all times are UTC, all dates are those of its time zone.

    `route` says which way through the series it was opened for, and `modules` which it has, in the
    trainer's order; without any it has all of the series. `short` is the form for ten minutes.
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
    opened_at: datetime
    joins_until: datetime
    pooled_at: datetime
    expires_at: datetime
    closed_at: datetime | None

    @property
    def state(self) -> str:
        """Return whether it is now "open", "closed" (nobody can join) or "expired" (over)."""
        now = datetime.now(UTC)
        if now >= self.expires_at:
            return "expired"
        return "closed" if self.closed_at or now >= self.joins_until else "open"

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
        """The day on which it was opened."""
        return self.local(self.opened_at).date()

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


_LONGEST = 64  # letters in the name of a route
FULL_DAY = "full-day"  # the route of workshops of which nobody said another
COLUMNS = tuple(schema.workshops.c[field.name] for field in fields(Workshop))


def open_workshop(
    database: Database,
    *,
    code: str | None = None,
    title: str = "",
    language: str = "en",
    country: str = "eu",
    audience: str = Audience.MIXED,
    route: str = FULL_DAY,
    modules: Iterable[str] = (),
    short: bool = False,
    days: int = 1,
    keep_days: int = 180,
    pool_days: int = 30,
    zone: str = "",
    rehearsal: bool = False,
    now: datetime | None = None,
) -> Workshop:
    """Open a workshop that people can join for `days` days and that is kept for `keep_days`.

    Both are counted in the time `zone` of the place where it is, by default this computer's.
    `audience` says whom it is for, one of `Audience`; `route`, `modules` and `short` are as those
    of `Workshop`. Raises WorkshopError: reason "unfit" for a code, an audience, a route, modules, a
    zone or a number of days that will not do, "taken" for a code that another workshop has.
    """
    chosen = credentials.new_workshop_code() if code is None else credentials.chosen_code(code)
    if audience not in Audience.words():
        raise WorkshopError(
            f"A workshop cannot be for the audience {audience!r}: choose from "
            f"{', '.join(Audience)}.",
            reason=Reason.UNFIT,
        )
    if not (1 <= days <= keep_days <= 3650 and 0 <= pool_days <= keep_days):
        raise WorkshopError(
            f"{days} days, pooling after {pool_days} and erasing after {keep_days} do not fit: "
            "choose at least 1 day, and erase last of all, within 3650 days.",
            reason=Reason.UNFIT,
        )
    start = now or datetime.now(UTC)
    zone = zone or zones.local_zone()
    here = start.astimezone(zones.zone(zone))
    pooled, expires = (
        zones.midnight(here.date() + timedelta(days=number), zones.zone(zone))
        for number in (pool_days + 1, keep_days)
    )
    joins_until = zones.full_minute(here + timedelta(days=days)).astimezone(UTC)
    workshop = Workshop(
        code=chosen,
        title=title,
        language=language,
        country=country,
        zone=zone,
        audience=audience,
        route=_route(route),
        modules=_modules(modules),
        short=short,
        rehearsal=rehearsal,
        opened_at=start,
        joins_until=min(joins_until, expires),
        pooled_at=min(pooled, expires),
        expires_at=expires,
        closed_at=None,
    )
    with database.writing() as conn:
        if not dialects.insert_once(conn, schema.workshops, vars(workshop)):
            raise WorkshopError(
                f"Another workshop has the code {chosen}: choose another one, or none to get a "
                "new one.",
                reason=Reason.TAKEN,
            )
    return workshop


def workshops(database: Database) -> list[Workshop]:
    """List every workshop that is not erased, also closed and expired ones, oldest first."""
    with database.reading() as conn:
        rows = conn.execute(select(*COLUMNS).order_by(schema.workshops.c.id))
        return [Workshop(*row) for row in rows]


def workshop(database: Database, code: str, *, joinable: bool = True) -> Workshop:
    """Find the workshop that a typed code means; `joinable` insists that one can join it.

    Raises WorkshopError: reason "length" or "unknown"; if `joinable` also "closed" or "expired".
    """
    with database.reading() as conn:
        return (open_to_join if joinable else find)(conn, code)[1]


def close_workshop(database: Database, code: str) -> None:
    """Close a workshop for new people; who has joined goes on. Raises WorkshopError ("unknown")."""
    with database.writing() as conn:
        number, found = find(conn, code)
        if found.closed_at is None:
            conn.execute(
                update(schema.workshops)
                .where(schema.workshops.c.id == number)
                .values(closed_at=datetime.now(UTC))
            )


def change_modules(database: Database, code: str, modules: Iterable[str]) -> None:
    """Change which modules a workshop has from now on, and in which order; answers stay.

    Raises WorkshopError: reason "unknown", or "unfit" for modules that will not do.
    """
    wanted = _modules(modules)
    with database.writing() as conn:
        number, _ = find(conn, code)
        conn.execute(
            update(schema.workshops).where(schema.workshops.c.id == number).values(modules=wanted)
        )


def _route(name: str) -> str:
    if not re.fullmatch(SLUG, name) or len(name) > _LONGEST:
        raise WorkshopError(
            f"{name!r} is no name of a route: write small letters, digits and hyphens.",
            reason=Reason.UNFIT,
        )
    return name


def _modules(modules: Iterable[str]) -> tuple[str, ...]:
    """Return the modules; raises WorkshopError for a wrong name and for one that is there twice."""
    named = tuple(modules)
    for position, slug in enumerate(named):
        if not re.fullmatch(SLUG, slug):
            told = f"{slug!r} is no name of a module: write small letters, digits and hyphens."
            raise WorkshopError(told, reason=Reason.UNFIT)
        if slug in named[:position]:
            told = f"The module {slug} is named twice: name each module once."
            raise WorkshopError(told, reason=Reason.UNFIT)
    return named


def joined(database: Database) -> dict[str, int]:
    """Count who has joined each workshop and has not withdrawn, by its code."""
    people = schema.participants.c
    counted = (
        select(schema.workshops.c.code, func.count(people.id))
        .join_from(schema.workshops, schema.participants, isouter=True)
        .group_by(schema.workshops.c.code)
    )
    with database.reading() as conn:
        return dict(conn.execute(counted).all())


def open_to_join(conn: Connection, code: str) -> tuple[int, Workshop]:
    """Find the row id and the workshop that one can join; raises WorkshopError as `workshop`."""
    number, found = find(conn, code)
    if found.state == "closed":
        raise WorkshopError(
            f"The workshop {found.code} is closed: nobody can join any more. Who has joined can "
            "come back with the recovery code; for a new workshop, ask the trainer.",
            reason=Reason.CLOSED,
        )
    if found.state == "expired":
        raise expired(found)
    return number, found


def find(conn: Connection, code: str) -> tuple[int, Workshop]:
    """Find the row id and the workshop of a typed code, whatever its state.

    Raises WorkshopError: reason "length" or "unknown", also for what could mean two workshops.
    """
    meant = schema.workshops.c.code.in_(credentials.workshop_codes(code))
    rows = conn.execute(select(schema.workshops.c.id, *COLUMNS).where(meant)).all()
    if len(rows) != 1:
        raise _unknown(conn, plain(code))
    return rows[0][0], Workshop(*rows[0][1:])


def _unknown(conn: Connection, letters: str) -> WorkshopError:
    """Return why no workshop was found; tells the length if all codes have the same."""
    lengths = {len(each) for each in conn.scalars(select(schema.workshops.c.code))}
    right = next(iter(lengths), credentials.WORKSHOP_LENGTH)
    if len(lengths) < 2 and len(letters) != right:
        return WorkshopError(
            f"A workshop code has {right} letters here, and {letters[:40]!r} has {len(letters)}: "
            "compare it with the one that the trainer shows.",
            reason=Reason.LENGTH,
            right=right,
            typed=len(letters),
        )
    return WorkshopError(
        f"No workshop has the code {letters[:40]}: compare it with the one that the trainer shows.",
        reason=Reason.UNKNOWN,
        code=letters[:40],
    )


def expired(workshop: Workshop) -> WorkshopError:
    """Return the error that the time of a workshop is over."""
    return WorkshopError(
        f"The workshop {workshop.code} ended on {workshop.erasing_date}, when its answers were due "
        "to be erased: nothing more can be saved. For a new workshop, ask the trainer.",
        reason=Reason.EXPIRED,
    )
