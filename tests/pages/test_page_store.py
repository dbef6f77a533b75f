"""A page's kernel has the server read and save for it: what the store says comes over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from myths.answer import Answer, NewerAnswerError
from myths.errors import AnswerError, StoreError, WorkshopError
from myths.pages import PageStore, answer_ask
from myths.session import asked
from myths.store import Store, Visitor, open_store
from myths.vocabulary import Reason

from tests.server.wire import key
from tests.store.samples import expire

RISK = catalog.load().module("risk")
TEXT, RATING = asked(RISK.item("reason"), "before"), asked(RISK.item("myth"), "before")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)


@pytest.fixture
def visitor(store: Store) -> Visitor:
    joined = store.join(store.open_workshop().code, language="en", consent="x")
    return store.visitor(joined.token)


@pytest.fixture
def page(store: Store, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageStore]:
    """The store of this visitor's page; whom the page names makes no difference."""

    def ask(line: bytes) -> bytes:
        told = answer_ask(store, visitor.participant, line)
        assert told.endswith(b"\n")
        assert told.count(b"\n") == 1
        return told.rstrip()

    monkeypatch.setattr(PageStore, "ask", staticmethod(ask), raising=False)
    return PageStore(None)


def text(words: str, reader: str = "me", **more: object) -> Answer:
    return Answer(key(), text=words, reader=reader, **more)  # type: ignore[arg-type]


def test_what_is_saved_stands_and_is_read_again_with_every_letter(page: PageStore, visitor):
    page.save("whoever", TEXT, text("Line one\nline two: «ja» 🙂 \u2028"))
    page.save("whoever", RATING, Answer(key(), value=4))
    found = {each.item: each.answer for each in page.standing_answers("", key=visitor.key)}
    assert found["reason"].text == "Line one\nline two: «ja» 🙂 \u2028"
    assert found["myth"].value == 4


def test_what_the_server_has_saved_is_not_saved_again(page: PageStore, store, visitor, monkeypatch):
    monkeypatch.setattr(PageStore, "is_kept", True)
    page.save("", RATING, Answer(key(), value=4))
    assert store.latest(visitor.participant) == {}


def test_a_text_for_oneself_is_not_read_without_the_key(page: PageStore):
    page.save("", TEXT, text("for me"))
    assert page.standing_answers("") == []


def test_what_is_known_is_not_asked_for_until_it_is_out_of_date(page: PageStore, store, visitor):
    page.save("", RATING, Answer(key(), value=4))
    known = PageStore(store.standing_answers(visitor.participant))
    page.save("", RATING, Answer(key(), value=5))
    assert [each.answer.value for each in known.standing_answers("")] == [4]
    known.known = None
    assert [each.answer.value for each in known.standing_answers("")] == [5]


def test_an_answer_is_saved_for_the_visitor_of_the_page_and_for_nobody_else(page, store, visitor):
    other = store.visitor(store.join(visitor.workshop.code, language="en", consent="x").token)
    page.save(other.participant, RATING, Answer(key(), value=4))
    assert store.latest(other.participant) == {}
    assert len(store.latest(visitor.participant)) == 1


def test_a_text_that_was_changed_elsewhere_is_not_saved(page: PageStore):
    page.save("", TEXT, text("first", "evaluation"))
    with pytest.raises(NewerAnswerError):
        page.save("", TEXT, text("second", "evaluation", after=[""]))


def test_a_refused_answer_says_why_with_its_reason(page: PageStore):
    with pytest.raises(AnswerError) as refused:
        page.save("", RATING, Answer("no key", value=4))
    assert refused.value.reason == Reason.KEY
    again = Answer(key(), value=4)
    page.save("", RATING, again)
    with pytest.raises(AnswerError):
        page.save("", asked(RISK.item("fact"), "before"), again)


def test_the_end_of_a_workshop_is_told(page: PageStore, store: Store, visitor: Visitor):
    expire(store, visitor.workshop)
    with pytest.raises(WorkshopError) as over:
        page.save("", RATING, Answer(key(), value=4))
    assert over.value.reason == Reason.EXPIRED


def test_a_store_that_is_away_is_told(page: PageStore, store: Store):
    Path(str(store.file)).unlink()
    with pytest.raises(StoreError):
        page.save("", RATING, Answer(key(), value=4))


def test_whatever_goes_wrong_the_kernel_gets_an_answer(page: PageStore, store, visitor):
    told = json.loads(answer_ask(store, visitor.participant, b'ask {"asked": {}}')[5:])
    assert told["fault"]["kind"] == "StoreError"
