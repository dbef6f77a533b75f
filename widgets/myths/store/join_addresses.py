"""The address of this computer that a trainer chose for phones; it is nobody's but this store's."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from myths.store.database import Database
from myths.store.schema import meta

KEY = "address"


def join_address(database: Database) -> str:
    """Return the address that was chosen, such as http://192.168.1.7:8866; empty if none was."""
    with database.reading() as conn:
        return conn.scalar(select(meta.c.value).where(meta.c.key == KEY)) or ""


def keep_join_address(database: Database, address: str) -> None:
    """Keep the address that was chosen."""
    with database.writing() as conn:
        conn.execute(delete(meta).where(meta.c.key == KEY))
        conn.execute(insert(meta).values(key=KEY, value=address))
