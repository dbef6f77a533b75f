"""Open the database: where it is, how its transactions begin, and whether its version fits.

Every transaction has a connection of its own, so a store may be opened before a process forks, no
kernel holds a connection while a participant reads, and nothing has to be closed. Only a server,
which never forks, keeps connections to PostgreSQL open between them (`pooled`). What that costs:
docs/decisions/0008-databases.md, 0036-several-servers.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from myths.errors import StoreError
from myths.store import dialects
from myths.store.database_errors import explain
from myths.store.schema import BACKUP_TABLE, VERSION_TABLE, meta, metadata
from myths.store.shape import misfits, unlike
from myths.store.sqlite_file import file_uri, is_there, make_private

DEFAULT = "sqlite:///data/workshop.sqlite"
DIRECT = "MYTHS_DB_DIRECT"  # the database of MYTHS_DB, past a pooler
VERSION = "0020"  # the revision of the newest migration
_KEPT = 8  # connections that a server keeps while nobody needs them
# after 25 seconds without a sign of life a connection is lost: servers would hear of nothing on it
_ALIVE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}


def names_file(url: str | None) -> bool:
    """Return whether `url`, as `open_database` has it, is of an SQLite file."""
    try:
        return make_url(url or os.environ.get("MYTHS_DB") or DEFAULT).get_backend_name() == "sqlite"
    except ArgumentError:
        return False


@dataclass(frozen=True)
class Database:
    """An open database: `place` names it for people, `address` opens it again from anywhere.

    `around` leads to it past a pooler, for what one in transaction mode cannot carry: locks that
    last, notifications, migrations.
    """

    place: str
    address: str = field(repr=False)  # with the password
    engine: Engine = field(repr=False)
    around: Engine = field(repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of everything. Raises StoreError."""
        with self._transaction("reading") as conn:
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all or nothing: what happens inside is on the disk when the block ends.

        Raises StoreError.
        """
        with self._transaction("writing") as conn:
            yield conn

    @contextmanager
    def _transaction(
        self, purpose: str, *, engine: Engine | None = None, **options: Any
    ) -> Iterator[Connection]:
        try:
            with (
                (engine or self.engine).connect() as conn,
                conn.execution_options(purpose=purpose, **options).begin(),
            ):
                yield conn
        except (DBAPIError, UnicodeDecodeError) as error:
            raise explain(error, self.place) from None

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """Run what a database takes only outside a transaction. Raises StoreError."""
        autocommit = {"isolation_level": "AUTOCOMMIT"}
        with self._transaction("outside", engine=self.around, **autocommit) as conn:
            yield conn

    @property
    def direct(self) -> Database:
        """The same database, past a pooler."""
        return replace(self, engine=self.around)

    def empty_log(self, *, patience: float | None = None) -> bool:
        """Empty SQLite's log, where words that were taken away stand a little longer.

        Copies that were made before an upgrade go too, for they hold these words. It waits
        `patience` seconds for readers (None: as long as for any lock); False if one still
        needs the log. PostgreSQL goes over its log by itself.
        """
        if not dialects.is_file(self.engine):
            return True
        for path in self.copies():
            path.unlink(missing_ok=True)
        with self.outside() as conn:
            return dialects.empty_log(conn, patience=patience)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite store."""
        is_file = dialects.is_file(self.engine)
        return Path(str(make_url(self.address).database)) if is_file else None

    def copy_before(self, version: str) -> Path:
        """Name the copy of an SQLite store that is made before it is brought to `version`."""
        return Path(f"{self.file}.before-{version}")

    def copies(self) -> list[Path]:
        """List the copies of an SQLite store that were made before upgrades."""
        if not dialects.is_file(self.engine):
            return []
        name = self.copy_before("")
        return sorted(each for each in name.parent.iterdir() if each.name.startswith(name.name))


def open_database(
    url: str | None = None,
    *,
    create: bool = False,
    keep_older: bool = True,
    pooled: bool = False,
) -> Database:
    """Open the database at `url` (None: $MYTHS_DB, else data/workshop.sqlite); see `open_store`.

    `keep_older` makes a copy of an older store before it is brought up to date.
    """
    address = url or os.environ.get("MYTHS_DB") or DEFAULT
    database = _connectable(address, create=create, pooled=pooled)
    with (database.direct if create else database).reading() as conn:
        version = _version(conn, database.place)
        faults = misfits(conn) if version == VERSION else []
        is_backup = inspect(conn).has_table(BACKUP_TABLE)
    if is_backup and create:
        raise StoreError(
            f"{database.place} is a backup: bring it back into a database with `myths restore`."
        )
    if faults:
        raise unlike(database.place, VERSION, faults)
    if version > VERSION:
        raise StoreError(
            f"{database.place} was made by a newer version of this program (its version is "
            f"{version}, this one knows {VERSION}): install the newer program to use it."
        )
    if version < VERSION and not create:
        state = "was made by an older version of this program" if version else "is still empty"
        raise StoreError(
            f"{database.place} {state}: whoever runs the server should start `myths serve` once, "
            "which brings it up to date."
        )
    if create:
        with database.outside() as conn:
            if not dialects.keep_log(conn):
                raise StoreError(
                    f"{database.place} is on a disk that several programs cannot use at once, such "
                    "as a network drive: choose a place on a disk of this computer, with --db."
                )
        if version < VERSION:
            from myths.store.upgrade import upgrade  # it loads Alembic

            upgrade(database.direct, version, keep=keep_older)
        with database.direct.writing() as conn:
            dialects.take_no_samples(conn, metadata.tables)
        _compare(database)
    return database


def _compare(database: Database) -> None:
    """See that both ways lead to one database. Raises StoreError."""
    if database.around.url == database.engine.url:
        return
    salt = f"SELECT value FROM {meta.name} WHERE key = 'salt'"  # noqa: S608 a constant
    found = []
    for each in (database, database.direct):
        with each.reading() as conn:
            tables = inspect(conn).get_table_names()
            found.append(conn.exec_driver_sql(salt).scalar() if meta.name in tables else None)
    if found[0] != found[1]:
        raise StoreError(
            f"{DIRECT} leads to another database than MYTHS_DB: both must be addresses of the same "
            "one, the first past the pooler."
        )


def _connectable(address: str, *, create: bool, pooled: bool = False) -> Database:
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError(
            "The database's address is not understood: write it like "
            f"{DEFAULT} or postgresql://name:password@host/database."
        ) from None
    if url.get_backend_name() == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise StoreError(f"A workshop needs a file: give --db or MYTHS_DB one like {DEFAULT}.")
        place = str(url.database)
        url = url.set(database=str(Path(place).absolute()))
        engine = around = _sqlite(url, place, create=create)
    elif url.get_backend_name() in ("postgresql", "postgres"):
        hosts = url.host or url.query.get("host", "localhost")
        place = f"{hosts if isinstance(hosts, str) else ', '.join(hosts)}/{url.database}"
        engine = _postgresql(url, pooled=pooled)
        around = _around(url) or (_postgresql(url) if pooled else engine)
    else:
        raise StoreError(
            f"A {url.get_backend_name()} database cannot hold a workshop: give --db or MYTHS_DB "
            f"an SQLite file like {DEFAULT}, or a PostgreSQL server."
        )
    for each in {engine, around}:
        event.listen(each, "begin", _begin)
    return Database(place, url.render_as_string(hide_password=False), engine, around)


def _sqlite(url: URL, place: str, *, create: bool) -> Engine:
    """Connect to a file in the mode that never makes one, also while it is moved away."""
    path = Path(str(url.database))
    if create:
        make_private(path)
    elif not is_there(path):
        raise StoreError(
            f"There is no file {place}: check the name given with --db or MYTHS_DB, or start "
            "`myths serve` once, which makes it."
        )
    options = {"mode": "rw", "uri": "true", "timeout": str(dialects.PATIENCE)}
    url = url.set(database=file_uri(path), query=options | dict(url.query))
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", dialects.set_up_file)
    return engine


def _postgresql(url: URL, *, pooled: bool = False) -> Engine:
    """Connect to a server, or a pooler, of which each statement is prepared anew.

    A pool has as many connections as there are threads that ask, and keeps a few of them.
    """
    url = url.set(drivername="postgresql+psycopg")
    usual = {"connect_timeout": str(dialects.PATIENCE)} | _ALIVE
    url = url.update_query_dict(usual | dict(url.query))
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pooled:
        pool = {
            "pool_size": _KEPT,
            "max_overflow": -1,
            "pool_pre_ping": True,
            "pool_use_lifo": True,
        }
    asked = {"prepare_threshold": None}
    try:
        return create_engine(url, hide_parameters=True, connect_args=asked, **pool)
    except ModuleNotFoundError:
        raise StoreError(
            "The part that speaks to PostgreSQL is not installed: whoever runs the server should "
            "run `pip install 'myths[postgres]'`."
        ) from None


def _around(url: URL) -> Engine | None:
    """Connect past a pooler, if there is a way and `url` is what the pooler is for."""
    told, usual = os.environ.get(DIRECT), os.environ.get("MYTHS_DB")
    if not told or not usual or make_url(usual) != url:
        return None
    direct = make_url(told)
    if direct.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(f"{DIRECT} must be an address like that of MYTHS_DB, past the pooler.")
    return _postgresql(direct)


def _begin(conn: Connection) -> None:
    purpose = conn.get_execution_options()["purpose"]
    if purpose != "outside":
        dialects.begin(conn, purpose)


def _version(conn: Connection, place: str) -> str:
    tables = inspect(conn).get_table_names()
    if VERSION_TABLE in tables:
        found = conn.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608 a constant
        return str(found or "")
    if tables:
        raise StoreError(
            f"{place} is the database of another program: choose another name with --db or "
            "MYTHS_DB. Nothing in it was changed."
        )
    return ""
