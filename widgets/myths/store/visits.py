"""Visits of participants: each is one browser that is in, until it is left or its time is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, delete, select

from myths.store import credentials
from myths.store.database import Database
from myths.store.participants import Visitor
from myths.store.schema import participants, sessions, workshops


def lasting_visits(database: Database, visits: Collection[str]) -> set[str]:
    """Return those of `visits` (as in Visitor) that have neither been left nor erased nor ended."""
    now = datetime.now(UTC)
    lasting = (
        select(sessions.c.token)
        .join_from(sessions, participants)
        .join(workshops)
        .where(sessions.c.token.in_(visits))
        .where(sessions.c.expires_at > now, workshops.c.expires_at > now)
    )
    with database.reading() as conn:
        return set(conn.scalars(lasting))


def other_visits(database: Database, visitor: Visitor) -> int:
    """Return how many visits of somebody on other devices (or without a cookie) have not ended."""
    with database.reading() as conn:
        return len(conn.scalars(select(sessions.c.token).where(_elsewhere(visitor))).all())


def leave_elsewhere(database: Database, visitor: Visitor) -> int:
    """End all other visits of somebody; gives their number."""
    with database.writing() as conn:
        return conn.execute(delete(sessions).where(_elsewhere(visitor))).rowcount


def leave(database: Database, token: str) -> None:
    """Finish and clear: the token opens nothing from now on; what was saved is kept."""
    with database.writing() as conn:
        conn.execute(delete(sessions).where(sessions.c.token == credentials.hash_token(token)))


def _elsewhere(visitor: Visitor) -> ColumnElement[bool]:
    them = select(participants.c.id).where(participants.c.name == visitor.participant)
    return and_(sessions.c.participant.in_(them), sessions.c.token != visitor.visit)
