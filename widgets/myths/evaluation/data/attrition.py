"""Who joined, who answered when, and why pairs are missing: to be shown before any result."""

from __future__ import annotations

import pandas as pd

from myths.evaluation.data.pairs import STATUSES, later_of, paired
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey, chosen
from myths.vocabulary import LATER, Phase

_FEWEST = 5  # of those who are only counted
_NAMES = {status: status.replace(" ", "_") for status in STATUSES}


@progress("reading")
def attrition(
    db: Address = None,
    workshop: Choice = None,
    *,
    phase: str = Phase.AFTER,
    item: str | None = None,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Count who joined, who answered when, and why pairs are missing.

    It counts one item of each module: the primary one (its myth), or the `item` of that name.
    People of a workshop in which the item was never asked are not missing, so they have no row.

    Parameters
    ----------
    db, workshop, audience, module, language, wording, rehearsal
        As in `pairs`.
    phase : {"after", "followup"}
        When the later answer was given.
    item : str, optional
        The item to count, as "confidence".

    Returns
    -------
    pandas.DataFrame
        One row per workshop and module, with numbers of people. The reasons add up with the
        complete pairs to who joined:

        - workshop, module, item : category
        - joined : Int64
        - before, after, followup : Int64, gave a value then
        - complete : Int64, pairs of before and `phase`
        - no_answer_before, no_answer_later, no_answer : Int64
        - declined_before, declined_later, declined_both : Int64
        - wording_changed, never_asked_twice : Int64
        - apart : Int64, took part in the workshop without giving their answers to the evaluation,
          and are in no other number; NA for fewer than five, nobody included

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `pairs` does.

    Examples
    --------
    >>> import myths
    >>> counts = myths.attrition(myths.rehearsal_data(), rehearsal=True)
    >>> (counts["complete"] <= counts["joined"]).all()
    np.True_
    """
    later = later_of(phase)
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    tables = {name: chosen(survey.select(paired(survey, name)), item=item) for name in LATER}
    if item is None:
        tables = {name: table[table["primary"]] for name, table in tables.items()}
    keys = ["workshop", "module", "item"]
    table = tables[later]
    count = table.groupby(keys, observed=True)
    reasons = pd.crosstab([table[key] for key in keys], table["status"], dropna=False)
    answered = {name: each.groupby(keys, observed=True) for name, each in tables.items()}
    counts = pd.DataFrame(
        {
            "joined": count.size(),
            "before": count["before"].count(),
            "after": answered[Phase.AFTER]["later"].count(),
            "followup": answered[Phase.FOLLOWUP]["later"].count(),
        },
        index=count.size().index,
    )
    reasons = reasons.reindex(index=counts.index, columns=STATUSES, fill_value=0)
    counts = counts.join(reasons.rename(columns=_NAMES)).fillna(0).astype("Int64").reset_index()
    others = {code: number for code, number in survey.tables.apart.items() if number >= _FEWEST}
    counts["apart"] = counts["workshop"].astype("object").map(others).astype("Int64")
    return counts
