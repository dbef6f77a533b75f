"""Whatever is published one after the other, no difference of it is about fewer than k people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from myths.evaluation.disclosure.differences import counted, smallest_cell

K = 5


def mark(person: int, version: int = 0) -> bytes:
    return f"{person * 7919 % 1000:05}.{version:02}".encode()  # in another order than people


def group(people: Iterable[int]) -> dict[str, list[bytes]]:
    return {str(each): [mark(each)] for each in people}


def marks(names: Iterable[str]) -> frozenset[bytes]:
    return frozenset(mark(int(name)) for name in names)


def after(*earlier: Iterable[int], now: Iterable[int]) -> set[int]:
    rows = [frozenset(map(mark, row)) for row in earlier]
    return {int(name) for name in counted(group(now), rows, k=K)}


def test_a_first_row_counts_everybody():
    assert after(now=range(5)) == set(range(5))
    assert after(now=range(4)) == set()


def test_the_same_people_are_counted_again():
    assert after(range(12), now=range(12)) == set(range(12))


def test_a_few_who_came_since_wait_until_there_are_enough_of_them():
    assert after(range(14), now=range(15)) == set(range(14))
    assert after(range(14), now=range(18)) == set(range(14))
    assert after(range(14), now=range(19)) == set(range(19))


def test_where_somebody_is_gone_as_many_others_are_left_out_that_nobody_knows_who():
    now = after(range(20), now=range(1, 20))
    assert len(now) == 15
    assert after(range(20), now, now=range(1, 20)) == now


def test_a_part_of_those_who_were_counted_leaves_enough_of_the_others():
    assert after(range(24), now=range(12)) == set(range(12))
    assert len(after(range(24), now=range(22))) == 19


def test_fewer_than_k_of_those_who_were_counted_are_not_counted_by_themselves():
    assert after(range(24), now=[*range(3), *range(24, 30)]) == set(range(24, 30))


def test_three_rows_in_combination_give_nobody_away():
    """What two rows leave of each other must be enough people, and what a third leaves of both."""
    assert after(range(10), now=range(2, 12)) == after(range(10), now=range(2, 10))
    assert after(range(10), range(10, 20), now=range(5, 15)) == set(range(5, 15))
    assert after(range(10), range(10, 20), range(5, 15), now=range(7, 17)) == {10, 11, 12, 13, 14}


def test_who_changes_an_answer_leaves_and_comes():
    people = group(range(20)) | {"3": [mark(3, 1)]}
    now = counted(people, [marks(map(str, range(20)))], k=K)
    assert "3" not in now
    assert len(now) == 15


def test_somebody_who_has_marks_of_two_keys_is_one_person():
    people = {name: [f"new {name}".encode(), *own] for name, own in group(range(20)).items()}
    assert counted(people, [marks(map(str, range(20)))], k=K) == people.keys()


Moves = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "change", "publish"]), st.randoms()), max_size=40
)


@settings(max_examples=80, deadline=None)
@given(start=st.integers(0, 40), moves=Moves)
def test_no_combination_of_releases_isolates_a_group_below_k(start, moves):
    """Anybody joins, leaves or changes an answer; any choice of people is published, any time."""
    people, number, rows = dict.fromkeys(range(start), 0), start, []
    for move, dice in [*moves, ("publish", None)]:
        several = dice.randint(1, 7) if dice else 1
        if move == "join":
            people |= dict.fromkeys(range(number, number + several), 0)
            number += several
        elif move == "publish":
            choice = dict(people)
            if dice and dice.random() < 0.6:
                choice = {each: people[each] for each in people if dice.random() < 0.7}
            offered = {str(each): [mark(each, version)] for each, version in choice.items()}
            chosen = counted(offered, rows, k=K)
            rows.append(frozenset(offered[name][0] for name in chosen))
        else:
            for each in dice.sample(sorted(people), min(several, len(people))):
                version = people.pop(each)
                if move == "change":
                    people[each] = version + 1
        assert smallest_cell(rows) == 0 or smallest_cell(rows) >= K
        assert all(len(each) >= K for each in combined(rows[-4:]))


def combined(rows: list[frozenset[bytes]]) -> Iterable[frozenset[bytes]]:
    """Every group that is left when some rows are cut with each other and others taken off."""
    for size in range(1, len(rows) + 1):
        for inside in combinations(rows, size):
            common = frozenset.intersection(*inside)
            others = [row for row in rows if row not in inside]
            for taken in range(len(others) + 1):
                for off in combinations(others, taken):
                    left = common.difference(*off)
                    if left:
                        yield left
