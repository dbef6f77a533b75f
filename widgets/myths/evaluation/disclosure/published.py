"""Make the rows that are published from the pairs of answers: the only way into a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.evaluation.data.pairs import COMPLETE
from myths.evaluation.data.strata import CLUSTERS_FROM
from myths.evaluation.disclosure.bands import Band, K, grouped, topmost
from myths.evaluation.disclosure.published_row import PLACES, SPAN, PublishedRow
from myths.evaluation.stats.inference import EFFECT_FROM, TESTS_FROM
from myths.vocabulary import Keyed, Kind

SPREADS = (1.5, 3.0)  # each standard deviation is told as the next one; smaller ones tell answers
_APART = 2 * SPAN  # a sum that is nearer to its end tells where single answers are
_SURE = (2, 4, 5, 7)  # confidence from 0 to 10, in five: 0 to 2, 3 and 4, 5, 6 and 7, 8 to 10
_KEYS = ["module", "item", "wording"]
_Integers = NDArray[np.int64]


def published(
    pairs: pd.DataFrame, codebook: pd.DataFrame, *, workshops: int, k: int = K
) -> list[PublishedRow]:
    """Return a row for each wording that at least `k` people answered twice.

    `pairs` and `codebook` are tables as `myths.pairs` and `myths.codebook` give them; rows are in
    the order of the codebook. `workshops` is how many workshops they are about: with two to nine
    none has an interval.
    """
    asked = codebook.drop_duplicates(_KEYS)
    keys = list(zip(*(asked[name] for name in _KEYS), strict=True))
    words = dict(zip(keys, asked["question"].astype("str").str.rstrip("."), strict=True))
    found = dict(_split(pairs))
    order = [*(key for key in keys if key in found), *(key for key in found if key not in words)]
    made = (_row(found[key], words.get(key, key[0]), workshops, k) for key in order)
    return [row for row in made if row is not None]


def _split(pairs: pd.DataFrame) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    judged = pairs["keyed"].isin(Keyed.words()) | (pairs["kind"] == Kind.CONFIDENCE)
    for key, rows in pairs[judged].groupby(_KEYS, observed=True, sort=False):
        yield tuple(map(str, key)), rows


def _row(rows: pd.DataFrame, question: str, workshops: int, k: int) -> PublishedRow | None:
    complete = rows[rows["status"] == COMPLETE]
    n, asked = len(complete), int((rows["status"] != "never asked twice").sum())
    if n < k:
        return None
    first: Any = complete.iloc[0]
    rated = first["kind"] == Kind.RATING
    places = [_places(complete[time], rated=rated) for time in ("before", "later")]
    before, later = grouped(*(np.bincount(each, minlength=PLACES).tolist() for each in places), k=k)
    row = PublishedRow(
        question=question,
        module=str(first["module"]),
        item=str(first["item"]),
        wording=str(first["wording"]),
        language=str(first["language"]),
        kind=str(first["kind"]),
        keyed=str(first["keyed"]) if rated else "",
        primary=bool(first["primary"]),
        n=n,
        most=most if (most := topmost(asked, k=k)) - n >= k else None,
        before=before,
        later=later,
    )
    if not rated or not before or n < EFFECT_FROM:
        return row
    rooms = np.unique(complete["workshop"].astype("str"), return_inverse=True)[1]
    return _with_mean(row, places[1] - places[0], rooms, workshops, k)


def _places(values: pd.Series[float], *, rated: bool) -> _Integers:
    """Return each answer's place among five, from 0."""
    numbers = values.to_numpy(dtype=float)
    return (numbers - 1).astype(np.int64) if rated else np.searchsorted(_SURE, numbers)


def _with_mean(
    row: PublishedRow, change: _Integers, rooms: _Integers, workshops: int, k: int
) -> PublishedRow:
    """Add the mean and, if it is not at an end, the spread."""
    n = row.n
    (low, high), (least, most) = (_reach(bands, n, k) for bands in (row.before, row.later))
    least, most = ceil(10 * (least - high + _APART) / n), floor(10 * (most - low - _APART) / n)
    if least >= most:
        return row
    tenths = round(10 * float(change.mean()))
    end = (tenths >= most) - (tenths <= least)
    row = replace(row, mean=min(max(tenths, least), most) / 10, end=end)
    clustered = int(rooms.max()) + 1 >= CLUSTERS_FROM
    if end or n < TESTS_FROM or not (workshops == 1 or clustered):
        return row
    found = _deviation(change, rooms if clustered else np.arange(n))
    spread = next((each for each in SPREADS if found <= each), None)
    return replace(row, spread=spread, by_workshop=clustered and spread is not None)


def _reach(bands: Sequence[Band], n: int, k: int) -> tuple[int, int]:
    """Return the least and the most that the places of n answers in these groups can sum to."""
    many = next((band for band in bands if band.many), None)
    if many is None:
        ends = [(band.count or 0, band.low, band.high) for band in bands]
        return sum(count * low for count, low, _ in ends), sum(count * up for count, _, up in ends)
    few = k - 1
    low = n * many.low - few * (many.low - bands[0].low)
    return low, n * many.high + few * (bands[-1].high - many.high)


def _deviation(change: _Integers, units: _Integers) -> float:
    """Return the standard deviation that one change must have for the mean to vary as it does."""
    sums = np.bincount(units, change - change.mean())
    return float(np.sqrt((sums**2).sum() / len(change) * len(sums) / (len(sums) - 1)))
