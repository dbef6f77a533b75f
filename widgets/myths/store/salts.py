"""What the codes of a store are hashed with, and those of the stores that were merged into it."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from myths.store.database import Database
from myths.store.schema import meta


def tag(database: Database) -> str:
    """Return eight letters that tell this store from any other, and nothing of what it holds."""
    with database.reading() as conn:
        return hashlib.sha256(f"tag of {salt(conn)}".encode()).hexdigest()[:8]


def salt(conn: Connection) -> str:
    """Return what this store's codes are hashed with."""
    return str(conn.scalars(select(meta.c.value).where(meta.c.key == "salt")).one())


def keep_salt(conn: Connection, value: str) -> None:
    """Keep another store's salt beside this one's: `recover` tries each."""
    known = conn.scalars(select(meta.c.value).where(meta.c.key.startswith("salt"))).all()
    if value not in known:
        name = hashlib.sha256(value.encode()).hexdigest()[:16]
        conn.execute(insert(meta).values(key=f"salt.{name}", value=value))
