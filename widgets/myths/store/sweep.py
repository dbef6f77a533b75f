"""Sweeping: every trace of words that were taken away goes from the database's files.

A transaction that takes words away leaves a mark, and the mark stays until a sweep has found that
the files hold them no more; so what cannot be done now is done later, also after a crash. A server
looks for marks once a minute.

SQLite overwrites what it deletes with zeros, and its log is emptied. As a page may still hold a
copy that moved, a sweep writes the whole file anew. On PostgreSQL the tables are written anew. That
would make everybody wait who answers, so it is done when nobody has answered for a while and no
lock has to be waited for, and for a hundredth of that time at most: large tables wait for a long
night. It counts only if no transaction, however old, still saw the rows.
PostgreSQL's log (pg_wal, and an archive of it if there is one) goes over the old words in its own
time. What a disk keeps of files that are gone, and what backups hold, is beyond a program's reach.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from myths.errors import StoreError
from myths.store import dialects
from myths.store.database import Database
from myths.store.schema import answers, meta, participants

_QUIET = 5 * 60  # seconds without an answer, before PostgreSQL's tables are locked
_PART = 100  # of such a time for which they may be: nobody who begins to answer waits longer
_DAY = 24 * 3600
_MARK = "unswept"  # how the keys of marks begin; each erasing has one, so that none waits


def to_sweep(conn: Connection) -> None:
    """Note that words were taken away, so that the next sweep clears every trace of them."""
    key = f"{_MARK}.{secrets.token_hex(8)}"
    conn.execute(insert(meta).values(key=key, value=""))


def is_mark(key: str) -> bool:
    """Return whether a key in `meta` is a mark, which means nothing in another store."""
    return key.startswith(_MARK)


def sweep(database: Database) -> bool:
    """Clear every trace of words that were taken away; False if some may be left for later."""
    with database.reading() as conn:
        due = conn.scalars(select(meta.c.key).where(meta.c.key.startswith(_MARK))).all()
        is_file, quiet = dialects.is_file(conn), _quiet(conn)
    if not due:
        return True
    if not is_file and quiet < _QUIET:
        return False
    try:
        with database.outside() as conn:
            done = dialects.rewrite(conn, seconds=quiet / _PART)
        done = database.empty_log() and done
    except StoreError:
        return False
    if done:
        with database.writing() as conn:  # marks that came meanwhile stay
            conn.execute(delete(meta).where(meta.c.key.in_(due)))
    return done


def _quiet(conn: Connection) -> float:
    """Return for how many seconds nobody has answered or joined, a day at most."""
    latest = (
        select(answers.c.at).order_by(answers.c.seq.desc()).limit(1),
        select(participants.c.joined_at).order_by(participants.c.id.desc()).limit(1),
    )
    now = datetime.now(UTC)
    moments = [conn.scalar(query) for query in latest]
    since: list[float] = [abs(now - moment).total_seconds() for moment in moments if moment]
    return min([_DAY, *since])
