"""Nothing is erased by a clock that has jumped, until it is put right, confirmed, or a week old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths.store import Store, clock, open_store, restore

from tests.store.samples import age, asked, days_ago, given
from tests.store.stores import fill, held, new

START = datetime(2026, 3, 1, tzinfo=UTC)
# the days at which a server looks at its clock, and whether it believes it each time
LOOKS = {
    "every day": [(0, True), (1, True), (2, True), (3, True)],
    "a week away": [(0, True), (7, True), (13.9, True)],
    "a little behind": [(0, True), (-0.03, True), (0.01, True)],
    "far ahead": [(0, True), (200, False), (200.1, False)],
    "ahead and put right": [(0, True), (200, False), (0.1, True), (1, True)],
    "ahead and away again": [(0, True), (200, False), (208, False), (216, False)],
    "far ahead for a week": [(0, True), (200, False), (203, False), (207, True), (208, True)],
    "gone back": [(0, True), (-1, False), (-0.5, False)],
    "gone back and put right": [(0, True), (-300, False), (0.2, True)],
    "ahead, then further back than it was": [(0, True), (200, False), (-9, False), (-1, False)],
}


@pytest.mark.parametrize("name", LOOKS)
def test_the_clock_is_believed_only_without_jumps(store: Store, name):
    believed = []
    for day, _ in LOOKS[name]:
        with store.writing() as conn:
            believed.append(clock.look(conn, START + timedelta(days=day)) is None)
    assert believed == [likely for _, likely in LOOKS[name]]


@pytest.fixture
def ahead(store: Store) -> Store:
    """A store with answers, half a year after a server last looked."""
    fill(store)
    assert store.erase_expired() == 0
    age(store, days=181)
    return store


def test_a_clock_that_is_far_ahead_erases_nothing_and_says_so(ahead, caplog):
    before = held(ahead, but=("meta",))
    for _ in range(3):
        assert ahead.erase_expired() == 0
    assert held(ahead, but=("meta",)) == before
    assert "is far beyond" in caplog.text
    assert "set the clock" in caplog.text
    doubt = ahead.clock_doubt()
    assert doubt
    assert not doubt.is_behind
    assert (doubt.until - datetime.now(UTC)).days == 6


def test_a_store_of_an_older_version_goes_by_the_last_that_was_written_in_it(store):
    fill(store)
    age(store, days=181)
    assert store.erase_expired() == 0
    assert store.clock_doubt()


def test_once_it_is_put_right_all_goes_on_as_before(ahead):
    ahead.erase_expired()
    age(ahead, days=-181)
    assert ahead.erase_expired() == 0
    assert ahead.clock_doubt() is None
    person = ahead.participants()["participant"][0]
    assert ahead.save(person, asked(), given(3))


def test_who_says_that_the_date_is_right_erases_what_is_due(ahead):
    ahead.erase_expired()
    assert ahead.erase_due() == 3
    assert ahead.workshops() == []
    assert ahead.clock_doubt() is None


def test_what_is_due_is_erased_a_week_later_if_nobody_puts_the_clock_right(ahead):
    for _ in range(7):
        assert ahead.erase_expired() == 0
        age(ahead, days=1.01)
    assert ahead.erase_expired() == 3


def test_a_clock_that_went_back_erases_nothing(store, caplog):
    short = store.open_workshop(keep_days=1, pool_days=0)
    store.join(short.code, language="en", consent="agreed")
    store.erase_expired()
    age(store, days=2)
    with store.writing() as conn:  # a server looked three days ahead, when that was believed
        clock.look(conn, datetime.now(UTC) + timedelta(days=3))
    assert store.erase_expired() == 0
    assert "goes back behind" in caplog.text
    doubt = store.clock_doubt()
    assert doubt
    assert doubt.is_behind


def test_a_clock_that_is_ahead_ends_no_browser_of_somebody_who_has_no_code_at_hand(ahead):
    [joined, *_] = fill(ahead)
    token = joined.token
    age(ahead, days=30)
    ahead.erase_expired()
    ahead.join(ahead.open_workshop().code, language="en", consent="agreed")
    age(ahead, days=-30)
    assert ahead.visitor(token).participant == joined.participant


def test_what_was_seen_of_the_clock_is_this_stores_own(tmp_path):
    here, there = new(tmp_path, "here.sqlite"), new(tmp_path, "there.sqlite")
    fill(there)
    there.erase_expired()
    age(there, days=30)
    there.backup(tmp_path / "copy")
    here.erase_expired()
    here.merge(there)
    assert here.clock_doubt() is None
    restore(tmp_path / "copy", here.address, replace=True)
    assert here.clock_doubt() is None
    restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.sqlite")
    assert open_store(f"sqlite:///{tmp_path}/new.sqlite").clock_doubt()


def test_a_new_store_believes_its_clock(store):
    assert store.clock_doubt() is None
    assert store.erase_expired() == 0
    store.open_workshop(now=days_ago(0))
    assert store.clock_doubt() is None
