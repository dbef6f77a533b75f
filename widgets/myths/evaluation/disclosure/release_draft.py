"""The release that a report would be: for each of its rows, whose answers are counted in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.pairs import COMPLETE
from myths.evaluation.disclosure.differences import Row, counted
from myths.evaluation.words import EvaluationWords
from myths.store import CELL, Mark, Release, ReleaseLog
from myths.vocabulary import Phase

Cell = tuple[str, str, str]  # module, item, phase: what somebody has one answer to


def cells_of(said: pd.DataFrame) -> list[Cell]:
    """List what these answers were given to."""
    found = said[CELL].drop_duplicates().astype("str").itertuples(index=False)
    return sorted((module, item, phase) for module, item, phase in found)


def about_pair(module: str, item: str, wording: str, phase: str) -> str:
    """Name what tells of the answers before and in a later phase."""
    return f"{module}.{item} {wording} {phase}"


def about_one(module: str, item: str, wording: str) -> str:
    """Name what tells of the answers to a question that was asked once."""
    return f"{module}.{item} {wording}"


def about_facts(module: str, *, first: bool) -> str:
    """Name what tells who knew a module's fact, with their first try or without."""
    return f"{module} tries" if first else f"{module} recall"


class ReleaseDraft:
    """What a report publishes, worked out row by row while it is made.

    `people` and `said` are the tables of participants and of their answers. Made-up people, those
    of rehearsals, are always counted and hide nobody. With `log` None the report is private: it
    counts everybody, and nothing is to be logged.
    """

    def __init__(
        self, log: ReleaseLog | None, people: pd.DataFrame, said: pd.DataFrame, *, k: int
    ) -> None:
        self.log, self.k = log, k
        self.rows: dict[str, Row] = {}
        self.held: dict[
            str, list[Release]
        ] = {}  # questions that do not count all, because of these
        self._left_out: dict[str, int] = {}
        self.logged = False
        self._offered = False
        self._said = said
        real = people[~people["rehearsal"]]
        self._real = set(real["participant"].astype("str"))
        self._workshops = tuple(dict.fromkeys(real["workshop"].astype("str")))

    def count(
        self, question: str, people: pd.Series[Any], cells: Iterable[Cell]
    ) -> np.ndarray[Any, Any]:
        """Return which of the people count in the row about `question`, in their order.

        `cells` are what the row tells the answers to. A question has one row in a report.
        """
        names = people.astype("str").to_numpy()
        if self.log is None:
            return np.ones(len(names), dtype=bool)
        cells = list(cells)
        marks = {
            name: self.log.marks(name, self._version(name, cells))
            for name in set(names) & self._real
        }
        earlier = [each for each in self.log.releases if each.rows.get(question)]
        chosen = counted(marks, [each.rows[question] for each in earlier], k=self.k)
        self._offered |= len(marks) >= self.k
        if chosen:
            self.rows[question] = frozenset(self._known(marks[name]) for name in chosen)
        if earlier and len(chosen) < len(marks):
            self.held[question] = earlier
            self._left_out[question] = len(marks) - len(chosen)
        return np.array([name in chosen or name not in marks for name in names], dtype=bool)

    def release(self) -> Release | None:
        """Return what is to be logged; None if all of it was published before."""
        if self.log is None or self.logged or all(map(self._is_told, self.rows.items())):
            return None
        return Release(datetime.now(UTC), self._workshops, self.rows)

    def notes(self, words: EvaluationWords) -> list[str]:
        """Name the questions that count not all, with what was published of them before."""
        notes = []
        for question, releases in self.held.items():
            people = words.numbers.not_counted.of(self._left_out[question])
            reports = "; ".join(
                f"{words.day(day)} ({', '.join(workshops)})" for day, workshops in _told(releases)
            )
            held = words.report.held.format(question=question, people=people, reports=reports)
            notes.append(held)
        return notes

    def refuse(self) -> None:
        """Raise EvaluationError if nobody counts anywhere because of what was published."""
        if self.rows or not self._offered:
            return
        earlier = {each.name: each for rows in self.held.values() for each in rows}
        raise EvaluationError(
            f"Beside the report {_named(earlier.values())}, everything in this one would be about "
            f"fewer than {self.k} people: wait until more have answered, choose other workshops, "
            "or add --private (in Python private=True) for a report for your own eyes."
        )

    def check(self, log: ReleaseLog) -> None:
        """Look again, beside what was published by now. Raises EvaluationError."""
        for question, row in self.rows.items():
            earlier = [each.rows[question] for each in log.releases if question in each.rows]
            if len(counted({str(mark): [mark] for mark in row}, earlier, k=self.k)) < len(row):
                raise EvaluationError(
                    "Another report was published while this one was made, and together they would "
                    f"tell about fewer than {self.k} people: make this one again."
                )

    def _is_told(self, row: tuple[str, Row]) -> bool:
        releases = self.log.releases if self.log else ()
        return any(each.rows.get(row[0]) == row[1] for each in releases)

    @cached_property
    def _known_marks(self) -> set[Mark]:
        releases = self.log.releases if self.log else ()
        return set().union(*(row for each in releases for row in each.rows.values()))

    def _known(self, marks: tuple[Mark, ...]) -> Mark:
        """Choose the mark that somebody had in an earlier release, if there is one."""
        return next((mark for mark in marks if mark in self._known_marks), marks[0])

    def _version(self, name: str, cells: list[Cell]) -> str:
        return " ".join(str(self._times.get(cell, {}).get(name, "")) for cell in cells)

    @cached_property
    def _times(self) -> dict[Cell, dict[str, int]]:
        """When everybody gave the answers that they have now."""
        names = self._said["participant"].astype("str").to_numpy()
        at = self._said["answered_at"].astype("int64").to_numpy()
        places = self._said.groupby(CELL, observed=True).indices
        return {
            _cell(cell): dict(zip(names[rows], at[rows].tolist(), strict=True))
            for cell, rows in places.items()
        }


def counted_pairs(draft: ReleaseDraft, pairs: pd.DataFrame, phase: Phase) -> pd.DataFrame:
    """Leave out the complete pairs that do not count in what is published."""
    keep = np.ones(len(pairs), dtype=bool)
    complete = np.flatnonzero(pairs["status"] == COMPLETE)
    asked = pairs.iloc[complete].groupby(["module", "item", "wording"], observed=True)
    key: Any
    for key, places in asked.indices.items():
        module, item, wording = (str(each) for each in key)
        rows = complete[places]
        cells = [(module, item, each) for each in (Phase.BEFORE, phase)]
        question = about_pair(module, item, wording, phase)
        keep[rows] = draft.count(question, pairs["participant"].iloc[rows], cells)
    return pairs[keep].reset_index(drop=True)


def _told(releases: Iterable[Release]) -> list[tuple[date, tuple[str, ...]]]:
    return sorted({(each.at.date(), each.workshops) for each in releases})


def _named(releases: Iterable[Release]) -> str:
    return " and that ".join(
        f"of {day} ({', '.join(workshops)})" for day, workshops in _told(releases)
    )


def _cell(key: Any) -> Cell:
    module, item, phase = key
    return str(module), str(item), str(phase)
