"""Questions to the trainer: without a name and a time, and gone when their author wants it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from myths.errors import AnswerError, StoreError, WorkshopError
from myths.store import Inquiry, Store, open_store, restore, schema
from myths.vocabulary import InquiryState, Reason
from sqlalchemy import select

from tests.store.samples import age, expire
from tests.store.stores import new
from tests.store.sweeping import swept
from tests.store.test_doors import shown
from tests.store.texts import dump
from tests.store.traces import traces

WORDS = "Who tells her if he stops coming?"


def ask(store: Store, person: str, text: str = WORDS, **more: str) -> str:
    """Put a question; returns its key."""
    key = more.pop("key", str(uuid.uuid4()))
    store.ask(person, text, key=key, **more)
    return key


def texts(store: Store, code: str) -> list[str]:
    return [each.text for each in store.inquiries(code)]


def join(store: Store, code: str) -> str:
    return store.join(code, language="en", consent="agreed").participant


def test_a_question_is_listed_for_its_room_alone_with_where_somebody_was(store, workshop, person):
    key = ask(store, person, f"  {WORDS}\n", page="risk", step="facts")
    asked = Inquiry(key, WORDS, "risk", "facts", InquiryState.NEW)
    assert store.inquiries(workshop.code.lower()) == [asked]
    assert store.own_inquiries(person) == [asked]
    other = store.open_workshop()
    assert store.inquiries(other.code) == []
    assert store.own_inquiries(join(store, other.code)) == []


def test_who_does_not_contribute_asks_like_everybody_else(store, workshop):
    joined = store.join(workshop.code, language="en", consent="agreed", contributes=False)
    ask(store, joined.participant)
    assert texts(store, workshop.code) == [WORDS]


def test_neither_the_list_nor_its_order_tells_who_asked_or_when(store, workshop):
    people = [join(store, workshop.code) for _ in range(12)]
    keys = [ask(store, person) for person in people for _ in range(2)]
    found = store.inquiries(workshop.code)
    assert not any(person in repr(found) for person in people)
    assert [each.key for each in found] == sorted(keys)
    assert sorted(keys) != keys


def test_the_same_question_sent_twice_is_kept_once_and_nobody_takes_a_key_of_others(
    store, workshop, person
):
    key = ask(store, person)
    ask(store, person, key=key)
    assert texts(store, workshop.code) == [WORDS]
    with pytest.raises(AnswerError) as caught:
        ask(store, join(store, workshop.code), "else", key=key)
    assert caught.value.reason == Reason.TAKEN
    assert texts(store, workshop.code) == [WORDS]


@pytest.mark.parametrize(
    ("text", "is_key", "reason"),
    [
        (" \0\n", True, Reason.TEXT),
        ("x" * 501, True, Reason.LONG),
        (WORDS, False, Reason.KEY),
    ],
)
def test_what_is_no_question_is_refused_with_its_reason(store, person, text, is_key, reason):
    with pytest.raises(AnswerError) as caught:
        store.ask(person, text, key=str(uuid.uuid4()) if is_key else "1")
    assert caught.value.reason == reason
    assert store.own_inquiries(person) == []


@pytest.mark.parametrize("name", ["a b", "#", "x" * 41, "Risk"])
def test_what_is_no_name_of_a_page_is_not_kept(store, person, name: str):
    ask(store, person, page=name, step=name)
    [asked] = store.own_inquiries(person)
    assert (asked.page, asked.step) == ("", "")


def test_five_hundred_characters_fit_and_foreign_ones_come_back_as_they_are(store, person):
    for text in ("x" * 500, "لا يوجد \u202bنص\u202c 👩🏽\u200d⚖️", "' \" \\ ; -- %s"):
        ask(store, person, text)
        assert store.own_inquiries(person)[-1].text == text


def test_twenty_may_be_open_and_an_answered_one_makes_room(store, workshop, person):
    keys = [ask(store, person, f"{WORDS} {number}") for number in range(20)]
    with pytest.raises(AnswerError) as caught:
        ask(store, person)
    assert (caught.value.reason, caught.value.values) == (Reason.MANY, {"most": 20})
    ask(store, person, key=keys[0])  # it came before
    ask(store, join(store, workshop.code))  # others have their own twenty
    store.mark_inquiries(workshop.code, keys[:1], InquiryState.ANSWERED)
    ask(store, person)
    assert len(store.own_inquiries(person)) == 21


def test_a_question_is_marked_in_its_own_room_only(store, workshop, person):
    key = ask(store, person)
    other = store.open_workshop()
    assert store.mark_inquiries(other.code, [key], InquiryState.ANSWERED) == 0
    assert store.mark_inquiries(workshop.code, [key, "none"], InquiryState.LATER) == 1
    assert store.own_inquiries(person)[0].state == InquiryState.LATER
    with pytest.raises(WorkshopError):
        store.mark_inquiries("NOSUCH", [key], InquiryState.LATER)


def test_only_its_author_takes_a_question_back(store, workshop, person):
    key = ask(store, person)
    assert not store.take_back(join(store, workshop.code), key)
    assert texts(store, workshop.code) == [WORDS]
    assert store.take_back(person, key)
    assert not store.take_back(person, key)
    assert texts(store, workshop.code) == []


WAYS = {
    "taken back": lambda store, _, person, key: store.take_back(person, key),
    "withdrawn": lambda store, _, person, __: store.erase_participant(person),
    "erased": lambda store, workshop, *_: store.erase_workshop(workshop.code),
    "expired": lambda store, workshop, *_: (expire(store, workshop), store.erase_expired()),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_gone_leaves_no_trace_in_the_files(url, store, workshop, person, way):
    key = ask(store, person, "Rumpelstilzchen " * 30)
    kept = store.open_workshop()
    ask(store, join(store, kept.code), "Schneewittchen")
    assert traces(url, "Rumpelstilzchen") >= 30
    WAYS[way](store, workshop, person, key)
    swept(store)
    assert traces(url, "Rumpelstilzchen", key) == 0
    assert traces(url, "Schneewittchen") == 1
    assert "Rumpelstilzchen" not in dump(store)
    assert texts(store, kept.code) == ["Schneewittchen"]


def test_who_was_erased_or_whose_time_is_over_asks_nothing_more(store, workshop, person):
    late = join(store, workshop.code)
    store.erase_participant(person)
    with pytest.raises(AnswerError) as caught:
        ask(store, person)
    assert caught.value.reason == Reason.ERASED
    expire(store, workshop)
    with pytest.raises(WorkshopError) as over:
        ask(store, late)
    assert over.value.reason == Reason.EXPIRED


def test_no_table_of_the_evaluation_has_a_question(store, person):
    ask(store, person, "Rumpelstilzchen")
    assert "Rumpelstilzchen" not in shown(store)


def test_a_backup_brings_questions_back_but_none_that_was_taken_back_since(
    url, store, workshop, person, tmp_path: Path
):
    gone, _ = ask(store, person, "gone"), ask(store, person, "kept", page="risk", step="facts")
    store.backup(tmp_path / "monday")
    store.take_back(person, gone)
    restore(tmp_path / "monday", url, replace=True)
    assert texts(open_store(url), workshop.code) == ["kept"]
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    restore(tmp_path / "monday", fresh)
    assert sorted(texts(open_store(fresh), workshop.code)) == ["gone", "kept"]


def test_two_rooms_joined_have_the_questions_of_both_once_and_none_that_was_taken_back(
    tmp_path: Path,
):
    here = new(tmp_path, "here.sqlite")
    code = here.open_workshop().code
    person = join(here, code)
    keys = [ask(here, person, text) for text in ("gone here", "gone there", "both")]
    here.backup(tmp_path / "copy")
    restore(tmp_path / "copy", f"sqlite:///{tmp_path}/there.sqlite")
    there = open_store(f"sqlite:///{tmp_path}/there.sqlite")
    here.take_back(person, keys[0])
    there.take_back(person, keys[1])
    there.mark_inquiries(code, keys[2:], InquiryState.ANSWERED)
    ask(there, join(there, code), "new there")
    for _ in range(2):
        here.merge(there)
        assert sorted(texts(here, code)) == ["both", "new there"]
    states = {each.text: each.state for each in here.inquiries(code)}
    assert states == {"both": "answered", "new there": "new"}
    swept(here)
    assert traces(here.address, "gone there") == 0


def test_a_question_with_a_state_that_there_is_not_does_not_come_in(tmp_path: Path):
    here, there = new(tmp_path, "here.sqlite"), new(tmp_path, "there.sqlite")
    ask(there, join(there, there.open_workshop().code))
    with there.writing() as conn:
        conn.execute(schema.inquiries.update().values(state="shouted"))
    with pytest.raises(StoreError, match=r"inquiries\.state"):
        here.merge(there)


def test_a_question_says_nothing_of_its_time_even_as_the_clock_goes_on(store, person):
    ask(store, person)
    with store.reading() as conn:
        before = conn.execute(select(schema.inquiries)).all()
    age(store, days=3)
    with store.reading() as conn:
        assert conn.execute(select(schema.inquiries)).all() == before
