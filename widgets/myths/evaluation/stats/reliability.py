"""How well the items of a composite agree: Cronbach's alpha and McDonald's omega.

The instrument has four composites, each of one statement (or the confidence) from every module. The
statements of one module are no scale: they are worded against each other on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.errors import EvaluationError
from myths.evaluation.data.pairs import by_appearance, paired
from myths.evaluation.data.strata import check_wordings
from myths.evaluation.progress import progress
from myths.evaluation.stats.one_factor import misfit, omega
from myths.evaluation.stats.ranks import LEVEL, Floats
from myths.evaluation.survey import Address, Choice, Survey, chosen
from myths.vocabulary import Keyed, Phase

COMPOSITES = {
    "myths": Keyed.MYTH,
    "facts": Keyed.FACT,
    "overcorrections": Keyed.OVERCORRECTION,
    "confidence": "none",
}
ITEMS_FROM = 3
ALPHA_FROM = 10  # people with all items
OMEGA_FROM = 30
POOR_FIT = 0.08  # SRMR, as in Hu and Bentler (1999)
RESAMPLES = 1_000
SEED = 1
_DTYPES: dict[str, Any] = {
    "composite": "string",
    "phase": "category",
    "items": "string",
    "k": "Int64",
    "n": "Int64",
    "alpha": "Float64",
    "alpha_low": "Float64",
    "alpha_high": "Float64",
    "omega": "Float64",
    "omega_low": "Float64",
    "omega_high": "Float64",
    "note": "string",
}


@progress("samples")
def reliability(
    db: Address = None,
    workshop: Choice = None,
    *,
    composite: str | Sequence[str] | None = None,
    phase: str = Phase.BEFORE,
    pool_wordings: bool = False,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Estimate how well the items of each composite agree.

    From 10 people on there is an alpha, from 30 on an omega; neither says that the items measure
    what they should.

    Parameters
    ----------
    db, workshop, audience, module, language, wording, rehearsal
        As in `pairs`.
    composite : str or sequence of str, optional
        One of myths, facts, overcorrections, confidence; or a list of items as "risk.myth"; None is
        all four. These are over the modules that every chosen workshop had, unless `module` chooses
        others.
    phase : {"before", "after", "retrospective", "followup"}
        Whose answers.
    pool_wordings
        As in `change`.
    resamples : int
        Bootstrap samples for the interval of omega.
    seed : int
        The same seed gives the same table.

    Returns
    -------
    pandas.DataFrame
        One row per composite:

        - composite : string
        - phase : category
        - items : string
        - k : Int64, items
        - n : Int64, people with all of them
        - alpha, alpha_low, alpha_high : Float64, Cronbach's alpha with Feldt's 95 % interval
        - omega, omega_low, omega_high : Float64, omega total of one factor with its bootstrap
          interval
        - note : string, also when one factor fits badly (SRMR above 0.08): then omega, which is of
          one factor, says little

    Raises
    ------
    StoreError, WorkshopError
        As `pairs` does.
    EvaluationError
        For items that are no composite: fewer than three, two of one module, or statements of
        different kinds; and where wordings would be pooled unasked.

    References
    ----------
    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability
    coefficient twenty. Psychometrika 30, 357-370.

    Hu, L. and Bentler, P. M. (1999). Cutoff criteria for fit indexes in covariance structure
    analysis. Structural Equation Modeling 6, 1-55.

    McDonald, R. P. (1999). Test Theory: A Unified Treatment. Erlbaum.

    Examples
    --------
    >>> import myths
    >>> db = myths.rehearsal_data()
    >>> table = myths.reliability(
    ...     db, composite="myths", pool_wordings=True, resamples=99, rehearsal=True
    ... )
    >>> table["composite"].tolist()
    ['myths']
    """
    later = Phase.AFTER if phase == Phase.BEFORE else phase
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    return coefficients(
        survey.select(paired(survey, later), "language", "wording"),
        composite,
        survey.module,
        phase=phase,
        pool_wordings=pool_wordings,
        resamples=resamples,
        seed=seed,
    )


def coefficients(
    table: pd.DataFrame,
    composite: str | Sequence[str] | None = None,
    module: Choice = None,
    *,
    phase: str = Phase.BEFORE,
    pool_wordings: bool = False,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """See `reliability`; `table` is as `myths.pairs` gives it for that phase."""
    value = table["before"] if phase == Phase.BEFORE else table["later"]
    table = table.assign(value=value, phase=phase)
    table["name"] = by_appearance(table["module"].astype("str") + "." + table["item"].astype("str"))
    rows = []
    for name, items in _asked_for(table, composite, module).items():
        part = table[table["name"].isin(items)]
        if not pool_wordings:
            check_wordings(part, None, remedy="Choose one with language= or wording=")
        complete = scores(part, items)
        row = {"composite": name, "phase": phase, "items": ", ".join(items), "k": len(items)}
        rows.append(row | _agreement(complete, resamples, np.random.default_rng(seed)))
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)


def scores(table: pd.DataFrame, items: Sequence[str]) -> Floats:
    """Return the scores (n, k) of those with a `value` for each of the items, by their `name`."""
    given = table.dropna(subset="value").pivot_table(
        index="participant", columns="name", values="value", observed=True
    )
    return np.asarray(given.reindex(columns=list(items)).dropna().to_numpy(dtype=float))


def alpha(scores: Floats) -> tuple[float, float, float]:
    """Return Cronbach's alpha of scores (n, k) with Feldt's interval at LEVEL."""
    n, k = scores.shape
    parts, whole = scores.var(axis=0, ddof=1).sum(), scores.sum(axis=1).var(ddof=1)
    value = float(k / (k - 1) * (1 - parts / whole))
    return value, *feldt(value, n, k)


def feldt(value: float, n: int, k: int) -> tuple[float, float]:
    """Return Feldt's interval at LEVEL of an alpha of n people and k items."""
    tail = (1 - LEVEL) / 2
    between, within = n - 1, (n - 1) * (k - 1)
    high, low = (1 - (1 - value) * stats.f.ppf([tail, 1 - tail], between, within)).tolist()
    return low, high


def _agreement(scores: Floats, resamples: int, rng: np.random.Generator) -> dict[str, Any]:
    n = len(scores)
    found: dict[str, Any] = {"n": n}
    if n < ALPHA_FROM:
        return found | {"note": f"No coefficient: fewer than {ALPHA_FROM} people gave every item."}
    if not scores.var(axis=0).all():
        return found | {"note": "No coefficient: on some item everybody answered alike."}
    if not scores.sum(axis=1).var():
        return found | {"note": "No coefficient: everybody has the same sum."}
    found |= dict(zip(("alpha", "alpha_low", "alpha_high"), alpha(scores), strict=True))
    if n < OMEGA_FROM:
        return found | {"note": f"Alpha only: fewer than {OMEGA_FROM} people gave every item."}
    if found["alpha"] <= 0:
        return found | {"note": "No omega: the items go against each other more than together."}
    drawn = scores[rng.integers(n, size=(resamples, n))]
    centred = drawn - drawn.mean(axis=1, keepdims=True)
    samples = omega(np.swapaxes(centred, 1, 2) @ centred / (n - 1))
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(samples, [tail, 1 - tail])
    covariance = np.cov(scores.T)
    found |= {"omega": float(omega(covariance)), "omega_low": low, "omega_high": high}
    fit = " One factor fits badly." if misfit(covariance) > POOR_FIT else ""
    return found | {"note": f"Alpha and omega: {OMEGA_FROM} people or more.{fit}"}


def _asked_for(
    table: pd.DataFrame, composite: str | Sequence[str] | None, module: Choice
) -> dict[str, list[str]]:
    """Name the items of each composite; raises EvaluationError for what is none."""
    if table.empty:
        return {}
    if composite is not None and not isinstance(composite, str):
        items = list(composite)
        rows = chosen(table, name=items)[["name", "module", "keyed"]].drop_duplicates()
        _check(rows)
        return {"chosen items": rows["name"].astype("str").tolist()}
    names = list(COMPOSITES) if composite is None else [composite]
    asked = table if module is not None else _everywhere(table)
    found = {}
    for name in names:
        if name not in COMPOSITES:
            raise EvaluationError(
                f"There is no composite {name!r}: choose from {', '.join(COMPOSITES)}, or give a "
                'list of items like "risk.myth".'
            )
        rows = chosen(asked[asked["keyed"] == COMPOSITES[name]], module=module)
        rows = rows[["name", "module", "keyed"]].drop_duplicates("module")
        _check(rows)
        found[name] = rows["name"].astype("str").tolist()
    return found


def _everywhere(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the modules that every workshop had."""
    met = table[["workshop", "module"]].drop_duplicates()["module"].value_counts()
    rooms = table["workshop"].nunique()
    return table[table["module"].isin(met.index[met == rooms])]


def _check(rows: pd.DataFrame) -> None:
    told = ", ".join(rows["name"].astype("str"))
    if rows["module"].duplicated().any():
        raise EvaluationError(
            f"These are no scale: {told}. The statements of one module are worded against each "
            "other, so that agreeing with all is no sign of anything: read each by itself, or take "
            "the same statement of several modules, as composite='myths'."
        )
    if rows["keyed"].nunique() > 1:
        raise EvaluationError(
            f"These are no scale: {told}. Agreeing with them means different things: take items of "
            "one kind, as composite='myths'."
        )
    if len(rows) < ITEMS_FROM:
        raise EvaluationError(
            f"A composite needs the items of at least {ITEMS_FROM} modules, and has "
            f"{len(rows)} here: choose more modules, or workshops that had the same ones."
        )
