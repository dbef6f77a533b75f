"""Change from before to after: how many moved, which way, how far, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.pairs import COMPLETE, paired
from myths.evaluation.data.strata import (
    CLUSTERS_FROM,
    FLIPS_FROM,
    ROOMS_FROM,
    By,
    Strata,
    check_wordings,
    keys,
    strata,
)
from myths.evaluation.progress import progress
from myths.evaluation.stats import ranks
from myths.evaluation.stats.change_columns import COLUMNS
from myths.evaluation.stats.description import beside, describe
from myths.evaluation.stats.equivalence import LIMIT
from myths.evaluation.stats.inference import EFFECT_FROM, ESTIMATED, RESAMPLES, TESTS_FROM, estimate
from myths.evaluation.survey import Address, Choice, Survey, chosen
from myths.vocabulary import BETTER, Phase


@progress("comparing")
def change(
    db: Address = None,
    workshop: Choice = None,
    *,
    phase: str = Phase.AFTER,
    since: str = Phase.BEFORE,
    by: By = None,
    pool_wordings: bool = False,
    margin: float | None = None,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    """Describe how complete pairs changed from before to `phase`.

    This is change and not effect of the workshop: nobody was compared with who took no part. What a
    row shows goes by rule, named in `shows` and told in `note`: fewer than 10 pairs are only
    described; from 10 on there is an effect with its interval, from 30 on also tests. Where nobody
    changed there is nothing to estimate or to test, however many the pairs are. Workshops are
    clusters: from 3 on their means have an interval, from 6 on their signs are flipped for a test,
    and from 10 on they are drawn for all other intervals. 2 are too few for anything but
    description; where fewer than 6 share a row, one for each workshop follows it.

    Parameters
    ----------
    db, workshop, phase, since, audience, module, language, wording, rehearsal
        As in `pairs`.
    by : {"wording", "audience", "workshop", "modules"} or several, optional
        A row for each; modules is in how many somebody answered the myth after.
    pool_wordings : bool
        Put answers to different wordings (also to two languages) together.
    margin : float, optional
        The smallest mean change that matters, in points; chosen before the answers are looked at.
    resamples : int
        Bootstrap samples.
    seed : int
        The same seed gives the same table.

    Returns
    -------
    pandas.DataFrame
        One row per item (and what `by` says):

        - module, item, kind, keyed, since, phase : category
        - primary : bool, the module's myth, to which the corrected test belongs
        - workshop, audience, language, wording, modules : string, "several" for more than one
        - workshops : Int64, with a pair
        - asked : Int64, people who were asked both times
        - n : Int64, complete pairs
        - shows : category, ordered description < effect < tests
        - median_before, median_later, median_change : Float64, scale points
        - mean_before, mean_later, mean_change : Float64, scale points
        - half_sd : Float64, half the standard deviation of the answers before: a rule of thumb for
          the smallest change that matters, where nobody knows a better one (Norman)
        - mean_low, mean_high : Float64, ends of its 95 % interval: one workshop, or 10 and more
        - workshop_mean, workshop_mean_low, workshop_mean_high : Float64, mean of the workshops'
          mean changes, each counting alike, with the 95 % interval of Student's t: 3 and more
        - icc, icc_low, icc_high : Float64, intraclass correlation: how much of the difference in
          change lies between workshops, with its 95 % interval
        - mean_worst_case, mean_best_case : Float64, if everybody who is missing had done as badly
          or as well as the scale allows
        - changes : string, how many moved by how much
        - higher, same, lower, better, worse : Int64, people; NA for confidence
        - better_share, better_worst_case, better_best_case : Float64, from 0 to 1
        - ceiling_share : Float64, share that was at the best end before
        - over_n : Int64, who also has a pair for the module's statement that goes too far
        - over_corrected, better_and_over_corrected : Int64, of these, who believe that more than
          before
        - weighted_n : Int64
        - weighted_change : Float64, mean change of the rating's distance from the middle of its
          scale, times the confidence of then as a share of its scale
        - effect, effect_low, effect_high : Float64, matched-pairs rank-biserial, from -1 (all who
          moved got worse) to 1 (all got better; for confidence, higher), with its 95 % interval
        - test : string, which one
        - p, p_sign : Float64, of Wilcoxon's signed-rank test and of the sign test
        - p_holm : Float64, p corrected for all primary tests of the table, also of the modules that
          `module` leaves out
        - margin : Float64, as given
        - p_equivalent, p_beyond : Float64, of t tests of people, or of the means of three workshops
          and more, from 30 pairs on: below 0.05 the mean change is smaller than the margin to both
          sides, or more than it for the better (for confidence, higher); not corrected
        - note : string

    Raises
    ------
    StoreError, WorkshopError
        As `pairs` does.
    EvaluationError
        Where wordings would be pooled unasked, for a margin of 0 or less, and as `pairs` does.

    Notes
    -----
    Intervals and tests are checked by `python -m myths.evaluation.stats.simulation`. A margin takes
    for granted that a point is worth the same wherever on the scale it lies, and to everybody.

    References
    ----------
    Pratt, J. W. (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. Journal
    of the American Statistical Association 54, 655-667.

    Kerby, D. S. (2014). The simple difference formula. Comprehensive Psychology 3, 11.IT.3.1.

    Searle, S. R. (1971). Linear Models. Wiley; its chapter 9 has the interval of icc.

    Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power
    approach. Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.

    Norman, G. R., Sloan, J. A. and Wyrwich, K. W. (2003). Interpretation of changes in
    health-related quality of life: the remarkable universality of half a standard deviation.
    Medical Care 41, 582-592.

    Examples
    --------
    >>> import myths
    >>> db = myths.rehearsal_data()
    >>> table = myths.change(db, "TRIAL1", by="wording", resamples=99, rehearsal=True)
    >>> (table["n"] <= table["asked"]).all()
    np.True_
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    table = beside(survey.select(paired(survey, phase, since), "language"))
    return changed(
        survey.select(table, "wording"),
        by=by,
        pool_wordings=pool_wordings,
        margin=margin,
        module=survey.module,
        resamples=resamples,
        seed=seed,
    )


def changed(
    table: pd.DataFrame,
    *,
    by: By = None,
    pool_wordings: bool = False,
    margin: float | None = None,
    module: Choice = None,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    """Compute `change` from `pairs` that have been set `beside` each other."""
    if margin is not None and not margin > 0:
        raise EvaluationError(f"margin={margin} is no change that matters: give points above 0.")
    wanted = chosen(table, module=module)
    if not pool_wordings:
        check_wordings(wanted, by)
    if module is not None:
        kept = table["primary"] | table["module"].isin(wanted["module"].unique())
        table = table[kept].reset_index(drop=True)
    parts = list(strata(table, by))
    rows = pd.concat([_rows(part, margin, resamples=resamples, seed=seed) for part in parts])
    rows["p_holm"] = ranks.holm(rows["p"].where(rows["primary"]).to_numpy(dtype=float))
    order = ["module", "item"]
    order += ["language", "wording"] if "wording" in keys(by) else []
    order += [each for each in ("audience", "modules") if each in keys(by)]
    rows = rows[rows["module"].isin(wanted["module"])].sort_values(order, kind="stable")
    return rows.reset_index(drop=True)[list(COLUMNS)].astype(COLUMNS)


def _rows(part: Strata, margin: float | None, *, resamples: int, seed: int) -> pd.DataFrame:
    """Describe each stratum and estimate what its number of pairs and workshops allows."""
    table = part.labels.join(describe(part))
    complete = (part.pairs["status"] == COMPLETE).to_numpy()
    change = part.pairs["change"].to_numpy(dtype=float, na_value=np.nan)[complete]
    room = part.pairs["workshop"].cat.codes.to_numpy()[complete]
    number = part.number[complete]
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number, minlength=len(table)))[:-1]
    changes, rooms = (np.split(each[order], ends)[: len(table)] for each in (change, room))
    estimates = []
    rows: list[Any] = list(table.itertuples())
    for row, moved, where in zip(rows, changes, rooms, strict=True):
        name = ".".join((row.module, row.item, row.language, row.workshop))
        rng = np.random.default_rng([seed, crc32(name.encode())])
        found = estimate(moved, where, BETTER.get(row.keyed, 1), resamples, rng, margin=margin)
        estimates.append(found)
        found["note"] = _note(row, moved, found)
    columns = dict.fromkeys(ESTIMATED) | {"note": None}
    return table.join(pd.DataFrame(estimates, columns=list(columns), index=table.index))


def _note(row: Any, changes: ranks.Floats, found: Mapping[str, Any]) -> str:
    """Return which rule the row went by, and what to know when reading it.

    `found` is what was estimated: the note speaks of nothing else.
    """
    if not row.asked:
        return "Nobody was asked both times: there is nothing to compare."
    if not row.n:
        return "Nobody answered both times: there is nothing to compare."
    notes = []
    if 1 < row.workshops < ROOMS_FROM:
        notes.append(
            f"Description only: {row.workshops} workshops are too few to take account of what the "
            "people of one room share; see the row of each."
        )
    elif row.n < EFFECT_FROM:
        notes.append(f"Description only: fewer than {EFFECT_FROM} pairs.")
    elif found["shows"] == "description":
        notes.append("Description only, since there is nothing to estimate.")
    elif row.n < TESTS_FROM:
        notes.append(f"Effect and interval, no test: fewer than {TESTS_FROM} pairs.")
    elif 1 < row.workshops < FLIPS_FROM:
        notes.append(f"Effect and interval, no test: fewer than {FLIPS_FROM} workshops.")
    else:
        notes.append(f"Effect, interval and tests: {TESTS_FROM} pairs or more.")
    if found["shows"] != "description" and row.workshops >= CLUSTERS_FROM:
        notes.append("Intervals and tests count whole workshops.")
    elif found["shows"] != "description" and row.workshops > 1:
        notes.append("The interval is that of the mean of the workshops, each counting alike.")
    if not changes.any():
        notes.append("Nobody changed.")
    elif len(np.unique(changes)) == 1:
        notes.append("Everybody changed alike, so the mean has no interval.")
    elif np.isfinite(found["workshop_mean"]) and np.isnan(found["workshop_mean_low"]):
        notes.append("The workshops changed alike, so their mean has no interval.")
    notes += _matters(found, "for the better" if row.keyed in BETTER else "upwards")
    if row.wording == "several":
        notes.append("Several wordings are pooled.")
    return " ".join(notes)


def _matters(found: Mapping[str, Any], side: str) -> list[str]:
    """Write whether the mean change reaches the margin, if that was tested."""
    points = f"{found['margin']:g} points"
    if np.isnan(found["p_equivalent"]):
        return []
    if found["p_equivalent"] < LIMIT:
        return [f"The mean change is smaller than {points} to both sides."]
    if found["p_beyond"] < LIMIT:
        return [f"The mean change is more than {points} {side}."]
    return [f"Whether the mean change reaches {points} is open."]
