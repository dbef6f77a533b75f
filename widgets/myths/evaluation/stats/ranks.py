"""Signed ranks of paired changes on a short scale, from how often each change occurs.

On a scale of a few points a sample is fully told by its counts: `values` (m,) are the possible
changes in ascending order, symmetric around 0, and `counts` (…, m) how many pairs changed by each.
Ranks are Pratt's: zeros are ranked with the others and then left out (Pratt 1959, Journal of the
American Statistical Association 54, 655-667).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

Floats = NDArray[np.float64]

LEVEL = 0.95
EXACT_UP_TO = 1_000  # pairs; docs/decisions/0013-exact-ranks.md has what it costs
FLIPS = 9_999


def grid(changes: Floats) -> Floats:
    """List the changes that occur, with 0 and their mirror images, in ascending order."""
    sizes = np.unique(np.abs(changes[changes != 0]))
    return np.concatenate([-sizes[::-1], [0.0], sizes])


def count(changes: Floats, values: Floats) -> NDArray[np.int64]:
    """Count how often each of the values occurs in a sample."""
    return np.bincount(np.searchsorted(values, changes), minlength=len(values))


def ranks(values: Floats, counts: NDArray[Any]) -> Floats:
    """Return the signed mid-rank of each value (…, m); 0 has rank 0."""
    half = len(values) // 2
    sizes = counts[..., half:].astype(float)
    sizes[..., 1:] += counts[..., :half][..., ::-1]
    middle = np.cumsum(sizes, axis=-1) - (sizes - 1) / 2
    middle[..., 0] = 0
    return np.concatenate([-middle[..., :0:-1], middle], axis=-1)


def rank_biserial(values: Floats, counts: NDArray[Any]) -> Floats:
    """Return the matched-pairs rank-biserial correlation (…,), from -1 to 1; 0 if nobody moved.

    The sum of the ranks of those who rose, less that of those who fell, as a share of both
    (Kerby 2014, Comprehensive Psychology 3, 11.IT.3.1).
    """
    weight = ranks(values, counts) * counts
    total = np.abs(weight).sum(axis=-1)
    balance = weight.sum(axis=-1)
    return np.asarray(np.divide(balance, total, out=np.zeros_like(total), where=total > 0))


def signed_rank_test(values: Floats, counts: NDArray[np.int64]) -> float:
    """Return the two-sided p of the Wilcoxon signed-rank test of one sample (m,).

    Up to EXACT_UP_TO pairs it is exact for these ties and zeros, over all signs that the changes
    could have (the shift algorithm of Streitberg and Roehmel 1986, all who moved as far in one
    step); above it is scipy's normal approximation with the variance of tied ranks. It is 1 if
    nobody moved.
    """
    half = len(values) // 2
    if not counts.sum() - counts[half]:
        return 1.0
    if counts.sum() > EXACT_UP_TO:
        changes = np.repeat(values, counts)
        tested = stats.wilcoxon(changes, zero_method="pratt", correction=False, method="asymptotic")
        return float(tested.pvalue)
    doubled = np.rint(2 * ranks(values, counts)[half + 1 :]).astype(int)
    fell, rose = counts[:half][::-1], counts[half + 1 :]
    low = min(int(doubled @ rose), int(doubled @ fell))
    *others, (rank, people) = sorted(
        zip(doubled.tolist(), (fell + rose).tolist(), strict=True),
        key=lambda group: group[0] * group[1],
    )
    chance = _chances(others, low)
    below = stats.binom.cdf((low - np.arange(len(chance))) // rank, people, 0.5)
    return float(min(1.0, 2 * (chance @ below)))


def _chances(groups: Iterable[tuple[int, int]], high: int) -> Floats:
    """Return how likely each sum of ranks up to `high` is, if everybody rose or fell by chance.

    `groups` has the rank of those who moved as far, and how many they are.
    """
    chance = np.ones(1)
    for rank, people in groups:
        size = min(len(chance) + rank * people, high + 1)
        longer = np.zeros(size)
        for rose, share in enumerate(stats.binom.pmf(np.arange(people + 1), people, 0.5)):
            start = rank * rose
            if start >= size:
                break
            part = chance[: size - start]
            longer[start : start + len(part)] += share * part
        chance = longer
    return chance


def sign_test(up: int, down: int) -> float:
    """Return the two-sided p of the sign test: as many up as down? It is 1 if nobody moved."""
    return float(stats.binomtest(up, up + down).pvalue) if up + down else 1.0


def flip_test(scores: Floats, rng: np.random.Generator) -> Floats:
    """Return the two-sided p (s,) of sums of scores over clusters (k, s), by flipping their signs.

    All people of a cluster are flipped together, so that what they share does not count as many
    times as there are people: the permutation test of clustered pairs. All flips are tried where
    they are no more than FLIPS, else FLIPS random ones and the one that is seen.
    """
    clusters = len(scores)
    if 2**clusters <= FLIPS:
        signs = 1 - 2.0 * (np.arange(2**clusters)[:, None] >> np.arange(clusters) & 1)
    else:
        signs = 1 - 2.0 * rng.integers(0, 2, size=(FLIPS + 1, clusters), dtype=np.int8)
        signs[0] = 1
    sums = np.abs(signs @ scores)
    return np.asarray((sums >= np.abs(scores.sum(axis=0)) - 1e-9).mean(axis=0))


def resample(
    counts: NDArray[np.int64], resamples: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw bootstrap samples (b, m): of people from (m,), of whole clusters from (k, m)."""
    if counts.ndim > 1:
        times = _drawn(rng.integers(len(counts), size=(resamples, len(counts))), len(counts))
        return np.asarray(np.rint(times.astype(float) @ counts.astype(float)), dtype=np.int64)
    people = np.repeat(np.arange(len(counts)), counts)
    return _drawn(
        people.take(rng.integers(len(people), size=(resamples, len(people)))), len(counts)
    )


def _drawn(draws: NDArray[np.int64], kinds: int) -> NDArray[np.int64]:
    """Count in each row how often each kind was drawn."""
    places = draws + kinds * np.arange(len(draws))[:, None]
    return np.bincount(places.ravel(), minlength=len(draws) * kinds).reshape(-1, kinds)


def interval(samples: Floats, units: int) -> tuple[float, float]:
    """Return the expanded percentile interval at LEVEL of bootstrap samples (b,) of `units` draws.

    The percentiles lie as far out as Student's t does, since plain ones are too narrow for few
    units (Hesterberg 2015, The American Statistician 69, 371-386).
    """
    low, high = np.quantile(samples, [_tail(units), 1 - _tail(units)])
    return float(low), float(high)


@cache
def _tail(units: int) -> float:
    far = stats.t.ppf((1 - LEVEL) / 2, units - 1) * np.sqrt(units / (units - 1))
    return float(stats.norm.cdf(far))


def one_sided(units: int) -> float:
    """Return the lower end of the rank-biserial if all `units` who moved moved to the same side.

    A bootstrap cannot draw what no sample holds; this is the exact end for a share
    (Clopper and Pearson 1934), turned into a difference of two shares.
    """
    return float(2 * ((1 - LEVEL) / 2) ** (1 / units) - 1)


def holm(p: Floats) -> Floats:
    """Adjust p-values (NaN: no test) for their number.

    Holm 1979, Scandinavian Journal of Statistics 6, 65-70.
    """
    order = np.argsort(p)[: np.count_nonzero(~np.isnan(p))]
    stepped = np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1))
    adjusted = np.full_like(p, np.nan)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted
