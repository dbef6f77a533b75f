"""Before and after of each person and item, and why one of them is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.grid import (
    DECLINED,
    NONE,
    AnswerGrid,
    numbered,
    usual_wordings,
)
from myths.evaluation.data.routes import on_the_route
from myths.evaluation.data.wordings import codebook_of
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.vocabulary import BETTER, LATER, Kind, Phase

COMPLETE = "complete"
STATUSES = (
    COMPLETE,
    "no answer before",
    "no answer later",
    "no answer",
    "declined before",
    "declined later",
    "declined both",
    "wording changed",
    "never asked twice",
)
MOVES = ("better", "same", "worse", "higher", "lower", "no pair")
_WAVES = (Phase.BEFORE, *LATER)
_EARLIER = {  # with which answers a later one can be compared
    Phase.AFTER: (Phase.BEFORE, Phase.RETROSPECTIVE),
    Phase.FOLLOWUP: (Phase.BEFORE, Phase.RETROSPECTIVE, Phase.AFTER),
    Phase.RETROSPECTIVE: (Phase.BEFORE,),
}
PRIMARY = "myth"  # the statement of each module that its primary test is about

_DTYPES: dict[str, Any] = {
    "workshop": "category",
    "participant": "category",
    "module": "category",
    "item": "category",
    "kind": "category",
    "keyed": "category",
    "primary": "bool",
    "since": "category",
    "phase": "category",
    "modules": "Int64",
    "all_three": "bool",
    "audience": "category",
    "language": "category",
    "wording": "category",
    "minimum": "Float64",
    "maximum": "Float64",
    "before": "Float64",
    "later": "Float64",
    "change": "Float64",
    "moved": pd.CategoricalDtype(list(MOVES)),
    "status": pd.CategoricalDtype(list(STATUSES)),
}


@progress("reading")
def pairs(
    db: Address = None,
    workshop: Choice = None,
    *,
    phase: str = Phase.AFTER,
    since: str = Phase.BEFORE,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Return before and later of each person and item, or why there is no pair.

    Items are the statements and the confidence of each module. There is a row for everybody who
    joined a workshop in which the item was asked, also for who never answered it; an item counts as
    asked if anybody in the workshop answered or declined it. Of a module that the trainer took out
    while the workshop ran, there are rows only for who answered it by then. A pair in which the
    wording changed between the two answers is none. Who did not answer counts with the wording that
    others of their language had.

    Parameters
    ----------
    db, workshop, audience, module, language, wording, rehearsal
        As in `answers`.
    phase : {"after", "followup", "retrospective"}
        The later answer; retrospective, with before, is for how differently people see their view
        of before once they have read (response shift).
    since : {"before", "retrospective", "after"}
        The earlier one; after is for what became of it at the follow-up.

    Returns
    -------
    pandas.DataFrame
        One row per person and item; numbers are scale points:

        - workshop, participant, module, item, kind : category
        - keyed : category (myth, fact, overcorrection; none for confidence)
        - primary : bool, the item that the module's primary test is about, its myth
        - since, phase : category, the earlier one and the later one
        - modules : Int64, in how many modules the person answered the myth after
        - all_three : bool, the person rated the item before, after and at the follow-up, in the
          same words
        - audience, language, wording : category
        - minimum, maximum : Float64, the ends of the scale
        - before, later : Float64, the answers of `since` and of `phase`
        - change : Float64, later minus before, NA without a pair
        - moved : category (better, same, worse; higher, lower where no direction is better; no
          pair)
        - status : category, complete or why there is no pair

    Raises
    ------
    StoreError, WorkshopError
        As `answers` does.
    EvaluationError
        For phases in another order, and for a choice that no pair has.

    Examples
    --------
    >>> import myths
    >>> pairs = myths.pairs(myths.rehearsal_data(), "TRIAL1", rehearsal=True)
    >>> complete = pairs[pairs["status"] == "complete"]
    >>> (complete["change"] == complete["later"] - complete["before"]).all()
    np.True_
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    return survey.select(paired(survey, phase, since))


def paired(survey: Survey, phase: str, since: str = Phase.BEFORE) -> pd.DataFrame:
    """Pair all answers of a survey as told in `pairs`."""
    earlier = _EARLIER[later_of(phase, _EARLIER)]
    if since not in earlier:
        raise EvaluationError(
            f"{since!r} is not earlier than {phase!r}: choose {_one_of(earlier)}."
        )
    book = codebook_of(survey.tables.questions)
    people = survey.tables.participants
    table = pair(survey.tables.answers, people, book, phase=phase, since=since)
    return on_the_route(table, survey.tables.workshops)


def later_of(phase: str, known: Iterable[Phase] = LATER) -> Phase:
    """Return a later phase by its name. Raises EvaluationError if it is none of those known."""
    for each in known:
        if phase == each:
            return each
    raise EvaluationError(f"There is no later phase {phase!r}: choose {_one_of(known)}.")


def _one_of(phases: Iterable[Phase]) -> str:
    return " or ".join(repr(str(each)) for each in phases)


def pair(
    said: pd.DataFrame,
    people: pd.DataFrame,
    book: pd.DataFrame,
    *,
    phase: str,
    since: str = Phase.BEFORE,
) -> pd.DataFrame:
    """Pair the answers as told in `pairs`; `people` and `book` are those of the same store."""
    book = _asked_twice(book)
    items = book.drop_duplicates(["module", "item"]).reset_index(drop=True)
    places = pd.MultiIndex.from_frame(items[["module", "item"]].astype("str"))
    asked = pd.MultiIndex.from_frame(book[["module", "item", "language", "wording"]].astype("str"))
    rows = numbered(said, people, places, asked)
    shape = (len(people), len(items))
    grids = {name: AnswerGrid(rows[rows["phase"] == name], shape) for name in Phase}
    before, later = grids[Phase(since)], grids[Phase(phase)]
    modules = (grids[Phase.AFTER].state[:, items["primary"].to_numpy()] != NONE).sum(axis=1)
    wordings = np.array([grids[name].wording for name in _WAVES])
    three = ~np.isnan([grids[name].value for name in _WAVES]).any(axis=0)
    three &= (wordings == wordings[0]).all(axis=0)

    workshops, workshop = np.unique(people["workshop"].astype("str"), return_inverse=True)
    languages, language = np.unique(people["language"].astype("str"), return_inverse=True)
    once = before.answered_in(workshop, len(workshops))
    twice = later.answered_in(workshop, len(workshops))
    person, item = np.nonzero((once | twice)[workshop])
    room, tongue = workshop[person], language[person]
    worded = np.where(before.wording >= 0, before.wording, later.wording)
    usual = usual_wordings(worded, workshop, language, (len(workshops), len(languages)))
    worded = worded[person, item]
    worded = np.where(worded >= 0, worded, usual[room, tongue, item])

    first, second = before.state[person, item], later.state[person, item]
    differs = before.wording[person, item] != later.wording[person, item]
    status = np.select(
        [
            ~(once & twice)[room, item],
            (first == DECLINED) & (second == DECLINED),
            first == DECLINED,
            second == DECLINED,
            (first == NONE) & (second == NONE),
            first == NONE,
            second == NONE,
            differs,
        ],
        [STATUSES.index(reason) for reason in _PRECEDENCE],
        STATUSES.index(COMPLETE),
    )
    words = book.iloc[worded].reset_index(drop=True)
    then, now = before.value[person, item], later.value[person, item]
    change = np.where(status == STATUSES.index(COMPLETE), now - then, np.nan)
    sign = words["keyed"].astype("str").map(BETTER).fillna(0).to_numpy(dtype=float)
    table = pd.DataFrame(
        {
            "workshop": people["workshop"].array[person],
            "participant": people["participant"].array[person],
            **{name: words[name].array for name in ("module", "item", "kind", "keyed")},
            "primary": items["primary"].to_numpy()[item],
            "since": since,
            "phase": phase,
            "modules": modules[person],
            "all_three": three[person, item],
            "audience": people["audience"].array[person],
            **{name: words[name].array for name in ("language", "wording", "minimum", "maximum")},
            "before": _nullable(then),
            "later": _nullable(now),
            "change": _nullable(change),
            "moved": pd.Categorical.from_codes(_moved(change, sign), dtype=_DTYPES["moved"]),
            "status": pd.Categorical.from_codes(status, dtype=_DTYPES["status"]),
        }
    )
    return table.astype(_DTYPES)


def by_appearance(column: pd.Series[Any]) -> pd.Categorical[str]:
    """Make categories that are in the order in which they first appear."""
    words = column.astype("str")
    return pd.Categorical(words, categories=words.unique())


_PRECEDENCE = (
    "never asked twice",
    "declined both",
    "declined before",
    "declined later",
    "no answer",
    "no answer before",
    "no answer later",
    "wording changed",
)


def _asked_twice(book: pd.DataFrame) -> pd.DataFrame:
    """Keep ratings and confidence that belong to a module, and say which is primary."""
    keyed = book["keyed"].notna() & (book["kind"] == Kind.RATING)
    book = book[keyed | (book["kind"] == Kind.CONFIDENCE)].reset_index(drop=True)
    book["keyed"] = book["keyed"].astype("str").fillna("none")
    for name in ("module", "item", "kind", "keyed", "language", "wording"):
        book[name] = by_appearance(book[name])
    items = book[["module", "item", "keyed"]].drop_duplicates(["module", "item"])
    myths = items[items["keyed"] == PRIMARY].drop_duplicates("module")
    first = pd.MultiIndex.from_frame(myths[["module", "item"]].astype("str"))
    every = pd.MultiIndex.from_frame(book[["module", "item"]].astype("str"))
    return book.assign(primary=every.isin(first))


def _moved(change: np.ndarray[Any, Any], sign: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Number the move as in MOVES."""
    gain = change * sign
    moves = ("no pair", "same", "better", "worse", "higher")
    conditions = [np.isnan(change), change == 0, gain > 0, gain < 0, change > 0]
    numbers = [MOVES.index(move) for move in moves]
    return np.select(conditions, numbers, MOVES.index("lower"))


def _nullable(numbers: np.ndarray[Any, Any]) -> pd.arrays.FloatingArray:
    return pd.arrays.FloatingArray(numbers.astype(float), np.isnan(numbers))
