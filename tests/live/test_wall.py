"""The wall: texts come one by one, approved, and leave with all that were gathered with them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from myths.errors import WorkshopError
from myths.live import Hub, QuestionKey, acts, gather_texts, group_texts, settle, told, wall
from myths.store import LiveState, Store, Workshop, open_store, schema
from myths.vocabulary import Reason, Scene
from sqlalchemy import func, select

from tests.live.test_hub import Page, running
from tests.store import samples

WHY = QuestionKey("risk", "learned", "after")
ON_WALL = ("wall", "risk/learned")


class Writers:
    """People who write for the group, by number; each look opens the store anew."""

    def __init__(self, store: Store, code: str) -> None:
        self.store, self.code = store, code
        self.names: dict[int, str] = {}

    def write(self, person: int, text: str | None = None, reader: str | None = "group") -> None:
        if person not in self.names:
            joined = self.store.join(self.code, language="en", consent="agreed")
            self.names[person] = joined.participant
        words = f"words of {person}" if text is None else text
        asked = samples.written("learned", "after")
        self.store.save(self.names[person], asked, samples.given(text=words, reader=reader))

    def gather(self) -> dict[str, str]:
        """Gather, as the trainer asks; the keys of what may be approved by then, by text."""
        gather_texts(self.store, self.code, WHY)
        return self.standing

    @property
    def standing(self) -> dict[str, str]:
        batches = group_texts(open_store(self.store.address), self.code, WHY)
        return {each.text: each.key for batch in batches for each in batch}

    def lead(self, act: Any, *how: Any, **more: Any) -> LiveState:
        return self.store.change_live_state(self.code, lambda now: act(now, *how, **more))

    def approve(self, *people: int) -> None:
        for person in people:
            key = self.standing[f"words of {person}"]
            self.lead(acts.approve, key, standing=[*self.standing.values()])

    def shown(self) -> set[str]:
        store = open_store(self.store.address)
        state = store.live_state(self.code)
        return {each.text for each in wall(store, self.code, state)}


@pytest.fixture
def room(store: Store, workshop: Workshop) -> Writers:
    """Seven people have written, and the wall of their question is shown."""
    people = Writers(store, workshop.code)
    people.lead(acts.go, "risk", "write")
    people.lead(acts.show, *ON_WALL)
    for person in range(7):
        people.write(person)
    return people


def test_what_is_gathered_is_on_no_wall_before_it_is_approved(room):
    assert len(room.gather()) == 7
    assert room.shown() == set()
    room.approve(2, 4)
    assert room.shown() == {"words of 2", "words of 4"}
    room.lead(acts.take_off, room.standing["words of 2"])
    assert room.shown() == {"words of 4"}


def test_with_fewer_than_five_there_is_nothing_to_approve(store, workshop):
    few = Writers(store, workshop.code)
    few.lead(acts.show, *ON_WALL)
    for person in range(4):
        few.write(person)
    few.write(5, reader="me")
    few.write(6, reader="evaluation")
    assert few.gather() == {}
    with store.reading() as conn:
        keys = [*conn.scalars(select(schema.answers.c.key))]
    for key in keys:
        with pytest.raises(WorkshopError) as caught:
            few.lead(acts.approve, key, standing=[*few.standing.values()])
        assert caught.value.reason == Reason.EARLY
    assert few.shown() == set()


@pytest.mark.parametrize(
    "how", ["change", "clear", "keep to oneself", "give to the evaluation", "withdraw", "erase"]
)
@pytest.mark.parametrize("who", [2, 3])  # one that is on the wall, and one that is not
def test_a_text_that_its_author_takes_back_leaves_the_wall_with_its_batch_for_good(room, how, who):
    room.gather()
    room.approve(2, 4)
    for person in range(7, 12):
        room.write(person)
    room.gather()
    room.approve(8)
    assert room.shown() == {"words of 2", "words of 4", "words of 8"}
    name = room.names[who]
    if how == "withdraw":
        room.store.erase_participant(name)
    elif how == "erase":
        room.store.erase_answer(name, module="risk", item="learned", phase="after")
    else:
        text = {"change": "other words", "clear": ""}.get(how)
        reader = {"keep to oneself": "me", "give to the evaluation": "evaluation"}.get(how, "group")
        room.write(who, text, reader)
    assert room.shown() == {"words of 8"}
    room.gather()
    assert room.shown() == {"words of 8"}  # nobody is gathered twice
    assert set(room.standing) == {f"words of {person}" for person in range(7, 12)}


def test_who_keeps_their_answers_apart_takes_their_batch_along(room):
    joined = room.store.join(room.code, language="en", consent="agreed")
    room.names[9] = joined.participant
    room.write(9)
    room.gather()
    room.approve(9, 2)
    room.store.contribute(room.store.visitor(joined.token), contributes=False)
    assert room.shown() == set()


def test_an_approval_is_of_words_and_not_of_a_person(room):
    room.gather()
    room.approve(2)
    room.write(2, "words of another kind")
    room.write(2, "words of 2")  # the same again is another answer
    assert room.shown() == set()


def test_neither_a_look_nor_a_move_nor_the_close_of_a_vote_gathers(room):
    room.lead(acts.open_vote, "risk", "after", ["myth"])
    state = room.lead(acts.close)
    settle(room.store, room.code, state.vote)
    room.lead(acts.show, *ON_WALL)
    for _ in range(3):
        assert room.shown() == set()
        assert room.standing == {}
    with room.store.reading() as conn:
        assert conn.scalars(select(func.count()).select_from(schema.batches)).one() == 0


def test_another_scene_another_question_and_going_on_take_the_wall_away(room):
    room.gather()
    room.approve(2)
    room.lead(acts.show, "wall", "risk/practice")
    assert room.shown() == set()
    room.lead(acts.show, *ON_WALL)
    assert room.shown() == {"words of 2"}
    room.lead(acts.go, "risk", "again")
    assert room.shown() == set()


def test_the_state_keeps_keys_and_no_word_of_a_text(room):
    room.gather()
    room.approve(2)
    state = room.store.live_state(room.code)
    assert "words of" not in repr(state)
    assert state.scene == Scene.WALL
    assert told(state)["wall"] == []


def test_very_many_approvals_leave_a_state_that_can_be_brought_back(store, workshop):
    state = LiveState()
    for number in range(500):
        state = acts.approve(state, f"{number:036}", standing=[f"{number:036}"])
    assert len(state.approved) == 400
    assert state.approved[-1] == f"{499:036}"


def test_phones_hear_of_an_approval_and_of_a_text_that_is_taken_back(room):
    room.gather()
    room.approve(2, 4)

    async def play(hub: Hub) -> None:
        page = Page()
        hub.listen_to(room.code, page.hear)
        first = await heard(page, {"words of 2", "words of 4"})
        await asyncio.to_thread(room.approve, 5)
        await heard(page, {"words of 2", "words of 4", "words of 5"})
        await asyncio.to_thread(room.store.erase_participant, room.names[4])
        last = await heard(page, set())
        assert last["version"] == first["version"] + 1  # the withdrawal moved no room

    running(room.store, play)


async def heard(page: Page, texts: set[str]) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while not page.heard or set(page.heard[-1]["wall"]) != texts:
            await page.came.wait()
            page.came.clear()
    return page.heard[-1]
