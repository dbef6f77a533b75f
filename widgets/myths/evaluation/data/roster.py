"""Where somebody's row is: answers are put beside people by it, and never beside somebody else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def row_numbers(people: pd.DataFrame, whose: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the row of `people` that each participant has; -1 for whoever is not among them.

    No array may be written at -1, which is its last place: drop these first.
    """
    names = pd.Index(people["participant"].astype("str"))
    found = names.get_indexer(pd.Index(whose.cat.categories.astype("str")))
    return np.append(found, -1)[whose.cat.codes]  # a code of -1 stands for nobody
