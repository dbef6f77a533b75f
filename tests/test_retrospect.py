"""Closing and follow-up show somebody their own changes and plans, and nobody else's."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import myths
import pytest
from ipywidgets import Widget
from myths import catalog, components
from myths.answer import Answer
from myths.session import Session, WaitingSessions, asked, waiting
from myths.session_request import SessionRequest
from myths.store import Store, Visitor, open_store

from tests.test_module import inside, questions

CATALOG = catalog.load()
DID = ("harm", "risk")
PRIVATE = "ask\nthe officer from the second floor"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'workshop.sqlite'}", create=True)


def joined(store: Store) -> Visitor:
    return store.visitor(
        store.join(store.open_workshop().code, language="en", consent="agreed").token
    )


def say(store: Store, who: Visitor, module: str, item: str, phase: str, **said: object) -> None:
    what = asked(CATALOG.module(module).item(item), phase)
    store.save(who.participant, what, Answer(str(uuid.uuid4()), **said))


@pytest.fixture
def person(store: Store) -> Visitor:
    """Somebody who did two modules, and wrote a plan in one, for their own eyes."""
    who = joined(store)
    for module in DID:
        say(store, who, module, "myth", "before", value=4)
        say(store, who, module, "myth", "after", value=2)
    say(store, who, "risk", "over", "before", declined=True)
    say(store, who, "risk", "commitment.if", "after", text="he stops coming", reader="me")
    say(store, who, "risk", "commitment.then", "after", text=PRIVATE, reader="me")
    return who


Begin = Callable[[Visitor | None], None]


@pytest.fixture
def prepared(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[WaitingSessions]:
    """Pages that are made in the block are made before anybody has come."""
    tell(store, monkeypatch, None)
    with waiting() as sessions:
        yield sessions


def tell(store: Store, monkeypatch: pytest.MonkeyPatch, who: Visitor | None) -> None:
    told = {"participant": who.participant, "key": who.key.hex()} if who else {}
    request = SessionRequest(db=store.address, content=str(CATALOG.folder), **told)
    for name, value in request.environment().items():
        monkeypatch.setenv(name, value)


def texts(widget: Widget) -> str:
    """All that a part has for a page, whether it is shown or not."""
    return repr([each.get_state() for each in inside(widget)])


def titles(widget: Widget) -> list[str]:
    return [
        row["title"]
        for each in inside(widget)
        if isinstance(each, components.Plans)
        for row in each.rows
    ]


def items(widget: Widget) -> list[str]:
    return [each.item for each in questions(widget)]


def test_a_page_that_waits_for_somebody_shows_nothing_of_anybody(prepared, person: Visitor):
    page, later = myths.Page("closing"), myths.Page("followup")
    for part in (page.changes(), page.plans(), later.outcomes(), later.again()):
        assert part.children == ()
    (block,) = later.takeaways().blocks  # of all modules, as for who did none
    assert [each["id"] for each in block["items"]] == list(CATALOG.series.modules)


def test_the_follow_up_asks_of_what_somebody_did(store, prepared, person, monkeypatch):
    page = myths.Page("followup")
    outcomes, again, takeaways = page.outcomes(), page.again(), page.takeaways()
    tell(store, monkeypatch, person)
    prepared.begin()
    assert items(outcomes) == ["risk.plan.followup"]
    assert titles(outcomes) == ["Risk"]
    assert items(again) == ["risk.myth.followup", "harm.myth.followup"]
    assert [each["id"] for each in takeaways.blocks[0]["items"]] == ["risk", "harm"]


def test_what_is_somebodys_own_is_made_as_html_when_they_come(store, prepared, person, monkeypatch):
    monkeypatch.setattr(components.delivery, "along", False)
    monkeypatch.setattr(components.delivery, "mark", "somewhere")
    monkeypatch.setattr(components.delivery, "placed", {})
    closing, later = myths.Page("closing"), myths.Page("followup")
    boxes = [closing.changes(), closing.plans(), later.outcomes(), later.again()]
    for box in boxes:
        assert components.rendered(box)
    assert components.own_parts() == {}
    tell(store, monkeypatch, person)
    prepared.begin()
    components.delivery.mark = ""  # as the page's kernel does
    made = components.own_parts()
    assert set(made) == {box.model_id for box in boxes}
    changes, plans, outcomes, again = (made[box.model_id] for box in boxes)
    for html in (plans, outcomes):
        assert "the officer from the second floor" in html
    for html in (changes, outcomes, again):
        assert "Risk" in html or CATALOG.module("risk").item("myth").question in html


def test_who_did_nothing_is_asked_nothing_and_reads_every_takeaway(store, prepared, monkeypatch):
    page = myths.Page("followup")
    outcomes, again, takeaways = page.outcomes(), page.again(), page.takeaways()
    tell(store, monkeypatch, joined(store))
    prepared.begin()
    assert outcomes.children == again.children == ()
    assert [each["id"] for each in takeaways.blocks[0]["items"]] == list(CATALOG.series.modules)


def test_the_closing_shows_ones_own_changes_and_plans(store, prepared, person, monkeypatch):
    page = myths.Page("closing")
    changes, plans = page.changes(), page.plans()
    tell(store, monkeypatch, person)
    prepared.begin()
    views = [each for each in inside(changes) if isinstance(each, components.Change)]
    assert [view.title for view in views] == ["Risk", CATALOG.module("harm").title]
    assert [(row["before"], row["after"]) for row in views[0].rows] == [(4, 2)]
    assert "You moved two steps towards the fact." in views[0].html
    assert [view.tools for view in views] == [False, False]  # they are below the plans
    (view,) = (each for each in inside(plans) if isinstance(each, components.Plans))
    assert [part["text"] for part in view.rows[0]["parts"]] == ["he stops coming", PRIVATE]
    assert view.tools


def test_without_a_plan_the_changes_can_be_copied_by_themselves(
    store, prepared, person, monkeypatch
):
    for half in ("commitment.if", "commitment.then"):
        store.erase_answer(person.participant, module="risk", item=half, phase="after")
    changes = myths.Page("closing").changes()
    tell(store, monkeypatch, person)
    prepared.begin()
    views = [each for each in inside(changes) if isinstance(each, components.Change)]
    assert [view.tools for view in views] == [False, True]
    assert CATALOG.ui.components.change.copy_button in views[-1].html


def test_what_was_not_rated_again_is_not_told_at_the_end(store, prepared, monkeypatch):
    who = joined(store)
    say(store, who, "risk", "myth", "before", value=4)
    changes = myths.Page("closing").changes()
    tell(store, monkeypatch, who)
    prepared.begin()
    assert not [each for each in inside(changes) if isinstance(each, components.Change)]
    assert CATALOG.ui.sections.changes_nothing in texts(changes)


def test_a_private_plan_is_opened_for_its_author_alone(store, prepared, person, monkeypatch):
    page = myths.Page("closing")
    parts = [page.plans(), myths.Page("followup").outcomes()]
    tell(store, monkeypatch, joined(store))
    prepared.begin()
    assert not any("second floor" in texts(part) for part in parts)


def test_without_the_key_a_private_plan_stays_closed(store, person):
    session = Session(participant=person.participant, store=store)
    item = CATALOG.module("risk").item("commitment.then")
    assert session.answer(item, "after") is None
    opened = Session(participant=person.participant, store=store, key=person.key.hex())
    assert opened.answer(item, "after").text == PRIVATE


def test_an_erased_plan_is_gone_with_its_question(store, prepared, person, monkeypatch):
    for half in ("commitment.if", "commitment.then"):
        store.erase_answer(person.participant, module="risk", item=half, phase="after")
    page = myths.Page("followup")
    outcomes = page.outcomes()
    tell(store, monkeypatch, person)
    prepared.begin()
    assert outcomes.children == ()


def test_a_preview_shows_all_with_the_examples_of_the_content():
    page = myths.Page("followup")
    modules = CATALOG.series.modules
    assert items(page.outcomes()) == [f"{slug}.plan.followup" for slug in modules]
    assert items(page.again()) == [f"{slug}.myth.followup" for slug in modules]
    assert CATALOG.module("risk").commitment.action in texts(page.outcomes())
    closing = myths.Page("closing")
    assert len(titles(closing.plans())) == len(modules)
    assert "You moved one step" in texts(closing.changes())


def test_the_agreement_is_made_of_the_cards_of_the_modules():
    page = myths.Page("closing")
    agreement = page.agreement()
    cards = [block for block in agreement.children[0].blocks if block["kind"] == "list"]
    said = " ".join(entry["html"] for block in cards for entry in block["items"])
    for slug in CATALOG.series.modules:
        assert CATALOG.module(slug).card.partition("'")[0] in said
    assert items(agreement) == ["closing.agreement.after"]
    assert items(page.reflect()) == ["closing.takeaway.after"]


def test_the_follow_up_takes_three_minutes():
    page = myths.Page("followup")
    parts = [page.outcomes(), page.again(), page.reflect()]
    asked_here = [item for part in parts for item in items(part)]
    assert len(asked_here) <= 2 * len(CATALOG.series.modules) + 1
    followup = CATALOG.page("followup")
    before = [
        followup.heading,
        followup.sections["welcome"].heading,
        catalog.plain(followup.sections["welcome"].text),
        CATALOG.ui.sections.plans,
        CATALOG.ui.sections.outcomes_intro,
    ]
    assert len(" ".join(before).split()) <= 120
    longest = max(
        sum(
            len(re.findall(r"\w+", item.question))
            for item in CATALOG.module(slug).items
            if item.id in ("plan", "myth")
        )
        for slug in CATALOG.series.modules
    )
    assert longest <= 25
