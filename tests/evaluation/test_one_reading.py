"""Everything is made from one reading: whatever happens meanwhile is in none of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partialmethod
from pathlib import Path

import pytest
from myths.store import Store
from myths.store.database import Database

from tests.evaluation.everything import EVERYTHING, come, filled, quiet, whole
from tests.evaluation.meanwhile import meanwhile, readings
from tests.evaluation.said import join, say

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Filled:
    """A database in which people have answered, and the folder of their coded texts."""

    store: Store
    coding: Path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """One for all tests of this file: whatever each leaves behind, the next one begins with it."""
    folder = tmp_path_factory.mktemp("room")
    if request.param == "sqlite":
        store = filled(f"sqlite:///{folder}/workshop.sqlite", folder / "coding")
        yield Filled(store, folder / "coding")
        return
    with request.getfixturevalue("postgres").database("one_reading") as address:
        yield Filled(filled(address, folder / "coding"), folder / "coding")


def test_every_function_reads_in_one_transaction(room):
    for name, read in EVERYTHING.items():
        with readings() as found:
            read(room.store.address, room.coding)
        assert len(found) == 1, name


def test_who_comes_or_leaves_between_two_statements_of_a_reading_changes_nothing_in_it(
    room, monkeypatch
):
    monkeypatch.setattr(Database, "empty_log", partialmethod(Database.empty_log, patience=0))
    store = room.store
    leavers = [come(store, "LIVELY", 0)]

    def swap() -> None:
        store.erase_participant(leavers.pop())
        leavers.extend(join(store, "LIVELY"))
        say(store, *leavers, "myth", "before", 4)

    for name, read in EVERYTHING.items():
        before = whole(read(room.store.address, room.coding))
        with meanwhile(swap) as statements:
            found = whole(read(room.store.address, room.coding))
        assert statements, name
        assert found == before, name


def test_no_row_of_others_differs_while_people_come_and_leave(room):
    few = {name: EVERYTHING[name] for name in ("attrition", "codes", "pairs", "wide")}
    assert changed(room, few, times=5) == {}


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_no_row_of_others_ever_differs_while_people_come_and_leave(room):
    slow = {"report": 20, "export": 60}
    for name, read in EVERYTHING.items():
        times = slow.get(name, 200)
        assert changed(room, {name: read}, times=times) == {}


def changed(room: Filled, functions: dict, *, times: int) -> dict[str, int]:
    """Count how often a function says something else of the quiet workshop than at first."""
    first = {name: quiet(read(room.store.address, room.coding)) for name, read in functions.items()}
    found: dict[str, int] = {}
    with crowd(room.store):
        for _ in range(times):
            for name, read in functions.items():
                if quiet(read(room.store.address, room.coding)) != first[name]:
                    found[name] = found.get(name, 0) + 1
    return found


@contextmanager
def crowd(store: Store) -> Iterator[None]:
    """Let people of the lively workshop come, answer and leave in two other processes."""
    program = [sys.executable, "-m", "tests.evaluation.everything", store.address]
    people = [
        subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for each in people:
            assert each.stdout.readline() == "begun\n"
        yield
        for each in people:
            assert each.poll() is None, "somebody stopped coming"
    finally:
        for each in people:
            each.kill()
            each.wait()
            each.stdout.close()
