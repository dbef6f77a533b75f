"""A trainer's notes: the same on every device, nothing of two writers lost, gone at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.errors import WorkshopError
from myths.store import Notes, open_store, restore
from myths.store.notes import LONGEST, united_texts
from myths.vocabulary import Reason

from tests.store.stores import held, new
from tests.store.sweeping import swept
from tests.store.traces import traces

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=6).map(" ".join)


def test_what_was_written_is_there_on_another_device(store, workshop):
    assert store.notes(workshop.code) == Notes()
    store.keep_notes(workshop.code, "Ask Ada first.", base="")
    assert open_store(store.address).notes(workshop.code) == Notes(1, "Ask Ada first.")
    same = store.keep_notes(workshop.code, "Ask Ada first.", base="Ask Ada first.")
    assert same.version == 1


def test_of_two_who_write_at_one_time_both_texts_are_kept(store, workshop):
    store.keep_notes(workshop.code, "Plan", base="")
    store.keep_notes(workshop.code, "Plan: the door", base="Plan")
    both = store.keep_notes(workshop.code, "The plan", base="Plan").text
    assert "The p" in both
    assert ": the door" in both


def test_of_many_who_write_at_once_no_line_is_lost(store, workshop):
    lines = [f"line {number}" for number in range(12)]

    def write(line: str) -> None:
        open_store(store.address).keep_notes(workshop.code, line, base="")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, lines))
    assert sorted(store.notes(workshop.code).text.split("\n")) == sorted(lines)


@given(WORDS, WORDS, WORDS)
def test_nothing_that_either_wrote_anew_is_lost(base, mine, theirs):
    both = united_texts(base, f"{mine} MINE {base}", f"{base} THEIRS {theirs}")
    assert "MINE" in both
    assert "THEIRS" in both
    assert united_texts(base, mine, base) == mine
    assert united_texts(base, base, theirs) == theirs


def test_what_two_change_in_different_places_is_changed_once():
    assert united_texts("one two three", "1 two three", "one two 3") == "1 two 3"
    assert united_texts("one two three", "one two 3", "1 two three") == "1 two 3"
    assert united_texts("one two", "one", "one two three") == "one three"
    assert united_texts("one two", "one 2", "one II") == "one II\n2"
    assert united_texts("one two", "one", "one zwei") == "one zwei"


def test_a_text_that_is_too_long_is_refused_and_nothing_changes(store, workshop):
    store.keep_notes(workshop.code, "kept", base="")
    with pytest.raises(WorkshopError) as caught:
        store.keep_notes(workshop.code, "x" * (LONGEST + 1), base="kept")
    assert caught.value.reason == Reason.LONG
    assert store.notes(workshop.code).text == "kept"


def test_notes_go_with_their_workshop_and_leave_no_trace(store, workshop):
    store.keep_notes(workshop.code, "Rumpelstilzchen", base="")
    store.keep_notes(workshop.code, "Knusperhaus", base="Rumpelstilzchen")
    swept(store)
    assert not traces(store.address, "Rumpelstilzchen")
    store.erase_workshop(workshop.code)
    with pytest.raises(WorkshopError):
        store.notes(workshop.code)
    swept(store)
    assert not traces(store.address, "Knusperhaus")


def test_they_are_in_a_backup_and_two_rooms_that_are_joined_have_both(tmp_path):
    store = new(tmp_path)
    workshop = store.open_workshop()
    store.keep_notes(workshop.code, "at noon", base="")
    store.backup(tmp_path / "a.backup")
    restore(tmp_path / "a.backup", f"sqlite:///{tmp_path}/other.sqlite")
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite")
    assert other.notes(workshop.code).text == "at noon"
    other.keep_notes(workshop.code, "in the evening", base="at noon")
    store.merge(other)
    assert store.notes(workshop.code).text == "at noon\n\nin the evening"
    before = held(store)
    store.merge(other)
    assert held(store) == before
