"""Bringing an older store up to date: copied first where that can be done, then all or nothing.

The copy of an SQLite store lies beside it, for its owner only, and can be brought back by `myths
restore`. It holds what was there, so it goes as soon as anything is erased, and after a week.
"""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from myths.errors import StoreError
from myths.store import backup, dialects
from myths.store.database import VERSION, Database
from myths.store.shape import misfits, unlike

log = logging.getLogger(__name__)


def upgrade(database: Database, version: str, *, keep: bool = True) -> None:
    """Bring a database of `version` (empty: a new one) up to date. Raises StoreError.

    `keep` makes a copy of an older SQLite store first.
    """
    if version and keep:
        _copy(database, version)
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        with database.writing() as conn:
            dialects.lock_migration(conn)
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
            if faults := misfits(conn):
                raise unlike(database.place, version, faults)
    except CommandError:
        raise StoreError(
            f"{database.place} says that its version is {version}, which this program does not "
            "know: bring back a backup, or name another database with --db or MYTHS_DB."
        ) from None


def _copy(database: Database, version: str) -> None:
    if not dialects.is_file(database.engine):
        log.warning(
            "%s is brought up to date from version %s; of a server's database no copy is made",
            database.place,
            version,
        )
        return
    path = database.copy_before(VERSION)
    path.unlink(missing_ok=True)
    backup.backup(database, path, version=version)
