"""SPSS files, with labels, measures, and "prefer not to say" as a user-missing value.

SPSS holds a text as so many bytes: 32,767 at most, so a longer one goes on in a further variable;
and it fills texts up with spaces, so spaces at the very end of a text are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from myths.evaluation.exporting.labels import coded, dated, numbers, texts, value_labels
from myths.evaluation.exporting.names import first_bytes, shortened
from myths.evaluation.exporting.tables import Column, Table, Tables, plain_times
from myths.evaluation.exporting.titles import DECLINED

WIDEST = 32_767  # bytes of a text
_LABEL = 256  # bytes of a variable's label
_VALUE_LABEL = 120  # bytes
_DATE_AT = 92  # in the file's head: 9 bytes of date, 8 of time


def write_spss(folder: Path, tables: Tables, tell: Callable[[int], None]) -> list[str]:
    """Write answers, participants and wide."""
    notes: list[str] = []
    for table in tables.data:
        path = folder / f"{table.name}.sav"
        notes += _write(path, table)
        dated(path, _DATE_AT, "%d %b %y%H:%M:%S", tables.as_of)
        tell(len(table.frame))
    return notes


def _write(path: Path, table: Table) -> list[str]:
    code = _unused(table)
    names = {column.spss.lower() for column in table.columns}
    columns: dict[str, Any] = {}
    labels: dict[str, str | None] = {}
    values: dict[str, dict[float, str]] = {}
    notes = []
    for column in table.columns:
        for name, part in _parts(column, _data(table.frame[column.name], column, code), names):
            columns[name] = part
            labels[name] = shortened(column.title, _LABEL, in_bytes=True)
            if name != column.spss:
                notes.append(
                    f"SPSS: a text in {column.spss} of {path.name} is longer than SPSS can hold: "
                    f"it goes on in {name}."
                )
        words = value_labels(table.frame[column.name], column)
        if column.declined is not None:
            words[code] = DECLINED
        if words:
            values[column.spss] = {
                float(value): shortened(label, _VALUE_LABEL, in_bytes=True)
                for value, label in words.items()
            }
    pyreadstat.write_sav(
        pd.DataFrame(columns),
        path,
        row_compress=True,
        column_labels=labels,
        variable_value_labels=values,
        missing_ranges={c.spss: [float(code)] for c in table.columns if c.declined is not None},
        variable_format={c.spss: "F8.0" for c in table.columns if _whole(table, c)},
        variable_measure={column.spss: _measure(column) for column in table.columns},
    )
    return notes


def _unused(table: Table) -> int:
    """Find the number for "prefer not to say": -9, or -99 and so on if that is an answer."""
    given = {
        number
        for column in table.columns
        if column.declined is not None
        for number in table.frame[column.name].dropna().unique()
    }
    code = -9
    while code in given:
        code = code * 10 - 9
    return code


def _data(values: pd.Series[Any], about: Column, code: int) -> Any:
    if about.type == "datetime":
        return plain_times(values)
    found = numbers(values, about)
    if found is None:
        return texts(values)
    return found if about.declined is None else np.where(about.declined, code, found)


def _parts(column: Column, data: Any, names: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Give the column under its name, and what of its texts is too long under further names."""
    number, name = 1, column.spss
    while column.type == "string" and data.dtype == object and _longest(data) > WIDEST:
        first = data.map(lambda text: first_bytes(text, WIDEST))
        yield name, first
        data = pd.Series([t[len(f) :] for t, f in zip(data, first, strict=True)], dtype=object)
        while name.lower() in names:
            number += 1
            name = f"{column.spss[:60]}_{number}"
    yield name, data


def _longest(words: pd.Series[Any]) -> int:
    """Give the bytes of the longest text; four for a letter is as many as there can be."""
    at_most = 4 * max(map(len, words), default=0)
    return at_most if at_most <= WIDEST else max(len(text.encode()) for text in words)


def _whole(table: Table, about: Column) -> bool:
    """Tell whether a column is shown without decimals."""
    return about.type in ("integer", "boolean") or coded(table.frame[about.name], about)


def _measure(about: Column) -> str:
    if about.kind in ("rating", "confidence") or about.name == "phase":
        return "ordinal"
    return "scale" if about.type == "datetime" or about.name == "value" else "nominal"
