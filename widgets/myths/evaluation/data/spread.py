"""Answers with a row for each person and a column for each item and phase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.evaluation.data.roster import row_numbers
from myths.store import CELL
from myths.vocabulary import Phase

Cell = tuple[str, ...]  # module, item, phase


def in_order(cells: Iterable[Cell], questions: pd.DataFrame) -> list[Cell]:
    """Sort cells by module and item as they were first asked, and then by phase."""
    names = questions[["module", "item"]].astype("str")
    modules = list(dict.fromkeys(names["module"]))
    items = list(dict.fromkeys(names.itertuples(index=False, name=None)))
    return sorted(
        cells,
        key=lambda cell: (
            modules.index(cell[0]),
            items.index((cell[0], cell[1])),
            Phase.words().index(cell[2]),
        ),
    )


def spread(
    pieces: Iterable[pd.DataFrame], people: pd.DataFrame, numeric: Mapping[Cell, bool]
) -> tuple[pd.DataFrame, dict[Cell, NDArray[np.bool_]]]:
    """Put the answers in `pieces` beside their people; return also who declined, by cell.

    `numeric` has every cell, in the order of the columns, and whether its answers are numbers.
    """
    size = len(people)
    numbers = {cell: np.full(size, np.nan) for cell in numeric if numeric[cell]}
    texts = defaultdict(list)
    declined = {cell: np.zeros(size, dtype=bool) for cell in numeric}
    for each in pieces:
        row = row_numbers(people, each["participant"])
        piece, row = each[row >= 0], row[row >= 0]
        value = piece["value"].to_numpy(dtype=float, na_value=np.nan)
        refused = piece["declined"].to_numpy(dtype=bool)
        places: Mapping[Any, Any] = piece.groupby(CELL, observed=True).indices
        for cell, at in places.items():
            declined[cell][row[at]] = refused[at]
            if cell in numbers:
                numbers[cell][row[at]] = value[at]
            else:
                texts[cell].append((row[at], piece["text"].iloc[at]))
    columns = {
        ".".join(cell): pd.arrays.FloatingArray(numbers[cell], np.isnan(numbers[cell]))
        if cell in numbers
        else _in_rows(texts[cell], size)
        for cell in numeric
    }
    who = people[["workshop", "participant", "audience"]]
    return pd.concat([who, pd.DataFrame(columns, index=people.index)], axis=1), declined


def _in_rows(parts: Sequence[tuple[NDArray[Any], pd.Series[Any]]], size: int) -> Any:
    """Put texts into the rows of those who wrote them."""
    if not parts:
        return pd.array([None] * size, dtype="string")
    rows = np.concatenate([row for row, _ in parts])
    place = np.full(size, -1)
    place[rows] = np.arange(len(rows))
    return pd.concat([texts for _, texts in parts]).array.take(place, allow_fill=True)
