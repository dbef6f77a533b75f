"""The staff key: who has it may see to the workshops; what is kept of it is a hash.

A key is written like a recovery code and stretched like one. Each server makes one when it starts,
and it lasts a week; several may be there at once, so that a second server turns nobody out. Who is
in has a cookie for half a day, which is worth nothing without its key. So revoking, which takes all
keys away, turns everybody out at once, on every server, and also who is coming in at that moment.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from myths.store import credentials
from myths.store.database import Database
from myths.store.participants import salt
from myths.store.schema import staff

_KEY_LIFE = timedelta(days=7)
_COOKIE_LIFE = timedelta(hours=12)


def new_staff_key(database: Database) -> str:
    """Make a key to the staff pages, as K7QF-2MPX-9TRB; it is nowhere else to be read."""
    key = credentials.new_recovery_code()
    with database.reading() as conn:
        mark, _ = credentials.stretch(key, salt(conn))
    _keep(database, mark, key=None, life=_KEY_LIFE)
    return key


def let_staff_in(database: Database, key: str) -> str | None:
    """Return the token for a cookie to whoever has a key; None if it is none.

    Raises RecoveryError (reason "mistyped") for what no key can be. It takes about 50 ms on
    purpose; limiting how often one may try is the caller's.
    """
    typed = credentials.read_recovery_code(key)
    with database.reading() as conn:
        mark, _ = credentials.stretch(typed, salt(conn))
        if not _is_among(mark, _keys(conn)):
            return None
    token = credentials.new_token()
    _keep(database, credentials.hash_token(token), key=mark, life=_COOKIE_LIFE)
    return token


def is_staff(database: Database, token: str) -> bool:
    """Return whether a cookie's token is that of somebody who is in."""
    cookies = select(staff.c.mark).where(staff.c.expires_at > datetime.now(UTC))
    with database.reading() as conn:
        kept = conn.scalars(cookies.where(staff.c.key.in_(_keys(conn)))).all()
    return _is_among(credentials.hash_token(token), kept)


def let_staff_out(database: Database, token: str) -> None:
    """End one cookie."""
    with database.writing() as conn:
        conn.execute(delete(staff).where(staff.c.mark == credentials.hash_token(token)))


def revoke_staff(database: Database) -> None:
    """End every key and every cookie."""
    with database.writing() as conn:
        conn.execute(delete(staff))


def _keep(database: Database, mark: str, *, key: str | None, life: timedelta) -> None:
    now = datetime.now(UTC)
    with database.writing() as conn:
        conn.execute(delete(staff).where(staff.c.expires_at <= now))
        conn.execute(insert(staff).values(mark=mark, key=key, expires_at=now + life))


def _keys(conn: Connection) -> Sequence[str]:
    now = datetime.now(UTC)
    kept = select(staff.c.mark).where(staff.c.key.is_(None), staff.c.expires_at > now)
    return conn.scalars(kept).all()


def _is_among(mark: str, kept: Sequence[str]) -> bool:
    """Look for a hash among those that are kept; the time it takes does not tell how alike."""
    alike = [hmac.compare_digest(mark, each) for each in kept]
    return any(alike)
