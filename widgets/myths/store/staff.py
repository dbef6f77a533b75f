"""The staff key: who has it may see to the workshops; what is kept of it is a hash.

A key is written like a recovery code and stretched like one. Each server makes one when it starts,
and it lasts a week; several may be there at once, so that a second server turns nobody out. Who is
in has a cookie for half a day, which is worth nothing without its key. So revoking, which takes
keys away, turns everybody out at once, on every server, and also who is coming in at that moment.
A key is the coordinator's, or that of a role (see `roles`), which is read with each request.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from myths.store import audit, credentials
from myths.store.database import Database
from myths.store.roles import COORDINATOR, StaffRole, begin, number_of, role_name
from myths.store.salts import salt
from myths.store.schema import roles, staff
from myths.vocabulary import Scope, StaffAct

_KEY_LIFE = timedelta(days=7)
_COOKIE_LIFE = timedelta(hours=12)


def new_staff_key(
    database: Database, role: str | None = None, *, scope: Scope | None = None
) -> str:
    """Make a key to the staff pages, as K7QF-2MPX-9TRB; it is nowhere else to be read.

    It is the coordinator's, or that of a `role`, which is new or known; `scope` is that of a new
    one, by default its own workshops. Raises RoleError.
    """
    key = credentials.new_recovery_code()
    with database.reading() as conn:
        mark, _ = credentials.stretch(key, salt(conn))
    with database.writing() as conn:
        whose = None if role is None else begin(conn, role, scope)
        _keep(conn, mark, key=None, life=_KEY_LIFE, role=whose)
        audit.note(conn, StaffAct.KEY, by="", about="" if role is None else role_name(role))
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
    with database.writing() as conn:
        _keep(conn, credentials.hash_token(token), key=mark, life=_COOKIE_LIFE)
    return token


def staff_role(database: Database, token: str) -> StaffRole | None:
    """Return who a cookie's token lets in; None if nobody."""
    now, cookie, key = datetime.now(UTC), staff.alias(), staff.alias()
    kept = (
        select(cookie.c.mark, key.c.role, roles.c.name, roles.c.scope)
        .join_from(cookie, key, cookie.c.key == key.c.mark)
        .join(roles, key.c.role == roles.c.id, isouter=True)
        .where(key.c.key.is_(None), key.c.expires_at > now, cookie.c.expires_at > now)
    )
    with database.reading() as conn:
        rows = conn.execute(kept).all()
    mark = credentials.hash_token(token)
    found = [row for row in rows if hmac.compare_digest(mark, row.mark)]
    if not found:
        return None
    return COORDINATOR if found[0].role is None else StaffRole(found[0].name, found[0].scope)


def let_staff_out(database: Database, token: str) -> None:
    """End one cookie."""
    with database.writing() as conn:
        conn.execute(delete(staff).where(staff.c.mark == credentials.hash_token(token)))


def revoke_staff(database: Database, role: str | None = None) -> None:
    """End every key and every cookie; of a `role`, its own only. Raises RoleError."""
    with database.writing() as conn:
        if role is None:
            conn.execute(delete(staff))
        else:
            theirs = staff.c.role == number_of(conn, role)
            marks = conn.scalars(select(staff.c.mark).where(theirs)).all()
            conn.execute(delete(staff).where(staff.c.mark.in_(marks) | staff.c.key.in_(marks)))
        audit.note(conn, StaffAct.REVOKED, by="", about="" if role is None else role_name(role))


def _keep(
    conn: Connection, mark: str, *, key: str | None, life: timedelta, role: int | None = None
) -> None:
    now = datetime.now(UTC)
    conn.execute(delete(staff).where(staff.c.expires_at <= now))
    conn.execute(insert(staff).values(mark=mark, key=key, expires_at=now + life, role=role))


def _keys(conn: Connection) -> Sequence[str]:
    now = datetime.now(UTC)
    kept = select(staff.c.mark).where(staff.c.key.is_(None), staff.c.expires_at > now)
    return conn.scalars(kept).all()


def _is_among(mark: str, kept: Sequence[str]) -> bool:
    """Look for a hash among those that are kept; the time it takes does not tell how alike."""
    alike = [hmac.compare_digest(mark, each) for each in kept]
    return any(alike)
