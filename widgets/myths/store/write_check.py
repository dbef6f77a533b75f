"""Whether the store can be written to at this moment, found out without keeping anything."""

from __future__ import annotations

from sqlalchemy import insert

from myths.store.database import Database
from myths.store.schema import meta

_KEY = "write check"


class _TakenBackError(Exception):
    """Ends the transaction, so that nothing of it stays."""


def check_writing(database: Database) -> None:
    """Write a row and take it back. Raises StoreError when that cannot be done."""
    try:
        with database.writing() as conn:
            conn.execute(insert(meta).values(key=_KEY, value=""))
            raise _TakenBackError
    except _TakenBackError:
        return
