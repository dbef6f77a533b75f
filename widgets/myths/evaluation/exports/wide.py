"""The table `wide` of an export: as `myths.wide` has it, with one column more, what was declined.

It is in memory as a whole: some ten bytes for each person and question, and the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from myths.evaluation.data.people import row_numbers
from myths.evaluation.exports.questions import ColumnQuestion
from myths.evaluation.exports.spool import CELL, Spool
from myths.evaluation.words import EXPORT

_Array = np.ndarray[Any, Any]


def wide(
    answers: Spool, people: pd.DataFrame, questions: Mapping[tuple[str, ...], ColumnQuestion]
) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    """Return one row per person, and of each column what is to be said of it.

    `questions` are all that were answered, in the order of the columns.
    """
    numbers = {cell: np.full(len(people), np.nan) for cell in questions if questions[cell].numeric}
    texts = defaultdict(list)
    declined = {cell: np.zeros(len(people), dtype=bool) for cell in questions}
    for piece in answers.pieces():
        whose = row_numbers(people, piece["participant"])
        piece, whose = piece[whose >= 0], whose[whose >= 0]
        value = piece["value"].to_numpy(dtype=float, na_value=np.nan)
        refused = piece["declined"].to_numpy(dtype=bool)
        rows_of: Mapping[Any, Any] = piece.groupby(CELL, observed=True).indices
        for cell, rows in rows_of.items():
            declined[cell][whose[rows]] = refused[rows]
            if cell in numbers:
                numbers[cell][whose[rows]] = value[rows]
            else:
                texts[cell].append((whose[rows], piece["text"].iloc[rows]))

    columns: dict[str, Any] = {}
    known: dict[str, dict[str, Any]] = {}
    for cell, question in questions.items():
        name = ".".join(cell)
        known[name] = {"title": question.title, "kind": question.kind}
        if question.numeric:
            columns[name] = pd.arrays.FloatingArray(numbers[cell], np.isnan(numbers[cell]))
            known[name] |= {"labels": question.labels, "declined": partial(_of, declined[cell])}
        else:
            columns[name] = _in_rows(texts[cell], len(people))
    columns["declined"] = _names(declined, len(people))
    known["declined"] = {"title": EXPORT.words.columns.declined_in_wide}
    who = people[["workshop", "participant", "audience"]]
    return pd.concat([who, pd.DataFrame(columns, index=people.index)], axis=1), known


def _of(marks: _Array, piece: pd.DataFrame) -> _Array:
    return marks[piece.index]


def _in_rows(parts: Sequence[tuple[_Array, pd.Series[Any]]], people: int) -> Any:
    """Put texts into the rows of those who wrote them."""
    whose = np.concatenate([rows for rows, _ in parts])
    place = np.full(people, -1)
    place[whose] = np.arange(len(whose))
    return pd.concat([texts for _, texts in parts]).array.take(place, allow_fill=True)


def _names(declined: Mapping[tuple[str, ...], _Array], people: int) -> Any:
    """Name in each row the columns that were declined."""
    names: dict[int, list[str]] = defaultdict(list)
    for cell, marks in declined.items():
        for row in np.flatnonzero(marks).tolist():
            names[row].append(".".join(cell))
    return pd.array(
        [" ".join(names[row]) if row in names else None for row in range(people)], dtype="string"
    )
