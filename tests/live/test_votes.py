"""A vote and what the room is shown of it, from a real store."""

from __future__ import annotations

from myths.live import (
    acts,
    group_change,
    revealed,
    settle,
)
from myths.store import (
    AskedQuestion,
    LiveState,
    Store,
    Vote,
    Workshop,
    schema,
)
from sqlalchemy import func, select

from tests.live.group import Group
from tests.live.room import OPTIONS
from tests.store import samples


def both(group: Group, people: range) -> None:
    """Let people rate before and after: before all agree but three, after none does."""
    for person in people:
        for phase, value in (("before", 4 if person > 2 else 2), ("after", 1 + person % 2)):
            answer = samples.given(value)
            group.store.save(group.name(person), scale(phase), answer)


def scale(phase: str) -> AskedQuestion:
    words = {"question": "Is it so?", "options": {str(n): f"{n}" for n in range(1, 6)}}
    return samples.asked("myth", phase, words=words)


def test_while_a_vote_is_open_nothing_is_looked_at_and_at_its_end_all_are_one_batch(
    store, workshop
):
    group = Group(store.address, workshop)
    vote = Vote(page="risk", phase="before", items=("myth",))
    state = acts.open_vote(LiveState(), "risk", "before", ["myth"])
    for person in range(1, 9):
        group.store.save(group.name(person), scale("before"), samples.given(1 + person % 5))
        assert group_change(store, workshop.code, state, "risk", "myth") == {}
    assert made(store) == 0
    closed = acts.close(state)
    settle(store, workshop.code, vote)
    shown = group_change(store, workshop.code, closed, "risk", "myth")
    assert shown["before"].people == 8
    assert made(store) == 1


def made(store: Store) -> int:
    with store.reading() as conn:
        return conn.scalars(select(func.count()).select_from(schema.batches)).one()


def voted(store: Store, workshop: Workshop) -> tuple[Group, LiveState]:
    """Ten people have answered before and after, and both votes are closed."""
    group = Group(store.address, workshop)
    both(group, range(1, 11))
    state = acts.go(LiveState(), "risk", "again")
    for phase in ("before", "after"):
        state = acts.close(acts.open_vote(state, "risk", phase, ["myth"]))
        settle(store, workshop.code, state.vote)
    return group, state


def test_while_it_is_voted_on_again_what_was_thought_before_is_not_shown(store, workshop):
    _, state = voted(store, workshop)
    again = acts.open_vote(state, "risk", "after", ["myth"])
    assert group_change(store, workshop.code, again, "risk", "myth") == {}


def test_what_phones_are_told_has_both_phases_and_only_what_was_revealed(store, workshop):
    _, state = voted(store, workshop)
    assert revealed(store, workshop.code, state) == {}
    state = acts.reveal(state, "risk", "myth", asked=("before", "after"))
    told = revealed(store, workshop.code, state)["risk/myth"]
    assert {phase: shares.people for phase, shares in told.items()} == {"before": 10, "after": 10}
    assert [share.option for share in told["before"].shares] == [*OPTIONS, "declined"]
    assert revealed(store, workshop.code, acts.go(state, "harm")) == {}


def test_a_withdrawal_changes_no_number_that_was_shown(store, workshop):
    group, state = voted(store, workshop)
    state = acts.reveal(state, "risk", "myth", asked=("before", "after"))
    before = revealed(store, workshop.code, state)
    store.erase_participant(group.name(1))
    group.store.save(group.name(2), scale("after"), samples.given(5))
    assert revealed(store, workshop.code, state) == before
