"""Hearing that something in the database has changed, whichever process changed it.

Of an SQLite file the operating system tells when it and its log were written last. (SQLite has a
counter, too, but only for a connection that stays open: with one the log would never be empty, and
a copy of the file alone would be of an earlier state.) A PostgreSQL server sends a notification,
and only when a room was moved: each takes a lock of all its databases at commit
(https://www.postgresql.org/docs/current/sql-notify.html). What is missed costs the time after which
there is a look anyway.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from myths.store import dialects, presence
from myths.store.database import Database

_GLANCE = 0.03  # seconds between two looks at a file's times


def changes(database: Database, *, at_least: float = 2.0) -> Iterator[str]:
    """Yield when something may have changed, and every `at_least` seconds.

    It yields the name of who erased an answer, so that no server has it in memory any more, and
    else nothing. An SQLite file is one server's, which knows by itself.

    It begins with one, so that whoever lost the connection looks once more after opening it again.
    Raises StoreError when the connection is lost.
    """
    if (file := database.file) is not None:
        yield from _of_file(file, at_least)
        return
    with database.outside() as conn:
        presence.hear(conn, database.place)
        wait = dialects.hear_changes(conn)
        yield ""
        while True:
            yield from wait(at_least) or [""]


def _of_file(file: Path, at_least: float) -> Iterator[str]:
    files = (file, Path(f"{file}-wal"))
    while True:
        before, until = [*map(_times, files)], time.monotonic() + at_least
        yield ""
        while [*map(_times, files)] == before and time.monotonic() < until:
            time.sleep(_GLANCE)


def _times(file: Path) -> tuple[int, ...]:
    """Return what changes when a file is written; nothing for one that is not there."""
    try:
        now = file.stat()
    except OSError:
        return ()
    return now.st_ino, now.st_size, now.st_mtime_ns
