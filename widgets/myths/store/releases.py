"""What was published: for each row of it a mark for each person, and nothing that they said.

Two reports can be subtracted from each other, so whoever makes a new one must know whose answers
were in the earlier ones; by which rule is not the store's to say. A mark is a keyed hash of the
participant's name and of when the answers were given, so an answer that was changed since has
another one. The key is the store's salt. Once somebody is erased, neither the name nor the times
are in the store any more: then their marks are random numbers that tell only how many there were,
and they stay, for without them a later report could give away who left.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select

from myths.store import dialects
from myths.store.database import Database
from myths.store.schema import meta, releases

Mark = bytes
OPEN_DATA = "open data"  # in a release: the people whose rows it published
_MARK = 8  # bytes


@dataclass(frozen=True)
class Release:
    """What was published at one time, of which workshops.

    `rows` {question: marks} tell whose answers are in each row that was published; the rows of two
    releases about the same question could be subtracted from each other.
    """

    at: datetime
    workshops: tuple[str, ...]
    rows: Mapping[str, frozenset[Mark]] = field(repr=False)
    name: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True)
class ReleaseLog:
    """All that was published so far, oldest first; `keys` are what marks are made with."""

    releases: tuple[Release, ...] = ()
    keys: tuple[str, ...] = field(default=("",), repr=False)

    def marks(self, participant: str, version: str) -> tuple[Mark, ...]:
        """Return the marks that somebody's answers may have, first the one for a new release.

        In a store that another was merged into, those of its releases were made with another key.
        """
        told = f"{participant} {version}".encode()
        return tuple(
            hashlib.blake2b(told, key=key.encode(), digest_size=_MARK, person=b"release").digest()
            for key in self.keys
        )


Rule = Callable[[ReleaseLog], None]


def release_log(database: Database) -> ReleaseLog:
    """Return what was published so far."""
    with database.reading() as conn:
        return _read(conn)


@contextmanager
def releasing(database: Database, release: Release, *, rule: Rule) -> Iterator[None]:
    """Log a release if the block ends well; nobody else releases anything meanwhile.

    `rule` is told what was published by now, and raises what stands against this one.
    """
    with database.writing() as conn:
        dialects.lock_tables(conn, [releases.name])
        rule(_read(conn))
        lines = [
            {
                "release": release.name,
                "at": release.at,
                "workshops": " ".join(release.workshops),
                "question": question,
                "people": b"".join(sorted(marks)),
            }
            for question, marks in release.rows.items()
        ]
        if lines:
            conn.execute(insert(releases), lines)
        yield


def _read(conn: Connection) -> ReleaseLog:
    known = select(meta.c.value).where(meta.c.key.startswith("salt")).order_by(meta.c.key)
    found: dict[str, Release] = {}
    rows: dict[str, dict[str, frozenset[Mark]]] = {}
    for line in conn.execute(select(releases).order_by(releases.c.at, releases.c.id)):
        inside = rows.setdefault(line.release, {})
        starts = range(0, len(line.people), _MARK)
        inside[line.question] = frozenset(line.people[at : at + _MARK] for at in starts)
        workshops = tuple(line.workshops.split())
        found.setdefault(line.release, Release(line.at, workshops, inside, line.release))
    return ReleaseLog(tuple(found.values()), tuple(conn.scalars(known)))
