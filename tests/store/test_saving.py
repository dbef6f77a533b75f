from __future__ import annotations

import math
import uuid
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest
from myths.errors import AnswerError
from myths.store import Store, schema
from sqlalchemy import Table, func, select

from tests.store.samples import FOREIGN_WORDS, asked, given, written
from tests.store.writers import save_all


def count(store: Store, table: Table = schema.answers) -> int:
    with store.reading() as conn:
        return conn.scalars(select(func.count()).select_from(table)).one()


def refusal(store: Store, person: str, question, answer) -> str:
    before = count(store)
    with pytest.raises(AnswerError) as caught:
        store.save(person, question, answer)
    assert count(store) == before
    return str(caught.value)


def test_what_is_saved_is_read_back_as_it_was_given(store, person):
    said = [
        (asked("myth"), given(4.0)),
        (asked("over"), given(declined=True)),
        (asked("confidence", kind="confidence"), given(0)),
        (written("reason", "after"), given(text="Because.", reader="group")),
        (asked("commitment.if", "followup", "commitment"), given(text="If.", reader="evaluation")),
    ]
    for question, answer in said:
        assert store.save(person, question, answer).key == answer.key
    assert store.latest(person) == {(q.module, q.item, q.phase): a for q, a in said}


def test_a_changed_answer_replaces_the_earlier_one_and_keeps_its_row(store, person):
    for value in (1, 5, 3):
        store.save(person, asked(), given(value))
    assert [answer.value for answer in store.latest(person).values()] == [3]
    assert count(store) == 3


def test_an_answer_in_new_words_or_another_language_replaces_the_earlier_one(store, person):
    store.save(person, asked(), given(1))
    store.save(person, asked(wording="f" * 12, language="de"), given(2))
    assert [answer.value for answer in store.latest(person).values()] == [2]


def test_a_cleared_answer_is_gone_from_what_the_participant_sees(store, person):
    store.save(person, asked(), given(1))
    store.save(person, asked(), given())
    store.save(person, written(), given(text=" \n", reader="evaluation"))
    assert store.latest(person) == {}


def test_people_see_their_own_answers_only(store, workshop, person):
    other = store.join(workshop.code, language="en", consent="agreed").participant
    store.save(person, asked(), given(1))
    assert store.latest(other) == {}
    assert store.latest("nobody") == {}


def test_the_same_key_again_gives_the_first_receipt_and_writes_nothing(store, person):
    answer = given(2)
    first = store.save(person, asked(), answer)
    store.save(person, asked(), given(3))
    assert store.save(person, asked(), answer) == first
    assert store.save(person, asked(), replace(answer, value=5)) == first
    assert [kept.value for kept in store.latest(person).values()] == [3]
    assert count(store) == 2


def test_a_key_of_somebody_else_or_of_another_item_is_refused(store, workshop, person):
    other = store.join(workshop.code, language="en", consent="agreed").participant
    answer = given(2)
    store.save(person, asked(), answer)
    elsewhere = asked("fact"), asked(phase="after"), asked(module="harm")
    for who, question in [(other, asked()), *((person, question) for question in elsewhere)]:
        assert "belongs to another answer" in refusal(store, who, question, answer)
    assert count(store, schema.questions) == 1


def test_a_warmed_up_store_is_as_it_was_and_saves_without_compiling(store, person):
    store.warm_up(written("other"))
    assert count(store) == count(store, schema.questions) == 0
    compiled = len(store.engine._compiled_cache)
    for item in ("reason", "other"):
        store.save(person, written(item), given(text="Because.", reader="me"))
    assert len(store.engine._compiled_cache) == compiled
    assert count(store) == 2


def test_an_answer_of_nobody_is_refused(store, workshop):
    assert "erased" in refusal(store, "pnobody", asked(), given(1))


def together(pool: Executor, url: str, person: str, keys: list[str]) -> list[list]:
    return list(pool.map(save_all, [url] * 4, [person] * 4, [keys] * 4))


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_writers_that_race_with_the_same_keys_save_each_answer_once(store, url, person, kind):
    keys = [str(uuid.uuid4()) for _ in range(10)]
    if kind == "threads":
        pool: Executor = ThreadPoolExecutor(4)
    else:
        pool = ProcessPoolExecutor(4, mp_context=get_context("spawn"))
    with pool:
        receipts = together(pool, url, person, keys)
    assert all(each == receipts[0] for each in receipts)
    assert count(store) == len(keys)
    assert count(store, schema.questions) == len(keys)


@pytest.mark.parametrize("text", [*FOREIGN_WORDS, "x" * 2000, "😀" * 2000])
def test_words_in_any_script_come_back_letter_by_letter(store, person, text):
    store.save(person, written(words={"question": text}), given(text=text, reader="evaluation"))
    assert [answer.text for answer in store.latest(person).values()] == [text]
    assert list(store.answers()["text"]) == [text]
    assert store.questions()["words"][0] == {"question": text}


def test_letters_that_no_database_keeps_are_mended_the_same_on_both(store, person):
    store.save(person, written(), given(text="\ufeffa\0b\ud83dc\ude00", reader="group"))
    assert [answer.text for answer in store.latest(person).values()] == ["\ufeffab\ufffdc\ufffd"]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400, True, "3"])
def test_a_value_that_is_no_proper_number_is_refused(store, person, value):
    assert "no number" in refusal(store, person, asked(), given(value))


@pytest.mark.parametrize(
    "key", ["", "1", "x" * 36, str(uuid.UUID(int=15)).upper(), uuid.UUID(int=1).hex, None]
)
def test_a_key_that_is_no_uuid_as_browsers_write_it_is_refused(store, person, key):
    assert "no UUID" in refusal(store, person, asked(), given(1, key=key))


@pytest.mark.parametrize(
    ("question", "answer", "fault"),
    [
        (asked(module="x" * 65), given(1), "module"),
        (asked(item="../etc"), given(1), "item"),
        (asked(item=""), given(1), "item"),
        (asked(phase="later"), given(1), "phase"),
        (asked(kind="slider"), given(1), "kind"),
        (asked(language="x" * 17), given(1), "language"),
        (asked(wording=""), given(1), "wording"),
        (written(), given(text="x" * 10_001), "longer"),
        (written(), given(text=5), "no text"),
        (written(), given(text="x", reader="police"), "reader"),
        (written(), given(1), "no number"),
        (asked(), given(text="x"), "takes no text"),
        (asked(), given(1, declined=True), "declined"),
    ],
)
def test_what_no_page_of_ours_sends_is_refused_with_its_fault(
    store, person, question, answer, fault
):
    assert fault in refusal(store, person, question, answer)
