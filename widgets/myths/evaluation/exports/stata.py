"""Stata files for Stata 14 and newer, with labels, and "prefer not to say" as the missing value .a.

A text longer than 2,045 bytes makes its variable a strL, so that no text is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from myths.evaluation.exports.contents import ExportColumn, ExportTable, ExportTables
from myths.evaluation.exports.labels import dated, is_text, numbers, texts, value_labels, whole
from myths.evaluation.exports.short_names import shortened

_LABEL = 80  # letters of a variable's label
_DECLINED = "a"  # pyreadstat's word for the extended missing value .a
_VERSION = 14  # file format 118: every edition opens it, and R's haven and pandas
_TIMESTAMP = b"<timestamp>\x11"
_EPOCH = 315_619_200_000  # milliseconds from 1960, where Stata begins to count, to 1970


def write_stata(folder: Path, tables: ExportTables, tell: Callable[[int], None]) -> list[str]:
    """Write answers, participants and wide, and codes if there are any."""
    for table in tables.data:
        frame = table.frame
        values: dict[str, dict[Any, str]] = {}
        for column in table.columns:
            words: dict[Any, str] = {**value_labels(frame[column.name], column, tables.words)}
            if column.declined is not None:
                words[_DECLINED] = tables.words.export.declined
            if words:
                values[column.stata] = words
        refusable = [c.stata for c in table.columns if c.declined is not None]
        path = folder / f"{table.name}.dta"
        pyreadstat.write_dta(
            whole(table, partial(_columns, table), tell),
            path,
            version=_VERSION,
            column_labels=[shortened(c.title, _LABEL, in_bytes=False) for c in table.columns],
            variable_value_labels=values,
            missing_user_values={name: [_DECLINED] for name in refusable},
            variable_format={c.stata: "%tc" for c in table.columns if c.type == "datetime"},
        )
        _stamp(path, tables)
    return []


def _columns(table: ExportTable, piece: pd.DataFrame) -> dict[str, Any]:
    return {column.stata: _data(piece, column) for column in table.columns}


def _data(piece: pd.DataFrame, about: ExportColumn) -> Any:
    values = piece[about.name]
    if is_text(values, about):
        return texts(values)
    found = numbers(values, about)
    if about.type == "datetime":
        found += _EPOCH
    refused = None if about.declined is None else about.declined(piece)
    if refused is None or not refused.any():
        return found
    return np.where(refused, _DECLINED, found.astype(object))


def _stamp(path: Path, tables: ExportTables) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    place = head.index(_TIMESTAMP) + len(_TIMESTAMP)
    dated(path, place, "%d %b %Y %H:%M", tables.as_of)
