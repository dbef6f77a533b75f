"""What is published leaves every number of fewer than five people another value."""

from __future__ import annotations

from itertools import product

import myths
import numpy as np
import pandas as pd
import pytest
from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.published import published
from myths.evaluation.disclosure.published_row import PLACES, PublishedRow
from myths.evaluation.stats.ranks import rank_biserial
from myths.store import Store
from scipy.stats import ttest_1samp

from tests.evaluation.disclosure.inversion import (
    BOOK,
    CHANGE,
    Table,
    alike,
    given_away,
    others,
    pairs,
    row,
)
from tests.evaluation.said import room

TENS = range(10, 60, 10)
STAY = [(4, 3), (4, 2), (3, 3), (5, 2), (4, 4)] * 2  # ten pairs
SIZES = (5, 9, 10, 11, 12, 15, 16, 18, 19, 20, 24, 30, 31, 40, 60, 100)


def table(*moves: tuple[int, int, int]) -> Table:
    """Make a table of how many people moved from which answer to which."""
    made = np.zeros((5, 5), dtype=np.int64)
    for before, later, people in moves:
        made[before - 1, later - 1] = people
    return made


def drawn(seed: int) -> Table:
    """Draw people: every other time as in a real workshop, else with a few odd cells."""
    rng = np.random.default_rng(seed)
    people = int(rng.choice(SIZES))
    if seed % 2:
        few = rng.dirichlet(np.full(25, rng.choice([0.02, 0.05, 0.1, 0.3])))
        return rng.multinomial(people, few).reshape(5, 5)
    before = rng.normal(rng.uniform(1.5, 4.5), rng.uniform(0.5, 1.3), people)
    later = before + rng.normal(rng.uniform(-1.2, 0.5), rng.uniform(0.3, 1.3), people)
    made = np.zeros((5, 5), dtype=np.int64)
    places = (np.clip(np.rint(each), 1, 5).astype(int) - 1 for each in (before, later))
    np.add.at(made, tuple(places), 1)
    return made


ENDS = {
    "nobody moved": table((5, 5, 30)),
    "all moved from end to end": table((5, 1, 24)),
    "all but one": table((5, 1, 14), (5, 5, 1)),
    "two camps": table((1, 5, 15), (5, 1, 15)),
    "one step": table((4, 3, 10)),
    "two away, in the review": table((4, 3, 7), (4, 2, 2), (4, 4, 4), (3, 4, 2)),
    "one away, in the review": table((5, 2, 1), (4, 2, 2), (4, 3, 5), (3, 3, 7), (2, 3, 1)),
    "half": table((4, 4, 5), (4, 2, 5)),
}


@pytest.mark.parametrize("case", ENDS)
def test_the_ends_of_the_scale_give_no_number_away(case):
    assert given_away(ENDS[case]) == []


@pytest.mark.parametrize("start", [0, *(pytest.param(s, marks=pytest.mark.soak) for s in TENS)])
def test_no_number_below_five_can_be_worked_out(start):
    for seed in range(start, start + 10):
        assert given_away(drawn(seed)) == [], seed


def drawn_many(seed: int) -> Table:
    """Draw so many that each answer is told by itself, before and later."""
    rng = np.random.default_rng([99, seed])
    people = int(rng.choice([60, 80, 100, 150]))
    before = rng.normal(3.2, 1.2, people)
    later = before + rng.normal(-0.4, rng.uniform(0.3, 1.2), people)
    made = np.zeros((5, 5), dtype=np.int64)
    places = (np.clip(np.rint(each), 1, 5).astype(int) - 1 for each in (before, later))
    np.add.at(made, tuple(places), 1)
    return made


@pytest.mark.parametrize("start", [0, *(pytest.param(s, marks=pytest.mark.soak) for s in TENS)])
def test_nor_where_each_answer_is_told_by_itself_with_mean_and_interval(start):
    tried = [made for seed in range(start, start + 10) if row(made := drawn_many(seed)).spread]
    told = [made for made in tried if len(row(made).before) == PLACES]
    assert len(told) > 5
    for made in told:
        assert given_away(made) == [], made


@pytest.mark.parametrize("seed", range(6))
def test_nor_one_below_ten_where_ten_is_asked_for(seed):
    assert given_away(drawn(seed), k=10) == []


def drawn_rooms(seed: int, number: int) -> Table:
    """Draw workshops of five and more that moved together; every third time of a few odd cells."""
    rng = np.random.default_rng([seed, number])
    if seed % 3 == 2:
        few = rng.dirichlet(np.full(25, rng.choice([0.05, 0.1, 0.3])))
        sizes = rng.integers(max(5, 30 // number), 20, number)
        return np.array([rng.multinomial(size, few).reshape(5, 5) for size in sizes])
    made = np.zeros((number, 5, 5), dtype=np.int64)
    for each in made:
        size = int(rng.integers(max(5, 30 // number), 20))
        before = rng.normal(rng.uniform(2, 4.2), 1, size)
        later = before + rng.normal(rng.normal(-0.5, 0.4), rng.uniform(0.3, 1), size)
        places = (np.clip(np.rint(one), 1, 5).astype(int) - 1 for one in (before, later))
        np.add.at(each, tuple(places), 1)
    return made


@pytest.mark.parametrize(
    "number", [3, 6, *(pytest.param(n, marks=pytest.mark.soak) for n in (4, 9))]
)
def test_nor_where_a_few_workshops_have_an_interval(number):
    tried = [made for seed in range(12) if row(made := drawn_rooms(seed, number)).interval]
    assert len(tried) >= 3
    for made in tried[:6]:
        assert alike(made, others(made, tries=200)) == [], made


@pytest.mark.soak
def test_nor_one_of_the_made_up_workshops(rehearsal):
    answers = myths.pairs(rehearsal, rehearsal=True)
    done = answers[(answers["status"] == "complete") & (answers["kind"] == "rating")]
    for _, some in done.groupby(["module", "item", "wording"], observed=True):
        made = np.zeros((5, 5), dtype=np.int64)
        np.add.at(made, tuple(some[time].astype(int) - 1 for time in ("before", "later")), 1)
        if made.sum() >= K:
            assert given_away(made) == []


@pytest.fixture
def rehearsal():
    return myths.rehearsal_data()


def exact_effect(table: Table) -> float:
    """Return the effect in hundredths, as older reports had it."""
    steps = np.arange(-4, 5)
    people = np.array([np.trace(table, step) for step in steps])
    return round(float(rank_biserial(steps.astype(float), people)), 2)


@pytest.mark.parametrize("case", ["two away, in the review", "one away, in the review"])
def test_the_search_finds_what_an_exact_effect_gives_away(case):
    """It can fail: with the effect beside the row, as it was, it is known how many moved away."""
    assert {"rose", "moved by +1"} <= set(given_away(ENDS[case], beside=exact_effect))


def with_missing(file, store: Store, code: str, missing: list) -> PublishedRow:
    room(store, code, [*STAY, *missing])
    (found,) = published(myths.pairs(file, code), BOOK, workshops=1)
    return found


def test_whatever_a_few_missing_people_said_the_row_is_the_same(file, store):
    lost = [[], [(1, None)], [(5, None), (None, 1)], [(5, None)] * 4, [(None, None)] * 4]
    rows = [with_missing(file, store, f"ROOM{n}", each) for n, each in enumerate(lost)]
    assert {repr(each) for each in rows} == {repr(rows[0])}
    assert rows[0].bounds is None


def test_the_bounds_hold_the_exact_ones(file, store):
    for number, said in enumerate(([1] * 5, [5] * 5, [3, 4, None, None, None])):
        code = f"ROOM{number}"
        told = with_missing(file, store, code, [(answer, None) for answer in said])
        exact = myths.change(file, code).iloc[0]
        assert told.bounds is not None
        low, high = told.bounds
        assert low <= exact["mean_best_case"] + 0.05
        assert exact["mean_worst_case"] - 0.05 <= high


def test_a_mean_near_its_end_is_that_or_less():
    told = row(ENDS["all moved from end to end"])
    assert (told.mean, told.end, told.interval, told.bounds) == (-3.6, -1, None, None)
    assert told == row(table((5, 1, 22), (5, 2, 2)))


def test_where_each_answer_is_told_by_itself_the_mean_that_follows_is_told_too():
    told = row(table(*((before, later, 2) for before, later in product(range(1, 6), repeat=2))))
    assert len(told.before) == 5
    assert (told.mean, told.end, told.spread) == (0.0, 0, 3.0)


def test_the_interval_and_p_come_from_the_mean_and_a_round_number():
    told = row(table((4, 3, 15), (4, 4, 15)))
    assert (told.n, told.mean, told.spread) == (30, -0.5, 1.5)
    assert told.interval == pytest.approx((-1.06, 0.06), abs=0.005)
    assert told.p == pytest.approx(0.078, abs=0.001)
    assert told == row(table((4, 3, 16), (4, 4, 13), (3, 4, 1)))


def test_below_thirty_pairs_or_with_two_workshops_there_is_no_interval():
    assert row(table((4, 3, 15), (4, 4, 14))).interval is None
    (told,) = published(pairs(table((4, 3, 15), (4, 4, 15))), BOOK, workshops=3)
    assert told.mean == -0.5
    assert told.interval is told.p is None
    assert row(2 * rooms((4, 3, 2))).mean == -0.5
    assert row(2 * rooms((4, 3, 2))).interval is None


def rooms(*moves: tuple[int, int, int]) -> Table:
    """Make rooms of ten: the last number is in how many of them half the people moved so."""
    return np.array(
        [
            table((before, before, 5), (before, later, 5))
            for before, later, times in moves
            for _ in range(times)
        ]
    )


@pytest.mark.parametrize(
    ("made", "far", "test"),
    [
        (rooms((4, 3, 3)), 0.5, False),  # alike, so that their own interval has no width
        (rooms((4, 3, 2), (4, 2, 1)), 1.0, False),
        (rooms((4, 3, 5), (3, 3, 1)), 0.5, True),
        (rooms((5, 2, 2), (4, 4, 1)), None, False),  # beyond 2 points, it says nothing
    ],
)
def test_a_few_workshops_have_an_interval_that_holds_that_of_their_mean(made, far, test):
    told, means = row(made), (made.reshape(-1, 25) @ CHANGE) / 10
    assert told.far == far
    assert (told.p is not None) == test
    if far and np.ptp(means):
        low, high = ttest_1samp(means, 0).confidence_interval(0.95)
        assert told.interval[0] <= low + 0.05
        assert high - 0.05 <= told.interval[1]


def test_a_workshop_with_fewer_than_five_pairs_leaves_the_row_without_an_interval():
    assert row(np.array([*rooms((4, 3, 3)), table((4, 3, 4))])).interval is None


def test_the_p_of_a_few_workshops_is_below_a_twentieth_just_where_zero_is_outside():
    for moves in ([(4, 2, 6)], [(4, 3, 6)], [(3, 4, 9)], [(4, 2, 4), (3, 4, 5)]):
        told = row(rooms(*moves))
        assert (told.p < 0.05) == (not told.interval[0] <= 0 <= told.interval[1])


def test_from_ten_workshops_on_whole_workshops_are_counted():
    people = pairs(table((4, 3, 50), (4, 4, 50)))
    alike = people.assign(workshop=[f"W{number // 10}" for number in range(100)])
    mixed = people.assign(workshop=[f"W{number % 10}" for number in range(100)])
    ((moved,), (spread,)) = (published(each, BOOK, workshops=10) for each in (alike, mixed))
    assert moved.rooms == spread.rooms == 10
    assert (moved.spread, spread.spread) == (3.0, 1.5)


def test_below_ten_pairs_there_is_a_number_of_people_and_no_more():
    told = row(table((4, 3, 9)))
    assert (told.n, told.before, told.later, told.mean) == (9, (), (), None)
    assert published(pairs(table((4, 3, 4))), BOOK, workshops=1) == []


def test_a_row_is_of_one_wording_in_the_order_of_the_codebook():
    people = pairs(table((4, 3, 10)))
    book = pd.DataFrame(
        {
            "module": ["harm", "risk"],
            "item": ["myth", "myth"],
            "wording": ["w", "w"],
            "question": ["Harm is ignored.", "It is dangerous."],
        }
    )
    both = pd.concat([people, people.assign(module="harm")])
    rows = published(both, book, workshops=1)
    assert [row.question for row in rows] == ["Harm is ignored", "It is dangerous"]
