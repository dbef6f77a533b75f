"""Is a mean change too small to matter, or larger than the smallest that does?"""

from __future__ import annotations

import numpy as np
from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.evaluation.stats.ranks import Floats

LIMIT = 0.05  # below it, a p says so
NO_MARGIN = {"p_equivalent": np.nan, "p_beyond": np.nan}


def against(units: Floats, margin: float, sign: int) -> dict[str, float]:
    """Test the mean of people's changes, or of workshops' means, against `margin` points.

    p_equivalent is that of two one-sided t tests (Schuirmann 1987): below LIMIT the mean lies
    inside the margin to both sides. p_beyond is that of one: below LIMIT the mean goes beyond the
    margin, to the side of `sign`. Both are NaN where all units are alike.
    """
    if not np.ptp(units) > 0:
        return NO_MARGIN
    above = stats.ttest_1samp(units, -margin, alternative="greater").pvalue
    below = stats.ttest_1samp(units, margin, alternative="less").pvalue
    side = "greater" if sign > 0 else "less"
    beyond = stats.ttest_1samp(units, sign * margin, alternative=side).pvalue
    return {"p_equivalent": float(max(above, below)), "p_beyond": float(beyond)}
