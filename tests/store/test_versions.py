"""Of a text, only the latest version keeps its words, and only for those whom it is for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from sqlalchemy import event

from tests.store.samples import asked, given, written
from tests.store.sweeping import swept
from tests.store.texts import MINE, dump, read, worded
from tests.store.traces import traces


@pytest.mark.parametrize("reader", ["group", "evaluation"])
def test_a_text_that_is_taken_back_is_gone_in_all_its_versions(url, store, visitor, reader):
    person = visitor.participant
    for text in (MINE, MINE + "!", MINE + "?"):
        store.save(person, written(), given(text=text, reader=reader))
    store.save(person, written("other"), given(text="kept", reader=reader))
    store.save(person, written(), given(text=MINE, reader="me"))
    assert worded(store)[:3] == [(reader, None, False)] * 3  # that there were versions stays known
    assert worded(store)[3:] == [(reader, "kept", False), ("me", None, True)]
    if url.startswith("postgresql"):
        swept(store)
    assert traces(url, "Rumpelstilzchen") == 0
    assert read(store, visitor) == MINE


def test_a_text_that_is_opened_to_others_is_a_new_answer_in_plain(store, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    store.save(visitor.participant, written(), given(text=MINE, reader="evaluation"))
    assert worded(store) == [("me", None, False), ("evaluation", MINE, False)]
    assert list(store.answers()["text"]) == [MINE]
    assert read(store, visitor) == MINE


@pytest.mark.parametrize("later", [{}, {"declined": True}, {"text": "new", "reader": "group"}])
@pytest.mark.parametrize("reader", ["me", "group", "evaluation"])
def test_only_the_latest_version_of_a_text_keeps_its_words(store, visitor, reader, later):
    store.save(visitor.participant, written(), given(text=MINE, reader=reader))
    store.save(visitor.participant, written(wording="f" * 12), given(**later))
    assert worded(store)[0] == (reader, None, False)
    assert len(worded(store)) == 2
    assert MINE not in dump(store)


def test_other_texts_and_earlier_ratings_stay_as_they_are(store, workshop, visitor):
    other = store.join(workshop.code, language="en", consent="").participant
    store.save(other, written(), given(text="theirs", reader="group"))
    store.save(visitor.participant, written(phase="after"), given(text="later", reader="group"))
    store.save(visitor.participant, written(module="harm"), given(text="harm", reader="group"))
    for value in (1, 2):
        store.save(visitor.participant, asked(), given(value))
    store.save(visitor.participant, written(), given(text="mine", reader="me"))
    assert [text for _, text, _ in worded(store) if text] == ["theirs", "later", "harm"]
    assert list(store.answers(history=True)["value"].dropna()) == [1, 2]


def test_of_versions_that_come_at_once_one_keeps_its_words(store, visitor):
    def save(reader: str) -> None:
        store.save(visitor.participant, written(), given(text=MINE, reader=reader))

    def linger(_conn, _cursor, statement, *_):
        if statement.startswith("UPDATE answers"):
            sleep(0.05)  # so that the others come before this one is done

    event.listen(store.engine, "after_cursor_execute", linger)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, ["me", "group", "evaluation", "me"]))
    rows = worded(store)
    assert [bool(text or sealed) for _, text, sealed in rows] == [False, False, False, True]
