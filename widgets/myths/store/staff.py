"""The staff key: who has it may see to the workshops; what is kept of it is a hash.

A key is written like a recovery code and stretched like one. Each server makes one when it starts,
and it lasts a week; several may be there at once, so that a second server turns nobody out. Who is
in has a cookie for half a day. Revoking ends all keys and all cookies at once, on every server.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from myths.errors import RecoveryError
from myths.store import codes
from myths.store.opening import Database
from myths.store.people import salt
from myths.store.schema import staff

_KEY_LIFE = timedelta(days=7)
_COOKIE_LIFE = timedelta(hours=12)


def new_staff_key(database: Database) -> str:
    """Make a key to the staff pages, as K7QF-2MPX-9TRB; it is nowhere else to be read."""
    key = codes.new_recovery_code()
    with database.reading() as conn:
        mark, _ = codes.stretch(key, salt(conn))
    with database.writing() as conn:
        _keep(conn, mark, key=True, life=_KEY_LIFE)
    return key


def let_staff_in(database: Database, key: str) -> str | None:
    """Give the token for a cookie to whoever has a key; None if it is none.

    It takes about 50 ms on purpose; limiting how often one may try is the caller's.
    """
    try:
        typed = codes.read_recovery_code(key)
    except RecoveryError:
        return None
    with database.reading() as conn:
        mark, _ = codes.stretch(typed, salt(conn))
        known = _is_known(conn, mark, key=True)
    if not known:
        return None
    token = codes.new_token()
    with database.writing() as conn:
        _keep(conn, codes.hash_token(token), key=False, life=_COOKIE_LIFE)
    return token


def is_staff(database: Database, token: str) -> bool:
    """Tell whether a cookie's token is that of somebody who is in."""
    mark = codes.hash_token(token)
    with database.reading() as conn:
        return _is_known(conn, mark, key=False)


def let_staff_out(database: Database, token: str) -> None:
    """End one cookie."""
    with database.writing() as conn:
        conn.execute(delete(staff).where(staff.c.mark == codes.hash_token(token)))


def revoke_staff(database: Database) -> None:
    """End every key and every cookie."""
    with database.writing() as conn:
        conn.execute(delete(staff))


def _keep(conn: Connection, mark: str, *, key: bool, life: timedelta) -> None:
    now = datetime.now(UTC)
    conn.execute(delete(staff).where(staff.c.expires_at <= now))
    conn.execute(insert(staff).values(mark=mark, key=key, expires_at=now + life))


def _is_known(conn: Connection, mark: str, *, key: bool) -> bool:
    """Look for a hash among those that are kept; the time it takes does not tell how alike."""
    now = datetime.now(UTC)
    kept = conn.scalars(select(staff.c.mark).where(staff.c.key == key, staff.c.expires_at > now))
    alike = [hmac.compare_digest(mark, each) for each in kept]
    return any(alike)
