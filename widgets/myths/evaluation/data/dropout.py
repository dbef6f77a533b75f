"""How far people got, from joining to the follow-up, and why the others left as far as known."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from myths.evaluation.data.pairs import COMPLETE

STEPS = ("joined", "before", "complete", "followup")
REASONS = ("other", "silent", "declined")  # of two that hold for one person, the later one is told
_SERIES = ""  # the name of the row for all modules together
_COLUMNS = [
    *("module", *STEPS, "asked_back"),
    *(f"{step}_{reason}" for step in STEPS[1:] for reason in REASONS),
]


def leaving(pairs: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """One row for the series (module ""), then one per module: who was there at each step.

    `pairs` and `later` are tables as `myths.pairs` gives them for "after" and "followup". A step
    counts only who was there at all steps before it; in the row for the series, with any one myth.

    Columns: module: object; joined, before (rated the myth before), complete (also after, the same
    words), followup (also then): int64; and why the others did not come to a step, as far as known:
    <step>_silent (no answer), <step>_declined, <step>_other (not asked, or in other words): int64.
    The follow-up's are 0 and `asked_back` (bool) is false if nobody was asked then.
    """
    keys = ["participant", "module"]
    first = pairs[pairs["primary"]]
    then = later.loc[later["primary"], [*keys, "later", "status"]]
    rows = first.merge(then, on=keys, how="left", suffixes=("", "_then"))
    each = rows[["workshop", *keys]].astype("str").assign(joined=True)
    each["before"] = rows["before"].notna()
    each["complete"] = rows["status"] == COMPLETE
    each["followup"] = each["complete"] & rows["later_then"].notna()
    for step, why in _why(rows, each).items():
        each[f"{step}_why"] = why
    again = rows["status_then"].notna() & (rows["status_then"] != "never asked twice")
    each["asked_back"] = again
    series = each.groupby("participant", sort=False).max(numeric_only=True)
    for here, there in pairwise(STEPS):  # of a myth that brought them so far
        reached = each[each[here]].groupby("participant", sort=False)[f"{there}_why"].max()
        series[f"{there}_why"] = reached.reindex(series.index).fillna(-1)
    modules = each.groupby("module", sort=False)
    parts = [(str(name), part) for name, part in modules]
    parts = [(_SERIES, series), *parts] if parts else []
    return pd.DataFrame([_row(name, part) for name, part in parts], columns=_COLUMNS)


def _why(rows: pd.DataFrame, each: pd.DataFrame) -> dict[str, Any]:
    """Number the reason for which somebody did not come to a step, as in REASONS."""
    status, then = rows["status"].astype("str"), rows["status_then"].astype("str")
    both = pd.concat([status, then], axis="columns")
    declined = both.isin(["declined before", "declined both"]).any(axis="columns")
    asked = (each["before"] | declined).groupby([each["workshop"], each["module"]]).transform("any")
    other, silent, refused = range(len(REASONS))

    def numbered(kept: pd.Series[bool], no: pd.Series[bool]) -> np.ndarray[Any, Any]:
        return np.select([kept, no], [other, refused], silent)

    return {
        "before": numbered(~asked, declined),
        "complete": numbered(
            status.isin(["wording changed", "never asked twice"]), status == "declined later"
        ),
        "followup": numbered(
            ~then.str.startswith(("no answer", "declined")), then == "declined later"
        ),
    }


def _row(module: str, each: pd.DataFrame) -> dict[str, Any]:
    row: dict[str, Any] = {"module": module}
    row |= {step: int(each[step].sum()) for step in STEPS}
    row["asked_back"] = bool(each["asked_back"].any())
    for here, there in pairwise(STEPS):
        gone = each[each[here] & ~each[there]]
        for number, reason in enumerate(REASONS):
            row[f"{there}_{reason}"] = int((gone[f"{there}_why"] == number).sum())
    return row
