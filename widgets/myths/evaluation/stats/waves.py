"""Before, after and at the follow-up: the same people each time, beside who did not come back."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from myths.evaluation.data.pairs import paired
from myths.evaluation.data.strata import By
from myths.evaluation.progress import progress
from myths.evaluation.stats.change import changed
from myths.evaluation.stats.change_columns import COLUMNS
from myths.evaluation.stats.description import beside
from myths.evaluation.stats.inference import RESAMPLES
from myths.evaluation.survey import Address, Choice, Survey
from myths.vocabulary import Phase

_ASKED = ["workshop", "module", "item"]
_STEPS = (
    (Phase.BEFORE, Phase.AFTER),
    (Phase.AFTER, Phase.FOLLOWUP),
    (Phase.BEFORE, Phase.FOLLOWUP),
)


@progress("comparing")
def waves(
    db: Address = None,
    workshop: Choice = None,
    *,
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
    """Describe three steps of the people who came back, and one of those who did not.

    Who came back rated an item before, after and at the follow-up: from before to after, from after
    to the follow-up, and over both, they are the same people. Who did not come back has the first
    step alone, in workshops in which the item was asked again. If the two differ there, those who
    came back do not stand for all; if they do not, they may differ all the same in what came later.

    Parameters
    ----------
    db, workshop, by, pool_wordings, margin, audience, module, language, wording, rehearsal
        As in `change`.
    resamples, seed
        As in `change`.

    Returns
    -------
    pandas.DataFrame
        One row per item (and what `by` says), step and group of people:

        - came_back : bool
        - and the columns of `change`; each step of each group is corrected by itself (p_holm)

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `change` does.

    Examples
    --------
    >>> import myths
    >>> db = myths.rehearsal_data()
    >>> table = myths.waves(db, module="risk", language="en", resamples=99, rehearsal=True)
    >>> steps = table.loc[table["came_back"], ["since", "phase"]].drop_duplicates()
    >>> steps["phase"].tolist()
    ['after', 'followup', 'followup']
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    again = survey.select(paired(survey, Phase.FOLLOWUP))
    asked = again.loc[again["status"] != "never asked twice", _ASKED].drop_duplicates()
    rows = [
        changed(
            part,
            by=by,
            pool_wordings=pool_wordings,
            margin=margin,
            module=survey.module and set(survey.module) & set(part["module"].astype("str")),
            resamples=resamples,
            seed=seed,
        ).assign(came_back=came_back)
        for came_back, part in _parts(survey, pd.MultiIndex.from_frame(asked.astype("str")))
    ]
    order = ["module", "item", "came_back"]
    table = pd.concat(rows).sort_values(order, kind="stable", ascending=[True, True, False])
    return table.reset_index(drop=True)[["came_back", *COLUMNS]].astype(COLUMNS)


def _parts(survey: Survey, asked: pd.MultiIndex) -> Iterator[tuple[bool, pd.DataFrame]]:
    """Yield the pairs of each step of who came back, and of the first step of who did not.

    `asked` names the items that were asked at the follow-up, with their workshops.
    """
    for since, phase in _STEPS:
        table = survey.select(beside(paired(survey, phase, since)), "language", "wording")
        table = table[pd.MultiIndex.from_frame(table[_ASKED].astype("str")).isin(asked)]
        yield True, table[table["all_three"]].reset_index(drop=True)
        if phase == Phase.AFTER:
            yield False, table[~table["all_three"]].reset_index(drop=True)
