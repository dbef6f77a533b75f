"""The tables of a store, for somebody who has only its address or its file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.evaluation.data.wide import spread
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import CELL
from myths.vocabulary import NUMERIC


@progress("Reading")
def answers(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    history: bool = False,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per answer as it stands, in the order in which they were given.

    With `history` also what was changed or cleared later; a row that clears an answer has neither
    value nor text and is not declined. A question that was skipped has no row.

    Columns: workshop, participant, module, item: category; phase: ordered category (before < after
    < followup); kind: category (rating, confidence, recall, text, commitment); value: Float64, NA
    for texts and where declined; text: string, NA unless its author lets the evaluation read it;
    declined: boolean ("prefer not to say"); language, wording (hash of what was asked), audience
    (whom the workshop was for): category; rehearsal: bool; answered_at: datetime64[us, UTC];
    reader: category (me, group, evaluation), NA for numbers.

    `db`, `workshop`, `rehearsal`: the address or file (None: $MYTHS_DB, else data/workshop.sqlite),
    one code or several (None: all), also rehearsals. `audience`: only workshops for one of mixed,
    police, courts, social, womens-services, policy, or for several. `module`, `language`,
    `wording`: only these. Raises StoreError, WorkshopError (reason "unknown") for what no workshop
    has, and EvaluationError for what no answer has.
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    return survey.select(survey.tables.history if history else survey.tables.answers)


@progress("Reading")
def participants(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    language: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per participant, in the order in which they joined; also who answered nothing.

    Columns: workshop, participant, language, consent (hash of the words agreed to), audience (whom
    the workshop was for): category; rehearsal: bool; joined_at: datetime64[us, UTC]. Options and
    errors as in `answers`.
    """
    survey = Survey(db, workshop, audience, language=language, rehearsal=rehearsal)
    with survey.snapshot() as tables:
        people = tables.participants()
    return survey.select(people, "language")


@progress("Reading")
def wide(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per participant: workshop, participant, audience, a column for each item and phase.

    These are named `<module>.<item>.<phase>`, as in "risk.myth.before": Float64 for numbers, string
    for texts. NA where nothing was answered, where it was declined, and where the evaluation may
    not read the text; `answers` tells these apart. `language`: only who has this one; `module`,
    `wording`: only columns with such answers, and NA for others. Options and errors as in
    `answers`.
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    said = survey.select(survey.tables.answers)
    people = survey.select(survey.tables.participants, "language")
    numbers = said["kind"].isin(NUMERIC).groupby([said[name] for name in CELL], observed=True)
    cells: dict[Any, bool] = numbers.any().to_dict()
    return spread([said], people, cells)[0]
