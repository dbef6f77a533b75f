"""A text never takes the place of one that its author did not see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from myths.answer import Answer, NewerAnswerError
from myths.store import Store

from tests.store.samples import asked, given, written


def text(words: str | None, *after: str) -> Answer:
    answer = given(text=words, reader="evaluation") if words else given()
    return replace(answer, after=list(after))


@pytest.fixture
def first(store: Store, person: str) -> Answer:
    """What both tabs show."""
    answer = text("Both know this.", "")
    store.save(person, written(), answer)
    return answer


def stands(store: Store, person: str) -> str | None:
    found = store.latest(person).get(("risk", "reason", "before"))
    return found.text if found else None


def test_a_text_from_another_tab_is_not_overwritten(store, person, first):
    other = text("From the other tab.", first.key)
    store.save(person, written(), other)
    mine = text("From this tab.", first.key)
    with pytest.raises(NewerAnswerError):
        store.save(person, written(), mine)
    assert stands(store, person) == "From the other tab."
    with pytest.raises(NewerAnswerError):  # sent again without a choice
        store.save(person, written(), mine)
    store.save(person, written(), text("From this tab.", other.key))
    assert stands(store, person) == "From this tab."


def test_ones_own_versions_follow_each_other_whatever_receipt_is_lost(store, person, first):
    second, third = text("Two", first.key), None
    store.save(person, written(), second)
    third = text("Three", first.key, second.key)
    store.save(person, written(), third)
    store.save(person, written(), third)
    assert stands(store, person) == "Three"
    never_came = given().key
    store.save(person, written(), text("Five", third.key, never_came))
    assert stands(store, person) == "Five"


def test_what_was_cleared_elsewhere_does_not_come_back_by_itself(store, person, first):
    store.save(person, written(), text(None, first.key))
    with pytest.raises(NewerAnswerError):
        store.save(person, written(), text("Both know this. And more.", first.key))
    assert stands(store, person) is None
    store.save(person, written(), text("A new one.", ""))  # the page showed that there is none
    assert stands(store, person) == "A new one."


def test_a_page_that_showed_nothing_overwrites_nothing(store, person, first):
    with pytest.raises(NewerAnswerError):
        store.save(person, written(), text("Mine.", ""))
    assert stands(store, person) == "Both know this."


def test_of_a_choice_the_last_one_counts_for_its_history_is_kept(store, person):
    store.save(person, asked(), given(1))
    store.save(person, asked(), replace(given(2), after=[""]))
    assert [answer.value for answer in store.latest(person).values()] == [2]
