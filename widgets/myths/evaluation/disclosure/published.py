"""Make the rows that are published from the pairs of answers: the only way into a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.evaluation.data.pairs import COMPLETE
from myths.evaluation.data.strata import CLUSTERS_FROM, FLIPS_FROM, ROOMS_FROM
from myths.evaluation.disclosure.bands import Band, K, grouped
from myths.evaluation.disclosure.people_steps import PeopleSteps, PrintedCount
from myths.evaluation.disclosure.published_row import PLACES, SPAN, PublishedRow
from myths.evaluation.stats.inference import EFFECT_FROM, TESTS_FROM
from myths.evaluation.stats.room_means import room_means
from myths.vocabulary import Keyed, Kind

SPREADS = (1.5, 3.0)  # each standard deviation is told as the next one; smaller ones tell answers
FARS = (0.5, 0.75, 1.0, 1.5, 2.0)  # the same of how far the interval of a few workshops goes
_APART = 2 * SPAN  # a sum that is nearer to its end tells where single answers are
_SURE = (2, 4, 5, 7)  # confidence from 0 to 10, in five: 0 to 2, 3 and 4, 5, 6 and 7, 8 to 10
_KEYS = ["module", "item", "wording"]
_Integers = NDArray[np.int64]


def published(
    pairs: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    workshops: int,
    beside: Iterable[PrintedCount] = (),
    k: int = K,
) -> list[PublishedRow]:
    """Return a row for each wording that at least `k` people answered twice.

    `pairs` and `codebook` are tables as `myths.pairs` and `myths.codebook` give them; rows are in
    the order of the codebook. `workshops` is how many workshops they are about, and `beside` which
    other numbers of people are printed beside the rows.
    """
    asked = codebook.drop_duplicates(_KEYS)
    keys = list(zip(*(asked[name] for name in _KEYS), strict=True))
    words = dict(zip(keys, asked["question"].astype("str").str.rstrip("."), strict=True))
    found = dict(_split(pairs))
    order = [*(key for key in keys if key in found), *(key for key in found if key not in words)]
    rows = [_row(found[key], words.get(key, key[0]), workshops, k) for key in order]
    made = [row for row in rows if row is not None]
    steps = PeopleSteps.beside([*beside, *map(counted, made)], k=k)
    return [_with_most(row, made, found, steps) for row in made]


def counted(row: PublishedRow) -> PrintedCount:
    """Return how many people a row tells to have given both answers."""
    return PrintedCount(row.module, row.item, row.language, row.n)


def _with_most(
    row: PublishedRow,
    made: Sequence[PublishedRow],
    found: Mapping[tuple[str, ...], pd.DataFrame],
    steps: PeopleSteps,
) -> PublishedRow:
    """Add the most people who may have been asked: all of the step but those of other rows."""
    of = row.module, row.item
    people = (each for key, each in found.items() if key[:2] == of)
    asked = sum(int((each["status"] != "never asked twice").sum()) for each in people)
    others = sum(each.n for each in made if (each.module, each.item) == of) - row.n
    most = steps.ends(asked)[1] - others
    return replace(row, most=most) if most - row.n >= steps.k else row


def _split(pairs: pd.DataFrame) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    judged = pairs["keyed"].isin(Keyed.words()) | (pairs["kind"] == Kind.CONFIDENCE)
    for key, rows in pairs[judged].groupby(_KEYS, observed=True, sort=False):
        yield tuple(map(str, key)), rows


def _row(rows: pd.DataFrame, question: str, workshops: int, k: int) -> PublishedRow | None:
    complete = rows[rows["status"] == COMPLETE]
    n = len(complete)
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
    tenths, end = round(10 * float(change.mean())), 0
    if low < high or least < most:  # else the groups tell each answer, and with it the mean
        least, most = ceil(10 * (least - high + _APART) / n), floor(10 * (most - low - _APART) / n)
        if least >= most:
            return row
        end = (tenths >= most) - (tenths <= least)
        tenths = min(max(tenths, least), most)
    row = replace(row, mean=tenths / 10, end=end)
    sizes = np.bincount(rooms)
    if end or n < TESTS_FROM or (workshops > 1 and len(sizes) < ROOMS_FROM):
        return row
    if workshops > 1 and len(sizes) < CLUSTERS_FROM:
        return row if sizes.min() < k else _with_far(row, change, rooms)
    found = _deviation(change, rooms if workshops > 1 else np.arange(n))
    spread = next((each for each in SPREADS if found <= each), None)
    return replace(row, spread=spread, rooms=CLUSTERS_FROM if spread and workshops > 1 else 0)


def _with_far(row: PublishedRow, change: _Integers, rooms: _Integers) -> PublishedRow:
    """Add how far the interval of a few workshops goes, if it is not too far to say anything."""
    found = room_means(change.astype(float), rooms)
    ends = (found["workshop_mean_low"], found["workshop_mean_high"])
    reach = max(abs(end - (row.mean or 0)) for end in ends)
    far = next((each for each in FARS if not reach > each), None)
    few = ROOMS_FROM if int(rooms.max()) + 1 < FLIPS_FROM else FLIPS_FROM
    return replace(row, far=far, rooms=few if far else 0)


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
