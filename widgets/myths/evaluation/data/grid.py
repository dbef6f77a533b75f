"""The answers of one phase as arrays: a row for each person, a column for each item."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

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
