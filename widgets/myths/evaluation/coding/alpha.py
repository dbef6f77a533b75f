"""Krippendorff's alpha for one code, with its interval, or why there is none."""

from __future__ import annotations

import krippendorff
import numpy as np
import numpy.typing as npt

from myths.evaluation.stats.ranks import interval

Judged = npt.NDArray[np.float64]

ALPHA_FROM = 10  # texts that two coders judged
INTERVAL_FROM = 30
RARE = 5  # texts; a code that fewer have, or lack, tells too little
_RESAMPLES = 2_000
_SEED = 1


def alpha(judged: Judged) -> tuple[float | None, str]:
    """Return Krippendorff's alpha for nominal data, or None with a sentence that says why not.

    `judged` is coders x texts, NaN where a coder judged nothing. Texts that fewer than two coders
    judged count for nothing.

    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.
    """
    count = (~np.isnan(judged)).sum(axis=0)
    pairable = judged[:, count >= 2]
    if len(judged) < 2:
        return None, "Agreement needs two coders."
    if not pairable.size:
        return None, "No text was judged by two coders."
    values = np.unique(pairable[~np.isnan(pairable)])
    if len(values) < 2:
        what = "gave this code to every text" if values[0] else "gave this code to no text"
        return None, f"All coders {what}, so agreement cannot be told from chance."
    if pairable.shape[1] < ALPHA_FROM:
        return None, f"No alpha: two coders judged fewer than {ALPHA_FROM} texts."
    return float(krippendorff.alpha(pairable, level_of_measurement="nominal")), ""


def alpha_interval(judged: Judged) -> tuple[tuple[float, float] | None, str]:
    """Return the 95 % bootstrap interval of `alpha`, or None with a sentence that says why not.

    Whole texts are drawn, with all that was judged of them, and what is expected by chance is
    computed anew for each sample: Zapf, Castell, Morawietz and Karch (2016), BMC Medical Research
    Methodology 16, 93, doi:10.1186/s12874-016-0200-9. The algorithm in Hayes and Krippendorff
    (2007), Communication Methods and Measures 1, 77-89, draws single pairs of judgments instead,
    and Zapf et al. found that its intervals are much too narrow. Samples in which all judge alike
    have no alpha and count for nothing. The percentiles are expanded as in `ranks.interval`; the
    rules for few texts come from simulated coders (tests/evaluation/coding/test_alpha.py).
    """
    counts = _counts(judged)
    texts = len(counts)
    if texts < INTERVAL_FROM:
        return None, f"No interval: two coders judged fewer than {INTERVAL_FROM} texts."
    if np.count_nonzero(counts, axis=0).min() < RARE:
        return None, f"No interval: fewer than {RARE} texts have this code, or lack it."
    if np.count_nonzero(counts, axis=1).max() == 1:
        return (
            None,
            "No interval: the coders never differ, so it cannot be told how far they might.",
        )
    rng = np.random.default_rng(_SEED)
    times = rng.multinomial(texts, np.full(texts, 1 / texts), size=_RESAMPLES)
    samples = _alphas(times.astype(float), counts)
    low, high = interval(samples[np.isfinite(samples)], texts)
    return (low, high), ""


def _counts(judged: Judged) -> Judged:
    """Count how often each value was given, texts x values, of texts that two or more judged."""
    pairable = judged[:, (~np.isnan(judged)).sum(axis=0) >= 2]
    values = np.unique(pairable[~np.isnan(pairable)])
    return np.asarray((pairable[:, :, None] == values).sum(axis=0), dtype=np.float64)


def _alphas(times: Judged, counts: Judged) -> Judged:
    """Return the alpha of each sample (samples,) that holds each text so many times."""
    judges = counts.sum(axis=1)
    differ = (judges**2 - (counts**2).sum(axis=1)) / (judges - 1)
    totals = times @ counts
    judgments = totals.sum(axis=1)
    chance = (judgments**2 - (totals**2).sum(axis=1)) / (judgments - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 - times @ differ / chance)
