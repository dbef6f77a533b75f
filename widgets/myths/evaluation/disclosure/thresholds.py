"""What of a table of change may be shown: which rows, and how exactly.

All numbers here are functions of what is told anyway: how many pairs there are, how many people
were asked in steps of k, and means in tenths. What one person said who left, or nearly alone
differed, cannot be worked out from them, nor measured in a picture.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.evaluation.data.pairs import BETTER
from myths.evaluation.disclosure.bands import K, enough, topmost
from myths.evaluation.stats.inference import EFFECT_FROM

_SPAN = 4  # scale points from one end to the other
_KEYS = ["module", "item", "wording"]


def shown_rows(change: pd.DataFrame, *, k: int = K) -> pd.DataFrame:
    """Keep the rows of `change` that may be shown, and make of each what may be shown of it.

    Rows for all people come first of their wording; of those for single workshops, the ones that
    would give away fewer than `k` people are left out.

    Columns as in `change`, but: part (bool): is it of one workshop. alike (bool): fewer than `k`
    people changed otherwise than the others; then mean_change is in whole points, with no interval,
    worst or best case, nor effect. mean_change, mean_low, mean_high: in tenths, and NA with fewer
    than 10 pairs or where the mean of fewer than 10 could be worked out from it. mean_worst_case,
    mean_best_case: if all whom the steps leave room for were missing and had gone from one end of
    the scale to the other; NA if as many may have been asked as have a pair.
    """
    part = change.duplicated(_KEYS)
    kept, exact = (~part & (change["n"] >= least) for least in (k, EFFECT_FROM))
    for _, rows in change[part].groupby(_KEYS, observed=True):
        sizes = [int(n) for n in rows["n"]]
        kept |= kept.index.isin(rows.index[enough(sizes, k=k)])
        exact |= exact.index.isin(rows.index[enough(sizes, k=EFFECT_FROM)])
    alike = change["changes"].map(lambda each: _alike(each, k)).astype("bool")
    rows = change.assign(part=part, alike=alike)
    return _rounded(rows[kept], exact[kept], k).reset_index(drop=True)


def _rounded(rows: pd.DataFrame, exact: pd.Series[bool], k: int) -> pd.DataFrame:
    mean = rows["mean_change"].where(exact)
    mean = mean.round(1).where(~rows["alike"], mean.round())
    n = rows["n"].astype("Float64")
    most = rows["asked"].map(lambda asked: topmost(int(asked), k=k)).astype("Float64")
    apart = exact & ~rows["alike"]
    told: dict[str, Any] = {"mean_change": mean}
    told |= {name: rows[name].where(apart).round(1) for name in ("mean_low", "mean_high")}
    told |= {name: rows[name].where(apart) for name in ("effect", "effect_low", "effect_high")}
    sign = rows["keyed"].astype("str").map(BETTER).astype("Float64")
    centre, reach = mean * n / most, sign * _SPAN * (most - n) / most
    known = apart & (most - n >= k)
    told["mean_worst_case"] = (centre - reach).where(known).round(1)
    told["mean_best_case"] = (centre + reach).where(known).round(1)
    return rows.assign(**told)


def _alike(changes: str, k: int) -> bool:
    """Return, from "-1: 12, 0: 8", whether fewer than k people changed otherwise than most."""
    counts = [int(part.split(": ")[1]) for part in changes.split(", ") if part]
    return sum(counts) - max(counts, default=0) < k
