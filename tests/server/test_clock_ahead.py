"""A server whose clock is far ahead erases nothing, says so, and asks whether the date is right."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from myths import catalog
from myths.store import open_store

from tests.server.conftest import ROOT, Running, Visitor, read, start, stop
from tests.store.stores import fill, held

STAFF = catalog.load().ui.staff
DAY = 24 * 3600


def started(db: Path, *, days: float) -> Running:
    """A server on a computer whose clock is so many days ahead."""
    (db.parent / "clock").write_text(str(days * DAY))
    clock = {"MYTHS_TEST_CLOCK": str(db.parent / "clock")}
    paths = [str(ROOT / "tests/faults/clock"), os.environ.get("PYTHONPATH", "")]
    more = clock | {"PYTHONPATH": os.pathsep.join(paths)}
    return start(db, more=more)


def test_what_a_clock_that_is_ahead_makes_due_is_erased_only_when_somebody_says_so(tmp_path):
    db = tmp_path / "workshop.sqlite"
    store = open_store(f"sqlite:///{db}", create=True)
    fill(store)
    stop(running := started(db, days=0))
    assert "The clock of this computer shows" not in running.told
    others = ("meta", "staff", "audit", "workshops", "sessions")
    before = held(store, but=others)
    running = started(db, days=200)
    try:
        assert held(store, but=others) == before
        assert "Please note: The clock of this computer shows" in running.told
        assert "is far beyond" in running.log.read_text()
        with Visitor(running) as trainer:
            key = re.search(r"/staff/ with the staff key: (\S+)", running.told)
            assert key
            trainer.send("/staff/", do="enter", key=key[1])
            assert STAFF.clock_heading in read(trainer.get("/staff/"))
            trainer.send("/staff/", do="clock")
            assert STAFF.clock_heading not in read(trainer.get("/staff/"))
    finally:
        stop(running)
    assert len(store.participants()) == 0
    assert [line.reason for line in store.erasings()] == ["expired"]


def test_with_the_clock_put_right_everything_is_there(tmp_path):
    db = tmp_path / "workshop.sqlite"
    store = open_store(f"sqlite:///{db}", create=True)
    [person, *_] = fill(store)
    for days in (0, 400, 0):
        stop(running := started(db, days=days))
        assert ("The clock of this computer shows" in running.told) == (days > 0)
    back = store.recover(person.recovery)
    key = store.visitor(back.token).key
    assert len(store.answer_versions(person.participant, key=key)) == 5
    assert store.clock_doubt() is None


@pytest.mark.parametrize("typed", [["--yes"], []])
def test_the_command_erases_what_is_due_when_the_date_is_said_to_be_right(tmp_path, typed):
    from click.testing import CliRunner
    from myths.cli import main

    from tests.store.samples import age

    store = open_store(f"sqlite:///{tmp_path}/x.sqlite", create=True)
    fill(store, code="ROOM7")
    store.erase_expired()
    age(store, days=200)
    erase = ["workshop", "erase-due", "--db", store.address, *typed]
    refused = CliRunner().invoke(main, erase, input="n\n")
    assert "ROOM7" in refused.output
    assert (len(store.participants()) == 0) == bool(typed)
    told = CliRunner().invoke(main, erase, input="y\n")
    assert told.exit_code == 0
    assert len(store.participants()) == 0
