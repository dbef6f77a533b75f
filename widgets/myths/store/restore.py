"""Bring a backup back into a database, in one transaction: it holds the old state or the new one.

Whoever was erased from the database since the backup was made stays erased, and so do workshops;
what is due for erasing by now is not brought back (by any clock, since the backup still has it).
Whoever keeps their answers from the evaluation by now still does, and a workshop that is erased
earlier by now still is. A database that is new knows of no erasing. Keys to the staff pages are not
brought back either, for some may have been revoked since; and which roles see a workshop that is
known by now is as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from myths.errors import StoreError
from myths.store import (
    backup,
    clock,
    contribution,
    dialects,
    digests,
    erasure,
    form,
    inquiries,
    promises,
    roles,
    schema,
)
from myths.store.backup import Backup
from myths.store.database import Database, open_database
from myths.store.digests import Row, Step, no_step
from myths.store.presence import alone
from myths.store.salts import keep_salt
from myths.store.sweep import sweep, to_sweep

_LASTING = ("erased", "erasings", "releases", "audit", "meta")  # what is remembered over a restore


@dataclass(frozen=True)
class Restored:
    """What a restore has left in the database: the rows of each table, counted afterwards.

    `left_out` are the workshops of the backup whose time is over.
    """

    backup: Backup
    rows: dict[str, int]
    left_out: tuple[str, ...]


def restore(
    path: Path, url: str | None = None, *, replace: bool = False, step: Step = no_step
) -> Restored:
    """Bring the backup `path` back into the database at `url`, made if it is missing.

    `replace` allows it to hold something. Raises StoreError as `read_backup` and `open_store`, when
    it holds something, when a server runs on it, and when what is read back before the end is not
    what the backup holds; then nothing has changed.
    """
    found = backup.read_backup(path, step=step)
    database = open_database(url, create=True)
    with alone(database), backup.readable(found) as source:
        expected = digests.sums(source, but=[backup.manifest.name])
        with database.writing() as conn:
            lock(conn)
            if not replace and conn.execute(select(schema.workshops)).first():
                raise StoreError(
                    f"{database.place} already holds workshops: name a new one with --db, or add "
                    "--replace to give up what it holds."
                )
            lasting = {name: _rows(conn, name) for name in _LASTING}
            apart, promised = contribution.apart(conn), promises.told(conn)
            scopes, seen = roles.assigned(conn)
            backup.fill(conn, source, step=step, check=partial(form.check, place=str(path)))
            if digests.sums(conn, doing="reading back", step=step) != expected:
                raise StoreError(
                    f"What was written to {database.place} could not be read back, so nothing was "
                    "changed: check its disk, then try again."
                )
            conn.execute(delete(schema.staff))
            conn.execute(delete(schema.connections))
            _remember(conn, lasting)
            contribution.keep_apart(conn, apart)
            promises.keep(conn, promised)
            roles.keep_assigned(conn, scopes, seen)
            left_out = _leave_out(conn)
    sweep(database)
    check(database)
    with database.reading() as conn:
        rows = {
            table.name: conn.scalars(select(func.count()).select_from(table)).one()
            for table in schema.metadata.sorted_tables
        }
    return Restored(found, rows, left_out)


def lock(conn: Connection) -> None:
    """Keep others from writing until the transaction ends; SQLite's writer is alone anyway."""
    dialects.lock_tables(conn, schema.metadata.tables)


def check(database: Database) -> None:
    """Check the whole file with SQLite. Raises StoreError when it is damaged."""
    with database.reading() as conn:
        whole = dialects.is_whole(conn)
    if not whole:
        raise StoreError(
            f"{database.place} is damaged: check its disk, then bring back a backup with "
            "`myths restore`."
        )


def marked(conn: Connection, marks: set[str]) -> set[int]:
    """Find the row ids of those whose codes or cookies are among the marks of erased ones."""
    people, sessions = schema.participants.c, schema.sessions.c
    known = [
        *conn.execute(select(people.id, people.recovery)),
        *conn.execute(select(sessions.participant, sessions.token)),
        *conn.execute(select(schema.replaced.c.participant, schema.replaced.c.mark)),
    ]
    return {person for person, mark in known if mark in marks}


def was_erased(code: str, opened: date, lines: Iterable[Row]) -> bool:
    """Return whether a line says that a workshop was erased: its code, not before it was opened."""
    return any(
        line["workshop"] == code and line["reason"] != "withdrawn" and line["day"] >= opened
        for line in lines
    )


def _remember(conn: Connection, lasting: dict[str, list[Row]]) -> None:
    """Erase again what was erased since the backup, and keep the record of it."""
    marks = {row["mark"] for row in lasting["erased"]}
    _erase_marked(conn, marks)
    inquiries.forget(conn, marks)
    for workshop in conn.execute(select(schema.workshops)).all():
        if was_erased(workshop.code, workshop.opened_at.date(), lasting["erasings"]):
            conn.execute(delete(schema.workshops).where(schema.workshops.c.id == workshop.id))
    _remember_meta(conn, lasting.pop("meta"), salts=bool(marks or lasting["releases"]))
    for name, kept in lasting.items():
        table = schema.metadata.tables[name]
        known = {_unnumbered(row) for row in _rows(conn, name)}
        for row in kept:
            if _unnumbered(row) not in known:
                conn.execute(insert(table).values({k: v for k, v in row.items() if k != "id"}))
    to_sweep(conn)


def _remember_meta(conn: Connection, lasting: list[Row], *, salts: bool) -> None:
    """Keep what this database saw of the clock, and, if `salts`, what marks were made with."""
    conn.execute(delete(schema.meta).where(schema.meta.c.key == clock.KEY))
    for row in lasting:
        if row["key"] == clock.KEY:
            conn.execute(insert(schema.meta).values(row))
        elif salts and row["key"].startswith("salt"):
            keep_salt(conn, row["value"])


def _leave_out(conn: Connection) -> tuple[str, ...]:
    now = datetime.now(UTC)
    over = select(schema.workshops.c.code).where(schema.workshops.c.expires_at <= now)
    codes = tuple(conn.scalars(over.order_by(schema.workshops.c.id)))
    erasure.erase_over(conn, now)
    return codes


def _erase_marked(conn: Connection, marks: set[str]) -> None:
    for person in marked(conn, marks):
        conn.execute(delete(schema.participants).where(schema.participants.c.id == person))


def _unnumbered(row: Row) -> str:
    return digests.plain({name: value for name, value in row.items() if name != "id"})


def _rows(conn: Connection, name: str) -> list[Row]:
    return [dict(row) for row in conn.execute(select(schema.metadata.tables[name])).mappings()]
