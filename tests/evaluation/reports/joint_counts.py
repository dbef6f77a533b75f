"""All numbers of people that one report prints, put together: which are left no other value?

Of each workshop and language there are unknown numbers of people who joined, rated a myth before,
rated it both times, came back, tried the question about the facts, and answered each other
question. What a report prints are equations about their sums; whoever reads it is taken to know
which workshop had which modules. Of each number below k integer programming finds the least and
the greatest value that go with all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import myths
import numpy as np
import pandas as pd
from myths.evaluation.disclosure.bands import K
from myths.evaluation.reports import Report
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.evaluation.reports.reading import ENGLISH, table, words

Unknown = tuple[str, str, str, str]  # what is counted, of which module or wording, where, language
Row = NDArray[np.int64]  # how often each unknown is in a sum
STAGES = ("joined", "before", "complete", "followup")
PRINTED = ("joined", "rated before", "rated both times", "at the follow-up")
_STEP = r"(?:fewer than (\d+)|(\d+) to (\d+))"
_MOST = 10_000


class JointCounts:
    """The numbers of a store, and what is known of them together."""

    def __init__(self, file: Path) -> None:
        self.people = myths.participants(file, rehearsal=True).astype({"language": "str"})
        self.pairs = {
            phase: myths.pairs(file, phase=phase, rehearsal=True) for phase in ("after", "followup")
        }
        self.said = myths.answers(file, rehearsal=True).dropna(subset="value")
        self.book = myths.codebook(file)
        primary = self.pairs["after"][self.pairs["after"]["primary"]]
        self.routes = primary.groupby("module", observed=True, sort=False)["workshop"].unique()
        self.truth: dict[Unknown, int] = {}
        self.rules: list[tuple[Row, float, float]] = []
        self._count_all()
        self.names = list(self.truth)
        self.true = np.array([self.truth[name] for name in self.names])
        self._nature()
        self.by_nature = len(self.rules)

    def sum(self, what: str, of: str = "", *, where: object = None, language: str = "") -> Row:
        """Add up what has this name."""
        places = None if where is None else set(map(str, where))
        return np.array(
            [
                int(
                    (name, which) == (what, of)
                    and (places is None or place in places)
                    and language in ("", spoken)
                )
                for name, which, place, spoken in self.names
            ]
        )

    def know(self, row: Row, low: float, high: float) -> None:
        """Add something that is known of a sum, and true."""
        assert low <= row @ self.true <= high, [*np.array(self.names)[row != 0], low, high]
        self.rules.append((row, low, high))

    def given_away(self) -> list[str]:
        """Return the numbers below k that have one value only, though by nature they need not."""
        small = {name: row for name, row in self.asked().items() if row @ self.true < K}
        told = {name: row for name, row in small.items() if self._is_fixed(row, self.rules)}
        nature = self.rules[: self.by_nature]
        return [name for name, row in told.items() if not self._is_fixed(row, nature)]

    def asked(self) -> dict[str, Row]:
        """Name all numbers of people that are looked at: who is there, and who is missing."""
        found = {}
        languages, rooms = ({name[at] for name in self.names} for at in (3, 2))
        for language in languages:
            found[f"joined in {language}"] = self.sum("joined", language=language)
        for room in rooms:
            found[f"joined {room}"] = self.sum("joined", where=[room])
        for module, where in [*self.routes.items(), ("", None)]:
            steps = [self.sum("joined", where=where)]
            steps += [self.sum(stage, module) for stage in STAGES[1:]]
            for stage, (before, after) in zip(STAGES[1:], pairwise(steps), strict=True):
                found[f"{module} not {stage}"] = before - after
        for what, which, _, _ in self.names:
            if what in ("item", "tries", "other"):
                module, *_ = which.split("/")
                where = self.routes.get(module)
                for language in languages:
                    gave = self.sum(what, which, language=language)
                    there = self.sum("joined", where=where, language=language)
                    found[f"{which} {what} in {language}"] = gave
                    found[f"{which} no {what} in {language}"] = there - gave
                gave, there = self.sum(what, which), self.sum("joined", where=where)
                found[f"{which} no {what}"] = there - gave
        return found

    def _count_all(self) -> None:
        for (room, language), some in self._cells(self.people):
            self.truth["joined", "", room, language] = len(some)
        spoken = dict(zip(self.people["participant"], self.people["language"], strict=True))
        self.pairs = {
            phase: each.assign(language=each["participant"].map(spoken).astype("str"))
            for phase, each in self.pairs.items()
        }
        self.said = self.said.assign(language=self.said["participant"].map(spoken).astype("str"))
        reached = self._reached()
        for module in ("", *self.routes.index):
            mine = reached[reached["module"] == module] if module else reached
            for stage in STAGES[1:]:
                there = mine[mine[stage]].drop_duplicates("participant")
                self._note(stage, str(module), there, self.routes.get(module))
        done = self.pairs["after"][self.pairs["after"]["status"] == "complete"]
        for key, some in done.groupby(["module", "item", "wording"], observed=True):
            self._note("item", "/".join(map(str, key)), some, self.routes[key[0]])
        recall = self.said[self.said["kind"] == "recall"]
        tries = recall.groupby(["module", "participant"], observed=True)["phase"].nunique()
        both = tries[tries > 1].reset_index().merge(self.people, on="participant")
        for module in self.routes.index:
            self._note("tries", str(module), both[both["module"] == module], self.routes[module])
        asked = self.book[(self.book["kind"] == "rating") & self.book["keyed"].isna()]
        for module, item, wording in asked[["module", "item", "wording"]].itertuples(index=False):
            given = self.said[self.said["wording"].eq(wording) & self.said["item"].eq(item)]
            given = given[given["module"] == module].drop_duplicates("participant")
            self._note("other", f"{module}/{item}/{wording}", given, self.routes.get(module))

    def _reached(self) -> pd.DataFrame:
        first, then = (each[each["primary"]] for each in self.pairs.values())
        back = then[["participant", "module", "later"]]
        rows = first.merge(back, on=["participant", "module"], how="left", suffixes=("", "_then"))
        complete = rows["status"] == "complete"
        return rows.assign(
            before=rows["before"].notna(),
            complete=complete,
            followup=complete & rows["later_then"].notna(),
        )

    def _note(self, what: str, of: str, some: pd.DataFrame, where: object) -> None:
        """Count these people in every workshop and language in which there could be some."""
        sizes = some.groupby(["workshop", "language"], observed=True).size()
        wording = of.rpartition("/")[2]
        tongues = set(self.book.loc[self.book["wording"] == wording, "language"].astype("str"))
        for name, _, room, language in [name for name in self.truth if name[0] == "joined"]:
            if (where is None or room in set(where)) and language in (tongues or {language}):
                assert name == "joined"
                self.truth[what, of, room, language] = int(sizes.get((room, language), 0))

    def _cells(self, some: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
        for (room, language), each in some.groupby(["workshop", "language"], observed=True):
            yield (str(room), str(language)), each

    def _nature(self) -> None:
        """Know what is so in any store: nobody is missing who has not joined."""
        at = {name: place for place, name in enumerate(self.names)}
        for what, of, room, language in self.names:
            mine = np.zeros(len(self.names), dtype=np.int64)
            mine[at[what, of, room, language]] = 1
            step = STAGES[STAGES.index(what) - 1] if what in STAGES[2:] else "joined"
            if what != "joined":
                above = np.zeros_like(mine)
                above[at[step, of if step != "joined" else "", room, language]] = 1
                self.know(above - mine, 0, _MOST)
            else:
                self.know(mine, 1, _MOST)
            if what in STAGES[1:] and not of:  # any one of the modules
                each = [
                    at[name]
                    for name in at
                    if name[0] == what and name[1] and name[2:] == (room, language)
                ]
                for one in each:
                    over = mine.copy()
                    over[one] = -1
                    self.know(over, 0, _MOST)
                none = -mine
                none[each] = 1
                self.know(none, 0, _MOST)
        for module, item in {each[:2] for each in self._items()}:
            for room, language in {name[2:] for name in self.names}:
                where = {"where": [room], "language": language}
                given = [
                    self.sum("item", "/".join(each[:3]), **where)
                    for each in self._items()
                    if each[:2] == (module, item)
                ]
                self.know(self.sum("joined", **where) - sum(given), 0, _MOST)
        for module, item, _, primary in self._items():
            if primary:
                pairs = self.sum("complete", module)
                for other in [w for m, i, w, _ in self._items() if (m, i) == (module, item)]:
                    pairs = pairs - self.sum("item", f"{module}/{item}/{other}")
                self.know(pairs, 0, 0)

    def _items(self) -> list[tuple[str, str, str, bool]]:
        done = self.pairs["after"].query("status == 'complete'")
        found = done[["module", "item", "wording", "primary"]].drop_duplicates()
        return [(str(m), str(i), str(w), bool(p)) for m, i, w, p in found.itertuples(index=False)]

    def _is_fixed(self, row: Row, rules: list[tuple[Row, float, float]]) -> bool:
        weights, low, high = (np.array(each, dtype=float) for each in zip(*rules, strict=True))
        ends = [
            milp(
                sign * row,
                constraints=LinearConstraint(weights, low, high),
                integrality=np.ones(len(row)),
                bounds=Bounds(0, _MOST),
            )
            for sign in (1, -1)
        ]
        assert all(each.x is not None for each in ends)
        return round(ends[0].fun) == round(-ends[1].fun)


def read(counts: JointCounts, report: Report) -> None:
    """Learn from a report all that it prints of how many people there are."""
    said = words(report)
    for low, high in _steps(said, "people joined"):
        counts.know(counts.sum("joined"), low, high)
    for least, sum_of in (
        ("people took part", counts.sum("joined")),
        ("rated a myth both", counts.sum("complete")),
    ):
        for low in re.findall(rf"(?i)at least (\d+) {least}", said):
            counts.know(sum_of, int(low), _MOST)
    titles = dict(zip(["", *counts.routes.index], _flows(said), strict=True))
    for module, told in titles.items():
        where = counts.routes.get(module)
        for stage, printed in zip(STAGES, PRINTED, strict=True):
            of = "" if stage == "joined" else str(module)
            row = counts.sum(stage, of, where=where if stage == "joined" else None)
            for low, high in _steps(told, printed):
                counts.know(row, low, high)
    _read_bounds(counts, report)
    for what, of in {name[:2] for name in counts.names if name[0] in ("item", "tries", "other")}:
        row = counts.sum(what, of)
        people = int(row @ counts.true)
        counts.know(row, *((people, people) if people >= K else (0, K - 1)))
        assert people < K or re.search(rf"\b{people}\b", said)


def _read_bounds(counts: JointCounts, report: Report) -> None:
    """Learn from the worst and the best case how many may have been asked at most."""
    book = counts.book.drop_duplicates(["module", "item", "wording"])
    for asked, people, mean, bounds, _ in table(report, "How far people moved on the myths"):
        row = next(each for each in book.itertuples() if each.question.rstrip(".") in asked)
        n, where = int(people), counts.routes[row.module]
        if mean[0] in "+-0" and " or " not in mean:
            told = float(mean.split()[0])
            fit = [most for most in range(n, 9 * n) if bounds == _bounds(told, n, most)]
            there = counts.sum("joined", where=where, language=str(row.language))
            counts.know(there, n, fit[-1] if fit else n + K - 1)


def _bounds(mean: float, n: int, most: int) -> str:
    centre, reach = mean * n / most, 4 * (most - n) / most
    low, high = centre - reach, centre + reach
    return f"{ENGLISH.signed(low)} to {ENGLISH.signed(high)}"


def _flows(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("“") and "joined; " in line]


def _steps(said: str, after: str) -> Iterator[tuple[int, int]]:
    for fewer, low, high in re.findall(f"(?i){_STEP} {after}", said):
        yield (0, int(fewer) - 1) if fewer else (int(low), int(high))
