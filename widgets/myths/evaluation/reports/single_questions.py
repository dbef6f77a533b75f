"""Questions that no pair of before and after is about: reactions, plans, and those on the facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from myths.evaluation.disclosure.people_steps import PrintedCount
from myths.evaluation.disclosure.release_draft import (
    ReleaseDraft,
    about_facts,
    about_one,
    cells_of,
)
from myths.evaluation.figures.figure import rows_of
from myths.vocabulary import Kind, Phase


@dataclass(frozen=True)
class SingleQuestion:
    """A question, and those who gave an answer and count; `right` and `right_last` if they knew."""

    asked: Any
    given: pd.DataFrame
    language: str = ""

    @property
    def printed(self) -> PrintedCount:
        """How many people that is."""
        return PrintedCount(self.asked.module, self.asked.item, self.language, len(self.given))


@dataclass(frozen=True)
class SingleQuestions:
    """All of these questions that at least k people answered.

    `reactions` are ratings that no module repeats. Of the question about the facts there are
    `tries`, of people who have a first try and a last, and `recalled`, where nobody kept a first
    try: as it was in earlier versions.
    """

    reactions: list[SingleQuestion]
    tries: list[SingleQuestion]
    recalled: list[SingleQuestion]

    @classmethod
    def read(cls, said: pd.DataFrame, book: pd.DataFrame, draft: ReleaseDraft) -> SingleQuestions:
        """Find them in the answers; the draft says who counts."""
        asked = (_reactions, _tries, _recalled)
        found = (kind(said, book, draft) for kind in asked)
        return cls(*([each for each in kind if len(each.given) >= draft.k] for kind in found))

    @property
    def printed(self) -> list[PrintedCount]:
        """How many people answered each."""
        return [each.printed for each in (*self.reactions, *self.tries, *self.recalled)]


def _reactions(
    said: pd.DataFrame, book: pd.DataFrame, draft: ReleaseDraft
) -> Iterator[SingleQuestion]:
    for item in rows_of(book[(book["kind"] == Kind.RATING) & book["keyed"].isna()]):
        given = _given(said, item)
        row = about_one(item.module, item.item, item.wording)
        counts = draft.count(row, given["participant"], cells_of(given))
        yield SingleQuestion(item, given[counts], str(item.language))


def _tries(said: pd.DataFrame, book: pd.DataFrame, draft: ReleaseDraft) -> Iterator[SingleQuestion]:
    for items in _on_facts(book, with_first=True):
        first, last = (_right(said, items, phase) for phase in (Phase.BEFORE, Phase.AFTER))
        both = first.merge(last[["participant", "right"]], on="participant", suffixes=("", "_last"))
        cells = [*cells_of(first), *cells_of(last)]
        row = about_facts(items[0].module, first=True)
        counts = draft.count(row, both["participant"], cells)
        yield SingleQuestion(items[0], both[counts])


def _recalled(
    said: pd.DataFrame, book: pd.DataFrame, draft: ReleaseDraft
) -> Iterator[SingleQuestion]:
    for items in _on_facts(book, with_first=False):
        given = _right(said, items, Phase.AFTER)
        row = about_facts(items[0].module, first=False)
        counts = draft.count(row, given["participant"], cells_of(given))
        yield SingleQuestion(items[0], given[counts])


def _on_facts(book: pd.DataFrame, *, with_first: bool) -> Iterator[list[Any]]:
    """Yield each module's wordings of its question about the facts, with first tries or without."""
    recall = book[(book["kind"] == Kind.RECALL) & book["correct"].notna()]
    chosen = recall[recall["phases"].str.contains(Phase.BEFORE) == with_first]
    for _, items in chosen.groupby("module", observed=True, sort=False):
        yield list(rows_of(items))


def _right(said: pd.DataFrame, items: list[Any], phase: Phase) -> pd.DataFrame:
    """Return the answers to these wordings in one phase, and whether each is right."""
    parts = [_given(said, item, [phase]).assign(correct=item.correct) for item in items]
    given = pd.concat(parts)
    return given.assign(right=given["value"] == given["correct"])


def _given(said: pd.DataFrame, item: Any, phases: Collection[str] = Phase.words()) -> pd.DataFrame:
    """Return the answers with a value to one wording of a question."""
    mine = (said["module"] == item.module) & (said["item"] == item.item)
    mine &= said["phase"].isin(phases)
    given: pd.DataFrame = said[mine & (said["wording"] == item.wording)].dropna(subset="value")
    return given
