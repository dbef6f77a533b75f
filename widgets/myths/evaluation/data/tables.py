"""The tables of a store, for somebody who has only its address or its file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.evaluation.data.spread import in_order, spread
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import CELL
from myths.vocabulary import NUMERIC


@progress("reading")
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
    """Return the answers as they stand, in the order in which they were given.

    A question that was skipped has no row.

    Parameters
    ----------
    db : str or path, optional
        The address of a database (postgresql://…) or the path of an SQLite file. None is $MYTHS_DB,
        else data/workshop.sqlite.
    workshop : str or iterable of str, optional
        Codes of workshops; None is all.
    audience : str or iterable of str, optional
        Only workshops for these: mixed, police, courts, social, womens-services, policy.
    module, language, wording : str or iterable of str, optional
        Only these; None is all.
    history : bool
        Also what was changed or cleared later. A row that clears an answer has neither value nor
        text and is not declined.
    rehearsal : bool
        Also rehearsal workshops, whose answers are made up.

    Returns
    -------
    pandas.DataFrame
        One row per answer:

        - workshop, participant, module, item : category
        - phase : category, ordered before < after < retrospective < followup
        - kind : category (rating, confidence, recall, choice, text, commitment)
        - value : Float64, NA for texts and where declined
        - text : string, NA unless its author lets the evaluation read it
        - declined : boolean ("prefer not to say")
        - language, wording : category, wording is the hash of what was asked
        - audience : category, whom the workshop was for
        - rehearsal : bool
        - answered_at : datetime64[us, UTC]
        - reader : category (me, group, evaluation), NA for numbers
        - mode : category (page, paper), how the answer came in

    Raises
    ------
    StoreError
        If the database is missing, is no workshop's, or cannot be read.
    WorkshopError
        For a workshop or an audience that none has (reason "unknown").
    EvaluationError
        For a module, language or wording that no answer has.

    Examples
    --------
    >>> import myths
    >>> said = myths.answers(myths.rehearsal_data(), "TRIAL1", module="risk", rehearsal=True)
    >>> said["phase"].cat.categories.tolist()
    ['before', 'after', 'retrospective', 'followup']
    >>> said.loc[said["kind"] == "rating", "value"].between(1, 5).all()
    np.True_
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    return survey.select(survey.tables.history if history else survey.tables.answers)


@progress("reading")
def participants(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    language: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Return the people, in the order in which they joined; also who answered nothing.

    Parameters
    ----------
    db, workshop, audience, rehearsal
        As in `answers`.
    language : str or iterable of str, optional
        Only who has one of these.

    Returns
    -------
    pandas.DataFrame
        One row per participant:

        - workshop, participant, language : category
        - consent : category, the hash of the words agreed to
        - audience : category, whom the workshop was for
        - rehearsal : bool
        - joined_at : datetime64[us, UTC]
        - mode : category (page, paper), how the person joined; who joined on paper can answer on
          pages later, and then these answers say so

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `answers` does.

    Examples
    --------
    >>> import myths
    >>> people = myths.participants(myths.rehearsal_data(), rehearsal=True)
    >>> people["participant"].is_unique
    True
    """
    survey = Survey(db, workshop, audience, language=language, rehearsal=rehearsal)
    with survey.snapshot() as tables:
        people = tables.participants()
    return survey.select(people, "language")


@progress("reading")
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
    """Return a row for each person and a column for each item and phase.

    Columns are in the order in which questions were first asked. NA where nothing was answered,
    where it was declined, and where the evaluation may not read the text; `answers` tells these
    apart.

    Parameters
    ----------
    db, workshop, audience, rehearsal
        As in `answers`.
    module, wording : str or iterable of str, optional
        Only columns with such answers, and NA for others.
    language : str or iterable of str, optional
        Only who has one of these, and answers in it.

    Returns
    -------
    pandas.DataFrame
        One row per participant, and a column `<module>.<item>.<phase>` for each question, as
        "risk.myth.before": Float64 for numbers, string for texts. In front:

        - workshop, participant : category
        - audience : category, whom the workshop was for

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `answers` does.

    Examples
    --------
    >>> import myths
    >>> wide = myths.wide(myths.rehearsal_data(), module="risk", rehearsal=True)
    >>> wide["risk.myth.before"].dtype
    Float64Dtype()
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    said = survey.select(survey.tables.answers)
    people = survey.select(survey.tables.participants, "language")
    numbers = said["kind"].isin(NUMERIC).groupby([said[name] for name in CELL], observed=True)
    cells: dict[Any, bool] = numbers.any().to_dict()
    order = in_order(cells, survey.tables.questions)
    return spread([said], people, {cell: cells[cell] for cell in order})[0]
