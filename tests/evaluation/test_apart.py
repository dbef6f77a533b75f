"""Who takes part and gives nothing to the evaluation is nowhere in it, as if they were erased."""

from __future__ import annotations

from datetime import date

import myths
import pytest
from myths.store import Store, open_store, schema
from sqlalchemy import select, update

from tests.evaluation.everything import EVERYTHING, Filled, whole
from tests.evaluation.said import join, room, say
from tests.store.samples import given, written


def keep_apart(store: Store, *names: str) -> None:
    them = schema.participants.c.name.in_(names)
    with store.writing() as conn:
        conn.execute(update(schema.participants).where(them).values(contributes=False))


def everything(filled: Filled) -> dict[str, str]:
    """What each function says, as the next ones find it."""
    return {
        name: whole(read(filled.store.address, filled.coding)) for name, read in EVERYTHING.items()
    }


def test_a_mind_that_changed_back_brings_everything_back(filled):
    store = filled.store
    few = {name: EVERYTHING[name] for name in ("answers", "attrition", "codes", "pairs", "wide")}
    before = {name: whole(read(store.address, filled.coding)) for name, read in few.items()}
    name = join(store, "QUIET")[0]
    keep_apart(store, name)
    say(store, name, "myth", "before", 5)
    store.save(name, written("learned", "after"), given(text="hidden", reader="evaluation"))
    for each, read in few.items():
        assert whole(read(store.address, filled.coding)) == before[each]
    with store.writing() as conn:
        conn.execute(update(schema.participants).values(contributes=True))
    assert "hidden" in whole(EVERYTHING["answers"](store.address, filled.coding))
    store.erase_participant(name)


def test_each_public_function_says_the_same_as_if_they_were_erased(filled):
    store = filled.store
    with store.reading() as conn:
        name = conn.scalars(select(schema.participants.c.name)).first()
    before = everything(filled)
    assert [each for each, told in before.items() if name in told]
    keep_apart(store, name)
    apart = everything(filled)
    assert [each for each, told in apart.items() if name in told] == []
    store.erase_participant(name)
    assert everything(filled) == apart
    assert [each for each, told in before.items() if told != apart[each]]


@pytest.mark.parametrize("number", [1, 4, 5, 6])
def test_attrition_counts_them_from_five_on(tmp_path, number):
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    room(store, "ROOM", [(4, 2)] * 3)
    keep_apart(store, *join(store, "ROOM", number))
    counts = myths.attrition(store.address)
    assert counts["joined"].tolist() == [3]
    assert counts["apart"].dropna().tolist() == [number] * (number >= 5)


def test_a_report_tells_how_many_in_steps_of_five_alone(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    room(store, "ROOM", [(4, 2)] * 6)
    told = {0: "", 1: "", 4: "", 5: "", 6: ""}
    for number in range(7):
        if number in told:
            told[number] = myths.report(store.address, day=date(2026, 3, 10), private=True).html()
        keep_apart(store, *join(store, "ROOM"))
    assert told[0] == told[1] == told[4]
    assert "Fewer than 5 others took part" in told[0]
    assert told[5] == told[6]
    assert "5 to 9 others took part" in told[5]
