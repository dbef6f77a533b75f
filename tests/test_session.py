"""Who a page is for: a participant whose answers are found and kept, or a preview."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from myths import catalog
from myths.answer import Answer, NewerAnswerError
from myths.errors import AnswerError
from myths.occasion import Occasion
from myths.session import Session, WaitingSessions, asked, waiting
from myths.session_request import SessionRequest
from myths.store import Store, Visitor, open_store

ITEM = catalog.load().module("risk").item("myth")


def answer(value: int | None) -> Answer:
    return Answer(str(uuid.uuid4()), value=value)


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
def session(store: Store, participant: str) -> Session:
    return Session(participant=participant, store=store)


def test_without_a_visitor_it_is_a_preview_that_keeps_nothing():
    session = Session.now()
    question = session.question(ITEM, "before")
    assert question["known"] is None
    assert question["owner"] == ""
    assert question["save"](answer(3)) == "preview"
    assert session.answer(ITEM, "before").value == 3  # so that the preview shows the change
    assert session.is_preview


@pytest.fixture
def tell(store, participant, monkeypatch) -> Callable[..., None]:
    """Tell this process whom it is for, as the server does."""

    def tell(**told: object) -> None:
        request: dict[str, Any] = {
            "db": store.address,
            "content": str(catalog.load().folder),
            "occasion": Occasion(country="de"),
        } | told
        for name, value in SessionRequest(**request).environment().items():
            monkeypatch.setenv(name, value)

    return tell


def test_the_servers_word_tells_who_the_visitor_is(store, participant, tell):
    tell(participant=participant)
    session = Session.now()
    assert session.occasion.country == "de"
    assert session.question(ITEM, "before")["save"](answer(2)) == "saved"
    assert store.latest(participant)["risk", "myth", "before"].value == 2


@pytest.fixture
def page(tell) -> WaitingSessions:
    """A page that does not know yet who comes."""
    tell()
    with waiting() as sessions:
        Session.now()
    return sessions


@pytest.mark.parametrize("opened", ["in time", "while the store was away", "not at all"])
def test_a_page_knows_its_visitor_whenever_the_store_was_opened(
    page, opened, store, participant, tell, caplog
):
    address = {"in time": store.address, "while the store was away": "sqlite:////nowhere/it"}
    if opened in address:
        tell(db=address[opened])
        page.open_store()
    assert ("opened at each visit" in caplog.text) == (opened == "while the store was away")
    store.save(participant, asked(ITEM, "before"), Answer(str(uuid.uuid4()), value=5))
    tell(participant=participant)
    page.begin()
    (session,) = page.sessions
    assert session.answer(ITEM, "before").value == 5
    assert session.question(ITEM, "before")["save"](answer(2)) == "saved"
    assert store.latest(participant)["risk", "myth", "before"].value == 2


def test_what_is_made_after_the_page_waits_for_nobody(page, tell):
    Session.now()
    assert len(page.sessions) == 1


def test_a_text_for_only_me_is_found_again_with_the_key_and_only_with_it(visitor, tell):
    reason = catalog.load().module("risk").item("reason")
    tell(participant=visitor.participant, key=visitor.key.hex())
    text = replace(answer(None), text="mine", reader="me")
    assert Session.now().question(reason, "before")["save"](text) == "saved"
    assert Session.now().question(reason, "before")["known"].text == "mine"
    tell(participant=visitor.participant)
    assert Session.now().question(reason, "before")["known"] is None


def test_what_stands_comes_with_the_news_that_it_was_written_elsewhere(visitor, tell):
    reason = catalog.load().module("risk").item("reason")
    tell(participant=visitor.participant, key=visitor.key.hex())
    one, other = Session.now(), Session.now()
    text = replace(answer(None), text="mine", reader="me", after=[""])
    assert one.question(reason, "before")["save"](text) == "saved"
    late = replace(answer(None), text="mine, too", reader="me", after=[""])
    with pytest.raises(NewerAnswerError) as caught:
        other.question(reason, "before")["save"](late)
    assert (caught.value.newer.text, caught.value.newer.key) == ("mine", text.key)
    assert other.answer(reason, "before").text == "mine"


def test_an_earlier_answer_is_found_again(session, store, participant):
    session.question(ITEM, "before")["save"](answer(4))
    later = Session(participant=participant, store=store)
    assert later.question(ITEM, "before")["known"].value == 4
    assert later.question(ITEM, "after")["known"] is None
    assert later.answered("risk")
    assert not later.answered("harm")


def test_a_cleared_answer_counts_as_no_answer(session):
    session.question(ITEM, "before")["save"](answer(4))
    session.question(ITEM, "before")["save"](answer(None))
    assert session.answer(ITEM, "before") is None
    assert not session.answered("risk")


def test_those_who_watch_hear_of_each_answer(session):
    heard = []
    session.on_change(lambda: heard.append(session.answer(ITEM, "before").value))
    session.question(ITEM, "before")["save"](answer(4))
    session.question(ITEM, "before")["save"](answer(5))
    assert heard == [4, 5]


def test_the_mark_of_the_owner_does_not_tell_the_participant(session, store, participant):
    assert session.owner
    assert participant not in session.owner
    other = store.join(store.workshops()[0].code, language="en", consent="agreed").participant
    assert Session(participant=other, store=store).owner != session.owner


def test_an_answer_to_an_erased_visit_is_refused_and_not_tried_again(session, store, participant):
    store.erase_participant(participant)
    with pytest.raises(AnswerError):
        session.question(ITEM, "before")["save"](answer(4))
