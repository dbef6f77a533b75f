"""Workshops: finding, listing, closing and reopening them; `workshop_settings` opens one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from myths.errors import WorkshopError
from myths.store import audit, credentials, schema
from myths.store.database import Database
from myths.store.typed_code import plain
from myths.store.workshop_record import COLUMNS, Workshop
from myths.vocabulary import Reason, StaffAct


def workshops(database: Database) -> list[Workshop]:
    """List every workshop that is not erased, also closed and expired ones, oldest first."""
    with database.reading() as conn:
        rows = conn.execute(select(*COLUMNS).order_by(schema.workshops.c.id))
        return [Workshop(*row) for row in rows]


def workshop(database: Database, code: str, *, joinable: bool = True) -> Workshop:
    """Find the workshop that a typed code means; `joinable` insists that one can join it.

    Raises WorkshopError: reason "length" or "unknown"; if `joinable` also "unopened", "closed" or
    "expired".
    """
    with database.reading() as conn:
        return (open_to_join if joinable else find)(conn, code)[1]


def close_workshop(database: Database, code: str, *, by: str = "") -> None:
    """Close a workshop for new people; who has joined goes on. Raises WorkshopError ("unknown").

    `by` is the role that does it, here as elsewhere; empty for the coordinator.
    """
    with database.writing() as conn:
        number, found = find(conn, code)
        if found.closed_at is None:
            conn.execute(
                update(schema.workshops)
                .where(schema.workshops.c.id == number)
                .values(closed_at=datetime.now(UTC))
            )
            audit.note(conn, StaffAct.CLOSED, by=by, about=found.code)


def reopen_workshop(database: Database, code: str, *, by: str = "") -> None:
    """Open a workshop again that was closed within its hours; one that is open stays so.

    Raises WorkshopError: reason "unknown", "expired", or "hours" when these are over.
    """
    with database.writing() as conn:
        number, found = find(conn, code)
        if found.state == "expired":
            raise expired(found)
        if datetime.now(UTC) >= found.joins_until:
            raise WorkshopError(
                "The hours in which people can join are over: change these first.",
                reason=Reason.HOURS,
            )
        conn.execute(
            update(schema.workshops).where(schema.workshops.c.id == number).values(closed_at=None)
        )
        audit.note(conn, StaffAct.REOPENED, by=by, about=found.code)


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
    if found.state == "coming":
        opens = found.local(found.joins_from)
        raise WorkshopError(
            f"The workshop {found.code} opens on {opens:%Y-%m-%d} at {opens:%H:%M} "
            f"({opens.tzname()}): come back then, with the same code.",
            reason=Reason.UNOPENED,
        )
    if found.state == "closed":
        raise WorkshopError(
            f"The workshop {found.code} is closed: nobody can join any more. Those who have joined "
            "can come back with the recovery code; for a new workshop, ask the trainer.",
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
