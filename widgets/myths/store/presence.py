"""Whether a server runs on a database: it holds a lock for as long as it lives.

The lock is the database's own kind, so it is gone with the process, however that ends: on
PostgreSQL an advisory lock, beside an SQLite file a lock on the empty file `<name>.serving`. (The
file itself is locked only for the moments in which somebody reads or writes.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from myths.errors import StoreError
from myths.store.database import Database
from myths.store.database_errors import explain
from myths.store.dialects import is_file
from myths.store.sqlite_file import make_private

_SERVING = 7_411_017  # PostgreSQL's lock


@contextmanager
def serving(database: Database) -> Iterator[None]:
    """Mark that a server runs, while the block does; several may.

    Raises StoreError while the database is being restored.
    """
    with _lock(database, shared=True) as held:
        if not held:
            raise StoreError(
                f"{database.place} is being restored: start the server again when that has ended.",
                retry=True,
            )
        yield


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Keep servers away while the block runs. Raises StoreError when one is there."""
    with _lock(database, shared=False) as held:
        if not held:
            raise StoreError(
                f"A server is running on {database.place}: stop it (Ctrl+C where it was started), "
                "then try again."
            )
        yield


@contextmanager
def _lock(database: Database, *, shared: bool) -> Iterator[bool]:
    if is_file(database.engine):
        path = f"{make_url(database.address).database}.serving"
        make_private(Path(path))
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            yield _taken(connection, database.place, shared=shared)
    else:
        kind = "_shared" if shared else ""
        with database.outside() as conn:
            query = f"SELECT pg_try_advisory_lock{kind}({_SERVING})"
            yield bool(conn.exec_driver_sql(query).scalar())


def _taken(connection: sqlite3.Connection, place: str, *, shared: bool) -> bool:
    try:
        connection.execute("BEGIN" if shared else "BEGIN EXCLUSIVE")
        connection.execute("SELECT * FROM sqlite_master").fetchall()  # a reader has a lock from now
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise explain(OperationalError("", None, error), place) from None
    return True
