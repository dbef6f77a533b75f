"""Group results as people see them, from a real store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myths.errors import WorkshopError
from myths.live import (
    Share,
    Shares,
    group_shares,
    suppression,
)
from myths.store import (
    schema,
)
from sqlalchemy import delete, func, select

from tests.live.group import MYTH, Group
from tests.live.room import LOOK, OPTIONS, Event, looks
from tests.store import samples


def levels(shown: Shares) -> dict[str, str | int]:
    return {each.option: each.percent or each.level for each in shown.shares}


def test_four_people_see_nothing_and_five_see_their_shares(group):
    for person, value in enumerate([1, 1, 2, 2]):
        group.say(person, value)
        assert group.look() == Shares(0, ())
    group.say(4, None)
    shown = group.look()
    assert shown.people == 5
    assert shown.shares[0] == Share("1", "some", 40)
    none = "nearly none"
    assert levels(shown) == {"1": 40, "2": 40, "3": none, "4": none, "5": none, "declined": 20}


def test_options_are_those_of_the_room_whatever_another_is_asked(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    elsewhere = group.store.join(group.store.open_workshop().code, language="en", consent="agreed")
    words = {"question": "Another wording?", "options": {"9": "Nine"}}
    asked = samples.asked(words=words, wording="another")
    group.store.save(elsewhere.participant, asked, samples.given(9))
    assert group.store.offered(group.code, MYTH) == tuple(samples.asked().words["options"])
    first = group.look()
    for person in range(5):
        group.store.erase_participant(group.name(person))
    assert group.store.offered(group.code, MYTH) == ("9",)  # as far as anybody knows
    assert group.look() == first


def test_what_was_chosen_is_shown_though_it_is_offered_no_more(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    group.look()
    shown = group_shares(group.store, group.code, MYTH, options=["9"])
    assert levels(shown) == {
        "9": "nearly none",
        "1": 40,
        "2": 40,
        "5": 20,
        "declined": "nearly none",
    }


def test_counts_change_only_when_five_more_have_answered(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    first = group.look()
    for person in range(5, 9):
        group.say(person, 3)
        assert group.look() == first
    group.say(9, 4)
    assert group.look().people == 10


def test_a_change_of_mind_and_a_withdrawal_are_not_seen_once_an_answer_is_shown(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    first = group.look()
    group.say(0, 5)
    group.store.save(group.name(1), samples.asked(), samples.given())
    group.store.erase_participant(group.name(2))
    assert group.look() == first


@pytest.mark.parametrize("values", [[4] * 5, [4, 4, 4, 4, 1], [2, 4, 4, 4, 4]])
def test_five_who_agree_look_like_four_who_agree_and_one_who_does_not(group, values):
    for person, value in enumerate(values):
        group.say(person, value)
    shown = levels(group.look())
    assert shown.pop("4") == "nearly all"
    assert set(shown.values()) == {"nearly none"}


def test_no_second_batch_tells_that_all_in_it_agree(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    group.look()
    seen = []
    for lone in (3, 5):
        for person in range(5, 10):
            group.say(person, 5 if person > 5 else lone)
        seen.append(samples_of_second(group))
    assert seen[0] == seen[1]


def samples_of_second(group: Group) -> dict[str, str | int]:
    """Look, and forget the second batch."""
    shown = levels(group.look())
    assert shown["5"] == 60
    with group.store.writing() as conn:
        conn.execute(delete(schema.batches).where(schema.batches.c.number == 2))
    return shown


def test_a_share_that_rounds_to_nothing_or_all_is_called_nearly(group, monkeypatch):
    from myths.store import Batch

    shown = suppression.shares([Batch(1000, {"1": 1, "2": 999}, {})], options=OPTIONS)
    assert levels(shown)["1"] == "nearly none"
    assert levels(shown)["2"] == "nearly all"


def test_a_workshop_may_ask_for_more_than_five_and_no_rule_takes_fewer(url, store):
    group = Group(url, store.open_workshop(k=7))
    for person in range(6):
        group.say(person, 1 + person % 3)
        group.write(person, f"words {person}")
    assert group.look() == Shares(0, (), 7)
    assert group.read() == []
    group.say(6, 3)
    group.write(6, "the seventh")
    assert group.look().people == 7
    assert [len(batch) for batch in group.read()] == [7]
    for k in (4, 1, 0, -1):
        for rule in (suppression.next_counts, suppression.next_texts):
            with pytest.raises(WorkshopError, match="set 5 or more"):
                rule([], [], k)


def test_raising_k_hides_what_fewer_people_said_and_opens_nothing(group):
    for person in range(6):
        group.say(person, 1 + person % 3)
    before = group.look()
    assert before.people == 6
    group.store.change_workshop(group.code, k=8)
    assert group.look() == Shares(0, (), 8)
    for person in range(6, 13):
        group.say(person, 5)
    assert group.look() == Shares(0, (), 8)  # seven wait, and six are hidden
    group.say(13, 5)
    after = group.look()
    assert after.people == 14  # what is added to what was shown is about eight people


def test_k_cannot_be_lowered_once_somebody_has_joined_and_so_opens_nothing(url, store):
    group = Group(url, store.open_workshop(k=8))
    for person in range(6):
        group.say(person, 1 + person % 3)
    for k in (7, 5, 4, 0):
        with pytest.raises(WorkshopError) as caught:
            store.change_workshop(group.code, k=k)
        assert caught.value.reason == "fewest"
    assert group.look() == Shares(0, (), 8)


def test_only_the_same_workshop_module_item_and_phase_are_counted(group):
    other = Group(group.url, group.store.open_workshop())
    for person in range(4):
        group.say(person, 1 + person % 2)
        other.say(person, 1)
    name = group.name(9)
    for question in (
        samples.asked("fact"),
        samples.asked(phase="after"),
        samples.asked(module="harm"),
    ):
        group.store.save(name, question, samples.given(1))
    assert group.look().people == 0
    group.store.save(name, samples.asked(language="de", wording="f" * 12), samples.given(2))
    assert group.look().people == 5


def test_two_who_look_at_once_make_one_batch(group):
    for person in range(5):
        group.say(person, 1 + person % 2)
    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(lambda _: group.look(), range(8)))
    assert {each.people for each in shown} == {5}
    with group.store.reading() as conn:
        assert conn.scalars(select(func.count()).select_from(schema.batches)).one() == 1
        assert conn.scalars(select(func.count()).select_from(schema.batched)).one() == 5


def test_erasing_a_workshop_erases_what_was_shown_of_it(group):
    for person in range(5):
        group.say(person, 1 + person % 2)
    group.look()
    group.store.erase_workshop(group.code)
    with group.store.reading() as conn:
        assert conn.execute(select(schema.batches)).all() == []
        assert conn.execute(select(schema.batched)).all() == []


def test_an_unknown_workshop_has_no_results(store):
    with pytest.raises(WorkshopError, match="No workshop"):
        group_shares(store, "NOSUCH", MYTH, options=OPTIONS)


people = st.integers(0, 7)


events = st.one_of(
    st.builds(Event, st.just("say"), people, st.uuids().map(str), st.sampled_from([None, 1, 2])),
    st.builds(Event, st.sampled_from(["clear", "erase"]), people),
    st.just(LOOK),
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(events, min_size=25, max_size=40))
def test_the_store_shows_what_the_rules_say_whatever_happens(url, store, happened):
    group = Group(url, store.open_workshop())
    gone: set[int] = set()
    played, shown = [], []
    for event in happened:
        if event.kind == "look":
            shown.append(group.look())
        elif event.person in gone:
            continue
        else:
            group.play(event)
            gone |= {event.person} if event.kind == "erase" else set()
        played.append(event)
    assert shown == looks(played)
