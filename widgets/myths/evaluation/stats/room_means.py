"""How far workshops moved on average, and how much of the differences lies between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.evaluation.stats.ranks import LEVEL, Floats

NO_ROOMS = {
    "workshop_mean": np.nan,
    "workshop_mean_low": np.nan,
    "workshop_mean_high": np.nan,
    "icc": np.nan,
    "icc_low": np.nan,
    "icc_high": np.nan,
}
_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


def room_means(changes: Floats, room: NDArray[np.int64]) -> dict[str, float]:
    """Estimate the mean of workshops, which count alike, and the intraclass correlation.

    `room` (n,) numbers each one's workshop from 0; there are two or more. The interval of the mean
    is Student's t over the workshops' means, and has no width where these are alike: then it is
    NaN. The correlation is that of a one-way analysis of variance, with Searle's interval (exact
    for equal sizes); below 0 workshops are more alike than chance makes them. It is NaN where the
    people of each workshop moved alike.
    """
    groups = np.split(changes[np.argsort(room, kind="stable")], np.cumsum(np.bincount(room))[:-1])
    means = means_of(changes, room)
    found = NO_ROOMS | {"workshop_mean": float(means.mean())}
    if np.ptp(means) > 0:
        low, high = stats.ttest_1samp(means, 0).confidence_interval(LEVEL)
        found |= {"workshop_mean_low": float(low), "workshop_mean_high": float(high)}
    if any(np.ptp(group) > 0 for group in groups):
        found |= zip(("icc", "icc_low", "icc_high"), icc(groups), strict=True)
    return found


def means_of(changes: Floats, room: NDArray[np.int64]) -> Floats:
    """Return the mean change of each workshop."""
    return np.asarray(np.bincount(room, changes) / np.bincount(room))


def icc(groups: list[Floats]) -> tuple[float, float, float]:
    """Return the intraclass correlation of groups, and the ends of its interval."""
    sizes = np.array([len(group) for group in groups])
    n, others = sizes.sum(), len(groups) - 1
    usual = (n - (sizes**2).sum() / n) / others  # the size of a group, if they had the same
    ratio = stats.f_oneway(*groups).statistic
    low, high = stats.f.ppf(_TAILS, others, n - others - 1)
    times = [ratio / each - 1 for each in (1, high, low)]
    value, least, most = (float(each / (each + usual)) for each in times)
    return value, least, most
