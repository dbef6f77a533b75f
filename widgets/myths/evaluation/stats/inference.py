"""Effect, intervals and tests of one sample of changes, as far as its size allows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from myths.evaluation.data.strata import CLUSTERS_FROM, FLIPS_FROM, ROOMS_FROM
from myths.evaluation.stats import ranks
from myths.evaluation.stats.equivalence import NO_MARGIN, against
from myths.evaluation.stats.room_means import NO_ROOMS, means_of, room_means

EFFECT_FROM = 10  # complete pairs
TESTS_FROM = 30
RESAMPLES = 2_000  # bootstrap samples

ESTIMATED = {
    "shows": "description",
    "changes": "",
    "effect": np.nan,
    "effect_low": np.nan,
    "effect_high": np.nan,
    "mean_low": np.nan,
    "mean_high": np.nan,
    **NO_ROOMS,
    "test": "none",
    "p": np.nan,
    "p_sign": np.nan,
    "margin": np.nan,
    **NO_MARGIN,
}


def estimate(
    changes: ranks.Floats,
    rooms: NDArray[np.int64],
    sign: int,
    resamples: int,
    rng: np.random.Generator,
    *,
    margin: float | None = None,
) -> dict[str, Any]:
    """Estimate what a number of pairs allows; the entries are those of ESTIMATED, told in `change`.

    `changes` (n,) in scale points; `rooms` (n,), the number of each one's workshop; `sign`, of a
    change for the better; `margin`, the smallest mean change that matters.
    """
    values = ranks.grid(changes)
    counts = ranks.count(changes, values)
    told = {"changes": _told(values, counts), "margin": np.nan if margin is None else margin}
    found = ESTIMATED | told
    inside, room = np.unique(rooms, return_inverse=True)
    clusters, n = len(inside), len(changes)
    if n < EFFECT_FROM or 1 < clusters < ROOMS_FROM or not changes.any():
        return found
    effect = sign * float(ranks.rank_biserial(values, counts))
    found |= {"shows": "effect", "effect": effect}
    drawn_from = counts
    if clusters > 1:
        place = room * len(values) + np.searchsorted(values, changes)
        drawn_from = np.bincount(place, minlength=clusters * len(values)).reshape(clusters, -1)
        found |= room_means(changes, room)
    if clusters == 1 or clusters >= CLUSTERS_FROM:
        samples = ranks.resample(drawn_from, resamples, rng)
        units = clusters if clusters > 1 else n
        if len(np.unique(changes)) > 1:
            means = (samples @ values) / samples.sum(axis=1)
            found["mean_low"], found["mean_high"] = ranks.interval(means, units)
        low, high = ranks.interval(sign * ranks.rank_biserial(values, samples), units)
        if abs(effect) == 1:
            moved = changes != 0
            movers = len(np.unique(rooms[moved])) if clusters > 1 else int(moved.sum())
            end = ranks.one_sided(movers)
            low, high = (end, 1.0) if effect > 0 else (-1.0, -end)
        found |= {"effect_low": low, "effect_high": high}
    if margin is not None and n >= TESTS_FROM:
        found |= against(changes if clusters == 1 else means_of(changes, room), margin, sign)
    if n >= TESTS_FROM and (clusters == 1 or clusters >= FLIPS_FROM):
        found["shows"] = "tests"
        found |= _tests(values, counts, drawn_from, rng)
    return found


def _tests(
    values: ranks.Floats,
    counts: NDArray[np.int64],
    drawn_from: NDArray[np.int64],
    rng: np.random.Generator,
) -> dict[str, Any]:
    if drawn_from.ndim > 1:
        scores = drawn_from @ np.column_stack([ranks.ranks(values, counts), np.sign(values)])
        p, p_sign = ranks.flip_test(scores, rng)
        return {"test": "signs of whole workshops flipped", "p": p, "p_sign": p_sign}
    exact = counts.sum() <= ranks.EXACT_UP_TO
    return {
        "test": "exact signed ranks" if exact else "signed ranks, normal approximation",
        "p": ranks.signed_rank_test(values, counts),
        "p_sign": ranks.sign_test(int(counts[values > 0].sum()), int(counts[values < 0].sum())),
    }


def _told(values: ranks.Floats, counts: NDArray[np.int64]) -> str:
    """Write the distribution of the changes, as "-1: 12, 0: 8, +1: 3"."""
    some = [(value, count) for value, count in zip(values, counts, strict=True) if count]
    return ", ".join(f"{value:+g}: {count}".replace("+0:", "0:") for value, count in some)
