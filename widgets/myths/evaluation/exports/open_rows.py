"""The rows of open data: people with their closed answers, as far as nobody is found by them.

What is left out is left out until nothing more has to be: a row that loses a module may leave too
few others with the same ones, and so on. In the end everything that `anonymity` asks for holds of
what is there, and so does the rule of releases: beside all that was published, each question tells
of nobody, or of at least k people, who are not in that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

import numpy as np
import pandas as pd

from myths import languages
from myths.evaluation.data.spread import in_order
from myths.evaluation.disclosure import anonymity
from myths.evaluation.disclosure.anonymity import Parts
from myths.evaluation.disclosure.release_draft import (
    Cell,
    ReleaseDraft,
    about_facts,
    about_one,
    about_pair,
)
from myths.evaluation.exports.closed_answers import ITEM, closed
from myths.evaluation.exports.spool import WORDING
from myths.evaluation.exports.target import ExportError
from myths.store import CELL, OPEN_DATA, ReleaseLog, Workshop
from myths.vocabulary import LATER, Kind, Phase

KNOWN = ["group", "audience", "country", "language"]  # what others may know of somebody
_Question = tuple[str, list[Cell], pd.Index, list[str]]
_NOTHING = (
    "Nothing can be published: everything would be about fewer than {k} people, by itself or "
    "beside what was published before. Wait for more workshops, or publish a report: myths report."
)
_CAME_BACK = ""  # the part that is the follow-up; no module is called so


@dataclass(frozen=True, eq=False)
class OpenRows:
    """What is published: a row for each person, in an order that chance has made.

    `known` has a number for each row and the columns in KNOWN, and `answers` the answers;
    `smallest` is how many rows the smallest combination has, and `alone` how many have one of their
    own; `unique` is how many differ from all others in their answers, `found` the share in which a
    combination and two answers leave one row, and `kept` that of all closed answers. `counts` has
    how many answers each WORDING has, and `draft` is what is to be logged.
    """

    known: pd.DataFrame
    answers: pd.DataFrame
    smallest: int
    alone: int
    unique: int
    found: float
    kept: float
    counts: Counter[tuple[str, ...]]
    draft: ReleaseDraft


def open_rows(
    people: pd.DataFrame,
    said: pd.DataFrame,
    questions: pd.DataFrame,
    rooms: Mapping[str, Workshop],
    log: ReleaseLog,
    *,
    k: int,
) -> OpenRows:
    """Make the rows about these `people`; `rooms` are their workshops, by their codes."""
    theirs = said[said["participant"].isin(people["participant"])]
    given = closed(theirs, questions, k=k)
    cells = given[CELL].drop_duplicates().itertuples(index=False, name=None)
    columns = [".".join(cell) for cell in in_order(cells, questions)]
    answers = given.pivot_table(index="participant", columns="column", values="value")[columns]
    answers = answers.rename_axis(index=None, columns=None)
    whose = people.astype({"participant": "str", "workshop": "str", "language": "str"})
    whose = whose.set_index("participant")
    left = -1
    while left != (left := int(answers.notna().sum().sum())):
        answers = answers[answers.notna().any(axis=1)]
        if answers.empty:
            raise ExportError(_NOTHING.format(k=k))
        here = whose.loc[answers.index]
        groups = anonymity.merged(here["workshop"].tolist(), k=k)
        tongues = anonymity.told(groups, [*here["language"].map(languages.full)], k=k)
        parts = _shared(groups, tongues, _parts(answers), k=k)
        answers = _within(answers, parts)
        combinations = [*zip(groups, tongues, parts, strict=True)]
        answers = anonymity.without_alike(answers, combinations)
        draft = ReleaseDraft(log, people[people["participant"].isin(answers.index)], said, k=k)
        answers = _counted(answers, given, draft)
    draft.count(OPEN_DATA, pd.Series(answers.index, dtype="str"), ())
    sizes = [*Counter(combinations).values()]
    rooms_here = [rooms[code] for code in here["workshop"]]
    known, order = _shuffled(groups, tongues, rooms_here)
    return OpenRows(
        known,
        answers.iloc[order].reset_index(drop=True).dropna(axis=1, how="all").convert_dtypes(),
        min(sizes),
        sizes.count(1),
        anonymity.unique(answers),
        anonymity.found(answers, combinations),
        left / len(given),
        _asked(given, answers),
        draft,
    )


def _parts(answers: pd.DataFrame) -> list[Parts]:
    """Return of each person the modules and pages in which they answered, and if they came back.

    Of a module that asks before and after it takes an answer to both.
    """
    there = answers.notna()
    cells = [str(column).split(".") for column in answers]
    found = pd.DataFrame(index=answers.index)
    for module in dict.fromkeys(cell[0] for cell in cells):
        for phase in (Phase.BEFORE, Phase.AFTER):
            asked = [cell[0] == module and cell[-1] == phase for cell in cells]
            if any(asked):
                answered = there.loc[:, asked].any(axis=1)
                found[module] = answered & found.get(module, True)
    found[_CAME_BACK] = there.loc[:, [cell[-1] == Phase.FOLLOWUP for cell in cells]].any(axis=1)
    return [frozenset(found.columns[row]) for row in found.to_numpy(bool)]


def _shared(
    groups: Sequence[str], tongues: Sequence[str], parts: Sequence[Parts], *, k: int
) -> list[Parts]:
    """Leave of each person's parts those that enough of the same group and language have."""
    places = pd.Series(range(len(groups))).groupby([[*groups], [*tongues]]).indices
    found = dict[int, Parts]()
    for rows in places.values():
        found |= zip(rows, anonymity.shared([parts[row] for row in rows], k=k), strict=True)
    return [found[row] for row in range(len(groups))]


def _within(answers: pd.DataFrame, parts: Sequence[Parts]) -> pd.DataFrame:
    """Leave out the answers that belong to none of somebody's parts."""
    answers = answers.copy()
    cells = {str(column): str(column).split(".") for column in answers}
    modules = {cell[0] for cell in cells.values() if cell[-1] != Phase.FOLLOWUP}
    for column, (module, *_, phase) in cells.items():
        needs = {module} & modules
        if phase == Phase.FOLLOWUP:
            needs.add(_CAME_BACK)
        answers[column] = answers[column].where(np.array([needs <= own for own in parts]))
    return answers


def _counted(answers: pd.DataFrame, given: pd.DataFrame, draft: ReleaseDraft) -> pd.DataFrame:
    """Leave out the answers that do not count beside what was published."""
    answers = answers.copy()
    for question, cells, names, columns in _questions(answers, given):
        counts = draft.count(question, pd.Series(names, dtype="str"), cells)
        answers.loc[names[~counts], columns] = np.nan
    return answers


def _questions(answers: pd.DataFrame, given: pd.DataFrame) -> Iterator[_Question]:
    """Yield what reports tell by itself: its name, its cells, whose answers, and in which columns.

    Each is looked up when it is asked for: who does not count in one is not in the next.
    """
    key: Any
    for key, rows in given.groupby(ITEM, sort=False):
        module, item = map(str, key)
        columns = {phase: f"{module}.{item}.{phase}" for phase in Phase.words()}
        columns = {phase: name for phase, name in columns.items() if name in answers}
        wordings = rows.drop_duplicates("participant").set_index("participant")["wording"]
        if (rows["kind"] == Kind.RECALL).all():
            first = Phase.BEFORE in columns
            names = answers.index[answers[[*columns.values()]].notna().all(axis=1)]
            cells = [(module, item, phase) for phase in columns]
            yield about_facts(module, first=first), cells, names, [*columns.values()]
        elif not rows["paired"].all():
            names = answers.index[answers[[*columns.values()]].notna().any(axis=1)]
            cells = [(module, item, phase) for phase in sorted(columns)]
            for wording, whose in _by_wording(names, wordings):
                yield about_one(module, item, wording), cells, whose, [*columns.values()]
        else:
            for phase in (each for each in LATER if {Phase.BEFORE, each} <= columns.keys()):
                both = [columns[Phase.BEFORE], columns[phase]]
                names = answers.index[answers[both].notna().all(axis=1)]
                cells = [(module, item, each) for each in (Phase.BEFORE, phase)]
                gone = [*columns.values()] if phase == Phase.AFTER else both[1:]
                for wording, whose in _by_wording(names, wordings):
                    yield about_pair(module, item, wording, phase), cells, whose, gone


def _by_wording(
    names: pd.Index[str], wordings: pd.Series[str]
) -> Iterator[tuple[str, pd.Index[str]]]:
    for wording, whose in wordings[names].groupby(wordings[names], sort=True):
        yield str(wording), whose.index


def _asked(given: pd.DataFrame, answers: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """Count the answers to each WORDING that are there."""
    places = answers.stack().dropna().index
    there = given[pd.MultiIndex.from_frame(given[["participant", "column"]]).isin(places)]
    return Counter(there[WORDING].itertuples(index=False, name=None))


def _shuffled(
    groups: Sequence[str], tongues: Sequence[str], rooms: Sequence[Workshop]
) -> tuple[pd.DataFrame, list[int]]:
    """Put the rows into an order that chance makes, and number groups as they come in it."""
    order = [*range(len(groups))]
    SystemRandom().shuffle(order)
    frame = pd.DataFrame(
        {
            "group": groups,
            "audience": [room.audience for room in rooms],
            "country": [room.country for room in rooms],
            "language": tongues,
        }
    ).iloc[order]
    for name in ("audience", "country"):  # told of a group that is alike in it
        kinds = frame.groupby("group")[name].transform("nunique")
        frame[name] = frame[name].where(kinds == 1)
    frame["group"] = pd.factorize(frame["group"])[0] + 1
    frame["language"] = frame["language"].replace("", None)
    frame.insert(0, "row", range(1, len(frame) + 1))
    return frame.reset_index(drop=True).convert_dtypes(), order
