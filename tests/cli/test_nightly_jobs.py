"""What a nightly job does that nobody watches: it erases what is due, and doubts the clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from myths.cli import main
from myths.store import Store

from tests.store.samples import age, expire
from tests.store.stores import fill, new

JOB = ["workshop", "erase-due", "--unattended"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which a workshop's time is over, and which a server looked at a day ago."""
    store = new(tmp_path)
    fill(store, code="OVER24")
    fill(store, code="OPEN24")
    store.erase_expired()  # as a server does when it starts
    age(store, days=1)
    expire(store, store.workshop("OVER24", joinable=False))
    return store


def run(store: Store) -> Result:
    return CliRunner().invoke(main, [*JOB, "--db", store.address])


def test_it_erases_what_is_due_and_says_how_much(store: Store):
    done = run(store)
    assert done.exit_code == 0, done.stderr
    assert "3 people" in done.stdout
    assert [each.code for each in store.workshops()] == ["OPEN24"]


def test_it_fails_and_erases_nothing_while_the_clock_is_in_doubt(store: Store):
    age(store, days=100)
    done = run(store)
    assert done.exit_code == 1
    assert "Nothing was erased" in done.stderr
    assert "is far beyond" in done.stderr
    assert len(store.workshops()) == 2
