"""Change from before to after: how many moved, which way, how far, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from myths.evaluation.data.pairs import COMPLETE, paired
from myths.evaluation.data.strata import CLUSTERS_FROM, By, Strata, check_wordings, keys, strata
from myths.evaluation.progress import progress
from myths.evaluation.stats import ranks
from myths.evaluation.stats.description import beside, describe
from myths.evaluation.stats.inference import EFFECT_FROM, ESTIMATED, RESAMPLES, TESTS_FROM, estimate
from myths.evaluation.survey import Address, Choice, Survey, chosen
from myths.vocabulary import BETTER, Phase

_DTYPES: dict[str, Any] = {
    "module": "category",
    "item": "category",
    "kind": "category",
    "keyed": "category",
    "primary": "bool",
    "phase": "category",
    "workshop": "string",
    "audience": "string",
    "language": "string",
    "wording": "string",
    "workshops": "Int64",
    "asked": "Int64",
    "n": "Int64",
    "shows": pd.CategoricalDtype(["description", "effect", "tests"], ordered=True),
    "median_before": "Float64",
    "median_later": "Float64",
    "median_change": "Float64",
    "mean_change": "Float64",
    "mean_low": "Float64",
    "mean_high": "Float64",
    "mean_worst_case": "Float64",
    "mean_best_case": "Float64",
    "changes": "string",
    "higher": "Int64",
    "same": "Int64",
    "lower": "Int64",
    "better": "Int64",
    "worse": "Int64",
    "better_share": "Float64",
    "better_worst_case": "Float64",
    "better_best_case": "Float64",
    "ceiling_share": "Float64",
    "over_n": "Int64",
    "over_corrected": "Int64",
    "better_and_over_corrected": "Int64",
    "weighted_n": "Int64",
    "weighted_change": "Float64",
    "effect": "Float64",
    "effect_low": "Float64",
    "effect_high": "Float64",
    "test": "string",
    "p": "Float64",
    "p_sign": "Float64",
    "p_holm": "Float64",
    "note": "string",
}


@progress("comparing")
def change(
    db: Address = None,
    workshop: Choice = None,
    *,
    phase: str = Phase.AFTER,
    by: By = None,
    pool_wordings: bool = False,
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
    clusters: from 10 on they are what is resampled and flipped; 2 to 9 are too few for that, so
    their common row is only described and a row for each workshop follows it.

    Parameters
    ----------
    db, workshop, phase, audience, module, language, wording, rehearsal
        As in `pairs`.
    by : {"wording", "audience", "workshop"} or several, optional
        A row for each.
    pool_wordings : bool
        Put answers to different wordings (also to two languages) together.
    resamples : int
        Bootstrap samples.
    seed : int
        The same seed gives the same table.

    Returns
    -------
    pandas.DataFrame
        One row per item (and what `by` says):

        - module, item, kind, keyed, phase : category
        - primary : bool, the module's myth, to which the corrected test belongs
        - workshop, audience, language, wording : string, "several" for more than one
        - workshops : Int64, with a pair
        - asked : Int64, people who were asked both times
        - n : Int64, complete pairs
        - shows : category, ordered description < effect < tests
        - median_before, median_later, median_change, mean_change : Float64, scale points
        - mean_low, mean_high : Float64, ends of the 95 % interval
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
        - note : string

    Raises
    ------
    StoreError, WorkshopError
        As `pairs` does.
    EvaluationError
        Where wordings would be pooled unasked, and as `pairs` does.

    Notes
    -----
    Intervals and tests are checked by `python -m myths.evaluation.stats.simulation`.

    References
    ----------
    Pratt, J. W. (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. Journal
    of the American Statistical Association 54, 655-667.

    Kerby, D. S. (2014). The simple difference formula. Comprehensive Psychology 3, 11.IT.3.1.

    Examples
    --------
    >>> import myths
    >>> db = myths.rehearsal_data()
    >>> table = myths.change(db, "TRIAL1", by="wording", resamples=99, rehearsal=True)
    >>> (table["n"] <= table["asked"]).all()
    np.True_
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    table = beside(survey.select(paired(survey, phase), "language"))
    return changed(
        survey.select(table, "wording"),
        by=by,
        pool_wordings=pool_wordings,
        module=survey.module,
        resamples=resamples,
        seed=seed,
    )


def changed(
    table: pd.DataFrame,
    *,
    by: By = None,
    pool_wordings: bool = False,
    module: Choice = None,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    """Compute `change` from `pairs` that have been set `beside` each other."""
    wanted = chosen(table, module=module)
    if not pool_wordings:
        check_wordings(wanted, by)
    if module is not None:
        kept = table["primary"] | table["module"].isin(wanted["module"].unique())
        table = table[kept].reset_index(drop=True)
    parts = list(strata(table, by))
    rows = pd.concat([_rows(part, resamples=resamples, seed=seed) for part in parts])
    rows["p_holm"] = ranks.holm(rows["p"].where(rows["primary"]).to_numpy(dtype=float))
    order = ["module", "item"]
    order += ["language", "wording"] if "wording" in keys(by) else []
    order += ["audience"] if "audience" in keys(by) else []
    rows = rows[rows["module"].isin(wanted["module"])].sort_values(order, kind="stable")
    return rows.reset_index(drop=True)[list(_DTYPES)].astype(_DTYPES)


def _rows(part: Strata, *, resamples: int, seed: int) -> pd.DataFrame:
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
        estimates.append(found := estimate(moved, where, BETTER.get(row.keyed, 1), resamples, rng))
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
    if 1 < row.workshops < CLUSTERS_FROM:
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
    else:
        notes.append(f"Effect, interval and tests: {TESTS_FROM} pairs or more.")
    if row.workshops >= CLUSTERS_FROM and found["shows"] != "description":
        notes.append("Intervals and tests count whole workshops.")
    if not changes.any():
        notes.append("Nobody changed.")
    elif len(np.unique(changes)) == 1:
        notes.append("Everybody changed alike, so the mean has no interval.")
    if row.wording == "several":
        notes.append("Several wordings are pooled.")
    return " ".join(notes)
