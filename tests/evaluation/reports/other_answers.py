"""Copies of a store in which people gave other answers to a question, and what is told of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import myths
import numpy as np
from myths.evaluation.disclosure.bands import K
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tests.evaluation.disclosure.inversion import Table
from tests.evaluation.reports.reading import DAY

RATINGS = [1, 2, 3, 4, 5]
SURE = [1, 3, 5, 6, 9]  # one of the confidences from 0 to 10 that a report puts together
_CUTS = [2.5, 4.5, 5.5, 7.5]
_NEWEST = """
    update answers set value = ? where seq = (
        select max(seq) from answers
        join participants on participants.id = answers.participant
        join questions on questions.id = answers.question
        where name = ? and module = ? and item = ? and phase = ?
    )
"""


@dataclass(frozen=True)
class AskedTwice:
    """What each of `names` answered before and later, by the place among five from 0."""

    module: str
    item: str
    wording: str
    phase: str
    values: list[int]
    names: list[str]
    places: NDArray[np.int64]  # (people, 2)

    @property
    def key(self) -> tuple[str, str, str]:
        """Name the wording."""
        return self.module, self.item, self.wording

    @property
    def table(self) -> Table:
        """Count who gave which two answers."""
        made = np.zeros((5, 5), dtype=np.int64)
        np.add.at(made, tuple(self.places.T), 1)
        return made

    def write(self, file: Path, table: Table) -> None:
        """Let the people have answered as in this table, as many of them as can be as they did."""
        cells = np.repeat(list(product(range(5), range(5))), table.ravel(), axis=0)
        differ = self.places[:, None] != cells[None]
        _, chosen = linear_sum_assignment(differ @ [3, 1])
        with closing(sqlite3.connect(file)) as conn, conn:
            for name, old, new in zip(self.names, self.places, cells[chosen], strict=True):
                for phase, was, place in zip(("before", self.phase), old, new, strict=True):
                    if was != place:
                        where = name, self.module, self.item, phase
                        done = conn.execute(_NEWEST, (self.values[place], *where))
                        assert done.rowcount == 1


def asked_twice(file: Path, phase: str) -> Iterator[AskedTwice]:
    """Yield what was asked before and later, of each wording that enough people answered."""
    pairs = myths.pairs(file, phase=phase, rehearsal=True)
    done = pairs[pairs["status"] == "complete"]
    keys = ["module", "item", "wording"]
    for key, some in done.groupby(keys, observed=True):
        sure = some["kind"].iloc[0] == "confidence"
        given = some[["before", "later"]].to_numpy(dtype=float)
        places = np.searchsorted(_CUTS, given) if sure else given.astype(np.int64) - 1
        if len(some) >= K:
            module, item, wording = map(str, key)
            values = SURE if sure else RATINGS
            names = list(map(str, some["participant"]))
            yield AskedTwice(module, item, wording, phase, values, names, places)


def copied(file: Path, folder: Path) -> Path:
    """Copy a store."""
    copy = folder / "copy.sqlite"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    return copy


def page(file: Path, language: str = "en") -> str:
    """Return the whole report: every table, picture, alternative and sentence."""
    return myths.report(file, rehearsal=True, day=DAY, language=language).html()
