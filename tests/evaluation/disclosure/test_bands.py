from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from myths.evaluation.disclosure.bands import K, enough, grouped, share
from myths.evaluation.words import words

ENGLISH = words()
scales = st.lists(st.integers(0, 30), min_size=2, max_size=5)
pairs_of_tallies = st.integers(2, 5).flatmap(
    lambda length: st.lists(
        st.lists(st.integers(0, 30), min_size=length, max_size=length), min_size=1, max_size=3
    )
)


def told(counts: list[int]) -> list[tuple[int, int, str]]:
    return [(band.low, band.high, band.told(ENGLISH)) for band in grouped(counts)[0]]


@given(pairs_of_tallies)
def test_no_group_that_is_counted_has_fewer_than_k_people(tallies):
    for tally, bands in zip(tallies, grouped(*tallies), strict=True):
        for band in bands:
            people = sum(tally[band.low : band.high + 1])
            if band.count is not None:
                assert band.count == people >= K
            else:
                assert people < K or sum(tally) - people < K


@given(pairs_of_tallies)
def test_tallies_of_one_question_are_cut_alike_and_lose_nobody(tallies):
    shown = [bands for bands in grouped(*tallies) if bands]
    assert len({tuple((band.low, band.high) for band in bands) for bands in shown}) <= 1
    for bands in shown:
        places = [place for band in bands for place in range(band.low, band.high + 1)]
        assert places == list(range(len(tallies[0])))


@given(scales)
def test_words_for_a_share_are_the_same_for_nobody_and_for_a_few(tally):
    moved = [tally[0] + tally[1], 0, *tally[2:]]
    if tally[1] < K and all(band.count is None for band in grouped(moved)[0]):
        assert {band.told(ENGLISH) for band in grouped(moved)[0]} <= {
            *("nearly none", "nearly all", "few", "most")
        }


def test_the_middle_of_a_scale_stays_by_itself_where_it_can():
    assert told([4, 8, 6, 4, 2]) == [(0, 1, "12"), (2, 2, "6"), (3, 4, "6")]


def test_everybody_or_nobody_is_never_told_apart_from_nearly():
    assert share(20, 20, ENGLISH) == share(17, 20, ENGLISH) == "nearly all"
    assert share(0, 20, ENGLISH) == share(4, 20, ENGLISH) == "nearly none"
    assert share(0, 12, ENGLISH) == share(4, 12, ENGLISH) == "few"
    assert share(10, 20, ENGLISH) == "50 %"


def test_of_fewer_than_twice_k_people_no_share_is_told():
    assert share(4, 9, ENGLISH) == share(9, 9, ENGLISH) == share(0, 0, ENGLISH) == "not shown"


def test_a_hidden_group_cannot_be_worked_out_from_the_total():
    assert enough([24, 20, 16]) == [True, True, True]
    assert enough([24, 20, 3]) == [True, False, False]
    assert enough([24, 3, 2]) == [True, False, False]
    assert enough([3]) == [False]
