"""What a report says of the question about the facts: the first try beside the last one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import myths
import pytest
from myths.evaluation.disclosure.bands import K, share
from myths.store import AskedQuestion, Store

from tests.evaluation.reports.reading import DAY, ENGLISH, table, words
from tests.store.samples import asked, given

TRIES = "The question about the facts"
WITHOUT = "The question about the facts, without a first answer"
RIGHT, WRONG = 2, 1


def question(phase: str, wording: str = "new") -> AskedQuestion:
    told = {"question": "How often?", "options": {"1": "once", "2": "often"}, "correct": RIGHT}
    return asked("recall", phase, "recall", wording=wording, words=told)


def answer(store: Store, tries: list[tuple[int | None, int | None]], wording: str = "new") -> None:
    for first, last in tries:
        person = store.join("ROOM", language="en", consent="agreed").participant
        for phase, value in (("after", last), ("before", first)):
            if value is not None:
                store.save(person, question(phase, wording), given(value))


@pytest.fixture
def room(store: Store) -> Store:
    store.open_workshop(code="ROOM", pool_days=0)
    return store


def test_first_and_last_tries_of_the_same_people_stand_beside_each_other(file: Path, room: Store):
    answer(room, [(RIGHT, RIGHT)] * 6 + [(WRONG, RIGHT)] * 4 + [(WRONG, WRONG)] * 10)
    answer(room, [(None, RIGHT)] * 30 + [(RIGHT, None)] * 30)  # no pair
    report = myths.report(file, day=DAY)
    ((_, people, first, last),) = table(report, TRIES)
    assert (people, first, last) == ("20", "30 %", "50 %")
    assert table(report, WITHOUT) == []
    assert "as in earlier versions" not in words(report)


def test_answers_of_an_earlier_version_are_told_apart(file: Path, room: Store):
    answer(room, [(None, RIGHT)] * 8 + [(None, WRONG)] * 8, "old")
    answer(room, [(WRONG, RIGHT)] * 5 + [(WRONG, WRONG)] * 5)
    report = myths.report(file, day=DAY)
    assert [row[1:] for row in table(report, TRIES)] == [("10", "few", "50 %")]
    assert [row[1:] for row in table(report, WITHOUT)] == [("16", "50 %")]


def test_fewer_than_five_who_kept_a_first_answer_are_not_told(file: Path, room: Store):
    answer(room, [(RIGHT, RIGHT)] * 4)
    report = myths.report(file, day=DAY)
    assert table(report, TRIES) == table(report, WITHOUT) == []


def test_both_tries_together_give_away_no_number_below_five():
    """Of each number below k, others who publish the same have another one."""
    for people in range(K, 25):
        alike: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
        sizes = range(people + 1)
        for stayed, left, came in [
            (a, b, c) for a in sizes for b in sizes for c in sizes if a + b + c <= people
        ]:
            wrong = people - stayed - left - came
            first, last = stayed + left, stayed + came
            numbers = [stayed, left, came, wrong, first, people - first, last, people - last]
            told = share(first, people, ENGLISH), share(last, people, ENGLISH)
            alike[told].append([*numbers, left + came, stayed + wrong])
        for found in alike.values():
            for values in zip(*found, strict=True):
                assert len(set(values)) > 1 or values[0] >= K
