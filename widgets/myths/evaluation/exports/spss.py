"""SPSS files, with labels, measures, and "prefer not to say" as a user-missing value.

SPSS holds a text as so many bytes: 32,767 at most, so a longer one goes on in a further variable;
and it fills texts up with spaces, so spaces at the very end of a text are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from myths.evaluation.exports.contents import ExportColumn, ExportTable, ExportTables
from myths.evaluation.exports.labels import (
    coded,
    dated,
    is_text,
    numbers,
    texts,
    value_labels,
    whole,
)
from myths.evaluation.exports.short_names import first_bytes, shortened
from myths.evaluation.words import EvaluationWords
from myths.vocabulary import RATED

WIDEST = 32_767  # bytes of a text
_LABEL = 256  # bytes of a variable's label
_VALUE_LABEL = 120  # bytes
_EPOCH = 12_219_379_200_000  # milliseconds from 1582, where SPSS begins to count, to 1970
_DATE_AT = 92  # in the file's head: 9 bytes of date, 8 of time


def write_spss(folder: Path, tables: ExportTables, tell: Callable[[int], None]) -> list[str]:
    """Write answers, participants and wide, and codes if there are any."""
    notes: list[str] = []
    for table in tables.data:
        path = folder / f"{table.name}.sav"
        notes += _write(path, table, tables.words, tell)
        dated(path, _DATE_AT, "%d %b %y%H:%M:%S", tables.as_of)
    return notes


def _write(
    path: Path, table: ExportTable, says: EvaluationWords, tell: Callable[[int], None]
) -> list[str]:
    code = _unused(table)
    taken = {column.spss.lower() for column in table.columns}
    parts: dict[str, list[str]] = {}  # {column: names of its variables}
    labels: dict[str, str | None] = {}
    values: dict[str, dict[float, str]] = {}
    notes = []
    for column in table.columns:
        parts[column.name] = names = _names(column, _parts(table, column), taken)
        labels |= dict.fromkeys(names, shortened(column.title, _LABEL, in_bytes=True))
        notes += [
            says.export.notes.two_variables.format(column=column.spss, file=path.name, name=name)
            for name in names[1:]
        ]
        words = value_labels(table.frame[column.name], column, says)
        if column.declined is not None:
            words[code] = says.export.declined
        if words:
            values[column.spss] = {
                float(value): shortened(label, _VALUE_LABEL, in_bytes=True)
                for value, label in words.items()
            }
    pyreadstat.write_sav(
        whole(table, partial(_columns, table, parts, code), tell),
        path,
        row_compress=True,
        column_labels=labels,
        variable_value_labels=values,
        missing_ranges={c.spss: [float(code)] for c in table.columns if c.declined is not None},
        variable_format=_formats(table),
        variable_measure={column.spss: _measure(column) for column in table.columns},
    )
    return notes


def _unused(table: ExportTable) -> int:
    """Find the number for "prefer not to say": -9, or -99 and so on if that is an answer."""
    given = {n for column in table.columns if column.declined for n in column.negative}
    code = -9
    while code in given:
        code = code * 10 - 9
    return code


def _parts(table: ExportTable, column: ExportColumn) -> int:
    """Count the variables that a column needs: one, unless a text is too long for it."""
    if not is_text(table.frame[column.name], column) or column.longest <= WIDEST:
        return 1
    pieces = table.pieces(max(1, table.rows))
    return max(len([*_cut(text)]) for piece in pieces for text in texts(piece[column.name]))


def _cut(text: str) -> Iterator[str]:
    while text:
        part = first_bytes(text, WIDEST)
        yield part
        text = text[len(part) :]


def _names(column: ExportColumn, parts: int, taken: set[str]) -> list[str]:
    """Name the variables of a column: its own name, and free ones for what goes on."""
    names, number = [column.spss], 1
    while len(names) < parts:
        number += 1
        name = f"{column.spss[:60]}_{number}"
        if name.lower() not in taken:
            names.append(name)
    return names


def _columns(
    table: ExportTable, parts: Mapping[str, list[str]], code: int, piece: pd.DataFrame
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in table.columns:
        names, data = parts[column.name], _data(piece, column, code)
        if len(names) == 1:
            found[names[0]] = data
        else:
            cut = [[*_cut(text)] + [""] * len(names) for text in data]
            for place, name in enumerate(names):
                found[name] = pd.Series([each[place] for each in cut], dtype="str")
    return found


def _data(piece: pd.DataFrame, about: ExportColumn, code: int) -> Any:
    values = piece[about.name]
    if is_text(values, about):
        return texts(values)
    found = numbers(values, about)
    if about.type == "datetime":
        found = (found + _EPOCH) / 1000
    if about.declined is not None:
        found[about.declined(piece)] = code
    return found


def _formats(table: ExportTable) -> dict[str, str]:
    """Numbers without decimals are shown so."""
    whole = {c.spss: "F8.0" for c in table.columns if _whole(table, c)}
    return whole | {c.spss: "DATETIME" for c in table.columns if c.type == "datetime"}


def _whole(table: ExportTable, about: ExportColumn) -> bool:
    """Return whether a column is shown without decimals."""
    return about.type in ("integer", "boolean") or coded(table.frame[about.name], about)


def _measure(about: ExportColumn) -> str:
    if about.kind in RATED or about.name == "phase":
        return "ordinal"
    return "scale" if about.type == "datetime" or about.name == "value" else "nominal"
