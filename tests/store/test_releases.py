"""What was published is remembered over all that happens to a store, without telling of anybody."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from myths.errors import StoreError
from myths.store import Release, ReleaseLog, Store, open_store, restore

from tests.store.samples import expire
from tests.store.stores import fill, held, new

AT = datetime(2026, 11, 2, tzinfo=UTC)
QUESTION = "risk.myth 0123456789ab after"


def release(log: ReleaseLog, people: list[str], *, at: datetime = AT) -> Release:
    marks = frozenset(log.marks(each, "1")[0] for each in people)
    return Release(at, ("ROOM7",), {QUESTION: marks, "risk recall": marks})


def publish(store: Store, people: list[str]) -> Release:
    made = release(store.release_log(), people)
    with store.releasing(made, rule=lambda _: None):
        pass
    return made


def test_what_was_published_is_read_again_as_it_was(store):
    made = publish(store, ["pa", "pb"])
    assert store.release_log().releases == (made,)


def test_nothing_is_remembered_of_what_did_not_become_a_file(store):
    made = release(store.release_log(), ["pa"])
    with pytest.raises(OSError, match="no room"), store.releasing(made, rule=lambda _: None):
        raise OSError("no room")
    assert store.release_log().releases == ()


def test_the_rule_is_asked_with_all_that_was_published_by_then(store):
    first, second = publish(store, ["pa"]), release(store.release_log(), ["pb"])
    asked: list[ReleaseLog] = []
    with store.releasing(second, rule=asked.append):
        pass
    assert asked[0].releases == (first,)


def test_of_two_who_publish_at_once_the_second_is_asked_with_the_first_release(store):
    inside, done = threading.Event(), threading.Event()
    asked: list[ReleaseLog] = []

    def second() -> None:
        inside.wait()
        with store.releasing(release(store.release_log(), ["pb"]), rule=asked.append):
            done.set()

    other = threading.Thread(target=second)
    other.start()
    with store.releasing(release(store.release_log(), ["pa"]), rule=lambda _: None):
        inside.set()
        assert not done.wait(0.2)
    other.join()
    assert len(asked[0].releases) == 1
    assert len(store.release_log().releases) == 2


def test_a_mark_has_nothing_in_it_without_the_stores_key(store, tmp_path):
    other = new(tmp_path, "other.sqlite").release_log()
    here = store.release_log()
    assert here.marks("pa", "1") == store.release_log().marks("pa", "1")
    assert not {*here.marks("pa", "1")} & {*other.marks("pa", "1"), *here.marks("pa", "2")}


def test_erasing_people_workshops_and_what_is_due_leaves_the_log_as_it_is(store):
    people = fill(store)
    fill(store, code="ROOM8")
    made = publish(store, [each.participant for each in people])
    store.erase_participant(people[0].participant)
    store.erase_workshop(store.workshops()[0].code)
    expire(store, store.workshops()[0])
    store.erase_due()
    assert store.workshops() == []
    assert store.release_log().releases == (made,)


def test_a_restored_backup_has_its_log_and_its_key(store, tmp_path):
    publish(store, ["pa"])
    log = store.release_log()
    store.backup(tmp_path / "monday")
    restore(tmp_path / "monday", f"sqlite:///{tmp_path}/back.sqlite")
    assert open_store(f"sqlite:///{tmp_path}/back.sqlite").release_log() == log


def test_what_was_published_since_the_backup_is_remembered_over_the_restore(store, tmp_path):
    store.backup(tmp_path / "monday")
    made = publish(store, ["pa"])
    restore(tmp_path / "monday", store.address, replace=True)
    assert store.release_log().releases == (made,)


def test_marks_of_another_key_are_known_after_its_store_is_replaced(store, tmp_path):
    other = new(tmp_path, "other.sqlite")
    other.backup(tmp_path / "monday")
    made = publish(store, ["pa"])
    restore(tmp_path / "monday", store.address, replace=True)
    (row, _) = made.rows.values()
    assert row & {*store.release_log().marks("pa", "1")}


def test_merging_brings_what_either_store_published_and_the_keys_once(store, tmp_path):
    other = new(tmp_path, "other.sqlite")
    fill(other)
    theirs, ours = publish(other, ["pb"]), publish(store, ["pa"])
    store.merge(other)
    log = store.release_log()
    assert {each.name for each in log.releases} == {theirs.name, ours.name}
    (row, _) = theirs.rows.values()
    assert row & {*log.marks("pb", "1")}
    assert log.marks("pa", "1")[0] in next(iter(ours.rows.values()))
    before = held(store)
    store.merge(other)
    assert held(store) == before


def test_a_store_that_cannot_be_written_publishes_nothing(tmp_path: Path):
    room = new(tmp_path)
    made = release(room.release_log(), ["pa"])
    room.empty_log()
    with room.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM releases").scalar() == 0
    still = Store(room.place, room.address, room.engine, room.around)
    with room.writing(), pytest.raises(StoreError), still.releasing(made, rule=lambda _: None):
        raise AssertionError("nobody else writes meanwhile")
