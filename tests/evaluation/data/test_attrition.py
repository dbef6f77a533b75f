from __future__ import annotations

from pathlib import Path

import myths
import pandas as pd
import pytest

from tests.evaluation.said import DECLINED, join, room, say

REASONS = [
    *("no_answer_before", "no_answer_later", "no_answer", "declined_before", "declined_later"),
    *("declined_both", "wording_changed", "never_asked_twice"),
]


@pytest.fixture(scope="module")
def rehearsed() -> Path:
    return myths.rehearsal_data()


def test_pairs_and_reasons_add_up_to_who_joined(rehearsed):
    table = myths.attrition(rehearsed, rehearsal=True)
    assert (table[["complete", *REASONS]].sum(axis=1) == table["joined"]).all()
    people = myths.participants(rehearsed, rehearsal=True)["workshop"].value_counts()
    assert (table["joined"] == table["workshop"].astype("str").map(people)).all()


def test_it_counts_each_phase_and_each_reason(file, store):
    names = room(store, "ROOM", [(4, 2), (3, None), (None, 1), (DECLINED, 3), (None, None)])
    say(store, names[0], "myth", "followup", 2)
    (row,) = myths.attrition(file).to_dict("records")
    assert (row["joined"], row["before"], row["after"], row["followup"]) == (5, 2, 3, 1)
    assert row["complete"] == 1
    reasons = {name: count for name in REASONS if (count := row[name])}
    assert reasons == dict.fromkeys(
        ["no_answer_later", "no_answer_before", "declined_before", "no_answer"], 1
    )


def test_the_follow_up_has_its_own_pairs_and_reasons(file, store):
    names = room(store, "ROOM", [(4, 2), (3, 3)])
    say(store, names[0], "myth", "followup", 2)
    (row,) = myths.attrition(file, phase="followup").to_dict("records")
    assert (row["after"], row["followup"], row["complete"], row["no_answer_later"]) == (2, 1, 1, 1)


def test_it_counts_the_primary_item_or_the_one_that_is_named(file, store):
    names = room(store, "ROOM", [(4, 2), (3, 3)])
    say(store, names[0], "fact", "before", 2)
    assert myths.attrition(file)["item"].tolist() == ["myth"]
    assert myths.attrition(file, item="fact")["before"].tolist() == [1]


def test_a_module_has_rows_only_for_the_workshops_that_had_it(file, store):
    room(store, "ROOM1", [(4, 3)])
    room(store, "ROOM2", [(4, 3)], module="harm")
    join(store, "ROOM2", 3)
    table = myths.attrition(file)
    assert table[["workshop", "module", "joined"]].astype("str").to_numpy().tolist() == [
        ["ROOM1", "risk", "1"],
        ["ROOM2", "harm", "4"],
    ]


def test_the_columns_are_the_same_without_rows(file, store):
    empty = myths.attrition(file)
    room(store, "ROOM", [(4, 2)])
    full = myths.attrition(file)
    assert empty.empty
    assert [*map(str, empty.dtypes)] == [*map(str, full.dtypes)]
    assert isinstance(full["joined"].dtype, pd.Int64Dtype)
