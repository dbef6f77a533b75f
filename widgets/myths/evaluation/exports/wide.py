"""The table `wide` of an export: as `myths.wide` has it, with one column more, what was declined.

It is in memory as a whole: some ten bytes for each person and question, and the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.evaluation.data.spread import Cell, spread
from myths.evaluation.exports.questions import ColumnQuestion
from myths.evaluation.exports.spool import Spool
from myths.evaluation.words import EvaluationWords


def wide(
    answers: Spool,
    people: pd.DataFrame,
    questions: Mapping[Cell, ColumnQuestion],
    words: EvaluationWords,
) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    """Return one row per person, and of each column what is to be said of it.

    `questions` are all that were answered, in the order of the columns.
    """
    numeric = {cell: question.numeric for cell, question in questions.items()}
    table, declined = spread(answers.pieces(), people, numeric)
    known: dict[str, dict[str, Any]] = {}
    for cell, question in questions.items():
        known[".".join(cell)] = {"title": question.title, "kind": question.kind}
        if question.numeric:
            marks = partial(_of, declined[cell])
            known[".".join(cell)] |= {"labels": question.labels, "declined": marks}
    known["declined"] = {"title": words.export.columns.declined_in_wide}
    return table.assign(declined=_names(declined, len(people))), known


def _of(marks: NDArray[np.bool_], piece: pd.DataFrame) -> NDArray[np.bool_]:
    return marks[piece.index]


def _names(declined: Mapping[Cell, NDArray[np.bool_]], people: int) -> Any:
    """Name in each row the columns that were declined."""
    names: dict[int, list[str]] = defaultdict(list)
    for cell, marks in declined.items():
        for row in np.flatnonzero(marks).tolist():
            names[row].append(".".join(cell))
    return pd.array(
        [" ".join(names[row]) if row in names else None for row in range(people)], dtype="string"
    )
