"""Turn what a database driver says into one clear sentence that tells who can do what."""

from __future__ import annotations

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from myths.errors import StoreError

log = logging.getLogger(__name__)

_FULL = (
    "The disk that holds {place} is full, so nothing was written: whoever runs the server must "
    "free some space, then it goes on by itself."
)
_BUSY = (
    "Another program has kept {place} locked for too long, so nothing was written: try again, and "
    "if this goes on, close the program that has it open."
)
_READ_ONLY = (
    "{place} can be read but not written: whoever runs the server must give this account the "
    "right to write to it (for a file, to its folder too), or use another one with --db."
)
_NOT_OPENED = (
    "{place} cannot be opened: check that it is still there and that this account may read it and "
    "write to its folder, or copy it to a folder where it may."
)
_DISK = (
    "The disk that holds {place} did not take or give the data, so nothing was written: whoever "
    "runs the server should check the disk, then try again."
)
_NOT_OURS = (
    "{place} is not a workshop's database, or it is damaged: check the name given with --db or "
    "MYTHS_DB, or bring back a backup."
)
_UNREACHABLE = (
    "The database server {place} cannot be reached or does not let us in, so nothing was written: "
    "check that it runs and that address, name and password are right, then try again."
)
_UNFIT = (
    "{place} is not built as this version of the program needs it, so nothing was written: whoever "
    "runs the server should start it again with the newest program, which says what is wrong."
)
_COLLISION = "Two writers met in {place}, so nothing was written: try again."
_UNFORESEEN = (
    "{place} gave an error that nobody foresaw, so nothing was written: whoever runs the server "
    "finds the detail in its log."
)

# Both tables: code -> (sentence, worth trying again). SQLite's codes are its primary result codes,
# and extended ones where they mean something else; PostgreSQL's the beginnings of its SQLSTATE,
# longer ones first.
_SQLITE = {
    sqlite3.SQLITE_FULL: (_FULL, True),
    sqlite3.SQLITE_BUSY: (_BUSY, True),
    sqlite3.SQLITE_LOCKED: (_BUSY, True),
    sqlite3.SQLITE_READONLY: (_READ_ONLY, False),
    sqlite3.SQLITE_PERM: (_READ_ONLY, False),
    sqlite3.SQLITE_CANTOPEN: (_NOT_OPENED, False),
    sqlite3.SQLITE_IOERR: (_DISK, True),
    sqlite3.SQLITE_NOTADB: (_NOT_OURS, False),
    sqlite3.SQLITE_CORRUPT: (_NOT_OURS, False),
    sqlite3.SQLITE_CONSTRAINT: (_COLLISION, True),
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: (_UNFIT, False),
    sqlite3.SQLITE_CONSTRAINT_CHECK: (_UNFIT, False),
}
_POSTGRESQL = {
    "53100": (_FULL, True),
    "55P03": (_BUSY, True),
    "25006": (_READ_ONLY, False),
    "42501": (_READ_ONLY, False),
    "08": (_UNREACHABLE, True),
    "23502": (_UNFIT, False),
    "23514": (_UNFIT, False),
    "23": (_COLLISION, True),
    "28": (_UNREACHABLE, True),
    "3D": (_UNREACHABLE, True),
    "40": (_COLLISION, True),
    "53": (_UNREACHABLE, True),
    "57": (_UNREACHABLE, True),
    "58": (_DISK, True),
}


def explain(error: DBAPIError | UnicodeDecodeError, place: str) -> StoreError:
    """Name the fault in a sentence, and log the detail without anybody's words in it.

    SQLite's own message about a damaged file can hold its damaged bytes, and is no text then.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    detail = str(cause).partition("\n")[0]  # PostgreSQL's further lines may quote the row
    log.error("%s: %s: %s", place, type(cause).__name__, detail)
    sentence, retry = _look_up(error)
    return StoreError(sentence.format(place=place), retry=retry)


def _look_up(error: DBAPIError | UnicodeDecodeError) -> tuple[str, bool]:
    if isinstance(error, UnicodeDecodeError):
        return _NOT_OURS, False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF, (_UNFORESEEN, False))
    state = getattr(error.orig, "sqlstate", None) or ""
    for beginning, meaning in _POSTGRESQL.items():
        if state.startswith(beginning):
            return meaning
    if isinstance(error, OperationalError | InterfaceError):
        return _UNREACHABLE, True
    return (_COLLISION, True) if isinstance(error, IntegrityError) else (_UNFORESEEN, False)
