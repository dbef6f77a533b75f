"""The answers of one phase as arrays: a row for each person, a column for each item."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from myths.evaluation.data.roster import row_numbers
from myths.vocabulary import RATED

NONE, GIVEN, DECLINED = 0, 1, 2  # what is in a cell


class AnswerGrid:
    """The answers of one phase: a row for each person, a column for each item."""

    def __init__(self, rows: pd.DataFrame, shape: tuple[int, int]) -> None:
        place = rows["person"].to_numpy(), rows["place"].to_numpy()
        self.value = np.full(shape, np.nan)
        self.value[place] = rows["value"].to_numpy(dtype=float, na_value=np.nan)
        self.state = np.full(shape, NONE, dtype=np.int8)
        self.state[place] = np.where(rows["declined"].to_numpy(dtype=bool), DECLINED, GIVEN)
        self.wording = np.full(shape, -1)
        self.wording[place] = rows["asked"]

    def answered_in(self, workshop: np.ndarray[Any, Any], count: int) -> np.ndarray[Any, Any]:
        """Return for each workshop and item whether anybody answered or declined it."""
        person, item = np.nonzero(self.state)
        some = np.zeros((count, self.state.shape[1]), dtype=bool)
        some[workshop[person], item] = True
        return some


def numbered(
    said: pd.DataFrame, people: pd.DataFrame, places: pd.MultiIndex, asked: pd.MultiIndex
) -> pd.DataFrame:
    """Return answers to the items at `places` with the numbers of their person, item and wording.

    An answer of nobody among the people, or to none of the items, is left out.
    """
    said = said[said["kind"].isin(RATED)]
    cells = ["module", "item", "language", "wording"]
    kinds = said.groupby(cells, observed=True, sort=False).ngroup().to_numpy()
    _, first = np.unique(kinds, return_index=True)
    unique = said[cells].iloc[first].astype("str")
    place = places.get_indexer(pd.MultiIndex.from_frame(unique[["module", "item"]]))
    wording = asked.get_indexer(pd.MultiIndex.from_frame(unique))
    rows = pd.DataFrame(
        {
            "person": row_numbers(people, said["participant"]),
            "place": place[kinds],
            "asked": wording[kinds],
            "phase": said["phase"].array,
            "value": said["value"].array,
            "declined": said["declined"].array,
        }
    )
    return rows[(rows[["person", "place", "asked"]] >= 0).all(axis="columns")]


def usual_wordings(
    worded: np.ndarray[Any, Any],
    workshop: np.ndarray[Any, Any],
    language: np.ndarray[Any, Any],
    shape: tuple[int, int],
) -> np.ndarray[Any, Any]:
    """Find each workshop's most frequent wording of an item, for each language of its people."""
    usual = np.full((*shape, worded.shape[1]), -1)
    person, item = np.nonzero(worded >= 0)
    seen = pd.DataFrame(
        {
            "workshop": workshop[person],
            "language": language[person],
            "item": item,
            "wording": worded[person, item],
        }
    )
    for keys in (["workshop", "item"], ["workshop", "language", "item"]):
        count = seen.groupby([*keys, "wording"]).size().reset_index(name="times")
        best = count.sort_values("times", kind="stable").drop_duplicates(keys, keep="last")
        tongue = best["language"].to_numpy() if "language" in best else slice(None)
        target = usual[best["workshop"].to_numpy(), tongue, best["item"].to_numpy()]
        words = best["wording"].to_numpy()
        usual[best["workshop"].to_numpy(), tongue, best["item"].to_numpy()] = (
            words[:, None] if target.ndim > 1 else words
        )
    return usual
