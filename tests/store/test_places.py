"""Where somebody is in the series is kept with them, is no answer, and no tab forgets another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from myths.errors import StoreError
from myths.store import Joined, Store, open_store, restore, schema
from sqlalchemy import select, update

from tests.store.stores import held, join, new
from tests.store.test_doors import shown

STEPS = ["view", "facts", "check"]


def walk(store: Store, who: Joined, page: str = "risk", steps: list[str] = STEPS) -> None:
    for step in steps:
        store.come_to(store.visitor(who.token), page, step=step)


def test_the_steps_of_each_page_are_kept_in_the_order_of_coming_with_the_present_one(store, joined):
    assert store.visitor(joined.token).places == {}
    walk(store, joined)
    walk(store, joined, steps=["facts"])
    walk(store, joined, "harm", ["view"])
    now = store.visitor(joined.token)
    assert now.page == "harm"
    assert now.places == {
        "risk": {"steps": STEPS, "step": "facts", "done": False},
        "harm": {"steps": ["view"], "step": "view", "done": False},
    }


def test_the_language_is_changed_for_one_person_and_their_place_stays(store, joined, workshop):
    other = store.join(workshop.code, language="en", consent="agreed")
    walk(store, joined)
    store.speak(store.visitor(joined.token), "pt-BR")
    now = store.visitor(joined.token)
    assert (now.language, now.occasion.language, now.page) == ("pt-BR", "pt-BR", "risk")
    assert store.visitor(other.token).language == "en"


def test_a_page_is_done_after_its_last_step_and_stays_so(store, joined, visitor):
    store.come_to(visitor, "risk", step="again", last=True)
    walk(store, joined, steps=["view"])
    assert store.visitor(joined.token).places["risk"]["done"]
    assert store.visitor(joined.token).places["risk"]["step"] == "view"


def test_a_page_without_steps_changes_no_place(store, joined, visitor):
    walk(store, joined)
    store.come_to(store.visitor(joined.token), "harm")
    now = store.visitor(joined.token)
    assert (now.page, [*now.places]) == ("harm", ["risk"])


@pytest.mark.parametrize("step", ["View", "a b", "#view", "-", "x" * 41, "vi\new", "é", "view\n"])
def test_what_is_no_name_of_a_step_or_page_is_not_kept(store, joined, visitor, step: str):
    store.come_to(visitor, "risk", step=step)
    store.come_to(visitor, step, step="view")
    now = store.visitor(joined.token)
    assert (now.page, now.places) == ("", {})


def test_of_very_many_steps_and_pages_the_newest_are_kept(store, joined):
    walk(store, joined, steps=[f"step-{number}" for number in range(32)])
    kept = store.visitor(joined.token).places["risk"]["steps"]
    assert (len(kept), kept[0], kept[-1]) == (30, "step-2", "step-31")
    for number in range(40):
        walk(store, joined, f"page-{number}", ["view"])
    pages = [*store.visitor(joined.token).places]
    assert (len(pages), pages[0], pages[-1]) == (40, "page-0", "page-39")


def test_two_tabs_that_come_on_at_once_forget_none_of_each_others_pages(store, joined, visitor):
    pages = [f"page-{number}" for number in range(12)]
    with ThreadPoolExecutor(4) as tabs:
        for done in [
            tabs.submit(store.come_to, visitor, page, step=step) for page in pages for step in STEPS
        ]:
            done.result()
    places = store.visitor(joined.token).places
    assert sorted(places) == sorted(pages)
    assert all(sorted(place["steps"]) == sorted(STEPS) for place in places.values())


def test_no_table_of_the_evaluation_has_it(store, joined):
    walk(store, joined, steps=["rumpelstilz-step"])
    assert "rumpelstilz" not in shown(store)


def test_it_goes_with_all_that_somebody_said(store, joined):
    walk(store, joined)
    store.erase_participant(joined.participant)
    with store.reading() as conn:
        assert conn.scalars(select(schema.participants.c.places)).all() == []


def test_who_was_erased_meanwhile_comes_to_no_place(store, joined, visitor):
    store.erase_participant(joined.participant)
    store.come_to(visitor, "risk", step="view")
    with store.reading() as conn:
        assert conn.execute(select(schema.participants)).first() is None


def test_it_comes_back_with_a_backup_and_comes_along_into_another_store(tmp_path):
    room, other = new(tmp_path), new(tmp_path, "other.sqlite")
    who = join(room, room.open_workshop().code)
    walk(room, who)
    before = room.visitor(who.token).places
    room.backup(tmp_path / "monday")
    back = f"sqlite:///{tmp_path / 'back.sqlite'}"
    restore(tmp_path / "monday", back)
    other.merge(room)
    for store in (open_store(back), other):
        assert store.visitor(who.token).places == before


def test_of_one_person_in_two_stores_the_steps_of_both_are_kept(tmp_path):
    here = new(tmp_path)
    who = join(here, here.open_workshop().code)
    walk(here, who, steps=["view", "facts"])
    here.backup(tmp_path / "monday")
    restore(tmp_path / "monday", f"sqlite:///{tmp_path / 'there.sqlite'}")
    there = open_store(f"sqlite:///{tmp_path / 'there.sqlite'}")
    there.come_to(there.visitor(who.token), "risk", step="again", last=True)
    walk(there, who, "harm", ["view"])
    walk(here, who, steps=["check"])
    here.merge(there)
    assert here.visitor(who.token).places == {
        "risk": {"steps": ["view", "facts", "check", "again"], "step": "check", "done": True},
        "harm": {"steps": ["view"], "step": "view", "done": False},
    }
    before = held(here)
    here.merge(there)
    assert held(here) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"risk": ["view"]},
        {"risk": {"steps": ["view"], "step": "view"}},
        {"risk": {"steps": ["<b>"], "step": "view", "done": False}},
        {"risk": {"steps": "view", "step": "view", "done": False}},
        {"risk": {"steps": ["view"] * 31, "step": "view", "done": False}},
        {"risk": {"steps": ["view"], "step": 7, "done": False}},
        {"risk": {"steps": ["view"], "step": "view", "done": "yes"}},
        {"Risk!": {"steps": ["view"], "step": "view", "done": True}},
        ["risk"],
    ],
)
def test_a_place_of_another_form_does_not_come_in(tmp_path, wrong: object):
    room, other = new(tmp_path), new(tmp_path, "other.sqlite")
    join(room, room.open_workshop().code)
    with room.writing() as conn:
        conn.execute(update(schema.participants).values(places=wrong))
    with pytest.raises(StoreError, match=r"participants\.places"):
        other.merge(room)
    assert other.workshops() == []
