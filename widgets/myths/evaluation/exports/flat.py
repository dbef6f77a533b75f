"""CSV and Parquet, written piece by piece with Arrow.

CSV is UTF-8 without a byte order mark; every text is in double quotes, a missing value is empty
and without quotes. A spreadsheet that opens a CSV file runs a text that begins like a formula, so
a text that begins with = + - @, a space, a line break or an apostrophe gets an apostrophe in
front. It is undone, without loss, by taking one apostrophe off every text that begins with one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from myths.evaluation.exports.contents import ExportTable, ExportTables
from myths.evaluation.exports.spool import arrow_schema

_AT_ONCE = 20_000  # rows
_RISKY = (
    r"\A([\s\v'=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}"  # also the full-width signs
    r"\x{feff}\x{85}\x{a0}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{3000}])"  # and all spaces
)
_ISO = "%Y-%m-%dT%H:%M:%SZ"  # Arrow's %S has the microseconds too


def write_csv(
    folder: Path, tables: Iterable[ExportTable], tell: Callable[[int], None]
) -> list[str]:
    """Write a CSV file for each table."""
    for table in tables:
        pieces = (_as_text(piece) for piece in _pieces(table))
        first = next(pieces)
        with pyarrow.csv.CSVWriter(folder / f"{table.name}.csv", first.schema) as file:
            file.write(first)
            tell(len(first))
            for piece in pieces:
                file.write(piece)
                tell(len(piece))
    return []


def write_parquet(folder: Path, tables: ExportTables, tell: Callable[[int], None]) -> list[str]:
    """Write a Parquet file for each table; the fields' metadata has title and labels."""
    for table in tables:
        schema = _labelled(table)
        with pq.ParquetWriter(folder / f"{table.name}.parquet", schema) as file:
            for piece in _pieces(table):
                file.write(piece.cast(schema))
                tell(len(piece))
    return []


def _pieces(table: ExportTable) -> Iterator[pa.Table]:
    schema = arrow_schema(table.frame)
    for piece in table.pieces(_AT_ONCE):
        yield pa.Table.from_pandas(piece, schema=schema, preserve_index=False)


def _labelled(table: ExportTable) -> pa.Schema:
    schema = arrow_schema(table.frame)
    for number, column in enumerate(table.columns):
        words = {"label": column.title}
        if labels := column.labels or column.words:
            words["value_labels"] = json.dumps({**labels}, ensure_ascii=False)
        schema = schema.set(number, schema.field(number).with_metadata(words))
    return schema


def _as_text(piece: pa.Table) -> pa.Table:
    """Turn categories and times into texts, and make texts harmless."""
    columns = {}
    for field, column in zip(piece.schema, piece.columns, strict=True):
        if pa.types.is_timestamp(field.type):
            columns[field.name] = pc.strftime(column, format=_ISO)
        elif pa.types.is_dictionary(field.type) or _is_text(field.type):
            words = column.cast(pa.large_string())
            columns[field.name] = pc.replace_substring_regex(
                words, pattern=_RISKY, replacement=r"'\1"
            )
        else:
            columns[field.name] = column
    return pa.Table.from_pydict(columns)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
