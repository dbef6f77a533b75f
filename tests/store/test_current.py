"""The current answer is the same wherever it is asked for."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from myths.answer import Answer
from myths.store import AskedQuestion, QuestionKey, Store, schema
from myths.store.current import current_answers, same_cell
from sqlalchemy import select

from tests.store.samples import asked, given, written

CELLS = [("risk", "myth", "before"), ("risk", "myth", "after"), ("risk", "reason", "before")]
Cell = tuple[str, str, str]


def anything(dice: Random, item: str) -> dict[str, Any]:
    """What somebody may say next: a clearing, "prefer not to say", a number or a text."""
    says: dict[str, Any] = {"value": dice.randint(1, 5)}
    if item == "reason":
        says = {"text": dice.choice("abc"), "reader": dice.choice(["me", "group", "evaluation"])}
    return dice.choice([{}, {"declined": True}, says, says])


@pytest.fixture(params=range(3))
def spoken(
    request: pytest.FixtureRequest, store: Store, workshop: Any
) -> dict[tuple[str, bytes], dict[Cell, Answer]]:
    """Two people who changed their minds in several languages, and what they say in the end."""
    dice = Random(request.param)  # noqa: S311  no secret
    end: dict[tuple[str, bytes], dict[Cell, Answer]] = {}
    for _ in range(2):
        token = store.join(workshop.code, language="en", consent="agreed").token
        visitor = store.visitor(token)
        end[visitor.participant, visitor.key] = {}
    for _ in range(40):
        (name, key), (module, item, phase) = dice.choice([*end]), dice.choice(CELLS)
        put = written if item == "reason" else asked
        question: AskedQuestion = put(
            item, phase, module=module, language=dice.choice(["en", "de"])
        )
        answer = given(**anything(dice, item))
        store.save(name, question, answer)
        end[name, key][module, item, phase] = answer
    return end


def test_every_reader_finds_the_same_answers_to_be_current(store, workshop, spoken):
    expected = {name: answers for (name, _), answers in spoken.items()}
    for name, key in spoken:
        said = {cell: each for cell, each in expected[name].items() if not each.empty}
        assert store.latest(name, key=key) == said
        versions = store.answer_versions(name, key=key)
        assert {(v.module, v.item, v.phase): v.answer for v in versions if v.current} == said
    table = store.answers()
    rows = zip(table["participant"], table["module"], table["item"], table["phase"], strict=True)
    all_said = {
        (name, *cell)
        for name, answers in expected.items()
        for cell, each in answers.items()
        if not each.empty
    }
    assert set(rows) == all_said
    assert len(table) == len(all_said)
    for cell in CELLS:
        shown, _ = store.batches(workshop.code, QuestionKey(*cell), rule=lambda *_: None)
        for_group = [
            answers[cell].key
            for answers in expected.values()
            if cell in answers and not answers[cell].empty and answers[cell].reader != "me"
        ]
        assert sorted(each.key for each in shown) == sorted(for_group)


def test_what_is_current_can_be_asked_of_some_people_and_some_questions(store, spoken):
    (name, _), expected = next(iter(spoken.items()))
    person = select(schema.participants.c.id).where(schema.participants.c.name == name)
    to = same_cell(module="risk", item="myth", phase="before")
    keys = select(schema.answers.c.key)
    with store.reading() as conn:
        of_all = set(conn.scalars(keys.where(schema.answers.c.seq.in_(current_answers()))))
        of_one = set(
            conn.scalars(keys.where(schema.answers.c.seq.in_(current_answers(person, to=to))))
        )
    assert of_all == {each.key for answers in spoken.values() for each in answers.values()}
    assert of_one == {expected[CELLS[0]].key}
