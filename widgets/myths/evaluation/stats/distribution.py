"""Which answer later goes with which answer before, and how many people gave both."""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.evaluation.data.pairs import COMPLETE, paired
from myths.evaluation.data.strata import By, check_wordings, strata
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.vocabulary import Phase

_LABELS: dict[str, Any] = {
    **dict.fromkeys(["module", "item", "keyed", "phase"], "category"),
    **dict.fromkeys(["workshop", "audience", "language", "wording"], "string"),
}


@progress("reading")
def distribution(
    db: Address = None,
    workshop: Choice = None,
    *,
    phase: str = Phase.AFTER,
    since: str = Phase.BEFORE,
    by: By = None,
    pool_wordings: bool = False,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Count how many people gave each pair of an answer before and an answer later.

    It is the whole of what complete pairs say; pairs that nobody gave have no row.

    Parameters
    ----------
    db, workshop, phase, since, audience, module, language, wording, rehearsal
        As in `pairs`.
    by, pool_wordings
        As in `change`.

    Returns
    -------
    pandas.DataFrame
        One row per item, answer before and answer later:

        - module, item, keyed, phase : category
        - workshop, audience, language, wording : string, "several" for more than one
        - before, later : Float64, scale points
        - people : Int64

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `change` does.

    Examples
    --------
    >>> import myths
    >>> table = myths.distribution(myths.rehearsal_data(), by="wording", rehearsal=True)
    >>> (table["people"] > 0).all()
    np.True_
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    table = survey.select(paired(survey, phase, since))
    if not pool_wordings:
        check_wordings(table, by)
    whole = next(strata(table, by))
    complete = (table["status"] == COMPLETE).to_numpy()
    answers = table.loc[complete, ["before", "later"]].assign(number=whole.number[complete])
    people = answers.groupby(["number", "before", "later"]).size().rename("people").reset_index()
    labels = whole.labels[list(_LABELS)].take(people["number"].to_numpy()).reset_index(drop=True)
    counted = labels.join(people[["before", "later", "people"]])
    return counted.astype(_LABELS | {"people": "Int64"})
