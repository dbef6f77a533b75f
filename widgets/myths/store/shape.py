"""Whether a database is built as this program builds it: tables, columns, types, keys.

It takes a millisecond, so each opening looks. Else a table that another program altered would show
only when somebody's answer cannot be saved. Tables that are not ours are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Dialect, UniqueConstraint, inspect
from sqlalchemy.types import TypeEngine

from myths.errors import StoreError
from myths.store.schema import metadata

_SAME = {"FLOAT(53)": "DOUBLE PRECISION"}  # what PostgreSQL makes of a type
Shape = dict[str, str]  # what there is -> how it is


def misfits(conn: Connection) -> list[str]:
    """Name what is missing in a database, or is other than it should be; empty if all fits."""
    wanted, found = _wanted(conn.dialect), _found(conn)
    return [
        f"{what} is {found.get(what, 'missing')}" + (f" and not {how}" if what in found else "")
        for what, how in sorted(wanted.items())
        if found.get(what) != how
    ] + [f"{what} is unknown" for what in sorted(found.keys() - wanted.keys())]


def unlike(place: str, version: str, faults: list[str]) -> StoreError:
    """Return the error that a database is not built as its version says."""
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return StoreError(
        f"{place} says that its version is {version}, but it is not built like that ({faults[0]}"
        f"{more}): another program has changed it, or it was copied while it was in use. Nothing "
        "was changed now: bring back a backup with `myths restore`."
    )


def _wanted(dialect: Dialect) -> Shape:
    shape = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            shape[f"{table.name}.{column.name}"] = _column(
                column.type, dialect, nullable=bool(column.nullable)
            )
        shape[f"the key of {table.name}"] = _names(column.name for column in table.primary_key)
        for each in table.constraints:
            if isinstance(each, UniqueConstraint):
                shape[_unique(table.name, (column.name for column in each.columns))] = "there"
    return shape


def _found(conn: Connection) -> Shape:
    inspector, shape = inspect(conn), {}
    ours = [name for name in inspector.get_table_names() if name in metadata.tables]
    for (_, table), columns in inspector.get_multi_columns(filter_names=ours).items():
        for each in columns:
            how = _column(each["type"], conn.dialect, nullable=each["nullable"])
            shape[f"{table}.{each['name']}"] = how
    for (_, table), key in inspector.get_multi_pk_constraint(filter_names=ours).items():
        shape[f"the key of {table}"] = _names(key["constrained_columns"] if key else ())
    unique = inspector.get_multi_unique_constraints(filter_names=ours)
    for (_, table), several in unique.items():
        shape |= {_unique(str(table), each["column_names"]): "there" for each in several}
    return shape


def _column(kind: TypeEngine[object], dialect: Dialect, *, nullable: bool) -> str:
    name = kind.compile(dialect)
    return _SAME.get(name, name) + ("" if nullable else " NOT NULL")


def _unique(table: str, columns: Iterable[str | None]) -> str:
    return f"the rule that {_names(columns)} of {table} is unique"


def _names(columns: Iterable[str | None]) -> str:
    return " and ".join(sorted(map(str, columns)))
