"""Texts for the group on the console and the projector: gathered when asked for, then approved."""

from __future__ import annotations

import pytest
from myths import catalog
from myths.console import Console, RoomLead
from myths.store import Store, Workshop

from tests.console.test_console import console, do
from tests.console.test_inquiries import screen
from tests.store import samples

__all__ = ["console"]
CATALOG = catalog.load()
WORDS = CATALOG.ui.console
PLACE = {"page": "risk", "item": "learned"}


@pytest.fixture
def people(store: Store, workshop: Workshop) -> list[str]:
    return [
        store.join(workshop.code, language="en", consent="agreed").participant for _ in range(6)
    ]


def write(store: Store, people: list[str], text: str = "words of {n}") -> None:
    for number, person in enumerate(people):
        answer = samples.given(text=text.format(n=number), reader="group")
        store.save(person, samples.written("learned", "after"), answer)


@pytest.fixture
def written(console: Console, store: Store, people: list[str]) -> Console:
    """A console at the step on which people write, after six have written for the group."""
    do(console, "go", page="risk", step="write")
    write(store, people)
    console.refresh()
    return console


def keys(console: Console) -> dict[str, str]:
    learned, *_ = console.room["wall"]
    return {each["text"]: each["key"] for each in learned["texts"]}


def test_only_a_step_on_which_people_write_has_texts_for_the_group(console):
    assert console.room["wall"] == []  # nobody has begun
    for step, number in (("view", 0), ("write", 2), ("again", 0)):
        do(console, "go", page="risk", step=step)
        assert len(console.room["wall"]) == number
    do(console, "go", page="closing", step="agree")
    assert [each["item"] for each in console.room["wall"]] == ["agreement"]
    do(console, "go", page="closing", step="look")
    assert [each["item"] for each in console.room["wall"]] == ["takeaway"]


def test_texts_come_when_the_trainer_gathers_them_and_not_by_looking(written):
    assert keys(written) == {}
    assert WORDS.wall_few in written.html
    assert do(written, "gather", **PLACE) == ""
    assert set(keys(written)) == {f"words of {number}" for number in range(6)}
    assert WORDS.wall_few in written.html  # of the other question nothing was gathered


def test_four_texts_are_never_on_the_console(console, store, people):
    do(console, "go", page="risk", step="write")
    write(store, people[:4])
    do(console, "gather", **PLACE)
    assert "words of" not in console.html


def test_only_what_is_approved_is_on_the_wall(written, store):
    code = written.room["code"]
    do(written, "gather", **PLACE)
    do(written, "show_wall", **PLACE)
    assert "words of" not in screen(store, code)[0]
    assert do(written, "approve", key=keys(written)["words of 3"], **PLACE) == ""
    shown, before = screen(store, code)
    assert shown.count("words of") == 1
    assert "words of 3" in shown
    assert CATALOG.module("risk").item("learned").question in shown.replace("&#39;", "'")
    do(written, "take_off", key=keys(written)["words of 3"], **PLACE)
    assert "words of" not in screen(store, code)[0]
    assert screen(store, code)[1] != before


def test_a_text_that_was_not_gathered_cannot_be_approved_by_any_click(written, store, people):
    from myths.store import schema
    from sqlalchemy import select

    with store.reading() as conn:
        every = [*conn.scalars(select(schema.answers.c.key))]
    for key in [*every, "", "nothing"]:
        assert do(written, "approve", key=key, **PLACE) == WORDS.early
    for bad in ({"page": "risk", "item": "reason"}, {"page": "nosuch", "item": "learned"}):
        assert do(written, "approve", key=every[0], **bad) == WORDS.unknown
        assert do(written, "gather", **bad) == WORDS.unknown
    assert store.live_state(written.room["code"]).approved == ()


def test_a_text_taken_back_leaves_console_and_wall_with_those_gathered_with_it(
    written, store, people
):
    code = written.room["code"]
    do(written, "gather", **PLACE)
    do(written, "approve", key=keys(written)["words of 3"], **PLACE)
    do(written, "show_wall", **PLACE)
    lead = RoomLead(store, code, CATALOG)
    lead.look()
    before, shown = lead.mark, screen(store, code)
    store.erase_participant(people[1])  # whose text was not on the wall
    lead.look()
    assert lead.mark != before
    after = screen(store, code)
    assert "words of 3" in shown[0]
    assert "words of" not in after[0]
    assert after[1] != shown[1]
    written.refresh()
    assert "words of" not in written.html
    do(written, "gather", **PLACE)
    assert "words of" not in written.html  # nobody is gathered twice


def test_what_is_too_long_for_the_wall_is_said(console, store, people):
    do(console, "go", page="risk", step="write")
    write(store, people, "x" * 251 + "{n}")
    do(console, "gather", **PLACE)
    assert WORDS.wall_long in console.html
    assert "disabled" in console.html.partition("xxx")[2].partition("</li>")[0]


def test_where_the_wall_is_full_the_newest_approvals_stay_and_it_is_said(console, store, people):
    do(console, "go", page="risk", step="write")
    write(store, people, "{n}" * 240)
    do(console, "gather", **PLACE)
    do(console, "show_wall", **PLACE)
    for number in range(6):
        do(console, "approve", key=keys(console)[str(number) * 240], **PLACE)
    shown, _ = screen(store, console.room["code"])
    assert [str(number) * 240 in shown for number in range(6)] == [False] * 3 + [True] * 3
    assert console.html.count(WORDS.wall_full) == 3


def test_nothing_on_the_console_tells_who_wrote(written, people):
    do(written, "gather", **PLACE)
    assert not any(person in written.html + repr(written.room) for person in people)
