"""What a database holds, in few letters: for each table its number of rows and a digest.

The digest of a table is the sum of the hashes of its rows, whatever their order, so SQLite and
PostgreSQL give the same (docs/decisions/0006-codes.md). Tables are read as the database itself
describes them, so any version of the store will do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select

from myths.store.schema import VERSION_TABLE

Step = Callable[[str, int, int], None]  # told what is being done, how many rows, of how many
Row = dict[str, Any]
AT_ONCE = 5_000  # rows in memory
_MODULUS = 1 << 256


def no_step(_what: str, _done: int, _total: int) -> None:
    """Do nothing: nobody looks."""


@dataclass(frozen=True)
class TableDigest:
    """The rows of a table, added up."""

    rows: int = 0
    total: int = 0

    def __add__(self, other: TableDigest) -> TableDigest:
        """Add rows."""
        return TableDigest(self.rows + other.rows, (self.total + other.total) % _MODULUS)

    def __sub__(self, other: TableDigest) -> TableDigest:
        """Take rows off."""
        return TableDigest(self.rows - other.rows, (self.total - other.total) % _MODULUS)

    def __str__(self) -> str:
        return f"{self.rows}:{self.total:064x}"


def tables(conn: Connection, *, but: Iterable[str] = ()) -> dict[str, Table]:
    """Return every table of ours as it is in this database, parents first; not `but`."""
    found = MetaData()
    found.reflect(conn)
    left_out = {VERSION_TABLE, *but}
    return {table.name: table for table in found.sorted_tables if table.name not in left_out}


def rows(
    conn: Connection, table: Table, *, doing: str, step: Step = no_step
) -> Iterator[list[Row]]:
    """Read a table in parts, in the order of its primary key."""
    total = conn.scalars(select(func.count()).select_from(table)).one()
    query = select(table).order_by(*table.primary_key)
    done = 0
    found = conn.execute(query, execution_options={"yield_per": AT_ONCE}).mappings()
    for part in found.partitions():
        yield [dict(row) for row in part]
        done += len(part)
        step(f"{doing} {table.name}", done, total)


def add_up(part: Iterable[Row], *, but: str | None = None) -> TableDigest:
    """Add rows up, leaving out the column `but`."""
    number = total = 0
    for row in part:
        number += 1
        text = plain({name: value for name, value in row.items() if name != but})
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
    return TableDigest(number, total % _MODULUS)


def sums(
    conn: Connection, *, but: Iterable[str] = (), doing: str = "reading", step: Step = no_step
) -> dict[str, str]:
    """Return the sum of each table, as text."""
    found = tables(conn, but=but).values()
    return {table.name: str(sum_up(conn, table, doing=doing, step=step)) for table in found}


def sum_up(
    conn: Connection,
    table: Table,
    *,
    but: str | None = None,
    doing: str = "reading",
    step: Step = no_step,
) -> TableDigest:
    """Read a table and add it up, leaving out the column `but`."""
    total = TableDigest()
    for part in rows(conn, table, doing=doing, step=step):
        total += add_up(part, but=but)
    return total


def plain(row: Row) -> str:
    """Write a row in one way, whatever the database; JSON columns by their sorted keys."""
    return json.dumps(row, sort_keys=True, default=_written)


def _written(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
