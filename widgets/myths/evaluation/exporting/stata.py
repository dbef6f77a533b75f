"""Stata files for Stata 14 and newer, with labels, and "prefer not to say" as the missing value .a.

A text longer than 2,045 bytes makes its variable a strL, so that no text is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from myths.evaluation.exporting.labels import dated, numbers, texts, value_labels
from myths.evaluation.exporting.names import shortened
from myths.evaluation.exporting.tables import Column, Tables, plain_times
from myths.evaluation.exporting.titles import DECLINED

_LABEL = 80  # letters of a variable's label
_DECLINED = "a"  # pyreadstat's word for the extended missing value .a
_VERSION = 14  # file format 118: every edition opens it, and R's haven and pandas
_TIMESTAMP = b"<timestamp>\x11"


def write_stata(folder: Path, tables: Tables, tell: Callable[[int], None]) -> list[str]:
    """Write answers, participants and wide."""
    for table in tables.data:
        frame = table.frame
        values: dict[str, dict[Any, str]] = {}
        for column in table.columns:
            words: dict[Any, str] = {**value_labels(frame[column.name], column)}
            if column.declined is not None:
                words[_DECLINED] = DECLINED
            if words:
                values[column.stata] = words
        refusable = [c.stata for c in table.columns if c.declined is not None]
        path = folder / f"{table.name}.dta"
        pyreadstat.write_dta(
            pd.DataFrame({c.stata: _data(frame[c.name], c) for c in table.columns}),
            path,
            version=_VERSION,
            column_labels=[shortened(c.title, _LABEL, in_bytes=False) for c in table.columns],
            variable_value_labels=values,
            missing_user_values={name: [_DECLINED] for name in refusable},
        )
        _stamp(path, tables)
        tell(len(frame))
    return []


def _data(values: pd.Series[Any], about: Column) -> Any:
    if about.type == "datetime":
        return plain_times(values)
    found = numbers(values, about)
    if found is None:
        return texts(values)
    if about.declined is None or not about.declined.any():
        return found
    mixed = found.astype(object)
    mixed[about.declined.to_numpy()] = _DECLINED
    return mixed


def _stamp(path: Path, tables: Tables) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    place = head.index(_TIMESTAMP) + len(_TIMESTAMP)
    dated(path, place, "%d %b %Y %H:%M", tables.as_of)
