"""By what a row is known in every store, since each store numbers its rows on its own."""

from __future__ import annotations

from sqlalchemy import BigInteger, Table, UniqueConstraint

from myths.store import schema
from myths.store.digests import Row, plain


def number(table: Table) -> str | None:
    """Name the column that only numbers the rows of this store, if there is one."""
    keys = list(table.primary_key)
    numbers = len(keys) == 1 and isinstance(keys[0].type, BigInteger)
    return keys[0].name if numbers and not keys[0].foreign_keys else None


def is_named(table: Table) -> bool:
    """Return whether rows of other tables hang on the rows of this one."""
    return any(
        key.column.table is table
        for other in schema.metadata.tables.values()
        for key in other.foreign_keys
    )


def natural(table: Table) -> list[str]:
    """Name the columns by which a row is known in every store."""
    unique = [
        sorted(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    count = number(table)
    if unique:
        return min(unique)
    keys = list(table.primary_key) if count is None else list(table.columns)
    return [column.name for column in keys if column.name != count]


def key(row: Row, names: list[str]) -> str:
    """Return what these columns of a row say, as one key."""
    return plain({name: row[name] for name in names})
