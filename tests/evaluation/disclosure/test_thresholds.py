"""What is shown of means and of who is missing gives nobody's answer away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product

import myths
import pandas as pd
import pytest
from myths.evaluation.disclosure.bands import K, stepped
from myths.evaluation.disclosure.thresholds import shown_rows
from myths.evaluation.figures.change_chart import in_order, intervals
from myths.evaluation.reports.results import _far
from myths.evaluation.stats.change import changed
from myths.evaluation.stats.description import beside
from myths.store import Store

from tests.evaluation.said import room

STAY = [(4, 3), (4, 2), (3, 3), (5, 2), (4, 4)] * 2  # ten pairs


@pytest.fixture
def ten(file, store) -> pd.DataFrame:
    """The pairs of ten people who rated twice and ten who did not."""
    room(store, "ROOM", [*STAY, *[(3, None)] * 10])
    return myths.pairs(file)


def with_missing(pairs: pd.DataFrame, before: Sequence[int | None]) -> pd.DataFrame:
    """Keep as many of the missing as there are answers, and let them have said those before."""
    missing = pairs.index[pairs["status"] != "complete"]
    table = pairs.drop(missing[len(before) :])
    table.loc[missing[: len(before)], "before"] = pd.array(before, dtype="Float64")
    return changed(beside(table.reset_index(drop=True)), resamples=99)


def printed(change: pd.DataFrame) -> str:
    """All that the report says of these rows, and all that their picture is drawn from."""
    rows = in_order(shown_rows(change), BOOK)
    figure = intervals(change, BOOK)
    drawn = json.dumps(figure.chart.to_dict())
    return "\n".join([*map(str, _far(rows[~rows["part"]])), str(figure), drawn])


BOOK = pd.DataFrame({"module": [], "item": [], "wording": [], "question": []})


def test_whatever_a_few_missing_people_said_the_same_is_printed_and_drawn(ten):
    """Try every answer of one person, and all, beside every number of people missing."""
    seen: dict[str, set[str]] = {}
    for missing in (0, 1, 4, 5, 9):
        for one, others in product([1, 2, 3, 4, 5, None] if missing == 1 else [1, 5], [1, None]):
            answers = [one, *[others] * missing][:missing]
            told = printed(with_missing(ten, answers))
            seen.setdefault(stepped(10 + missing), set()).add(told)
    assert [len(each) for each in seen.values()] == [1, 1]
    few, many = (told for (told,) in seen.values())
    assert "whatever the missing" not in few
    assert "between -2.5 and +1.3 whatever the missing would have said" in many


def test_the_bounds_hold_the_exact_ones(ten):
    for before in ([1] * 5, [5] * 5, [3, 4, None, None, None]):
        exact = with_missing(ten, before)
        told = shown_rows(exact)
        assert (told["mean_worst_case"] >= exact["mean_worst_case"] - 0.05).all()
        assert (told["mean_best_case"] <= exact["mean_best_case"] + 0.05).all()
        assert told["mean_worst_case"].notna().all()


@pytest.mark.parametrize("sizes", [(12, 7), (12, 7, 3), (15, 10, 9), (11, 10, 4), (7, 6, 30)])
def test_no_mean_of_a_small_workshop_can_be_worked_out(sizes, file, store: Store):
    """Who subtracts the means that are shown from that of all is left with ten people or more."""
    for number, size in enumerate(sizes):
        room(store, f"ROOM{number}", ([(5, 1), (4, 4)] * size)[:size])
    rows = shown_rows(myths.change(file))
    shown = rows[rows["mean_change"].notna()]
    left = sum(sizes) - shown.loc[shown["part"], "n"].sum()
    assert left == 0 or left >= 10
    assert rows.loc[~rows["part"], "mean_change"].notna().all()
    seen = intervals(myths.change(file), BOOK).alternative
    assert seen.count("people: ") == len(shown)


def test_a_mean_does_not_tell_that_all_changed_alike(file, store):
    """Fewer than five who changed otherwise look as nobody does."""
    said = set()
    for others in range(K):
        code = f"ROOM{others}"
        room(store, code, [*[(5, 1)] * (12 - others), *[(5, 2)] * others])
        said.add(printed(myths.change(file, code)).replace(code, "ROOM"))
    assert len(said) == 1
    assert "about -4 points" in said.pop()
    room(store, "MORE", [*[(5, 1)] * 7, *[(5, 2)] * 5])
    assert "-3.6" in printed(myths.change(file, "MORE"))
