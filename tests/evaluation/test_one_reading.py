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

from tests.evaluation.everything import EVERYTHING, Filled, come, quiet, whole
from tests.evaluation.meanwhile import meanwhile, readings
from tests.evaluation.said import join, say

ROOT = Path(__file__).parents[2]


def test_a_function_reads_in_one_transaction_and_who_comes_or_leaves_in_it_changes_nothing(
    filled, monkeypatch
):
    monkeypatch.setattr(Database, "empty_log", partialmethod(Database.empty_log, patience=0))
    store = filled.store
    leavers = [come(store, "LIVELY", 0)]

    def swap() -> None:
        store.erase_participant(leavers.pop())
        leavers.extend(join(store, "LIVELY"))
        say(store, *leavers, "myth", "before", 4)

    for name, read in EVERYTHING.items():
        with readings() as transactions:
            before = whole(read(filled.store.address, filled.coding))
        assert len(transactions) == 1, name
        with meanwhile(swap) as statements:
            found = whole(read(filled.store.address, filled.coding))
        assert statements, name
        assert found == before, name


def test_no_row_of_others_differs_while_people_come_and_leave(filled):
    few = {name: EVERYTHING[name] for name in ("attrition", "codes", "pairs", "wide")}
    assert changed(filled, few, times=5) == {}


@pytest.mark.soak
def test_no_row_of_others_ever_differs_while_people_come_and_leave(filled):
    slow = {"report": 5, "export": 15}
    for name, read in EVERYTHING.items():
        times = slow.get(name, 50)
        assert changed(filled, {name: read}, times=times) == {}


def changed(filled: Filled, functions: dict, *, times: int) -> dict[str, int]:
    """Count how often a function says something else of the quiet workshop than at first."""
    where = filled.store.address, filled.coding
    first = {name: quiet(read(*where)) for name, read in functions.items()}
    found: dict[str, int] = {}
    with crowd(filled.store):
        for _ in range(times):
            for name, read in functions.items():
                if quiet(read(*where)) != first[name]:
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
