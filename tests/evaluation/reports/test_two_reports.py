"""Of two reports, or any number of them, nobody's answer can be worked out by subtracting."""

from __future__ import annotations

from contextlib import suppress

import myths
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from myths.errors import EvaluationError
from myths.store import open_store

from tests.evaluation.reports.published import (
    QUESTION,
    STAY,
    command,
    counted,
    is_safe,
    publish,
    publish_row,
    told,
)
from tests.evaluation.said import join, room, say


def test_one_person_more_in_the_final_report_waits_and_the_report_says_so(file, store, tmp_path):
    """Two workshops, then three: in the third one person answered, as in the interim report."""
    room(store, "ROOM1", [*STAY, *STAY])
    room(store, "ROOM2", STAY)
    first = publish(file, tmp_path)
    assert "not everybody is counted" not in told(first)
    room(store, "ROOM3", [(1, 1)])
    final = publish(file, tmp_path)
    assert "not everybody is counted here" in told(final)
    assert "15 people with both answers" in told(final)
    assert "16 people with both answers" not in told(final)
    assert f"{QUESTION}: 1 person is not counted" in final.notes[0]
    assert "(ROOM1, ROOM2)" in final.notes[0]
    assert counted(store) == [15]  # the final report tells nothing new of it, and is not logged


def test_a_third_workshop_with_enough_people_is_counted(store):
    room(store, "ROOM1", [*STAY, *STAY])
    publish_row(store)
    room(store, "ROOM2", STAY)
    publish_row(store)
    assert counted(store) == [10, 15]
    assert is_safe(store)


def test_by_audience_the_others_are_never_few(store):
    room(store, "COURT", [*STAY, *STAY, *STAY], audience="courts")
    room(store, "POLICE", STAY[:2], audience="police")
    publish_row(store)
    publish_row(store, audience="courts")
    assert counted(store) == [17, 12]
    assert is_safe(store)


def test_three_reports_in_combination_are_safe_where_each_two_are(store):
    room(store, "ROOM1", [*STAY, *STAY])
    room(store, "ROOM2", STAY)
    room(store, "ROOM4", STAY[:3])
    publish_row(store, workshop=["ROOM1", "ROOM4"])
    publish_row(store, workshop=["ROOM2", "ROOM4"])
    publish_row(store)
    assert is_safe(store)


def test_a_later_answer_is_neither_told_nor_missed(store):
    [person, *_] = room(store, "ROOM1", [*STAY, *STAY, *STAY])
    publish_row(store)
    say(store, person, "myth", "after", 5)
    publish_row(store)
    assert counted(store) == [15, 10]
    assert is_safe(store)


def test_after_a_withdrawal_nobody_can_tell_who_withdrew(store):
    people = room(store, "ROOM1", [*STAY, *STAY, *STAY])
    publish_row(store)
    store.erase_participant(people[0])
    publish_row(store)
    assert counted(store) == [15, 10]
    assert is_safe(store)


def test_the_same_report_can_be_made_again_from_the_same_answers(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    first, second = (publish(file, tmp_path) for _ in range(2))
    assert told(first) == told(second)
    first.save(tmp_path / "again.pdf")
    assert counted(store) == [10]


def test_a_report_in_which_everything_is_about_a_few_is_refused(file, store, tmp_path):
    room(store, "ROOM1", STAY)
    publish(file, tmp_path, "ROOM1")
    room(store, "ROOM2", STAY[:4])
    for name in store.participants(workshop="ROOM1")["participant"][:1]:
        store.erase_participant(name)
    with pytest.raises(EvaluationError, match=r"Beside the report .*\(ROOM1\).*--private"):
        myths.report(file)
    assert (tmp_path / "report.html").exists()


def test_a_refused_report_is_told_in_one_line_by_the_command(file, store, tmp_path):
    room(store, "ROOM1", STAY)
    publish(file, tmp_path)
    store.erase_participant(store.participants()["participant"][0])
    room(store, "ROOM2", STAY[:4])
    refused = command(file, tmp_path / "other")
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: Beside the report of")
    assert not list(tmp_path.glob("other*"))


def test_made_up_answers_hide_nobody_and_are_not_logged(file, store, tmp_path):
    store.open_workshop(code="TRIAL", rehearsal=True)
    for name in join(store, "TRIAL", 10):
        for phase in ("before", "after"):
            say(store, name, "myth", phase, 3)
    publish(file, tmp_path, rehearsal=True)
    assert store.release_log().releases == ()
    room(store, "REAL", STAY[:4])
    publish(file, tmp_path, rehearsal=True)
    assert store.release_log().releases == ()  # four people are not counted among made-up ones
    assert "(14 people)" not in (tmp_path / "report.html").read_text()


Choices = st.lists(
    st.tuples(st.sampled_from(["publish", "publish", "join", "withdraw", "change"]), st.randoms()),
    min_size=3,
    max_size=7,
)


@settings(max_examples=8, deadline=None)
@given_any(choices=Choices)
def test_whatever_is_published_when_and_by_whom_nobody_is_alone(choices, tmp_path_factory):
    nobody_is_alone(choices, tmp_path_factory)


@pytest.mark.soak
@settings(max_examples=60, deadline=None)
@given_any(choices=Choices)
def test_in_many_ways_to_publish_nobody_is_alone(choices, tmp_path_factory):
    nobody_is_alone(choices, tmp_path_factory)


def nobody_is_alone(choices, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("any")
    store = open_store(f"sqlite:///{folder}/any.sqlite", create=True)
    codes = ["AAAA", "BBBB", "CCCC"]
    for code, pairs in zip(codes, ([*STAY, *STAY], STAY, STAY[:3]), strict=True):
        room(store, code, pairs)
    for act, dice in choices:
        names = sorted(store.participants()["participant"])
        if act == "join":
            for name in join(store, dice.choice(codes), dice.randint(1, 6)):
                for phase in ("before", "after"):
                    say(store, name, "myth", phase, dice.randint(1, 5))
        elif act == "withdraw":
            store.erase_participant(dice.choice(names))
        elif act == "change":
            say(store, dice.choice(names), "myth", "after", dice.randint(1, 5))
        else:
            with suppress(EvaluationError):
                publish_row(store, workshop=dice.sample(codes, dice.randint(1, 3)))
        assert is_safe(store)
