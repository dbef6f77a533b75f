"""What SPSS and Stata share: whole tables, columns as numbers with labels, or as texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from myths.evaluation.exports.contents import ExportColumn, ExportTable, plain_times
from myths.evaluation.words import EvaluationWords

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_AT_ONCE = 50_000  # rows


def whole(
    table: ExportTable,
    data: Callable[[pd.DataFrame], Mapping[str, Any]],
    tell: Callable[[int], None],
) -> pd.DataFrame:
    """Return all rows as `data` makes columns of some of them; `tell` is called with their number.

    A million answers need about 300 MiB: numbers as they are, texts as Arrow keeps them.
    """
    parts = []
    for piece in table.pieces(_AT_ONCE):
        parts.append(pd.DataFrame(data(piece)))
        tell(len(piece))
    return pd.concat(parts, ignore_index=True)


def numbers(values: pd.Series[Any], about: ExportColumn) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return a column of no texts as numbers, NaN where missing.

    The categories of a `coded` column are 1, 2, 3 …; no and yes are 0 and 1; a time is in
    milliseconds since 1970.
    """
    if coded(values, about):
        codes = values.cat.codes.to_numpy(float)
        return np.where(codes < 0, np.nan, codes + 1)
    if about.type == "datetime":
        return plain_times(values).as_unit("ms").asi8.astype(float)
    return values.to_numpy(dtype=float, na_value=np.nan, copy=True)


def texts(values: pd.Series[Any]) -> pd.Series[str]:
    """Return a column as texts, empty where missing: no text of the store is empty."""
    return values.astype("str").fillna("").reset_index(drop=True)


def value_labels(
    values: pd.Series[Any], about: ExportColumn, words: EvaluationWords
) -> dict[int, str]:
    """Return the labels of a column's numbers; numbers that stand for themselves have none."""
    if coded(values, about):
        names = [str(each) for each in values.cat.categories]
        return dict(enumerate((about.words.get(each, each) for each in names), start=1))
    if about.type == "boolean":
        return {0: words.export.booleans.false, 1: words.export.booleans.true}
    return {value: label for value, label in about.labels.items() if label != str(value)}


def is_text(values: pd.Series[Any], about: ExportColumn) -> bool:
    """Return whether a column is of texts, and not of numbers with labels."""
    return about.type == "string" and not coded(values, about)


def coded(values: pd.Series[Any], about: ExportColumn) -> bool:
    """Return whether categories become labelled numbers: ordered ones, and those with words."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return False
    return bool(values.dtype.ordered or about.words)


def dated(path: Path, place: int, pattern: str, time: datetime) -> None:
    """Write the date of the data over that in the head of a finished file.

    `pattern` is as in `strftime`, with %b for the English month in every locale.
    """
    date = time.strftime(pattern.replace("%b", _MONTHS[time.month - 1]))
    with path.open("r+b") as file:
        file.seek(place)
        file.write(date.encode("ascii"))
