"""One's own workshops beside all others that were asked in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.pairs import COMPLETE, later_of, paired
from myths.evaluation.data.wordings import codebook_of
from myths.evaluation.disclosure.bands import K, enough
from myths.evaluation.disclosure.published import published
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.disclosure.release_draft import ReleaseDraft, counted_pairs
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import listed, opened
from myths.vocabulary import Kind, Phase

_KEY = ["module", "item", "wording"]
_PARTS = ("audience", "country")
_COLUMNS: dict[str, Any] = {
    "module": "category",
    "item": "category",
    "keyed": "category",
    "primary": "bool",
    "language": "string",
    "wording": "string",
    "question": "string",
    "group": pd.CategoricalDtype(["yours", "others"], ordered=True),
    "part": "string",
    "workshops": "int64",
    "n": "int64",
    "mean": "Float64",
    "bound": "string",
    "low": "Float64",
    "high": "Float64",
}


@progress("comparing")
def benchmark(
    db: Address = None,
    workshop: Choice = None,
    *,
    by: Literal["audience", "country"] | None = None,
    phase: str = "after",
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    k: int = K,
    publish: bool = False,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """Set your workshops beside all others in the store that were asked in the same words.

    It tells what a report tells of a statement, as coarsely: pairs of `k` people or more, the mean
    change in tenths, an interval that is a little too wide. Others are told together, and only
    where they are `k` workshops or more, so that no single one is shown. It is no ranking:
    workshops differ in who came, and small ones differ by chance.

    Parameters
    ----------
    db, module, language, wording, rehearsal
        As in `answers`.
    workshop : str or iterable of str
        The codes of yours.
    by : {"audience", "country"}, optional
        Also the others of each audience, or of each country whose support lines they showed.
    phase : {"after", "followup"}
        When the later answer was given.
    k : int
        The fewest people, and the fewest other workshops, that a row may be about; 5 or more.
    publish : bool
        Log whose answers are counted, as saving a report does: do so before you give it away.
        People who would be alone in the difference to what was published are never counted.

    Returns
    -------
    pandas.DataFrame
        One row per wording that your workshops have, and group:

        - module, item, keyed : category
        - primary : bool
        - language, wording, question : string
        - group : category, ordered yours < others
        - part : string, the audience or country of the others; "all" for all of them
        - workshops, n : int64, of how many workshops and people
        - mean : Float64, mean change in tenths of a point; NA for fewer than 10 people
        - bound : string, "or less" or "or more" where the exact mean would tell answers, else ""
        - low, high : Float64, the 95 % interval as in a report; NA where it has none

    Raises
    ------
    StoreError
        As `answers` does, and if what is published cannot be logged.
    EvaluationError
        Without a workshop, for one that is not there, for a smaller `k`, and for another `by`.

    Examples
    --------
    >>> import myths
    >>> db = myths.rehearsal_data(workshops=12)
    >>> table = myths.benchmark(db, "TRIAL5", module="risk", rehearsal=True)
    >>> table.loc[table["primary"], ["group", "workshops"]].values.tolist()
    [['yours', 1], ['others', 10]]
    """
    if k < K:
        raise EvaluationError(f"k={k} is too few to hide among; use {K} or more.")
    if by is not None and by not in _PARTS:
        raise EvaluationError(f"Others cannot be split by {by!r}: choose {' or '.join(_PARTS)}.")
    survey = Survey(db, None, None, module, language, wording, rehearsal)
    mine = _codes(workshop, survey)
    pairs = survey.select(paired(survey, later_of(phase)))
    pairs = pairs[(pairs["kind"] == Kind.RATING) & (pairs["status"] == COMPLETE)]
    log, rows = opened(db).release_log(), []
    wanted: set[tuple[str, ...]] = set()
    for group in _groups(pairs, survey, mine, by, k):
        table = group.pairs
        if group.name == "others":
            table = _of(table, wanted)
        people = survey.tables.participants
        here = people[people["workshop"].isin(table["workshop"].unique())]
        draft = ReleaseDraft(log, here, survey.tables.answers, k=k)
        told = list(_rows(group, table, draft, survey, phase, k))
        rows += told
        if group.name == "yours":
            wanted = {(each["module"], each["item"], each["wording"]) for each in told}
        if release := draft.release():
            log = replace(log, releases=(*log.releases, release))
            if publish:
                with opened(db).releasing(release, rule=draft.check):
                    pass
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = {key: place for place, key in enumerate(dict.fromkeys(_keys(table)))}
    place = pd.Series([order[key] for key in _keys(table)], table.index, dtype="int64")
    sorted_rows = table.loc[place.sort_values(kind="stable").index]
    return sorted_rows.reset_index(drop=True).astype(_COLUMNS)


class _Group(NamedTuple):
    name: str
    part: str
    pairs: pd.DataFrame
    least: int  # workshops


def _codes(workshop: Choice, survey: Survey) -> list[str]:
    """Return the codes of the own workshops. Raises EvaluationError."""
    codes = listed(workshop)
    if not codes:
        raise EvaluationError("Which workshops are yours? Give their codes as the second value.")
    known = list(dict.fromkeys(survey.tables.participants["workshop"].astype("str")))
    for code in codes:
        if code not in known:
            raise EvaluationError(
                f"Nobody here joined a workshop {code!r}: choose from {', '.join(known)}."
            )
    return codes


def _groups(
    pairs: pd.DataFrame, survey: Survey, mine: list[str], by: str | None, k: int
) -> Iterator[_Group]:
    """Yield the own workshops, all others, and the parts of these that may be told beside them."""
    own = pairs["workshop"].isin(mine)
    others = pairs[~own]
    yield _Group("yours", "all", pairs[own], 1)
    yield _Group("others", "all", others, k)
    if by is None:
        return
    of = {room.code: getattr(room, by) for room in survey.tables.workshops}
    part = others["workshop"].astype("str").map(of)
    names = sorted(part.dropna().unique())
    sizes = others.assign(part=part).groupby([*_KEY, "part"], observed=True)["workshop"].nunique()
    shown = {
        (*key, name)
        for key, each in sizes.groupby(_KEY, observed=True)
        for name, visible in zip(
            each.index.get_level_values("part"), enough(each.tolist(), k=k), strict=True
        )
        if visible
    }
    for name in names:
        rows = others[part == name]
        told = [(*key, name) in shown for key in _keys(rows)]
        if any(told) and len(names) > 1:
            yield _Group("others", name, rows[told], k)


def _rows(
    group: _Group, pairs: pd.DataFrame, draft: ReleaseDraft, survey: Survey, phase: str, k: int
) -> Iterator[dict[str, Any]]:
    """Yield what is told of each wording, of those people who count."""
    kept = counted_pairs(draft, pairs, Phase(phase))
    rooms: dict[Any, int] = kept.groupby(_KEY, observed=True)["workshop"].nunique().to_dict()
    enough_rooms = {key for key, number in rooms.items() if number >= group.least}
    kept = _of(kept, enough_rooms)
    names = {f"{module}.{item} {wording} {phase}" for module, item, wording in enough_rooms}
    draft.rows = {name: marks for name, marks in draft.rows.items() if name in names}
    book = codebook_of(survey.tables.questions)
    for row in published(kept, book, workshops=kept["workshop"].nunique(), k=k):
        yield _told(row, group, rooms[row.module, row.item, row.wording])


def _told(row: PublishedRow, group: _Group, workshops: int) -> dict[str, Any]:
    low, high = row.interval or (None, None)
    same = ("module", "item", "keyed", "primary", "language", "wording", "question", "n", "mean")
    return {
        **{name: getattr(row, name) for name in same},
        "group": group.name,
        "part": group.part,
        "workshops": workshops,
        "bound": {-1: "or less", 1: "or more"}.get(row.end, ""),
        "low": low,
        "high": high,
    }


def _of(table: pd.DataFrame, keys: set[tuple[str, ...]]) -> pd.DataFrame:
    """Keep the rows of these wordings."""
    inside = [key in keys for key in _keys(table)]
    return table[pd.Series(inside, table.index, dtype="bool")]


def _keys(table: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(table[_KEY].astype("str").itertuples(index=False, name=None))
