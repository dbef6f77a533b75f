"""Participants: joining, coming back with a recovery code, being known by a cookie, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from myths.errors import RecoveryError
from myths.store import codes
from myths.store.opening import Database
from myths.store.schema import erased, meta, participants, sessions, workshops
from myths.store.workshops import COLUMNS, Workshop, open_to_join

_TOKEN_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Joined:
    """What somebody gets who joins or comes back; code and token are nowhere else to be read."""

    participant: str
    recovery: str
    token: str


@dataclass(frozen=True)
class Visitor:
    """Who a cookie belongs to."""

    participant: str
    workshop: Workshop
    language: str


def join(database: Database, workshop_code: str, *, language: str, consent: str) -> Joined:
    """Let somebody new in; `consent` is the hash of the words agreed to.

    Raises WorkshopError: reason "unknown", "closed" or "expired".
    """
    with database.reading() as conn:
        open_to_join(conn, workshop_code)
        salt = _salt(conn)
    joined = Joined(codes.new_participant(), codes.new_recovery_code(), codes.new_token())
    mark = codes.hash_recovery_code(joined.recovery, salt)
    with database.writing() as conn:
        workshop, _ = open_to_join(conn, workshop_code)
        new = insert(participants).values(
            name=joined.participant,
            workshop=workshop,
            language=language,
            consent=consent,
            recovery=mark,
            joined_at=datetime.now(UTC),
        )
        _let_in(conn, conn.scalars(new.returning(participants.c.id)).one(), joined.token)
    return joined


def recover(database: Database, recovery_code: str) -> Joined:
    """Let somebody come back who has a recovery code; they get a new token.

    Raises RecoveryError: reason "mistyped", "unknown", "erased" or "expired". It takes about 50 ms
    on purpose; limiting how often one may try is the caller's.
    """
    code = codes.read_recovery_code(recovery_code)
    with database.reading() as conn:
        salt = _salt(conn)
    mark = codes.hash_recovery_code(code, salt)
    token = codes.new_token()
    with database.writing() as conn:
        row = conn.execute(
            select(participants.c.id, participants.c.name, *COLUMNS)
            .join_from(participants, workshops)
            .where(participants.c.recovery == mark)
        ).first()
        if row is None:
            raise _gone(conn, mark)
        _check_time(Workshop(*row[2:]))
        _let_in(conn, row.id, token)
    return Joined(row.name, code, token)


def visitor(database: Database, token: str) -> Visitor:
    """Find who a cookie's token belongs to.

    Raises RecoveryError: reason "unknown", "erased" or "expired" (the cookie, or the workshop).
    """
    mark = codes.hash_token(token)
    with database.reading() as conn:
        row = conn.execute(
            select(sessions.c.expires_at, participants.c.name, participants.c.language, *COLUMNS)
            .join_from(sessions, participants)
            .join(workshops)
            .where(sessions.c.token == mark)
        ).first()
        if row is None:
            raise _gone(conn, mark)
    until, name, language = row[:3]
    workshop = Workshop(*row[3:])
    _check_time(workshop)
    if datetime.now(UTC) >= until:
        raise RecoveryError(
            "You have been away for a while: use your recovery code to come back.",
            reason="expired",
        )
    return Visitor(name, workshop, language)


def leave(database: Database, token: str) -> None:
    """Finish and clear: the token is worthless from now on; what was saved is kept."""
    with database.writing() as conn:
        conn.execute(delete(sessions).where(sessions.c.token == codes.hash_token(token)))


def _salt(conn: Connection) -> str:
    return str(conn.scalars(select(meta.c.value).where(meta.c.key == "salt")).one())


def _let_in(conn: Connection, participant: int, token: str) -> None:
    now = datetime.now(UTC)
    conn.execute(delete(sessions).where(sessions.c.expires_at <= now))
    conn.execute(
        insert(sessions).values(
            token=codes.hash_token(token), participant=participant, expires_at=now + _TOKEN_LIFE
        )
    )


def _check_time(workshop: Workshop) -> None:
    if workshop.state == "expired":
        raise RecoveryError(
            f"The workshop {workshop.code} ended on {workshop.erasing_date}, when its answers were "
            "due to be erased: for a new workshop, ask the trainer.",
            reason="expired",
        )


def _gone(conn: Connection, mark: str) -> RecoveryError:
    """Tell whom nothing belongs to whether it was erased or never there."""
    if conn.execute(select(erased.c.mark).where(erased.c.mark == mark)).first():
        return RecoveryError(
            "Your answers were erased: you can join again with a workshop code.", reason="erased"
        )
    return RecoveryError(
        "No answers belong to this: compare your recovery code with the one you wrote down, or "
        "join with a workshop code.",
        reason="unknown",
    )
