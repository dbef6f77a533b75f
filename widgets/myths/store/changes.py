"""Hearing that something in the database has changed, whichever process changed it.

An SQLite file tells a connection by a counter that others wrote; the counter can be compared only
on the same connection (https://sqlite.org/pragma.html#pragma_data_version). A PostgreSQL server
sends a notification, and only when a room was moved: each takes a lock of all its databases at
commit (https://www.postgresql.org/docs/current/sql-notify.html). One that is lost costs the time
after which there is a look anyway.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from myths.store import dialects
from myths.store.database import Database

_GLANCE = 0.03  # seconds between two looks at SQLite's counter


def changes(database: Database, *, at_least: float = 2.0) -> Iterator[None]:
    """Yield when something may have changed, and every `at_least` seconds.

    It begins with one, so that whoever lost the connection looks once more after opening it again.
    Raises StoreError when the connection is lost.
    """
    with database.outside() as conn:
        dialects.hear_changes(conn)
        yield
        while True:
            _wait(conn, at_least)
            yield


def _wait(conn: Connection, seconds: float) -> None:
    if not dialects.is_file(conn):
        driver: Any = conn.connection.driver_connection
        for _ in driver.notifies(timeout=seconds, stop_after=1):
            pass
        return
    before, until = _counter(conn), time.monotonic() + seconds
    while _counter(conn) == before and time.monotonic() < until:
        time.sleep(_GLANCE)


def _counter(conn: Connection) -> int:
    return int(conn.exec_driver_sql("PRAGMA data_version").scalar_one())
