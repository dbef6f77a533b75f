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

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import OperationalError

from myths.errors import StoreError
from myths.store import dialects
from myths.store.database import Database
from myths.store.database_errors import explain
from myths.store.dialects import is_file
from myths.store.sqlite_file import make_private

_SERVING, _HEARING = 7_411_017, 7_411_018  # PostgreSQL's locks


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


def hear(conn: Connection, place: str) -> None:
    """Mark the connection over which a PostgreSQL server hears of changes.

    It is opened anew when it was lost, so the marks of servers are back once their database is.
    Raises StoreError while the database is being restored.
    """
    if not dialects.hold(conn, _SERVING, shared=True):
        raise StoreError(f"{place} is being restored.", retry=True)
    dialects.hold(conn, _HEARING, shared=True)


def servers(database: Database) -> int:
    """Count the servers that hear of changes now, at least one; an SQLite file has one."""
    if is_file(database.engine):
        return 1
    with database.reading() as conn:
        return max(1, dialects.holders(conn, _HEARING))


def meets_pooler(database: Database) -> bool:
    """Return whether a pooler stands where the database was to be reached past it."""
    if is_file(database.engine):
        return False
    with database.outside() as conn:
        return dialects.is_shared_out(conn)


@contextmanager
def _lock(database: Database, *, shared: bool) -> Iterator[bool]:
    if is_file(database.engine):
        path = f"{make_url(database.address).database}.serving"
        make_private(Path(path))
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            yield _taken(connection, database.place, shared=shared)
    else:
        with database.outside() as conn:
            yield dialects.hold(conn, _SERVING, shared=shared)


def _taken(connection: sqlite3.Connection, place: str, *, shared: bool) -> bool:
    try:
        connection.execute("BEGIN" if shared else "BEGIN EXCLUSIVE")
        connection.execute("SELECT * FROM sqlite_master").fetchall()  # a reader has a lock from now
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise explain(OperationalError("", None, error), place) from None
    return True
