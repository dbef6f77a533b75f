"""Everything is made from one reading: whatever happens meanwhile is in none of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partialmethod
from pathlib import Path

import pytest
from myths.store import Store
from myths.store.database import Database

from tests.evaluation.everything import EVERYTHING, come, filled, quiet, whole
from tests.evaluation.meanwhile import meanwhile, readings
from tests.evaluation.said import join, say

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        return filled(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "coding")
    return filled(str(request.getfixturevalue("database")), tmp_path / "coding")


def test_every_function_reads_in_one_transaction(store, tmp_path):
    for name, read in EVERYTHING.items():
        with readings() as found:
            read(store.address, tmp_path / "coding")
        assert len(found) == 1, name


def test_who_comes_or_leaves_between_two_statements_of_a_reading_changes_nothing_in_it(
    store, tmp_path, monkeypatch
):
    monkeypatch.setattr(Database, "empty_log", partialmethod(Database.empty_log, patience=0))
    leavers = [come(store, "LIVELY", 0)]

    def swap() -> None:
        store.erase_participant(leavers.pop())
        leavers.extend(join(store, "LIVELY"))
        say(store, *leavers, "myth", "before", 4)

    for name, read in EVERYTHING.items():
        before = whole(read(store.address, tmp_path / "coding"))
        with meanwhile(swap) as statements:
            found = whole(read(store.address, tmp_path / "coding"))
        assert statements, name
        assert found == before, name


def test_no_row_of_others_differs_while_people_come_and_leave(store, tmp_path):
    few = {name: EVERYTHING[name] for name in ("attrition", "codes", "pairs", "wide")}
    assert changed(store, tmp_path / "coding", few, times=5) == {}


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_no_row_of_others_ever_differs_while_people_come_and_leave(store, tmp_path):
    slow = {"report": 20, "export": 60}
    for name, read in EVERYTHING.items():
        times = slow.get(name, 200)
        assert changed(store, tmp_path / "coding", {name: read}, times=times) == {}


def changed(store: Store, coding: Path, functions: dict, *, times: int) -> dict[str, int]:
    """Count how often a function says something else of the quiet workshop than at first."""
    first = {name: quiet(read(store.address, coding)) for name, read in functions.items()}
    found: dict[str, int] = {}
    with crowd(store):
        for _ in range(times):
            for name, read in functions.items():
                if quiet(read(store.address, coding)) != first[name]:
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
