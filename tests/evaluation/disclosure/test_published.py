"""What is published leaves every number of fewer than five people another value."""

from __future__ import annotations

import myths
import numpy as np
import pandas as pd
import pytest
from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.published import published
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.stats.ranks import rank_biserial
from myths.store import Store

from tests.evaluation.disclosure.inversion import BOOK, Table, given_away, pairs, row
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


@pytest.mark.parametrize("seed", range(6))
def test_nor_one_below_ten_where_ten_is_asked_for(seed):
    assert given_away(drawn(seed), k=10) == []


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


def test_the_interval_and_p_come_from_the_mean_and_a_round_number():
    told = row(table((4, 3, 15), (4, 4, 15)))
    assert (told.n, told.mean, told.spread) == (30, -0.5, 1.5)
    assert told.interval == pytest.approx((-1.06, 0.06), abs=0.005)
    assert told.p == pytest.approx(0.078, abs=0.001)
    assert told == row(table((4, 3, 16), (4, 4, 13), (3, 4, 1)))


def test_below_thirty_pairs_or_with_two_to_nine_workshops_there_is_no_interval():
    assert row(table((4, 3, 15), (4, 4, 14))).interval is None
    (told,) = published(pairs(table((4, 3, 15), (4, 4, 15))), BOOK, workshops=3)
    assert told.mean == -0.5
    assert told.interval is told.p is None


def test_from_ten_workshops_on_whole_workshops_are_counted():
    people = pairs(table((4, 3, 50), (4, 4, 50)))
    alike = people.assign(workshop=[f"W{number // 10}" for number in range(100)])
    mixed = people.assign(workshop=[f"W{number % 10}" for number in range(100)])
    ((rooms,), (spread,)) = (published(each, BOOK, workshops=10) for each in (alike, mixed))
    assert rooms.by_workshop
    assert spread.by_workshop
    assert (rooms.spread, spread.spread) == (3.0, 1.5)


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
