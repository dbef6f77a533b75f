"""Whether the evaluation may use somebody's answers: a choice of its own, beside taking part.

It is about all answers, earlier ones too. Whoever does not contribute is in no table.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from myths.store.database import Database
from myths.store.participants import Visitor
from myths.store.schema import participants


def contribute(database: Database, visitor: Visitor, *, contributes: bool) -> None:
    """Keep what somebody chose; it can be changed at any time."""
    with database.writing() as conn:
        them = participants.c.name == visitor.participant
        conn.execute(update(participants).where(them).values(contributes=contributes))


def apart(conn: Connection) -> list[str]:
    """Name the participants who do not contribute."""
    return [*conn.scalars(select(participants.c.name).where(~participants.c.contributes))]


def keep_apart(conn: Connection, names: Collection[str]) -> None:
    """Keep these from contributing, as far as they are there."""
    them = participants.c.name.in_(names)
    conn.execute(update(participants).where(them).values(contributes=False))
