"""Who a page is for: a participant whose answers are found and kept, or a preview."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from myths import catalog
from myths import session as visits
from myths.errors import AnswerError
from myths.session import VISITOR, Session
from myths.store import Answer, Store, Visitor, open_store

ITEM = catalog.load().module("risk").item("myth")


def answer(value: int | None) -> dict[str, object]:
    return {
        "key": str(uuid.uuid4()),
        "value": value,
        "text": None,
        "declined": False,
        "reader": None,
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'workshop.sqlite'}", create=True)


@pytest.fixture
def visitor(store: Store) -> Visitor:
    workshop = store.open_workshop()
    return store.visitor(store.join(workshop.code, language="en", consent="agreed").token)


@pytest.fixture
def participant(visitor: Visitor) -> str:
    return visitor.participant


@pytest.fixture
def visit(store: Store, participant: str) -> Session:
    return Session(participant=participant, store=store)


def test_without_a_visitor_it_is_a_preview_that_keeps_nothing():
    visit = Session.now()
    question = visit.question(ITEM, "before")
    assert question["given"] is None
    assert question["owner"] == ""
    assert question["save"](answer(3)) == {"state": "preview"}
    assert visit.given("risk", "myth", "before").value == 3  # so that the preview shows the change


def test_the_servers_word_tells_who_the_visitor_is(store, participant, monkeypatch):
    monkeypatch.setenv("MYTHS_DB", store.address)
    told = {"participant": participant, "language": "en", "country": "de"}
    monkeypatch.setenv(VISITOR, json.dumps(told))
    visit = Session.now()
    assert visit.country == "de"
    assert visit.question(ITEM, "before")["save"](answer(2)) == {"state": "saved"}
    assert store.latest(participant)["risk", "myth", "before"].value == 2


@pytest.fixture
def prepared(monkeypatch) -> Session:
    """A page that does not know yet who comes."""
    monkeypatch.setattr(visits, "_prepared", [])
    monkeypatch.setattr(visits, "_opened", [])
    monkeypatch.setenv(VISITOR, json.dumps({"language": "en", "country": "de"}))
    return Session.now()


@pytest.mark.parametrize("expected", ["in time", "while the store was away", "not at all"])
def test_a_page_knows_its_visitor_whenever_the_store_was_opened(
    prepared, expected, store, participant, monkeypatch, caplog
):
    address = {"in time": store.address, "while the store was away": "sqlite:////nowhere/it"}
    if expected in address:
        monkeypatch.setenv("MYTHS_DB", address[expected])
        visits.expect()
    assert ("opened at each visit" in caplog.text) == (expected == "while the store was away")
    store.save(participant, visits.asked(ITEM, "before"), Answer(str(uuid.uuid4()), value=5))
    monkeypatch.setenv("MYTHS_DB", store.address)
    told = {"participant": participant, "language": "en", "country": "de"}
    monkeypatch.setenv(VISITOR, json.dumps(told))
    visits.arrive()
    assert prepared.given("risk", "myth", "before").value == 5
    assert prepared.question(ITEM, "before")["save"](answer(2)) == {"state": "saved"}
    assert store.latest(participant)["risk", "myth", "before"].value == 2


def test_a_text_for_only_me_is_found_again_with_the_key_and_only_with_it(
    store, visitor, monkeypatch
):
    reason = catalog.load().module("risk").item("reason")
    monkeypatch.setenv("MYTHS_DB", store.address)
    told = {"participant": visitor.participant, "language": "en", "country": "de"}
    monkeypatch.setenv(VISITOR, json.dumps(told | {"key": visitor.key.hex()}))
    text = {**answer(None), "text": "mine", "reader": "me"}
    assert Session.now().question(reason, "before")["save"](text) == {"state": "saved"}
    assert Session.now().question(reason, "before")["given"]["text"] == "mine"
    monkeypatch.setenv(VISITOR, json.dumps(told))
    assert Session.now().question(reason, "before")["given"] is None


def test_an_earlier_answer_is_found_again(visit, store, participant):
    visit.question(ITEM, "before")["save"](answer(4))
    later = Session(participant=participant, store=store)
    assert later.question(ITEM, "before")["given"]["value"] == 4
    assert later.question(ITEM, "after")["given"] is None
    assert later.answered("risk")
    assert not later.answered("harm")


def test_a_cleared_answer_counts_as_no_answer(visit):
    visit.question(ITEM, "before")["save"](answer(4))
    visit.question(ITEM, "before")["save"](answer(None))
    assert visit.given("risk", "myth", "before") is None
    assert not visit.answered("risk")


def test_those_who_watch_hear_of_each_answer(visit):
    heard = []
    visit.watch(lambda: heard.append(visit.given("risk", "myth", "before").value))
    visit.question(ITEM, "before")["save"](answer(4))
    visit.question(ITEM, "before")["save"](answer(5))
    assert heard == [4, 5]


def test_the_mark_of_the_owner_does_not_tell_the_participant(visit, store, participant):
    assert visit.owner
    assert participant not in visit.owner
    other = store.join(store.workshops()[0].code, language="en", consent="agreed").participant
    assert Session(participant=other, store=store).owner != visit.owner


def test_an_answer_to_an_erased_visit_is_refused_and_not_tried_again(visit, store, participant):
    store.erase_participant(participant)
    with pytest.raises(AnswerError):
        visit.question(ITEM, "before")["save"](answer(4))
