"""What people can do with what they said: see all of it, and erase one answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths.store import Store, Visitor

from tests.store.samples import asked, given, written
from tests.store.sweeping import swept
from tests.store.traces import traces


@pytest.fixture
def visitor(store: Store, workshop) -> Visitor:
    return store.visitor(store.join(workshop.code, language="en", consent="").token)


def test_all_that_somebody_said_is_told_with_its_question_and_time(store, visitor):
    who = visitor.participant
    answer = given(text="Because.", reader="me")
    store.save(who, asked(), given(1))
    store.save(who, written(), answer)
    store.save(who, asked(), given(2))
    first, text, second = store.answer_versions(who, key=visitor.key)
    assert [each.answer.value for each in (first, second)] == [1, 2]
    assert [each.current for each in (first, text, second)] == [False, True, True]
    assert (text.module, text.item, text.phase, text.kind) == ("risk", "reason", "before", "text")
    assert text.words["question"] == "Is it so?"
    assert text.answer == answer
    assert text.opened
    assert abs(text.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_declined_is_something_said_and_cleared_is_nothing(store, visitor):
    who = visitor.participant
    store.save(who, asked(), given(declined=True))
    store.save(who, asked("fact"), given(3))
    store.save(who, asked("fact"), given())
    said = store.answer_versions(who, key=visitor.key)
    assert [(each.item, each.current) for each in said] == [("myth", True), ("fact", False)]
    assert said[0].answer.declined


def test_nobody_is_told_what_others_said(store, workshop, visitor):
    other = store.join(workshop.code, language="en", consent="").participant
    store.save(other, asked(), given(1))
    assert store.answer_versions(visitor.participant, key=visitor.key) == []
    assert store.answer_versions("nobody") == []


def test_a_text_for_only_me_is_listed_without_its_words_when_there_is_no_key(store, visitor):
    store.save(visitor.participant, written(), given(text="mine", reader="me"))
    (found,) = store.answer_versions(visitor.participant)
    assert not found.opened
    assert found.answer.text is None
    assert found.answer.reader == "me"


def test_one_answer_is_erased_in_all_its_versions_and_no_other(url, store, workshop, visitor):
    who = visitor.participant
    other = store.join(workshop.code, language="en", consent="").participant
    store.save(other, written(), given(text="theirs", reader="evaluation"))
    store.save(who, asked(), given(5))
    store.save(who, written("else"), given(text="else", reader="evaluation"))
    for text in ("Rumpelstilzchen", "Rumpelstilzchen!"):
        store.save(who, written(), given(text=text, reader="evaluation"))
    gone = {"module": "risk", "item": "reason", "phase": "before"}
    assert store.erase_answer(who, **gone) == 2
    if url.startswith("postgresql"):
        swept(store)
    assert traces(url, "Rumpelstilzchen") == 0
    assert [each.item for each in store.answer_versions(who, key=visitor.key)] == ["myth", "else"]
    assert sorted(store.answers()["text"].dropna()) == ["else", "theirs"]
    assert store.erase_answer("nobody", **gone) == 0


def test_every_version_of_an_erased_rating_is_gone_from_the_history(store, visitor):
    for value in (1, 2):
        store.save(visitor.participant, asked(), given(value))
    store.erase_answer(visitor.participant, module="risk", item="myth", phase="before")
    assert store.answers(history=True)["value"].isna().all()
    assert store.answers().empty


def test_a_page_that_sends_an_erased_answer_again_does_not_bring_it_back(store, visitor):
    answer = given(text="again", reader="evaluation")
    store.save(visitor.participant, written(), answer)
    store.erase_answer(visitor.participant, module="risk", item="reason", phase="before")
    store.save(visitor.participant, written(), answer)
    assert store.answer_versions(visitor.participant, key=visitor.key) == []


def test_answers_can_be_looked_past_and_what_stood_before_them_stands(store, person):
    first, later, cleared = given(1), given(2), given()
    for answer in (first, later, cleared):
        store.save(person, asked(), answer)
    store.save(person, asked("fact"), only := given(5))

    def standing(*keys: str) -> dict[str, float | None]:
        found = store.standing_answers(person, but=keys)
        return {each.item: each.answer.value for each in found}

    assert standing() == {"fact": 5}
    assert standing(cleared.key) == {"myth": 2, "fact": 5}
    assert standing(later.key) == {"fact": 5}
    assert standing(cleared.key, later.key, only.key, "another") == {"myth": 1}
