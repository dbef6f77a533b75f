"""How long the sections of a module took, in steps too coarse to tell anybody by."""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.evaluation.data.pairs import by_appearance
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.vocabulary import RATED, Kind, Mode, Phase, SeriesPage

SECTIONS = ("rate", "recall", "reflect", "rate again", "commit", "closing", "follow-up")
STEPS: dict[str, tuple[int, int | None]] = {  # in minutes: where each begins and ends
    "under 1": (0, 1),
    "1 to 5": (1, 5),
    "5 to 15": (5, 15),
    "15 to 30": (15, 30),
    "over 30": (30, None),
}
FEW = 5  # people; of fewer no time is given
NOT_SHOWN = f"fewer than {FEW} people"
_PAUSE = pd.Timedelta(hours=1)
_MINUTES = pd.CategoricalDtype([*STEPS, NOT_SHOWN], ordered=True)


@progress("reading")
def paradata(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Measure how long the sections of a module took, in steps too coarse to tell anybody by.

    The time of an answer is that since the same person's answer before it: reading and talking
    count to the section that comes after them, and what came before the first answer to none. Only
    the first version of an answer counts, and no pause of more than an hour. An answer from paper
    has the time at which it was typed in, so it counts to none.

    Parameters
    ----------
    db, workshop, audience, module, language, rehearsal
        As in `answers`.
    wording : str or iterable of str, optional
        Only the times of the answers to these wordings.

    Returns
    -------
    pandas.DataFrame
        One row per workshop, module and section:

        - workshop, module : category
        - section : category, ordered rate, recall, reflect, rate again, commit, closing, follow-up
        - people : Int64, with a time
        - minutes : category, the middle one of the people: under 1 < 1 to 5 < 5 to 15 < 15 to 30 <
          over 30, or fewer than 5 people

    Raises
    ------
    StoreError, WorkshopError, EvaluationError
        As `answers` does.

    Examples
    --------
    >>> import myths
    >>> times = myths.paradata(myths.rehearsal_data(), rehearsal=True)
    >>> times["minutes"].cat.categories.tolist()
    ['under 1', '1 to 5', '5 to 15', '15 to 30', 'over 30', 'fewer than 5 people']
    """
    survey = Survey(db, workshop, audience, module, language, wording, rehearsal)
    timed = survey.select(_timed(survey.tables.history))
    return _spent(timed, ["workshop", "module", "section"])


def by_module(said: pd.DataFrame) -> pd.DataFrame:
    """One row per module and section of all workshops together; else as `paradata`.

    `said` is as `myths.answers` gives it with `history`.
    """
    return _spent(_timed(said), ["module", "section"])


def _spent(timed: pd.DataFrame, place: list[str]) -> pd.DataFrame:
    """Return the middle time of the people at each place, coarsely; pauses count to none."""
    timed = timed[timed["since"] <= _PAUSE]
    each = timed.groupby([*place, "participant"], observed=True)["since"].sum().dt.total_seconds()
    times = each.groupby(place, observed=True).agg(["size", "median"]).reset_index()
    begins = [begin for begin, _ in STEPS.values()]
    steps = pd.cut(times["median"] / 60, [*begins, float("inf")], right=False, labels=list(STEPS))
    minutes = steps.astype(_MINUTES).mask(times["size"] < FEW, NOT_SHOWN)
    table: pd.DataFrame = times[place].assign(people=times["size"].astype("Int64"))
    return table.assign(minutes=minutes)


def _timed(said: pd.DataFrame) -> pd.DataFrame:
    """Return the first version of each answer, its section, and the time since the one before."""
    said = said.drop_duplicates(["participant", "module", "item", "phase"])
    said = said[said["mode"] != Mode.PAPER]
    said = said.sort_values("answered_at", kind="stable").reset_index(drop=True)
    since = said.groupby("participant", observed=True)["answered_at"].diff()
    modules = by_appearance(said["module"])
    return said.assign(since=since, section=_section(said), module=modules)


def _section(said: pd.DataFrame) -> pd.Series[Any]:
    """Name the section that an answer belongs to, from its kind and phase."""
    kind, phase = said["kind"], said["phase"]
    section = pd.Series("reflect", index=said.index)
    section = section.mask(kind.isin(RATED), "rate again")
    section = section.mask(kind == Kind.COMMITMENT, "commit")
    section = section.mask(phase == Phase.BEFORE, "rate").mask(kind == Kind.RECALL, "recall")
    section = section.mask(said["module"] == SeriesPage.CLOSING, "closing")
    section = section.mask(phase == Phase.FOLLOWUP, "follow-up")
    return section.astype(pd.CategoricalDtype(list(SECTIONS), ordered=True))
