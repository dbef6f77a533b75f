"""What staff did, for whoever is responsible: when to the minute, which role, which act, where.

Nothing of it tells what anybody said, or who staff are beyond their role. A line goes after a year.
It is written in the transaction of the act, so that neither is there without the other.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from myths.store import schema
from myths.store.database import Database
from myths.vocabulary import StaffAct

KEPT = timedelta(days=365)


@dataclass(frozen=True)
class AuditLine:
    """One act: the `role` is empty for the coordinator; `about` is a workshop's code or a role."""

    at: datetime
    role: str
    act: str
    about: str


def audit(database: Database) -> list[AuditLine]:
    """List what staff did, oldest first; of a year at most."""
    columns = [schema.audit.c[field.name] for field in fields(AuditLine)]
    recent = schema.audit.c.at > datetime.now(UTC) - KEPT
    with database.reading() as conn:
        rows = conn.execute(
            select(*columns).where(recent).order_by(schema.audit.c.at, schema.audit.c.id)
        )
        return [AuditLine(*row) for row in rows]


def note_act(database: Database, act: StaffAct, *, by: str, about: str) -> None:
    """Write down what a role is about to do outside of the store."""
    with database.writing() as conn:
        note(conn, act, by=by, about=about)


def note(conn: Connection, act: StaffAct, *, by: str, about: str) -> None:
    """Write down an act, within the transaction of the act itself."""
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    conn.execute(insert(schema.audit).values(at=minute, role=by, act=act.value, about=about))


def forget_old(conn: Connection, now: datetime) -> None:
    """Delete the lines whose time is over."""
    conn.execute(delete(schema.audit).where(schema.audit.c.at <= now - KEPT))
