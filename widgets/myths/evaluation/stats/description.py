"""What can be said of pairs without any statistics: who moved, from where, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.evaluation.data.pairs import COMPLETE
from myths.evaluation.data.strata import Strata
from myths.vocabulary import BETTER, Keyed, Kind

Floats = NDArray[Any]


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """Add to pairs what the same person's other pairs in the module tell.

    over: the change on the statement that goes too far; weighted: the change of the rating's
    distance from the middle of its scale, times the confidence as a share of its own: float64, NaN
    without these pairs.
    """
    low, high, before, later = _numbers(table, "minimum", "maximum", "before", "later")
    complete = (table["status"] == COMPLETE).to_numpy()
    sure = complete & (table["kind"] == Kind.CONFIDENCE).to_numpy()
    sides = [
        (values - (low + high) / 2) * _spread(table, sure, (values - low) / (high - low))
        for values in (before, later)
    ]
    too_far = complete & (table["keyed"] == Keyed.OVERCORRECTION).to_numpy()
    return table.assign(over=_spread(table, too_far, later - before), weighted=sides[1] - sides[0])


def describe(part: Strata) -> pd.DataFrame:
    """Count and average each stratum; the columns are told in `change`."""
    table, number, size = part.pairs, part.number, len(part.labels)
    complete = (table["status"] == COMPLETE).to_numpy()
    asked = (table["status"] != "never asked twice").to_numpy()

    def people(of: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(number[of], minlength=size)

    def told(column: str, how: str) -> pd.Series[float]:
        values = table.loc[complete, column].astype(float)
        return values.groupby(number[complete]).agg(how).reindex(range(size))

    said = {"n": people(complete), "asked": people(asked)}
    moved = {name: people((table["moved"] == name).to_numpy()) for name in _MOVES}
    (change,) = _numbers(table, "change")
    sign = table["keyed"].astype("str").map(BETTER).astype(float).fillna(0).to_numpy()
    judged = part.labels["keyed"].isin(BETTER).to_numpy()
    better = (table["moved"] == "better").to_numpy()
    n = said["n"].astype(float)
    rose, fell = people(complete & (change > 0)), people(complete & (change < 0))
    both = complete & table["over"].notna().to_numpy()
    too_far = complete & (table["over"] > 0).to_numpy()
    weighted = table["weighted"].to_numpy()
    trusted = complete & ~np.isnan(weighted)
    result = {
        **said,
        "median_before": told("before", "median"),
        "median_later": told("later", "median"),
        "median_change": told("change", "median"),
        "mean_before": told("before", "mean"),
        "mean_later": told("later", "mean"),
        "half_sd": told("before", "std") / 2,
        "mean_change": _mean(change, complete, number, n),
        "higher": rose,
        "same": moved["same"],
        "lower": fell,
        "better": _where(judged, moved["better"]),
        "worse": _where(judged, moved["worse"]),
        "better_share": _where(judged, _share(moved["better"], n)),
        "ceiling_share": _where(judged, _share(people(complete & _at_best(table, sign)), n)),
        "over_n": _where(judged, people(both)),
        "over_corrected": _where(judged, people(too_far)),
        "better_and_over_corrected": _where(judged, people(too_far & better)),
        "weighted_n": _where(judged, people(trusted)),
        "weighted_change": _where(
            judged, _mean(weighted, trusted, number, people(trusted).astype(float))
        ),
    }
    for case, gain in _bounds(table, sign).items():
        known = asked & ~np.isnan(gain)
        whole = people(asked) == people(known)
        mean = _mean(gain * sign, known, number, people(known).astype(float))
        result[f"mean_{case}"] = _where(judged & whole, mean)
        result[f"better_{case}"] = _where(
            judged & whole, _share(people(known & (gain > 0)), people(known).astype(float))
        )
    return pd.DataFrame(result)


_MOVES = ("better", "same", "worse")


def _bounds(table: pd.DataFrame, sign: Floats) -> dict[str, Floats]:
    """Return everybody's gain, had the missing done as badly or as well as the scale allows."""
    low, high, before, later = _numbers(table, "minimum", "maximum", "before", "later")
    altered = (table["status"] == "wording changed").to_numpy()
    before, later = (np.where(altered, np.nan, values) for values in (before, later))
    best, worst = np.where(sign > 0, high, low), np.where(sign > 0, low, high)

    def gain(start: Floats, end: Floats) -> Floats:
        filled = np.where(np.isnan(before), start, before), np.where(np.isnan(later), end, later)
        return np.asarray(sign * (filled[1] - filled[0]))

    return {"worst_case": gain(best, worst), "best_case": gain(worst, best)}


def _at_best(table: pd.DataFrame, sign: Floats) -> NDArray[np.bool_]:
    low, high, before = _numbers(table, "minimum", "maximum", "before")
    return np.asarray(before == np.where(sign > 0, high, low))


def _spread(table: pd.DataFrame, source: NDArray[np.bool_], values: Floats) -> Floats:
    """Return each row the value that the same person has in the source row of the same module."""
    person = table["participant"].cat.codes.to_numpy()
    module = table["module"].cat.codes.to_numpy()
    source = source & (person >= 0) & (module >= 0)
    grid = np.full((person.max(initial=0) + 1, module.max(initial=0) + 1), np.nan)
    grid[person[source], module[source]] = values[source]
    return np.where((person >= 0) & (module >= 0), grid[person, module], np.nan)


def _numbers(table: pd.DataFrame, *names: str) -> Iterator[Floats]:
    return (table[name].to_numpy(dtype=float, na_value=np.nan) for name in names)


def _mean(values: Floats, of: NDArray[np.bool_], number: NDArray[np.int64], n: Floats) -> Floats:
    return _share(np.bincount(number[of], values[of], minlength=len(n)), n)


def _share(part: NDArray[Any], whole: Floats) -> Floats:
    shares = np.full(len(whole), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _where(condition: NDArray[np.bool_], values: NDArray[Any]) -> Floats:
    return np.asarray(np.where(condition, values, np.nan))
