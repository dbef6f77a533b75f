"""Rooms that had no network are joined: everything comes in once, and nothing erased comes back."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_any
from hypothesis import strategies as st
from myths.errors import RecoveryError, StoreError, WorkshopError
from myths.store import Store, merge, open_store, restore, schema
from sqlalchemy import event, func, select

from tests.store.samples import asked, expire, given, written
from tests.store.stores import fill, held, join, new, said


@pytest.fixture
def room(tmp_path) -> Store:
    """A room's own database, in which two workshops and some questions came first."""
    room = new(tmp_path, "room.sqlite")
    room.open_workshop()
    return room


def copy(store: Store, folder: Path, name: str = "copy.sqlite") -> Store:
    """Copy a database to another computer."""
    store.backup(folder / f"{name}.backup")
    restore(folder / f"{name}.backup", f"sqlite:///{folder / name}")
    return open_store(f"sqlite:///{folder / name}")


def number_of(store: Store, table) -> int:
    with store.reading() as conn:
        return conn.scalars(select(func.count()).select_from(table)).one()


def test_everything_of_both_rooms_is_there_under_its_own_names(store, room):
    fill(store)
    fill(room, people=4)
    both = said(store) | said(room)
    merged = store.merge(room)
    assert said(store) == both
    assert (merged.added["participants"], merged.added["answers"]) == (4, 20)
    assert {each.code for each in room.workshops()} <= {each.code for each in store.workshops()}
    assert number_of(store, schema.questions) == 4


def test_merging_twice_changes_nothing(store, room):
    fill(store)
    fill(room)
    store.merge(room)
    before = held(store)
    assert not any(store.merge(room).added.values())
    assert held(store) == before


def test_the_other_database_stays_as_it_is(store, room):
    fill(store)
    fill(room)
    before = held(room)
    store.merge(room)
    assert held(room) == before


def test_people_come_back_with_their_codes_and_go_on(store, room):
    fill(store)
    [person, *_] = fill(room)
    store.merge(room)
    back = store.recover(person.recovery)
    key = store.visitor(back.token).key
    assert store.latest(back.participant, key=key)["risk", "diary", "before"].text
    assert store.visitor(person.token).participant == person.participant
    store.save(back.participant, asked(), given(5))
    assert store.latest(back.participant)["risk", "myth", "before"].value == 5


def test_of_two_copies_the_later_answer_counts_wherever_it_was_given(tmp_path):
    for late_here in (True, False):
        here = new(tmp_path, f"{late_here}.sqlite")
        [person, *_] = fill(here)
        name = person.participant
        there = copy(here, tmp_path, f"copy {late_here}.sqlite")
        first, second = (there, here) if late_here else (here, there)
        first.save(name, asked(), given(1))
        first.save(name, written(), given(text="early", reader="evaluation"))
        second.save(name, asked(), given(4))
        second.save(name, written(), given(text="late", reader="evaluation"))
        here.merge(there)
        mine = here.latest(name)
        assert mine["risk", "myth", "before"].value == 4
        assert mine["risk", "reason", "before"].text == "late"
        assert {1, 4} <= set(here.answers(history=True)["value"].dropna())
        with here.reading() as conn:
            assert "early" not in repr(conn.execute(select(schema.answers.c.text)).all())
        assert not here.merge(there).added["answers"]


def test_who_was_erased_in_either_is_erased_and_stays_so(tmp_path):
    here = new(tmp_path, "here.sqlite")
    one, two, three = fill(here)
    there = copy(here, tmp_path)
    here.erase_participant(one.participant)
    there.erase_participant(two.participant)
    merged = here.merge(there)
    assert merged.erased == 1
    for _ in range(2):
        assert set(here.participants()["participant"]) == {three.participant}
        assert {row[1] for row in said(here)} == {three.participant}
        for gone in (one, two):
            with pytest.raises(RecoveryError) as caught:
                here.recover(gone.recovery)
            assert caught.value.reason == "erased"
        here.merge(there)


def test_an_answer_that_was_erased_in_either_does_not_come_back(tmp_path):
    here = new(tmp_path, "here.sqlite")
    [one, two, _] = fill(here)
    there = copy(here, tmp_path)
    place = {"module": "risk", "item": "reason", "phase": "before"}
    here.erase_answer(one.participant, **place)
    there.erase_answer(two.participant, **place)
    here.merge(there)
    assert {one.participant, two.participant} & {row[1] for row in said(here) if row[6] != "-"} == (
        set()
    )


def test_a_workshop_that_was_erased_here_is_not_brought_back_by_an_older_copy(tmp_path):
    here = new(tmp_path, "here.sqlite")
    fill(here)
    there = copy(here, tmp_path)
    code = here.workshops()[0].code
    join(there, code)  # somebody new, whom no mark tells
    here.erase_workshop(code)
    merged = here.merge(there)
    assert merged.left_out == (code,)
    assert here.workshops() == []
    assert number_of(here, schema.participants) == number_of(here, schema.answers) == 0


def test_a_workshop_whose_time_is_over_stays_out(store, room):
    fill(room, code="LATE")
    expire(room, room.workshop("LATE", joinable=False))
    assert store.merge(room).left_out == ("LATE",)
    assert number_of(store, schema.participants) == 0


def test_two_workshops_of_one_code_are_told_apart_by_renaming(store, room):
    fill(store, code="ROOM7")
    fill(room, code="ROOM7")
    before = held(store)
    with pytest.raises(WorkshopError, match="--rename ROOM7=") as caught:
        store.merge(room)
    assert caught.value.reason == "taken"
    assert held(store) == before
    for _ in range(2):
        store.merge(room, rename={"room-7": "ROOM8"})
        assert len(store.participants(workshop="ROOM8")) == 3
        assert len(store.workshops()) == 3


def test_a_workshop_closed_in_either_is_closed(tmp_path):
    here = new(tmp_path, "here.sqlite")
    made = here.open_workshop()
    there = copy(here, tmp_path)
    there.close_workshop(made.code)
    here.merge(there)
    assert here.workshop(made.code, joinable=False).state == "closed"


def test_what_was_shown_to_a_group_comes_along(store, room):
    from myths.live import QuestionKey, group_shares

    code = room.open_workshop().code
    for number in range(5):
        room.save(join(room, code).participant, asked(), given(1 + number % 2))
    place = QuestionKey("risk", "myth", "before")
    shown = group_shares(room, code, place, options=["1", "2"])
    store.merge(room)
    assert group_shares(store, code, place, options=["1", "2"]) == shown
    assert number_of(store, schema.batched) == 5


def test_a_database_is_not_merged_with_itself(store):
    with pytest.raises(StoreError, match="itself"):
        store.merge(store)


def test_a_merge_that_fails_half_way_changes_nothing(store, room, monkeypatch):
    fill(store)
    fill(room)
    before = held(store)

    def fail(_conn, _cursor, statement, *_):
        if statement.startswith("INSERT INTO answers"):
            raise KeyboardInterrupt

    event.listen(store.engine, "before_cursor_execute", fail)
    with pytest.raises(KeyboardInterrupt):
        store.merge(room)
    event.remove(store.engine, "before_cursor_execute", fail)
    assert held(store) == before


def test_what_is_not_read_back_as_it_came_changes_nothing(store, room, monkeypatch):
    fill(store)
    fill(room)
    before = held(store)
    monkeypatch.setattr(merge, "add_up", lambda rows, **_: merge.TableDigest(len(list(rows)), 0))
    with pytest.raises(StoreError, match="could not be read back"):
        store.merge(room)
    assert held(store) == before


acts = st.lists(
    st.tuples(st.booleans(), st.integers(0, 2), st.sampled_from([1, 2, 3, "text", "own", "erase"])),
    max_size=12,
)


def with_examples(number: int) -> settings:
    fixtures = [HealthCheck.function_scoped_fixture]
    return settings(max_examples=number, deadline=None, suppress_health_check=fixtures)


@with_examples(3)
@given_any(acts=acts)
def test_both_directions_and_any_history_give_the_same_answers(tmp_path, acts):
    merged_both_ways(tmp_path, acts)


@pytest.mark.soak
@with_examples(50)
@given_any(acts=acts)
def test_so_do_many_histories(tmp_path, acts):
    merged_both_ways(tmp_path, acts)


def merged_both_ways(tmp_path, acts):
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    one = new(folder, "one.sqlite")
    people = [each.participant for each in fill(one)]
    two = copy(one, folder)
    gone = set()
    for here, number, what in acts:
        store, person = (one if here else two), people[number]
        if (here, number) in gone:
            continue
        if what == "erase":
            store.erase_participant(person)
            gone.add((here, number))
        elif isinstance(what, int):
            store.save(person, asked(), given(what))
        else:
            reader = "evaluation" if what == "text" else "me"
            store.save(person, written(), given(text=f"{what} {uuid.uuid4()}", reader=reader))
    before = copy(one, folder, "before.sqlite")
    one.merge(two)
    two.merge(before)
    assert said(one) == said(two)
    assert not {people[number] for _, number in gone} & {row[1] for row in said(one)}
    shutil.rmtree(folder)
