"""Who is there: counts of a whole room, and nothing of anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths.store import Attendance, Visitor, Vote, Workshop, schema
from sqlalchemy import event, update

from tests.store.samples import asked, given
from tests.store.stores import join

VOTE = Vote(page="risk", phase="before", items=("myth", "fact"))


@pytest.fixture
def people(store, workshop) -> list[str]:
    return [join(store, workshop.code).participant for _ in range(3)]


def test_somebody_has_answered_once_all_questions_of_the_vote_are(store, workshop, people):
    ada, bea, cy = people
    store.save(ada, asked("myth"), given(2))
    store.save(ada, asked("fact"), given(declined=True))
    store.save(bea, asked("myth"), given(2))
    store.save(bea, asked("myth"), given(3))  # twice the same is no second one
    store.save(cy, asked("myth", "after"), given(2))
    store.save(cy, asked("fact", "after"), given(2))
    assert store.attendance(workshop.code, vote=VOTE) == Attendance(3, 0, 1)
    store.save(bea, asked("fact", language="de"), given(1))
    assert store.attendance(workshop.code, vote=VOTE).answered == 2


def test_who_takes_an_answer_back_or_is_erased_has_not_answered(store, workshop, people):
    ada, bea, _ = people
    for each in (ada, bea):
        store.save(each, asked("myth"), given(2))
        store.save(each, asked("fact"), given(2))
    store.save(ada, asked("fact"), given())
    assert store.attendance(workshop.code, vote=VOTE) == Attendance(3, 0, 1)
    store.erase_participant(bea)
    assert store.attendance(workshop.code, vote=VOTE) == Attendance(2, 0, 0)


def test_another_room_is_not_counted(store, workshop, people):
    other = store.open_workshop()
    store.save(join(store, other.code).participant, asked("myth"), given(2))
    store.tell_connected("one", {other.code: 1})
    assert store.attendance(workshop.code, vote=VOTE) == Attendance(3, 0, 0)


def test_the_people_of_all_servers_are_connected_and_of_one_that_is_silent_nobody(
    store, workshop, people
):
    store.tell_connected("one", {workshop.code: 1, "NOSUCH": 7})
    store.tell_connected("two", {workshop.code: 1})
    assert store.attendance(workshop.code).connected == 2
    with store.writing() as conn:
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        conn.execute(
            update(schema.connections)
            .where(schema.connections.c.server == "two")
            .values(at=long_ago)
        )
    assert store.attendance(workshop.code).connected == 1
    store.tell_connected("one", {})
    assert store.attendance(workshop.code).connected == 0


def test_what_a_server_wrote_before_the_clock_was_set_back_counts_no_longer(
    store, workshop, people
):
    store.tell_connected("gone", {workshop.code: 2})
    with store.writing() as conn:
        conn.execute(update(schema.connections).values(at=datetime.now(UTC) + timedelta(hours=1)))
    assert store.attendance(workshop.code).connected == 0


def test_never_more_are_connected_than_have_joined(store, workshop, people):
    store.tell_connected("one", {workshop.code: 3})
    store.tell_connected("two", {workshop.code: 3})  # who went from one server to another
    assert store.attendance(workshop.code).connected == 3


def visitor(workshop: Workshop, name: str) -> Visitor:
    return Visitor(name, workshop, "en", b"", "")


def test_people_are_counted_at_the_step_of_a_page_that_they_came_to_last(store, workshop, people):
    ada, bea, cy = (visitor(workshop, name) for name in people)
    nobody = join(store, workshop.code)
    for who, page, step in (
        (ada, "womens-services", "view"),
        (ada, "womens-services", "facts"),
        (bea, "womens-services", "facts"),
        (cy, "womens-services", "facts"),
        (cy, "risk", "view"),
    ):
        store.come_to(who, page, step=step)
    there = store.attendance(workshop.code, page="womens-services")
    assert (there.joined, there.steps, there.elsewhere) == (4, {"facts": 2}, 1)
    assert nobody.participant  # who opened nothing is nowhere
    store.come_to(visitor(workshop, nobody.participant), "womens-services")
    assert store.attendance(workshop.code, page="womens-services").steps == {"facts": 2, "": 1}
    assert store.attendance(workshop.code).elsewhere == 0
    store.erase_participant(bea.participant)
    assert store.attendance(workshop.code, page="womens-services").steps == {"facts": 1, "": 1}


def test_where_people_are_takes_one_look_at_them(store, workshop, people):
    seen: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    store.attendance(workshop.code, page="risk")
    assert sum("FROM participants" in each for each in seen) == 1
