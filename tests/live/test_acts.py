"""What a trainer can do, and what no click does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.errors import WorkshopError
from myths.live import acts, told
from myths.store import LiveState
from myths.vocabulary import Reason

ITEMS = ("myth", "fact")
BOTH = ("before", "after")


def led() -> LiveState:
    return acts.go(acts.set_pace(LiveState(), "together"), "risk", "view")


def voted(state: LiveState, phase: str) -> LiveState:
    return acts.close(acts.open_vote(state, "risk", phase, ITEMS))


def test_before_is_shown_only_beside_after():
    state = voted(led(), "before")
    for early in (state, acts.open_vote(state, "risk", "after", ITEMS)):
        with pytest.raises(WorkshopError) as caught:
            acts.reveal(early, "risk", "myth", asked=BOTH)
        assert caught.value.reason == Reason.EARLY
    shown = acts.reveal(voted(state, "after"), "risk", "myth", asked=BOTH)
    assert shown.revealed == ("risk/myth",)
    assert (shown.scene, shown.detail) == ("results", "risk/myth")


def test_a_vote_that_is_opened_again_hides_what_was_shown_of_it():
    shown = acts.reveal(voted(voted(led(), "before"), "after"), "risk", "myth", asked=BOTH)
    again = acts.open_vote(shown, "risk", "after", ITEMS)
    assert again.revealed == ()
    assert again.scene == "vote"
    assert not acts.can_reveal(again, "risk", "myth", asked=BOTH)


def test_the_projector_cannot_be_sent_to_hidden_results():
    with pytest.raises(WorkshopError):
        acts.show(voted(led(), "before"), "results", "risk/myth")


def test_going_to_another_page_closes_the_vote_and_to_another_step_does_not():
    state = acts.open_vote(led(), "risk", "before", ITEMS)
    assert acts.go(state, "risk", "facts").vote.state == "open"
    moved = acts.go(state, "harm")
    assert moved.vote.state == "closed"
    assert moved.closed == ("risk/myth/before", "risk/fact/before")


def test_a_vote_of_nothing_cannot_be_opened():
    with pytest.raises(WorkshopError):
        acts.open_vote(led(), "risk", "before", ())


def test_a_countdown_is_told_as_what_is_left_of_it():
    now = datetime(2026, 11, 5, 10, tzinfo=UTC)
    state = acts.count_down(led(), 90, now=now)
    assert told(state, now=now + timedelta(seconds=30))["left"] == 60
    assert told(state, now=now + timedelta(hours=1))["left"] == 0
    assert told(state, now=now - timedelta(days=1))["left"] == 90  # the clock was set back
    assert told(acts.count_down(state, 0), now=now)["left"] is None
    assert acts.count_down(led(), 1e12, now=now).until == now + acts.LONGEST_COUNTDOWN


def test_a_page_is_told_nothing_of_what_is_not_for_it():
    state = voted(led(), "before")
    assert told(state).keys().isdisjoint({"closed", "scene", "detail", "until"})


ACTS = {
    "go": lambda state: acts.go(state, "risk", "again"),
    "leave": lambda state: acts.go(state, "harm"),
    "before": lambda state: acts.open_vote(state, "risk", "before", ITEMS),
    "one": lambda state: acts.open_vote(state, "risk", "before", ("fact",)),
    "after": lambda state: acts.open_vote(state, "risk", "after", ITEMS),
    "close": acts.close,
    "reveal": lambda state: acts.reveal(state, "risk", "myth", asked=BOTH),
    "show": lambda state: acts.show(state, "results", "risk/myth"),
    "hide": lambda state: acts.hide(state, "risk", "myth"),
    "quiet": lambda state: acts.draw_curtain(state, "look-up"),
    "pace": lambda state: acts.set_pace(state, "own"),
}


@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=25))
def test_whatever_is_clicked_results_are_shown_only_while_both_votes_are_closed(clicks):
    state = LiveState()
    for each in clicks:
        try:
            state = ACTS[each](state)
        except WorkshopError:
            continue
        shown = {*state.revealed, *([state.detail] if state.scene == "results" else [])}
        if shown:
            assert {"risk/myth/before", "risk/myth/after"} <= set(state.closed)
            assert state.vote.state == "closed" or "myth" not in state.vote.items


def test_time_is_added_to_what_is_left_and_begins_where_nothing_goes_on():
    now = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
    state = acts.count_down(LiveState(), 60, now=now)
    later = acts.add_time(state, 60, now=now + timedelta(seconds=30))
    assert later.until == now + timedelta(seconds=120)
    assert acts.add_time(later, 60, now=now + timedelta(hours=1)).until == now + timedelta(
        hours=1, seconds=60
    )
    assert acts.add_time(state, 1e9, now=now).until == now + acts.LONGEST_COUNTDOWN


def test_a_question_is_shown_again_only_while_its_part_votes():
    state = acts.go(LiveState(), "risk", "view")
    with pytest.raises(WorkshopError):
        acts.show(state, "vote")
    voting = acts.open_vote(state, "risk", "before", ["myth"])
    assert acts.show(acts.show(voting, "step"), "vote").scene == "vote"
    assert acts.show(voting, "fact", "r1").detail == "r1"
