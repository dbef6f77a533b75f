"""Where SQLite and PostgreSQL differ; the rest of the store is the same for both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

PATIENCE = 5  # seconds to wait for another writer, or for a server
_MOVED = "myths_moved"  # PostgreSQL's channels on which servers hear of each other
_ERASED = "myths_erased"
_MIGRATING = 7_411_016  # PostgreSQL's lock that lets one process migrate at a time

# A reader sees one unchanging state; SQLite's writer takes the lock at once, because a reader that
# turns into a writer may be refused without any waiting.
_BEGIN = {
    ("sqlite", "reading"): "BEGIN",
    ("sqlite", "writing"): "BEGIN IMMEDIATE",
    ("postgresql", "reading"): "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    ("postgresql", "writing"): (
        f"SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '{PATIENCE}s'"
    ),
}
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON")
# Those with words or names in them. A table that somebody uses is left out, for whoever waited for
# its lock would make everybody else wait too.
_TABLES = ("answers", "inquiries", "notes", "participants", "sessions", "workshops")
_UNSAMPLED = {
    "answers": ("text", "sealed"),
    "inquiries": ("text",),
    "notes": ("text",),
    "participants": ("name", "recovery", "wrapped_key"),
    "sessions": ("token", "wrapped_key"),
    "workshops": ("title",),
}
_STOPPED = "57014"  # PostgreSQL's state of a statement that took too long
_HOLDERS = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE locktype = 'advisory' AND datname = current_database() AND granted
    AND classid = 0 AND objid = %s AND objsubid = 1
"""
_REWRITE = f"VACUUM (FULL, VERBOSE, SKIP_LOCKED) {', '.join(_TABLES)}"


def is_file(database: Connection | Engine) -> bool:
    """Return whether the database is a file, SQLite's, and not a server."""
    return database.dialect.name == "sqlite"


def set_up_file(connection: DBAPIConnection, _record: object) -> None:
    """Set up a new connection to SQLite (the event's signature)."""
    connection.isolation_level = None  # so that transactions begin where `begin` says
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin(conn: Connection, purpose: str) -> None:
    """Begin a transaction that is for "reading" or "writing"."""
    conn.exec_driver_sql(_BEGIN[conn.dialect.name, purpose])


def keep_log(conn: Connection) -> bool:
    """Allow reading while somebody writes, as PostgreSQL does; False if the disk is not fit."""
    if not is_file(conn):
        return True
    return conn.exec_driver_sql("PRAGMA journal_mode = WAL").scalar() == "wal"


def empty_log(conn: Connection, *, patience: float | None) -> bool:
    """Empty SQLite's log, waiting for readers; False if one still needs it."""
    if patience is not None:
        conn.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    busy, *_ = conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


def lock_migration(conn: Connection) -> None:
    """Keep other processes from migrating too; SQLite's writer is alone anyway.

    Who waits here waits as long as the other one takes.
    """
    if not is_file(conn):
        conn.exec_driver_sql("SET LOCAL lock_timeout = 0")
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")


def lock_tables(conn: Connection, names: Iterable[str]) -> None:
    """Keep others from writing until the transaction ends; SQLite's writer is alone anyway."""
    if not is_file(conn):
        conn.exec_driver_sql(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")


def rewrite(conn: Connection, *, seconds: float) -> bool:
    """Write the tables anew; False if one was in use, or rows had to stay that are deleted.

    PostgreSQL keeps a deleted row as long as any transaction is open that began before, and tells
    for each table how many these are. It locks each table meanwhile, so after so many `seconds` it
    stops, and what it has not done is not done.
    """
    if is_file(conn):
        conn.exec_driver_sql("VACUUM")
        return True
    kept: list[int] = []

    def hear(notice: Diagnostic) -> None:
        if number := re.match(r"\D*(\d+)", notice.message_detail or ""):
            kept.append(int(number[1]))

    driver: Any = conn.connection.driver_connection
    driver.add_notice_handler(hear)
    conn.exec_driver_sql(f"SET statement_timeout = {max(1, round(seconds * 1000))}")
    try:
        conn.exec_driver_sql(_REWRITE)
    except OperationalError as fault:
        if getattr(fault.orig, "sqlstate", "") != _STOPPED:
            raise
        kept.clear()
    conn.exec_driver_sql("RESET statement_timeout")
    return kept == [0] * len(_TABLES)


def take_no_samples(conn: Connection, tables: Mapping[str, Table]) -> None:
    """Keep PostgreSQL from copying words into its statistics, where no erasing reaches them.

    What it has copied is dropped with the column's "new" type, for which nothing is written anew.
    """
    if is_file(conn):
        return
    for name, columns in _UNSAMPLED.items():
        sampled = conn.exec_driver_sql(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attname = ANY(%s) AND attstattarget IS DISTINCT FROM 0",
            (name, list(columns)),
        )
        for column in sampled.scalars().all():
            kind = tables[name].c[column].type.compile(conn.dialect)
            change = f"ALTER COLUMN {column} TYPE {kind}, ALTER COLUMN {column} SET STATISTICS 0"
            conn.exec_driver_sql(f"ALTER TABLE {name} {change}")


def is_whole(conn: Connection) -> bool:
    """Return whether SQLite finds its file whole; a server looks after its own."""
    if not is_file(conn):
        return True
    checked = conn.exec_driver_sql("PRAGMA integrity_check").scalar()
    return checked == "ok" and conn.exec_driver_sql("PRAGMA foreign_key_check").first() is None


def insert_once(conn: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless an equal one is there; False when it was, also if it came this instant.

    "Equal" is what the table's unique constraints say.
    """
    insert = sqlite.insert if is_file(conn) else postgresql.insert
    once = insert(table).values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return conn.execute(once).first() is not None


def hold(conn: Connection, lock: int, *, shared: bool) -> bool:
    """Take a lock of PostgreSQL's for as long as the connection lasts; False if that cannot be."""
    kind = "_shared" if shared else ""
    return bool(conn.exec_driver_sql(f"SELECT pg_try_advisory_lock{kind}({lock})").scalar())


def holders(conn: Connection, lock: int) -> int:
    """Count the connections to this database that have a lock."""
    return int(conn.exec_driver_sql(_HOLDERS, (lock,)).scalar() or 0)


def is_shared_out(conn: Connection) -> bool:
    """Return whether it is a pooler that answers: it has another process than the database."""
    driver: Any = conn.connection.driver_connection
    return bool(driver.info.backend_pid != conn.exec_driver_sql("SELECT pg_backend_pid()").scalar())


def announce(conn: Connection) -> None:
    """Notify other servers, when this transaction ends, that a room was moved.

    What PostgreSQL sends once is not sent again in the same transaction.
    """
    if not is_file(conn):
        conn.exec_driver_sql(f"NOTIFY {_MOVED}")


def announce_erasing(conn: Connection, participant: str) -> None:
    """Notify other servers, when this transaction ends, that somebody erased an answer."""
    if not is_file(conn):
        conn.exec_driver_sql("SELECT pg_notify(%s, %s)", (_ERASED, participant))


def hear_changes(conn: Connection) -> Callable[[float], list[str]]:
    """Have PostgreSQL send what is announced to this connection; returns what waits for it.

    That waits so many seconds at most, and returns who erased an answer meanwhile.
    """
    for channel in (_MOVED, _ERASED):
        conn.exec_driver_sql(f"LISTEN {channel}")
    driver: Any = conn.connection.driver_connection

    def wait(seconds: float) -> list[str]:
        told = driver.notifies(timeout=seconds, stop_after=1)
        return [each.payload for each in told if each.channel == _ERASED]

    return wait


def go_on_counting(conn: Connection, tables: Iterable[Table]) -> None:
    """Make PostgreSQL number new rows after those that came with their numbers."""
    if is_file(conn):
        return
    for column in (each for table in tables for each in table.primary_key):
        sequence = conn.scalar(select(func.pg_get_serial_sequence(column.table.name, column.name)))
        if sequence:
            last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            conn.execute(select(func.setval(sequence, last, False)))
