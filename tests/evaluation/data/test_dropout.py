"""Who left at each step, and that nobody can be worked out from what is told of it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import myths
import pandas as pd
import pytest
from myths.evaluation.data.dropout import REASONS, STEPS, leaving
from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.people_steps import PeopleSteps, PrintedCount
from myths.evaluation.figures.flow_chart import _sentence, people_left
from myths.evaluation.words import words

from tests.evaluation.said import DECLINED, room, say

ENGLISH = words()


def table(file: Path, **options: bool) -> pd.DataFrame:
    tables = (myths.pairs(file, phase=phase, **options) for phase in ("after", "followup"))
    return leaving(*tables).set_index("module")


def reasons(row: pd.Series, step: str) -> dict[str, int]:
    return {why: row[f"{step}_{why}"] for why in REASONS if row[f"{step}_{why}"]}


@pytest.fixture(scope="module")
def rehearsed() -> pd.DataFrame:
    return table(myths.rehearsal_data(), rehearsal=True)


def test_each_step_holds_only_people_of_the_step_before_and_the_rest_have_a_reason(rehearsed):
    for _, row in rehearsed.iterrows():
        for here, there in pairwise(STEPS):
            assert row[here] - row[there] == sum(reasons(row, there).values()) >= 0


def test_modules_agree_with_attrition_and_come_in_its_order(rehearsed):
    counts = myths.attrition(myths.rehearsal_data(), rehearsal=True)
    counts = counts.groupby("module", observed=True, sort=False).sum(numeric_only=True)
    assert rehearsed.index.tolist() == ["", *counts.index]
    steps = ["joined", "before", "complete"]
    assert (rehearsed.loc[counts.index, steps] == counts[steps].astype(int)).all(axis=None)
    assert (rehearsed["followup"].iloc[1:] <= counts["followup"].to_numpy(dtype=int)).all()


def test_it_tells_why_people_left_at_each_step(file, store):
    pairs = [(4, 2)] * 3 + [(3, None), (3, DECLINED), (None, 1), (DECLINED, 3), (None, None)]
    names = room(store, "ROOM", pairs)
    say(store, names[0], "myth", "followup", 2)
    say(store, names[1], "myth", "followup", DECLINED)
    say(store, names[3], "myth", "followup", 2)  # back, but gone in between
    row = table(file).loc["risk"]
    assert row[[*STEPS]].tolist() == [8, 5, 3, 1]
    assert reasons(row, "before") == {"silent": 2, "declined": 1}
    assert reasons(row, "complete") == {"silent": 1, "declined": 1}
    assert reasons(row, "followup") == {"silent": 1, "declined": 1}


def test_who_was_never_asked_again_has_not_refused(file, store):
    room(store, "ROOM1", [(4, None)] * 2)
    room(store, "ROOM2", [(4, 3), (4, None)])
    row = table(file).loc["risk"]
    assert reasons(row, "complete") == {"other": 2, "silent": 1}
    assert not row["asked_back"]
    assert row["followup"] == 0


def test_in_the_series_one_myth_is_enough_to_stay(file, store):
    names = room(store, "ROOM", [(4, 2), (None, None), (DECLINED, None)])
    say(store, names[1], "myth", "before", 3, module="harm")
    say(store, names[0], "myth", "before", 3, module="harm")
    say(store, names[0], "myth", "after", 3, module="harm")
    row = table(file).loc[""]
    assert row[["joined", "before", "complete"]].tolist() == [3, 2, 1]
    assert reasons(row, "before") == {"declined": 1}
    assert reasons(row, "complete") == {"silent": 1}


def test_without_answers_nobody_left(file, store):
    assert leaving(myths.pairs(file), myths.pairs(file, phase="followup")).empty


def drawn(joined: int, before: int, complete: int, declined: int) -> pd.DataFrame:
    """One row as in the table of who left."""
    usual = dict.fromkeys(("before_other", "complete_other", "complete_declined"), 0)
    gone = {"before_silent": joined - before - declined, "before_declined": declined}
    steps = {"joined": joined, "before": before, "complete": complete, "followup": 0}
    more = {"module": "risk", "asked_back": False, "complete_silent": before - complete}
    return pd.DataFrame([steps | usual | gone | more])


def test_from_all_that_is_told_no_small_loss_can_be_worked_out():
    """Try every small room: what a reader sees must fit more than one number of people lost.

    The picture tells steps; other places of the report tell exactly how many pairs there are.
    That nobody left is a number of people lost, too.
    """
    seen: dict[tuple[str, int], set[tuple[int, int, int]]] = defaultdict(set)
    for joined in range(K, 30):  # all rooms of the same steps are there
        for before in range(joined + 1):
            for complete in range(K, min(before, 20) + 1):
                for declined in range(joined - before + 1):
                    silent = joined - before - declined
                    why = {"before_declined": declined, "before_silent": silent}
                    row = seen_of(joined, before, complete, **why)
                    losses = joined - before, before - complete, declined
                    steps = PeopleSteps(known=frozenset([complete]))
                    seen[_sentence(row, ENGLISH, "", steps), complete].add(losses)
    assert len(seen) > 100
    for told, losses in seen.items():
        for place in range(3):
            small = {loss[place] for loss in losses}
            assert len(small) > 1 or min(small) >= K, told


def test_how_many_of_the_pairs_came_back_cannot_be_worked_out():
    """Try all numbers of pairs, and of those at the follow-up, with all that is told of them."""
    seen: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for complete in range(K, 25):
        for followup in range(complete + 1):
            for pairs in range(max(followup, K), 25):
                row = seen_of(complete, complete, complete, followup=followup, asked_back=True)
                steps = PeopleSteps(known=frozenset([complete]))
                sentence = _sentence(row, ENGLISH, "", steps)
                told = sentence, complete, steps.told(pairs, ENGLISH)
                seen[told].add(complete - followup)
    assert len(seen) > 100
    for told, losses in seen.items():
        assert len(losses) > 1 or min(losses) >= K, told


def seen_of(joined: int, before: int, complete: int, **more: Any) -> SimpleNamespace:
    """A row of the table of who left, as the picture takes it."""
    why = {f"{step}_{reason}": 0 for step in STEPS for reason in REASONS}
    steps = {"joined": joined, "before": before, "complete": complete, "followup": 0}
    return SimpleNamespace(**(steps | why | {"asked_back": False} | more))


def test_rooms_of_which_the_same_is_told_have_the_same_picture():
    """Nor can a loss be measured in the picture: it is drawn from what is told."""
    first = people_left(drawn(24, 21, 18, 2), ENGLISH)
    second = people_left(drawn(22, 20, 17, 1), ENGLISH)
    assert first.svg() == second.svg()
    assert first.alternative == second.alternative
    assert people_left(drawn(24, 19, 18, 2), ENGLISH).svg() != first.svg()


def test_numbers_are_told_and_drawn_in_steps():
    steps = PeopleSteps()
    assert [steps.told(n, ENGLISH) for n in (0, 4, 5, 9, 64)] == [
        *("fewer than 5", "fewer than 5", "5 to 9", "5 to 9", "60 to 64")
    ]
    assert PeopleSteps(10).told(19, ENGLISH) == "10 to 19"
    assert {steps.middle(n) for n in range(60, 65)} == {62}
    assert [steps.lost(24, n, ENGLISH) for n in (22, 18, 14, 5)] == [
        *("fewer than 5", "fewer than 10", "6 to 14", "11 to 19")
    ]


def test_two_steps_are_one_where_an_exact_number_ends_or_begins_one():
    steps = PeopleSteps(known=frozenset([5, 12, 19, 25]))
    told = [steps.told(n, ENGLISH) for n in (0, 4, 5, 9, 10, 14, 15, 19, 20, 24, 29, 30)]
    few = ["fewer than 10"] * 4
    assert told == [*few, *["10 to 14"] * 2, *["15 to 29"] * 5, "30 to 34"]
    assert {steps.middle(n) for n in range(15, 30)} == {22}
    assert steps.lost(30, 20, ENGLISH) == "fewer than 20"


def test_what_exact_numbers_are_together_ends_no_step_either():
    """In English 13 people rated, in two wordings, and 15 rated the fact; 6 in German."""
    english = [("risk", "myth", "en", 8), ("risk", "myth", "en", 5), ("risk", "fact", "en", 15)]
    counts = [*english, ("risk", "myth", "de", 6)]
    steps = PeopleSteps.beside((PrintedCount(*each) for each in counts), k=K)
    assert steps.known == {8, 5, 15, 6, 13 + 6, 15 + 6}
    tries = PrintedCount("risk", "recall", "", 18)  # of any language
    assert PeopleSteps.beside([tries], k=K).known == {18}


def test_the_picture_tells_each_step_and_why_people_left():
    figure = people_left(drawn(24, 11, 9, 9), ENGLISH, {"risk": "Risk"})
    assert figure.alternative == (
        "“Risk”: 20 to 24 joined; 6 to 14 went no further, mostly: prefer not to say; 10 to 14 "
        "rated before; fewer than 10 went no further; 5 to 9 rated both times; nobody has been "
        "asked at a follow-up yet."
    )
    both = people_left(drawn(24, 11, 9, 6), ENGLISH, {"risk": "Risk"})
    assert "went no further, for several reasons" in both.alternative
    few = people_left(drawn(4, 3, 2, 1), ENGLISH)
    assert few.alternative == "No module was opened by 5 people or more."
    assert "joined" not in few.svg()
