"""Opening a workshop, and changing later what a trainer chose for it.

Once somebody has joined, what they were told before holds: `workshop_dates` says so of the dates.
The fewest people of whom the group sees a result can then be raised and never lowered, since people
answered knowing it; its first moment and its zone stay, since dates hang on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, update

from myths.errors import WorkshopError
from myths.store import audit, credentials, dialects, live_states, roles, schema, zones
from myths.store.database import Database
from myths.store.workshop_dates import WorkshopDates
from myths.store.workshop_record import Workshop
from myths.store.workshops import find
from myths.vocabulary import FEWEST, LANGUAGE, SLUG, Audience, Reason, StaffAct

_LONGEST = 64  # letters in the name of a route
MOST_K = 100
FULL_DAY = "full-day"  # the route of workshops of which nobody said another


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
    k: int = FEWEST,
    joins_from: datetime | None = None,
    joins_until: datetime | None = None,
    pooling_date: date | None = None,
    erasing_date: date | None = None,
    languages: Iterable[str] = (),
    now: datetime | None = None,
    by: str = "",
) -> Workshop:
    """Open a workshop that people can join for `days` days and that is kept for `keep_days`.

    Both are counted from `joins_from`, or from now, in the time `zone` of the place where it is, by
    default this computer's; `joins_until` and the two dates take the place of what is counted. A
    time without a zone is one by the clocks of the place. `audience` says whom it is for, one of
    `Audience`; `route`, `modules`, `short`, `k` and `languages` are as those of `Workshop`. The
    role that opens it (`by`) sees it from then on; without one only the coordinator does. Raises
    WorkshopError: reason "unfit" for what will not do, "hours" and "dates" as `WorkshopDates`,
    "fewest" for k, "taken" for a code that another workshop has.
    """
    chosen = credentials.new_workshop_code() if code is None else credentials.chosen_code(code)
    made_at = now or datetime.now(UTC)
    zone = zone or zones.local_zone()
    place = zones.zone(zone)
    start = zones.moment(joins_from, place) or made_at
    dates = WorkshopDates.counted(start, place, days=days, pool_days=pool_days, keep_days=keep_days)
    if joins_until or pooling_date or erasing_date:
        dates = dates.changed(
            place,
            joins_until=zones.moment(joins_until, place),
            pooling_date=pooling_date,
            erasing_date=erasing_date,
        )
    workshop = Workshop(
        code=chosen,
        title=title,
        language=language,
        country=country,
        zone=zone,
        audience=_audience(audience),
        route=_route(route),
        modules=_modules(modules),
        short=short,
        rehearsal=rehearsal,
        opened_at=made_at,
        closed_at=None,
        k=_k(k),
        languages=_languages(languages),
        **vars(dates),
    )
    with database.writing() as conn:
        if not dialects.insert_once(conn, schema.workshops, vars(workshop)):
            raise WorkshopError(
                f"Another workshop has the code {chosen}: choose another one, or none to get a "
                "new one.",
                reason=Reason.TAKEN,
            )
        if by:
            roles.assign(conn, find(conn, chosen)[0], by)
        audit.note(conn, StaffAct.OPENED, by=by, about=chosen)
    return workshop


def change_workshop(
    database: Database,
    code: str,
    *,
    title: str | None = None,
    language: str | None = None,
    country: str | None = None,
    audience: str | None = None,
    route: str | None = None,
    modules: Iterable[str] | None = None,
    short: bool | None = None,
    k: int | None = None,
    zone: str | None = None,
    joins_from: datetime | None = None,
    joins_until: datetime | None = None,
    pooling_date: date | None = None,
    erasing_date: date | None = None,
    languages: Iterable[str] | None = None,
) -> Workshop:
    """Change what was chosen for a workshop, and return it as it is then; None leaves a thing.

    Answers stay, and so does what was shown to the group. With another beginning the two dates move
    along, as long as nobody was told them. Raises WorkshopError as `open_workshop`,
    "unknown", and for what people were promised "begun" (the first moment), "zone", "withdrawal",
    "erasing" or "fewest"; then nothing has changed.
    """
    with database.writing() as conn:
        number, _ = find(conn, code)
        row = schema.workshops.c.id == number
        conn.execute(select(schema.workshops.c.id).where(row).with_for_update())
        before = find(conn, code)[1]
        chosen: dict[str, Any] = {
            "title": title,
            "language": language,
            "country": country,
            "audience": None if audience is None else _audience(audience),
            "route": None if route is None else _route(route),
            "modules": None if modules is None else _modules(modules),
            "short": short,
            "k": None if k is None else _k(k),
            "zone": zone,
            "languages": None if languages is None else _languages(languages),
        }
        place = zones.place(before.zone) if zone is None else zones.zone(zone)
        has_joined, has_sheets = _told(conn, number)
        is_promised = has_joined or has_sheets
        begins, dates = zones.moment(joins_from, place), WorkshopDates.of(before)
        if zone is not None and zone != before.zone:
            if is_promised:
                raise _zone_stays(before)
            dates = _moved(before, place)
        if begins and begins != before.joins_from:
            if has_joined:
                raise _begun()
            if not is_promised:
                dates = dates.put_off(begins, place)
        dates = dates.changed(
            place,
            joins_from=begins,
            joins_until=zones.moment(joins_until, place),
            pooling_date=pooling_date,
            erasing_date=erasing_date,
        )
        known = {name: value for name, value in chosen.items() if value is not None}
        after = replace(before, **known, **vars(dates))
        if is_promised:
            _keep_promises(before, after)
        values = {name: value for name, value in vars(after).items() if name != "code"}
        conn.execute(update(schema.workshops).where(row).values(values))
        if after.k != before.k:
            live_states.move_on(conn, number)
    return after


def _moved(before: Workshop, place: ZoneInfo) -> WorkshopDates:
    """Return the moments that are the same days and hours by the clocks of another place."""
    hours = (before.local(each) for each in (before.joins_from, before.joins_until))
    joins_from, joins_until = (each.replace(tzinfo=place).astimezone(UTC) for each in hours)
    days = (before.local(each).date() for each in (before.pooled_at, before.expires_at))
    return WorkshopDates(joins_from, joins_until, *(zones.midnight(each, place) for each in days))


def _told(conn: Connection, number: int) -> tuple[bool, bool]:
    """Return whether somebody has joined, and whether sheets of paper were printed."""
    has_joined, has_sheets = (
        conn.scalars(select(func.count()).select_from(table).filter_by(workshop=number)).one() > 0
        for table in (schema.participants, schema.paper_sets)
    )
    return has_joined, has_sheets


def _zone_stays(before: Workshop) -> WorkshopError:
    return WorkshopError(
        f"People were told dates of the time zone {before.zone}, so it stays.", reason=Reason.ZONE
    )


def _begun() -> WorkshopError:
    return WorkshopError(
        "Somebody has joined already, so its beginning stays as it is.", reason=Reason.BEGUN
    )


def _keep_promises(before: Workshop, after: Workshop) -> None:
    """Check that a change keeps what people were told. Raises WorkshopError."""
    WorkshopDates.of(after).keep_promises(before)
    if after.k < before.k:
        raise WorkshopError(
            f"People answered knowing that no result is shown of fewer than {before.k} of them, so "
            "the number can only be raised.",
            reason=Reason.FEWEST,
            k=before.k,
        )


def _audience(audience: str) -> str:
    if audience not in Audience.words():
        raise WorkshopError(
            f"A workshop cannot be for the audience {audience!r}: choose from "
            f"{', '.join(Audience)}.",
            reason=Reason.UNFIT,
        )
    return audience


def _k(k: int) -> int:
    if not FEWEST <= k <= MOST_K:
        raise WorkshopError(
            f"Results of {k} people cannot be shown, because one could tell who said what, or "
            f"they never would be: choose {FEWEST} to {MOST_K}.",
            reason=Reason.FEWEST,
            k=FEWEST,
        )
    return k


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


def _languages(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages, each once. Raises WorkshopError for what is no code of one."""
    named = tuple(dict.fromkeys(languages))
    for code in named:
        if not re.fullmatch(LANGUAGE, code):
            told = f"{code!r} is no language: write a code such as en, pt-BR or en-simple."
            raise WorkshopError(told, reason=Reason.UNFIT)
    return named
