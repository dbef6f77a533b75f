from __future__ import annotations

import myths
import pytest
from myths.errors import EvaluationError
from myths.evaluation.data import pairs

from tests.evaluation.said import DECLINED, join, room, say

COLUMNS = [
    *("workshop", "participant", "module", "item", "kind", "keyed", "primary"),
    *(
        "since",
        "phase",
        "modules",
        "all_three",
        "audience",
        "language",
        "wording",
        "minimum",
        "maximum",
        "before",
        "later",
        "change",
        "moved",
        "status",
    ),
]


def test_a_pair_is_the_answer_before_and_the_later_one(file, store):
    (name,) = room(store, "ROOM", [(4, 2)])
    (row,) = myths.pairs(file).to_dict("records")
    assert (row["participant"], row["item"], row["keyed"]) == (name, "myth", "myth")
    assert (row["before"], row["later"], row["change"]) == (4, 2, -2)
    assert (row["minimum"], row["maximum"]) == (1, 5)
    assert (row["moved"], row["status"], row["primary"]) == ("better", "complete", True)


@pytest.mark.parametrize(
    ("pair", "status"),
    [
        ((None, 2), "no answer before"),
        ((2, None), "no answer later"),
        ((None, None), "no answer"),
        ((DECLINED, 2), "declined before"),
        ((DECLINED, None), "declined before"),
        ((2, DECLINED), "declined later"),
        ((DECLINED, DECLINED), "declined both"),
    ],
)
def test_it_is_told_why_there_is_no_pair(file, store, pair, status):
    room(store, "ROOM", [pair, (3, 3)])
    row = myths.pairs(file).iloc[0]
    assert row["status"] == status
    assert row["moved"] == "no pair"
    assert row.isna()["change"]


def test_a_pair_of_two_wordings_is_none(file, store):
    (name,) = room(store, "ROOM", [(4, None)])
    say(store, name, "myth", "after", 2, wording="other-words")
    row = myths.pairs(file).iloc[0]
    assert (row["status"], row["wording"]) == ("wording changed", "myth-words")


def test_what_nobody_was_asked_later_is_not_missing(file, store):
    room(store, "ROOM", [(4, None), (3, None)])
    assert set(myths.pairs(file)["status"]) == {"never asked twice"}


def test_who_was_not_asked_has_no_row(file, store):
    room(store, "ROOM1", [(4, 3)])
    room(store, "ROOM2", [(4, 3)], module="harm")
    rows = myths.pairs(file)[["workshop", "module"]].astype("str").to_numpy().tolist()
    assert rows == [["ROOM1", "risk"], ["ROOM2", "harm"]]


def test_who_answers_nothing_counts_with_the_wording_of_their_language(file, store):
    room(store, "ROOM", [(4, 2)], wording="english")
    german, silent = join(store, "ROOM", 2, language="de")
    say(store, german, "myth", "before", 3, language="de", wording="deutsch")
    words = myths.pairs(file).set_index("participant")["wording"]
    assert words[silent] == "deutsch"
    assert myths.pairs(file, language="de")["participant"].tolist() == [german, silent]


@pytest.mark.parametrize(
    ("item", "moves"),
    [
        ("myth", ["worse", "same", "better"]),
        ("fact", ["better", "same", "worse"]),
        ("over", ["worse", "same", "better"]),
        ("confidence", ["higher", "same", "lower"]),
    ],
)
def test_which_way_is_better_hangs_on_what_agreeing_means(file, store, item, moves):
    room(store, "ROOM", [(3, 4), (3, 3), (3, 2)], item=item)
    assert myths.pairs(file)["moved"].tolist() == moves


def test_the_follow_up_is_paired_with_before(file, store):
    room(store, "ROOM", [(4, 1)], phase="followup")
    assert myths.pairs(file, phase="followup")["change"].tolist() == [-3]
    assert myths.pairs(file)["status"].tolist() == ["never asked twice"]
    with pytest.raises(EvaluationError, match="'followup'"):
        myths.pairs(file, phase="later")


def test_the_answer_that_stands_is_the_one_that_counts(file, store):
    (name,) = room(store, "ROOM", [(4, 2)])
    say(store, name, "myth", "after", 5)
    assert myths.pairs(file)["later"].tolist() == [5]


def test_rehearsals_are_left_out_unless_asked_for(file, store):
    store.open_workshop(code="TRIAL", rehearsal=True)
    (name,) = join(store, "TRIAL")
    say(store, name, "myth", "before", 2)
    assert myths.pairs(file).empty
    assert len(myths.pairs(file, rehearsal=True)) == 1


def test_only_what_is_chosen_is_shown(file, store):
    names = room(store, "ROOM", [(4, 2), (3, 3)])
    say(store, names[0], "fact", "before", 2)
    say(store, names[0], "fact", "after", 2, module="harm")
    assert set(myths.pairs(file, module="harm")["item"]) == {"fact"}
    assert set(myths.pairs(file, wording="myth-words")["item"]) == {"myth"}
    assert len(myths.pairs(file, module=["risk", "harm"])) == len(myths.pairs(file)) == 6


@pytest.mark.parametrize("choice", [{"module": "rsik"}, {"language": "xx"}, {"wording": "none"}])
def test_a_choice_that_no_answer_has_is_named_with_those_there_are(file, store, choice):
    room(store, "ROOM", [(4, 2)])
    known = {"module": "risk", "language": "en", "wording": "myth-words"}
    (name, value) = next(iter(choice.items()))
    with pytest.raises(EvaluationError, match=f"{value}.*{known[name]}"):
        myths.pairs(file, **choice)


def test_items_come_in_the_order_in_which_they_were_asked(file, store):
    (name,) = room(store, "ROOM", [(4, 2)], module="womens-services")
    say(store, name, "over", "before", 2, module="harm")
    table = myths.pairs(file)
    assert table["module"].cat.categories.tolist() == ["womens-services", "harm"]


def test_the_columns_are_the_same_without_rows(file, store):
    empty = myths.pairs(file)
    room(store, "ROOM", [(4, 2)])
    full = myths.pairs(file)
    assert list(empty.columns) == list(full.columns) == COLUMNS
    assert list(map(str, empty.dtypes)) == list(map(str, full.dtypes))


@pytest.mark.parametrize("stays", ["first", "last"])
def test_an_answer_of_nobody_among_the_people_changes_nobodys_pair(file, store, stays):
    names = room(store, "ROOM", [(4, 2), (DECLINED, 5), (1, 3)])
    said, people = myths.answers(file), myths.participants(file)
    book = myths.codebook(file, source="store")
    kept = people[people["participant"] == (names[0] if stays == "first" else names[-1])]
    whole = pairs.pair(said, people, book, phase="after")
    theirs = whole[whole["participant"].isin(kept["participant"])].reset_index(drop=True)
    alone = pairs.pair(said, kept.reset_index(drop=True), book, phase="after")
    columns = ["before", "later", "change", "status"]
    assert alone[columns].to_dict() == theirs[columns].to_dict()
