"""A workshop has a route: which modules, in the trainer's order, and in which form."""

from __future__ import annotations

import pytest
from myths.errors import WorkshopError
from myths.occasion import Occasion
from myths.store import open_store, restore

from tests.store.stores import fill, join, new


def test_a_workshop_of_which_nothing_is_said_has_the_whole_series(store, workshop):
    (found,) = store.workshops()
    assert (found.route, found.modules, found.short) == ("full-day", (), False)


def test_its_modules_are_kept_in_the_trainers_order(store):
    made = store.open_workshop(route="half-day", modules=["harm", "risk"])
    assert store.workshop(made.code) == made
    assert (made.route, made.modules, made.short) == ("half-day", ("harm", "risk"), False)


def test_its_pages_are_made_for_its_modules_and_its_form(store):
    code = store.open_workshop(audience="police", modules=["harm"], short=True).code
    visitor = store.visitor(store.join(code, language="de", consent="agreed").token)
    assert visitor.occasion == Occasion(
        language="de", audience="police", modules=("harm",), short=True
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"modules": ["risk", "harm", "risk"]}, "The module risk is named twice"),
        ({"modules": ["Risk"]}, "'Risk' is no name of a module"),
        ({"modules": ["risk harm"]}, "is no name of a module"),
        ({"modules": [""]}, "is no name of a module"),
        ({"route": "half a day"}, "'half a day' is no name of a route"),
        ({"route": "x" * 65}, "is no name of a route"),
    ],
)
def test_a_route_that_cannot_be_is_refused_with_the_reason(store, wrong, told):
    with pytest.raises(WorkshopError, match=told) as caught:
        store.open_workshop(**wrong)
    assert caught.value.reason == "unfit"
    assert store.workshops() == []


def test_its_modules_can_be_changed_while_it_runs_and_no_answer_is_lost(store):
    people = fill(store)
    (before,) = store.workshops()
    said = len(store.answers())
    store.change_workshop(before.code, modules=["funding", "harm"])
    (after,) = store.workshops()
    assert after.modules == ("funding", "harm")
    assert store.visitor(people[0].token).occasion.modules == ("funding", "harm")
    assert len(store.answers()) == said > 0


def test_a_change_that_cannot_be_leaves_the_modules_as_they_were(store):
    code = store.open_workshop(modules=["risk"]).code
    with pytest.raises(WorkshopError, match="named twice"):
        store.change_workshop(code, modules=["harm", "harm"])
    with pytest.raises(WorkshopError) as caught:
        store.change_workshop("BCDFGH", modules=["harm"])
    assert caught.value.reason == "unknown"
    assert store.workshop(code).modules == ("risk",)


def test_the_route_comes_back_with_a_backup_and_comes_along_into_another_store(tmp_path):
    room, other = new(tmp_path), new(tmp_path, "other.sqlite")
    made = room.open_workshop(route="ten-minutes", modules=["harm"], short=True)
    join(room, made.code)
    room.backup(tmp_path / "monday")
    back = f"sqlite:///{tmp_path / 'back.sqlite'}"
    restore(tmp_path / "monday", back)
    other.merge(room)
    for store in (open_store(back), other):
        (found,) = store.workshops()
        assert found == made


def test_of_one_workshop_in_two_stores_the_modules_here_stay(tmp_path):
    room = new(tmp_path)
    made = room.open_workshop(modules=["risk", "harm"])
    room.backup(tmp_path / "monday")
    there = f"sqlite:///{tmp_path / 'there.sqlite'}"
    restore(tmp_path / "monday", there)
    open_store(there).change_workshop(made.code, modules=["funding"])
    room.merge(open_store(there))
    assert room.workshop(made.code).modules == ("risk", "harm")
