"""Who takes part and gives nothing to the evaluation is nowhere in it, as if they were erased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import myths
import pytest
from myths.store import Store, open_store, schema
from sqlalchemy import select, update

from tests.evaluation.everything import EVERYTHING, filled, whole
from tests.evaluation.said import join, room, say
from tests.store.samples import given, written


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        return filled(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "coding")
    return filled(str(request.getfixturevalue("database")), tmp_path / "coding")


def keep_apart(store: Store, *names: str) -> None:
    them = schema.participants.c.name.in_(names)
    with store.writing() as conn:
        conn.execute(update(schema.participants).where(them).values(contributes=False))


def everything(store: Store, coding: Path) -> dict[str, str]:
    return {name: whole(read(store.address, coding)) for name, read in EVERYTHING.items()}


def test_each_public_function_says_the_same_as_if_they_were_erased(store, tmp_path):
    with store.reading() as conn:
        name = conn.scalars(select(schema.participants.c.name)).first()
    before = everything(store, tmp_path / "coding")
    assert [each for each, told in before.items() if name in told]
    keep_apart(store, name)
    apart = everything(store, tmp_path / "coding")
    assert [each for each, told in apart.items() if name in told] == []
    store.erase_participant(name)
    assert everything(store, tmp_path / "coding") == apart
    assert [each for each, told in before.items() if told != apart[each]]


def test_a_mind_that_changed_back_brings_everything_back(store, tmp_path):
    few = {name: EVERYTHING[name] for name in ("answers", "attrition", "codes", "pairs", "wide")}
    before = {name: whole(read(store.address, tmp_path / "coding")) for name, read in few.items()}
    name = join(store, "QUIET")[0]
    keep_apart(store, name)
    say(store, name, "myth", "before", 5)
    store.save(name, written("learned", "after"), given(text="hidden", reader="evaluation"))
    for each, read in few.items():
        assert whole(read(store.address, tmp_path / "coding")) == before[each]
    with store.writing() as conn:
        conn.execute(update(schema.participants).values(contributes=True))
    assert "hidden" in whole(EVERYTHING["answers"](store.address, tmp_path / "coding"))


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
    told = []
    for _ in range(7):
        told.append(myths.report(store.address, day=date(2026, 3, 10), private=True).html())
        keep_apart(store, *join(store, "ROOM"))
    assert len(set(told[:5])) == 1
    assert "Fewer than 5 others took part" in told[0]
    assert told[5] == told[6]
    assert "5 to 9 others took part" in told[5]
