"""Three waves of the same people, and how many modules each went through."""

from __future__ import annotations

import myths
import pytest
from myths.errors import EvaluationError

from tests.evaluation.said import DECLINED, room, say

THEN = [1, 2, None, DECLINED, 3, 4]
PAIRS = [(4, 2), (5, 3), (4, 4), (3, 2), (None, 3), (4, 3)]


@pytest.fixture
def came(file, store):
    """Two rooms: in one some came back, in the other nobody was asked again."""
    names = room(store, "ROOM", PAIRS)
    for name, value in zip(names, THEN, strict=True):
        say(store, name, "myth", "followup", value)
    room(store, "OTHER", [(5, 1)] * 3)
    return file


def test_the_same_people_are_in_each_step_and_who_did_not_come_back_beside_them(came):
    table = myths.waves(came)
    told = table[["came_back", "since", "phase", "n", "mean_before", "mean_later"]]
    assert told.astype("object").to_numpy().tolist() == [
        [True, "before", "after", 3, pytest.approx(13 / 3), pytest.approx(8 / 3)],
        [True, "after", "followup", 3, pytest.approx(8 / 3), pytest.approx(7 / 3)],
        [True, "before", "followup", 3, pytest.approx(13 / 3), pytest.approx(7 / 3)],
        [False, "before", "after", 2, 3.5, 3],
    ]
    assert set(table["workshop"]) == {"ROOM"}


def test_the_steps_add_up(came):
    first, then, both = myths.waves(came)["mean_change"][:3]
    assert first + then == pytest.approx(both)


def test_a_pair_may_begin_after(came):
    pairs = myths.pairs(came, "ROOM", since="after", phase="followup")
    done = pairs[pairs["status"] == "complete"]
    assert done[["before", "later"]].to_numpy().tolist() == [[2, 1], [3, 2], [3, 3], [3, 4]]
    assert done["all_three"].tolist() == [True, True, False, True]
    assert set(pairs["since"]) == {"after"}
    (row,) = myths.change(came, "ROOM", since="after", phase="followup").to_dict("records")
    assert (row["since"], row["phase"], row["n"]) == ("after", "followup", 4)
    table = myths.distribution(came, "ROOM", since="after", phase="followup")
    assert table["people"].sum() == 4


@pytest.mark.parametrize("since", ["followup", "after", "earlier"])
def test_phases_in_another_order_are_refused(since, came):
    with pytest.raises(EvaluationError, match="choose 'before'"):
        myths.pairs(came, since=since)


@pytest.mark.parametrize(
    ("since", "phase", "told"),
    [
        ("retrospective", "after", [[3, 2], [4, 3], [4, 4]]),
        ("before", "retrospective", [[4, 3], [5, 4], [4, 4]]),
        ("retrospective", "followup", [[3, 1], [4, 2]]),
    ],
)
def test_what_people_thought_before_can_be_asked_looking_back(since, phase, told, came, store):
    people = myths.pairs(came, "ROOM")["participant"].unique()
    for name, value in zip(people, [3, 4, 4], strict=False):
        say(store, name, "myth", "retrospective", value)
    pairs = myths.pairs(came, "ROOM", since=since, phase=phase)
    done = pairs[pairs["status"] == "complete"]
    assert done[["before", "later"]].to_numpy().tolist() == told
    assert done["change"].tolist() == [later - before for before, later in told]
    (row,) = myths.change(came, "ROOM", since=since, phase=phase).to_dict("records")
    assert (row["since"], row["phase"], row["n"]) == (since, phase, len(told))


def test_what_was_asked_looking_back_changes_no_other_number(came, store):
    def told():
        tables = [myths.pairs(came), myths.waves(came), myths.attrition(came), myths.change(came)]
        return [table.to_json() for table in tables]

    before = told()
    for name in myths.pairs(came, "ROOM")["participant"].unique():
        say(store, name, "myth", "retrospective", 5)
    assert told() == before


@pytest.mark.parametrize("since", ["after", "retrospective"])
def test_looking_back_is_compared_with_before_alone(since, came):
    with pytest.raises(EvaluationError, match="not earlier than 'retrospective': choose 'before'"):
        myths.pairs(came, since=since, phase="retrospective")


@pytest.mark.parametrize("function", [myths.attrition, myths.benchmark])
def test_what_is_told_of_later_answers_is_not_told_of_looking_back(function, came):
    with pytest.raises(EvaluationError, match="no later phase 'retrospective': choose 'after' or"):
        function(came, "ROOM", phase="retrospective")


def test_an_answer_to_other_words_is_not_one_of_three(file, store):
    (name,) = room(store, "ROOM", [(4, 3)])
    say(store, name, "myth", "followup", 2, wording="other")
    assert not myths.pairs(file)["all_three"].any()


def test_nobody_came_back_and_nobody_answered_give_tables_without_rows(file, store):
    assert myths.waves(file).empty
    room(store, "ROOM", PAIRS)
    assert myths.waves(file).empty
    with pytest.raises(EvaluationError, match="module 'nothing'"):
        myths.waves(file, module="nothing")


def test_one_module_keeps_the_family_of_all(came, store):
    table = myths.waves(came, module="risk")
    assert table["module"].unique().tolist() == ["risk"]


def test_everybody_is_told_with_how_many_modules_they_went_through(file, store):
    names = room(store, "ROOM", [(4, 3), (4, 2), (5, None)])
    for name, value in zip(names, (2, None, None), strict=True):
        say(store, name, "myth", "before", 4, module="harm")
        say(store, name, "myth", "after", value, module="harm")
    pairs = myths.pairs(file, module="risk").set_index("participant")["modules"]
    assert [pairs[name] for name in names] == [2, 1, 0]
    table = myths.change(file, by="modules", module="risk")
    assert table[["modules", "n", "mean_change"]].astype("object").to_numpy().tolist() == [
        ["0", 0, table["mean_change"][0]],
        ["1", 1, -2.0],
        ["2", 1, -1.0],
    ]
