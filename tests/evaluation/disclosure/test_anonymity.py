"""Whoever people are and whatever they answered, nobody is alone in what others may know."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from myths.evaluation.disclosure import anonymity

K = 5
Rooms = st.lists(st.sampled_from("ABCDEF"), max_size=60)
Parts = st.lists(st.frozensets(st.sampled_from(["risk", "harm", "funding", ""])), max_size=50)


@given(Rooms)
def test_a_group_is_a_room_of_k_people_or_all_other_rooms_together(rooms):
    groups = anonymity.merged(rooms, k=K)
    assert len(groups) == len(rooms)
    assert all(group in ("", room) for group, room in zip(groups, rooms, strict=True))
    if len(rooms) >= K:
        assert min(Counter(groups).values()) >= K


def test_rooms_that_are_too_few_even_together_take_the_smallest_of_the_others():
    rooms = ["A"] * 9 + ["B"] * 6 + ["C"] * 2 + ["D"]
    assert Counter(anonymity.merged(rooms, k=K)) == {"A": 9, "": 9}


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["en", "de", "fr"]))))
def test_a_language_is_told_where_no_other_has_fewer_than_k(people):
    groups, spoken = [group for group, _ in people], [language for _, language in people]
    told = anonymity.told(groups, spoken, k=K)
    assert all(a in ("", b) for a, b in zip(told, spoken, strict=True))
    for group in set(groups):
        here = Counter(lang for of, lang in zip(groups, told, strict=True) if of == group)
        assert min(here.values()) >= K or set(here) == {""}


@settings(deadline=None)
@given(Parts)
def test_each_set_of_parts_is_shared_by_k_people_who_all_had_it(parts):
    left = anonymity.shared(parts, k=K)
    assert all(after <= before for after, before in zip(left, parts, strict=True))
    if len(parts) >= K:
        assert min(Counter(left).values()) >= K
    else:
        assert set(left) <= {frozenset()}
    assert anonymity.shared(left, k=K) == left


def test_who_left_early_loses_little_and_nobody_else_anything():
    whole, half = frozenset({"risk", "harm"}), frozenset({"risk"})
    left = anonymity.shared([whole] * 8 + [half] * 5 + [frozenset({"risk", "funding"})], k=K)
    assert left == [whole] * 8 + [half] * 6


Answers = st.lists(
    st.tuples(st.sampled_from("AB"), *[st.sampled_from([1, 2, 3, None])] * 2), min_size=1
)


@given(Answers)
def test_no_question_is_told_of_people_of_whom_all_or_all_but_one_answered_the_same(rows):
    combinations = [row[0] for row in rows]
    answers = pd.DataFrame([row[1:] for row in rows], columns=["one", "two"], dtype="Float64")
    left = anonymity.without_alike(answers, combinations)
    for name in answers:
        for group in set(combinations):
            here = [of == group for of in combinations]
            before, after = (table.loc[here, name].dropna().tolist() for table in (answers, left))
            others = len(before) - max(Counter(before).values(), default=0)
            assert after == (before if others >= 2 else [])


def test_rows_that_differ_from_all_others_are_counted_with_what_is_missing():
    answers = pd.DataFrame({"one": [1, 1, 1, None], "two": [2, 2, None, 2]}, dtype="Float64")
    assert anonymity.unique(answers) == 2
    assert anonymity.unique(answers.iloc[:2]) == 0


def test_two_answers_find_somebody_who_is_alone_with_them():
    answers = pd.DataFrame({"one": [1, 1, 1, 2], "two": [2, 2, 3, 2]}, dtype="Float64")
    assert anonymity.found(answers, ["A"] * 4) == 0.5
    assert anonymity.found(answers, ["A", "B", "A", "A"]) == 1
    assert anonymity.found(answers[["one"]], ["A"] * 4) == 0
