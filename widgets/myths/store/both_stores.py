"""Two stores that are merged: the other one, read once it was found whole, and answers of both."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, make_url

from myths.store.backup import explained, read_backup, readable
from myths.store.database import Database
from myths.store.digests import Row, Step
from myths.store.restore import check
from myths.store.schema import BACKUP_TABLE

_CONTENT = ("value", "text", "sealed")


@contextmanager
def verified(other: Database, step: Step) -> Iterator[Connection]:
    """Read another store once it was found whole: a backup as `restore` does it."""
    with other.reading() as conn:
        is_backup = inspect(conn).has_table(BACKUP_TABLE)
    if is_backup:
        found = read_backup(Path(str(make_url(other.address).database)), step=step)
        with readable(found) as conn:
            yield conn
    else:
        check(other)
        with explained(Path(other.place)), other.reading() as conn:
            yield conn


def joined_answers(
    ours: Sequence[Row], theirs: Sequence[Row], places: Mapping[int, Sequence[Any]]
) -> list[Row]:
    """Return the answers of both in the order of their times; one that both have is there once.

    Of two copies the one counts that was emptied since. Only the current version of a text keeps
    its words (see `current`); `places` has the place that each question is asked at.
    """
    by_key, known = {row["key"]: row for row in theirs}, {row["key"] for row in ours}
    kept = [_emptier(row, by_key.get(row["key"])) for row in ours]
    new = [row for row in theirs if row["key"] not in known]
    both = list(heapq.merge(kept, new, key=lambda row: row["at"]))
    last = {places[row["question"]]: row["key"] for row in both}
    without = {"text": None, "sealed": None}
    return [row if last[places[row["question"]]] == row["key"] else row | without for row in both]


def _emptier(ours: Row, theirs: Row | None) -> Row:
    """Choose of two copies of an answer the one that was emptied since."""
    emptied = theirs is not None and not theirs["declined"] and _is_empty(theirs)
    return theirs if theirs is not None and emptied else ours


def _is_empty(row: Row) -> bool:
    return all(row[name] is None for name in _CONTENT)
