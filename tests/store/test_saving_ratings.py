"""Ratings of several people in one transaction: each for itself, in its order, once."""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from myths.errors import AnswerError, StoreError, WorkshopError
from myths.store import GivenRating, Store, open_store
from myths.vocabulary import Reason
from sqlalchemy import event

from tests.store.samples import asked, expire, given, written


def people(store: Store, number: int = 3) -> list[str]:
    code = store.open_workshop().code
    return [store.join(code, language="en", consent="x").participant for _ in range(number)]


def values(store: Store) -> list[tuple[str, float]]:
    rows = store.answers(history=True)
    return list(zip(rows["participant"], rows["value"], strict=True))


def test_what_came_first_is_the_earlier_one_whoever_it_is_of(store: Store):
    b, a, c = sorted(people(store), reverse=True)
    said = [(b, 1), (a, 2), (b, 3), (c, 4), (a, 5)]
    answers = [given(value) for _, value in said]
    receipts = store.save_ratings(
        [
            GivenRating(person, asked(), answer)
            for (person, _), answer in zip(said, answers, strict=True)
        ]
    )
    assert [each.key for each in receipts] == [each.key for each in answers]  # type: ignore[union-attr]
    latest = {
        person: answer.value for person in (a, b, c) for answer in store.latest(person).values()
    }
    assert latest == {a: 5, b: 3, c: 4}
    assert sorted(values(store)) == sorted(said)


def test_who_is_refused_is_told_why_and_nobody_else_is(store: Store):
    one, two, _ = people(store)
    late = store.open_workshop()
    over = store.join(late.code, language="en", consent="x").participant
    expire(store, late)
    said = [
        GivenRating(one, asked(), given(1)),
        GivenRating("nobody", asked(), given(2)),
        GivenRating(over, asked(), given(3)),
        GivenRating(two, asked(), given(math.nan)),
        GivenRating(two, asked("fact"), given(5)),
    ]
    found = store.save_ratings(said)
    assert [type(each) for each in found[1:4]] == [AnswerError, WorkshopError, AnswerError]
    assert [each.reason for each in found[1:4]] == [Reason.ERASED, Reason.EXPIRED, Reason.VALUE]  # type: ignore[union-attr]
    assert sorted(values(store)) == sorted([(one, 1.0), (two, 5.0)])


def test_a_rating_of_a_visit_is_saved_while_it_lasts_and_for_its_own_person_alone(store: Store):
    workshop = store.open_workshop()
    ann, bob = (store.join(workshop.code, language="en", consent="x") for _ in range(2))
    store.leave(bob.token)
    given_by = [(ann, ann.token), (ann, bob.token), (bob, bob.token), (ann, "another")]
    found = store.save_ratings(
        [GivenRating(who.participant, asked(), given(4), token) for who, token in given_by]
    )
    refused = [each.reason for each in found[1:] if isinstance(each, AnswerError)]
    assert refused == [Reason.AWAY] * 3
    assert values(store) == [(ann.participant, 4.0)]


def test_the_same_key_again_writes_nothing_also_in_the_same_transaction(store: Store):
    one, two, _ = sorted(people(store))
    answer = given(3)
    first, again, taken = store.save_ratings(
        [
            GivenRating(one, asked(), answer),
            GivenRating(one, asked(), answer),
            GivenRating(two, asked(), answer),
        ]
    )
    assert again == first
    assert isinstance(taken, AnswerError)
    assert taken.reason == Reason.TAKEN
    assert store.save_ratings([GivenRating(one, asked(), answer)]) == [first]
    assert values(store) == [(one, 3.0)]


def test_what_is_saved_together_goes_to_the_disk_once(store: Store):
    persons, commits = people(store, 20), list[object]()

    def note(conn: object) -> None:
        commits.append(conn)

    event.listen(store.engine, "commit", note)
    store.save_ratings([GivenRating(person, asked(), given(2)) for person in persons])
    event.remove(store.engine, "commit", note)
    assert len(commits) == 1
    assert len(values(store)) == 20


def test_a_transaction_that_fails_saves_nothing_and_says_so(store: Store):
    one, two, _ = people(store)

    def fail(_conn: object) -> None:
        raise KeyboardInterrupt

    engine = store.engine
    event.listen(engine, "commit", fail)
    with pytest.raises(KeyboardInterrupt):
        store.save_ratings(
            [GivenRating(one, asked(), given(1)), GivenRating(two, asked(), given(2))]
        )
    event.remove(engine, "commit", fail)
    assert values(store) == []


def test_servers_that_save_for_the_same_people_do_not_wait_for_each_other(url: str):
    store = open_store(url, create=True)
    persons = people(store, 6)
    start, rounds = threading.Barrier(3), 15

    def save(number: int) -> int:
        own, order = open_store(url), persons if number % 2 else persons[::-1]
        start.wait()
        for turn in range(rounds):
            items = [f"item{turn}.{place % 3}" for place in range(6)][:: (-1) ** number]
            pairs = zip(order, items, strict=True)
            own.save_ratings(
                [GivenRating(each, asked(item), given(number + 1)) for each, item in pairs]
            )
            own.save(order[0], written(f"text{turn}"), given(text="x", reader="group"))
        return number

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(save, range(3))) == [0, 1, 2]
    assert len(store.answers(history=True)) == 3 * rounds * 7


def test_a_store_that_is_away_is_told_for_all(store: Store):
    one, *_ = people(store)
    engine = store.engine

    def refuse(*_: object) -> None:
        raise engine.dialect.loaded_dbapi.OperationalError("disk I/O error")

    event.listen(engine, "before_cursor_execute", refuse)
    with pytest.raises(StoreError):
        store.save_ratings([GivenRating(one, asked(), given(1))])
    event.remove(engine, "before_cursor_execute", refuse)
