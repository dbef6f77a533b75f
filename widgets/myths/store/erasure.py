"""Erasing: the rows go, the bytes they stood in go too, and only hashes and counts stay behind.

What stays of people is the hash of the recovery code and of the cookies, with no link to anything:
it tells who comes back with that code that the answers are erased, and not that the code is wrong.
What stays for the trainer is a line in `erasings`: on which day, of which workshop, how many.

What is erased by the clock is erased only while the clock can be believed (see `clock`). Where the
rows stood, a `sweep` clears every trace of them.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, union, update

from myths.errors import StoreError
from myths.store import audit, clock
from myths.store.database import Database
from myths.store.schema import (
    answers,
    erased,
    erasings,
    paper_sets,
    participants,
    replaced,
    sessions,
    workshops,
)
from myths.store.sweep import sweep, to_sweep
from myths.store.workshops import find
from myths.vocabulary import StaffAct

log = logging.getLogger(__name__)
_WEEK = 7 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Erasing:
    """What was erased on a day (UTC): `people` with all their `answers`, also replaced ones.

    `reason` is "withdrawn" (by the participant), "erased" (by the trainer) or "expired".
    """

    day: date
    workshop: str
    reason: str
    people: int
    answers: int


def erase_participant(database: Database, participant: str, *, by: str | None = None) -> int:
    """Erase a participant and all they said; gives the number of answers, also replaced ones.

    `by` is the role of staff that does it for somebody, empty for the coordinator; None if they do
    it themselves.
    """
    with database.writing() as conn:
        them = participants.c.name == participant
        if by is not None:
            code = select(workshops.c.code).join_from(workshops, participants).where(them)
            for each in conn.scalars(code).all():
                audit.note(conn, StaffAct.ERASED_PERSON, by=by, about=each)
        due = record_erasing(conn, them, reason="withdrawn")
        _, said = erase_chosen(conn, them)
        if due:
            to_sweep(conn)
    database.empty_log()
    return said


def erase_workshop(database: Database, code: str, *, by: str = "") -> int:
    """Erase a workshop and all its participants; gives their number.

    Raises WorkshopError (reason "unknown").
    """
    with database.writing() as conn:
        number, found = find(conn, code)
        audit.note(conn, StaffAct.ERASED, by=by, about=found.code)
        people = _erase_workshops(conn, workshops.c.id == number, reason="erased")
    _check_gone(database, workshops.c.id == number)
    _swept(database)
    return people


def erase_expired(database: Database) -> int:
    """Erase every workshop whose time is over; gives the number of participants erased.

    Cookies whose time is over go too, and what earlier erasings left to sweep is swept. Nothing is
    erased while the clock is not to be believed; the log says so. A server calls this every hour.
    """
    now = datetime.now(UTC)
    with database.writing() as conn:
        doubt = clock.look(conn, now)
        people = 0 if doubt else erase_over(conn, now)
    if doubt:
        log.critical("%s", doubt)  # also while a command shows no lesser faults
    else:
        _check_gone(database, workshops.c.expires_at <= now)
    _swept(database)
    _forget_old_copies(database)
    return people


def erase_due(database: Database) -> int:
    """Erase every workshop whose time is over, and believe the clock: somebody says it is right.

    Gives the number of participants erased.
    """
    now = datetime.now(UTC)
    with database.writing() as conn:
        clock.believe(conn, now)
    return erase_expired(database)


def erasings_so_far(database: Database) -> list[Erasing]:
    """List what was erased, oldest first."""
    columns = [erasings.c[field.name] for field in fields(Erasing)]
    with database.reading() as conn:
        return [Erasing(*row) for row in conn.execute(select(*columns).order_by(erasings.c.id))]


def erase_over(conn: Connection, now: datetime) -> int:
    """Erase what is over at a time: workshops, cookies, codes; gives the number of participants.

    Old lines of the audit go too.
    """
    audit.forget_old(conn, now)
    over = sessions.c.code_until <= now
    conn.execute(update(sessions).where(over).values(code=None, code_until=None))
    conn.execute(delete(sessions).where(sessions.c.expires_at <= now))
    return _erase_workshops(conn, workshops.c.expires_at <= now, reason="expired")


def _check_gone(database: Database, chosen: ColumnElement[bool]) -> None:
    """Count what is left of workshops that were erased. Raises StoreError if that is anything."""
    left = select(func.count()).select_from(workshops).where(chosen)
    with database.reading() as conn:
        if number := conn.scalars(left).one():
            raise StoreError(
                f"{number} workshops that were to be erased are still in {database.place}: check "
                "its disk, then try again.",
                retry=True,
            )


def _swept(database: Database) -> None:
    if not sweep(database):
        log.warning("traces of erased words in %s are cleared later: it is in use", database.place)


def _forget_old_copies(database: Database) -> None:
    """Delete copies that were made more than a week ago."""
    for path in database.copies():
        if time.time() - path.stat().st_mtime > _WEEK:
            path.unlink(missing_ok=True)


def _erase_workshops(conn: Connection, chosen: ColumnElement[bool], *, reason: str) -> int:
    conn.execute(select(workshops.c.id).where(chosen).with_for_update())  # nobody slips in
    due = record_erasing(conn, chosen, reason=reason)
    people, _ = erase_chosen(
        conn, participants.c.workshop.in_(select(workshops.c.id).where(chosen))
    )
    conn.execute(delete(workshops).where(chosen))
    if due:
        to_sweep(conn)  # last, as everywhere: two who wait for each other would wait for ever
    return people


def erase_chosen(conn: Connection, chosen: ColumnElement[bool]) -> tuple[int, int]:
    """Delete the chosen participants; gives their number and that of their answers."""
    conn.execute(select(participants.c.id).where(chosen).with_for_update())  # no answer slips in
    people = select(participants.c.id).where(chosen)
    marks = union(
        select(participants.c.recovery).where(chosen),
        select(replaced.c.mark).where(replaced.c.participant.in_(people)),
        select(sessions.c.token).where(sessions.c.participant.in_(people)),
    )
    conn.execute(insert(erased).from_select(["mark"], marks))
    names = select(participants.c.name).where(chosen)
    conn.execute(delete(paper_sets).where(paper_sets.c.name.in_(names)))  # nobody types it in again
    said = conn.execute(delete(answers).where(answers.c.participant.in_(people))).rowcount
    return conn.execute(delete(participants).where(chosen)).rowcount, said


def record_erasing(conn: Connection, chosen: ColumnElement[bool], *, reason: str) -> bool:
    """Write down how much is about to be erased, a line for each workshop; False if nothing is."""
    counted = (
        select(
            workshops.c.code.label("workshop"),
            func.count(participants.c.id.distinct()).label("people"),
            func.count(answers.c.seq).label("answers"),
        )
        .join_from(workshops, participants, isouter=True)
        .join(answers, isouter=True)
        .where(chosen)
        .group_by(workshops.c.id, workshops.c.code)
        .order_by(workshops.c.id)
    )
    today = datetime.now(UTC).date()
    lines = [{**row._mapping, "day": today, "reason": reason} for row in conn.execute(counted)]
    if lines:
        conn.execute(insert(erasings), lines)
    return bool(lines)
