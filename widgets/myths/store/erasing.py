"""Erasing: the rows go, on SQLite also the bytes they stood in, and only hashes stay behind.

What stays is the hash of the recovery code and of the cookies, with no link to anything: it tells
who comes back with that code that the answers are erased, and not that the code is wrong.
SQLite overwrites deleted rows with zeros; PostgreSQL frees their place at its next vacuum.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, union

from myths.store.opening import Database
from myths.store.schema import answers, erased, participants, sessions, workshops
from myths.store.workshops import find


def erase_participant(database: Database, participant: str) -> int:
    """Erase a participant and all they said; gives the number of answers, also replaced ones."""
    with database.writing() as conn:
        _, said = _erase(conn, participants.c.name == participant)
    _clear_log(database)
    return said


def erase_workshop(database: Database, code: str) -> int:
    """Erase a workshop and all its participants; gives their number.

    Raises WorkshopError (reason "unknown").
    """
    with database.writing() as conn:
        number, _ = find(conn, code)
        people, _ = _erase(conn, participants.c.workshop == number)
        conn.execute(delete(workshops).where(workshops.c.id == number))
    _clear_log(database)
    return people


def erase_expired(database: Database) -> int:
    """Erase every workshop whose time is over; gives the number of participants erased."""
    over = workshops.c.expires_at <= datetime.now(UTC)
    with database.writing() as conn:
        numbers = select(workshops.c.id).where(over)
        people, _ = _erase(conn, participants.c.workshop.in_(numbers))
        conn.execute(delete(workshops).where(over))
    _clear_log(database)
    return people


def _erase(conn: Connection, chosen: ColumnElement[bool]) -> tuple[int, int]:
    """Delete the chosen participants; gives their number and that of their answers."""
    conn.execute(select(participants.c.id).where(chosen).with_for_update())  # no answer slips in
    people = select(participants.c.id).where(chosen)
    marks = union(
        select(participants.c.recovery).where(chosen),
        select(sessions.c.token).where(sessions.c.participant.in_(people)),
    )
    conn.execute(insert(erased).from_select(["mark"], marks))
    said = conn.execute(delete(answers).where(answers.c.participant.in_(people))).rowcount
    return conn.execute(delete(participants).where(chosen)).rowcount, said


def _clear_log(database: Database) -> None:
    """Empty SQLite's log, where the erased words would stand a little longer."""
    database.pragma("wal_checkpoint(TRUNCATE)")
