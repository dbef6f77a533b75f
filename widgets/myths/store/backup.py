"""Backups: one SQLite file that holds a whole store, whatever database it came from.

A backup is taken from one unchanging view, while people go on answering. It is written beside its
place under the name `<name>.unfinished`, read back, compared with what was to be written and only
then given its name; so a file with a backup's name is whole. It is restored in one transaction.

A backup holds what its date held: also what is erased later. It must be deleted on the day on which
the first of its workshops is due for erasing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    literal,
    select,
)
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from myths.errors import StoreError
from myths.files import put
from myths.store import dialects, digests, schema, zones
from myths.store.column_types import Moment
from myths.store.database import VERSION, Database, open_database
from myths.store.database_errors import explain
from myths.store.digests import Row, Step, no_step
from myths.store.sqlite_file import file_uri, sqlite_address

UNREADABLE = (sqlite3.Error, SQLAlchemyError, ValueError)  # what damage may cause
_PAGES = 500  # copied at a time

manifest = Table(
    schema.BACKUP_TABLE,
    MetaData(),
    Column("made_at", Moment, nullable=False),
    Column("version", String(32), nullable=False),
    Column("delete_by", Moment),
    Column("sums", JSON, nullable=False),
)


@dataclass(frozen=True)
class Backup:
    """A backup that was read through and found whole; `sums` has rows and digest of each table."""

    path: Path
    made_at: datetime
    version: str
    delete_by: date | None
    sums: dict[str, str]

    @property
    def rows(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        return {name: int(text.partition(":")[0]) for name, text in self.sums.items()}


def backup(
    database: Database, path: Path, *, step: Step = no_step, version: str = VERSION
) -> Backup:
    """Write all that the database holds now into the new file `path`, and read it back.

    `version` is the database's own. Raises StoreError when `path` exists or cannot be written, when
    the disk is full, and when what was read back is not what was to be written; then there is no
    file `path`.
    """
    if path.exists():
        raise StoreError(
            f"{path} exists already: choose another name for the backup, or delete it."
        )
    with _unfinished(path) as part:
        with database.reading() as conn:
            made_at = datetime.now(UTC)
            sums = digests.sums(conn, but=[manifest.name], doing="reading", step=step)
            first = _first_erasing(conn)
            with explained(part):
                _copy(conn, part, step)
        made = Backup(path, made_at, version, first and first.date(), sums)
        _sign(part, made, first)
        read_backup(part, step=step)
        put(part, path)  # it replaces nothing
    return made


def read_backup(path: Path, *, step: Step = no_step) -> Backup:
    """Read a backup through and compare it with what was written.

    Raises StoreError when it is missing, no backup, of a newer version, damaged or changed.
    """
    with closing_engine(path) as engine, explained(path), engine.begin() as conn:
        if manifest.name not in inspect(conn).get_table_names():
            raise StoreError(
                f"{path} is no backup: name a file that `myths backup` made, or join the rooms of "
                "two workshops' databases with `myths merge`."
            )
        row = conn.execute(select(manifest)).one()
        if row.version > VERSION:
            raise StoreError(
                f"{path} was made by a newer version of this program (its version is "
                f"{row.version}, this one knows {VERSION}): install the newer program to use it."
            )
        checked = conn.exec_driver_sql("PRAGMA integrity_check").scalar()
        if checked != "ok" or row.sums != digests.sums(
            conn, but=[manifest.name], doing="checking", step=step
        ):
            raise _differs(path)
    delete_by = row.delete_by and row.delete_by.date()
    return Backup(path, row.made_at, row.version, delete_by, row.sums)


@contextmanager
def readable(found: Backup) -> Iterator[Connection]:
    """Read a backup as this program's version has it; an older one is brought up to date in a copy.

    Raises StoreError.
    """
    if found.version == VERSION:
        with closing_engine(found.path) as engine, explained(found.path), engine.begin() as conn:
            yield conn
        return
    with _unfinished(found.path) as part:
        with closing_engine(found.path) as engine, explained(part), engine.begin() as conn:
            _copy_pages(conn, part, no_step)
        with explained(part), closing(sqlite3.connect(part)) as file:
            file.execute(f"DROP TABLE {manifest.name}")
        newer = open_database(sqlite_address(part), create=True, keep_older=False)
        with newer.reading() as conn:
            yield conn


@contextmanager
def closing_engine(path: Path) -> Iterator[Engine]:
    """Open a file that is only read, and not made. Raises StoreError when it is not there."""
    if not path.is_file():
        raise StoreError(f"There is no backup {path}: check the name.")
    address = f"{file_uri(path.absolute())}?mode=ro"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool
    )
    yield engine
    engine.dispose()


def _copy(conn: Connection, part: Path, step: Step) -> None:
    if dialects.is_file(conn):
        _copy_pages(conn, part, step)
        with closing(sqlite3.connect(part)) as file:
            file.execute(f"DROP TABLE IF EXISTS {manifest.name}")
            file.execute("VACUUM")  # words that were taken away leave no trace in a backup
            file.execute("PRAGMA journal_mode = DELETE")
    else:
        made = open_database(sqlite_address(part), create=True)
        with made.writing() as target:
            fill(target, conn, step=step)
        with made.outside() as target:
            target.exec_driver_sql("PRAGMA journal_mode = DELETE")


def _copy_pages(conn: Connection, part: Path, step: Step) -> None:
    """Copy in the view that `conn` has; as it keeps that view, no writer makes it begin again."""
    source: Any = conn.connection.driver_connection

    def tell(_status: int, remaining: int, total: int) -> None:
        step("copying", total - remaining, total)

    conn.exec_driver_sql(f"SELECT 1 FROM {schema.VERSION_TABLE}").all()  # noqa: S608 a constant
    with closing(sqlite3.connect(part)) as target:
        source.backup(target, pages=_PAGES, progress=tell)


def fill(
    target: Connection,
    source: Connection,
    *,
    step: Step = no_step,
    check: Callable[[str, Row], None] = lambda _table, _row: None,
) -> None:
    """Replace every row of one database with those of another of the same version.

    `check` looks at each row, and raises what is wrong with it.
    """
    here = digests.tables(target)
    for table in reversed(here.values()):
        target.execute(table.delete())
    for name, table in digests.tables(source, but=[manifest.name]).items():
        for part in digests.rows(source, table, doing="writing", step=step):
            for row in part:
                check(name, row)
            target.execute(insert(here[name]), part)
    dialects.go_on_counting(target, here.values())


def _first_erasing(conn: Connection) -> datetime | None:
    """Return the day on which the first workshop is erased, where that is, as a midnight (UTC)."""
    due = schema.workshops.c.expires_at
    known = {column["name"] for column in inspect(conn).get_columns("workshops")}
    zone = schema.workshops.c.zone if "zone" in known else literal("UTC")  # an older store
    row = conn.execute(select(due, zone).order_by(due).limit(1)).first()
    if row is None:
        return None
    day = row[0].astimezone(zones.place(row[1])).date()
    return datetime.combine(day, time(), UTC)


def _sign(part: Path, made: Backup, first: datetime | None) -> None:
    """Write into the backup what it holds and when it was made."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(part), poolclass=NullPool)
    row = {"made_at": made.made_at, "version": made.version, "delete_by": first, "sums": made.sums}
    with explained(part), engine.begin() as conn:
        manifest.create(conn)
        conn.execute(insert(manifest).values(row))


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """Return a new file beside `path` that only this account may read, and remove it at the end."""
    part = path.with_name(f"{path.name}.unfinished")
    try:
        _remove(part)
        part.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StoreError(
            f"{part} cannot be written ({error.strerror}): choose a folder where this account may "
            "write, on a disk with room."
        ) from None
    try:
        yield part
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise StoreError with one sentence on what SQLite finds wrong with a file."""
    try:
        yield
    except UNREADABLE as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, sqlite3.Error):
            raise _differs(path) from None
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise StoreError(
                f"The disk has no room for {path}, so nothing was written: free some space or "
                "choose another disk, then try again.",
                retry=True,
            ) from None
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise _differs(path) from None
        raise explain(OperationalError("", None, cause), str(path)) from None


def _differs(path: Path) -> StoreError:
    return StoreError(
        f"{path} is no backup, or it is damaged or was changed since it was made: use another "
        "backup, and check the disk."
    )
