"""A recovery code can be read until it is kept, by its own visit alone, and renewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from myths.errors import RecoveryError
from myths.store import Joined, Store, open_store, restore, schema
from sqlalchemy import select, update

from tests.store.samples import given, written
from tests.store.stores import new


def refusal(store: Store, code: str) -> str:
    with pytest.raises(RecoveryError) as caught:
        store.recover(code)
    return str(caught.value.reason)


def test_the_code_is_shown_to_its_own_visit_until_it_is_kept(store: Store, joined: Joined):
    assert store.unkept_code(joined.token) == joined.recovery
    assert store.unkept_code(joined.token) == joined.recovery
    elsewhere = store.recover(joined.recovery)
    assert store.unkept_code(elsewhere.token) == ""
    store.keep_code(joined.token)
    assert store.unkept_code(joined.token) == ""
    assert store.unkept_code("nobody") == ""


def test_the_code_is_shown_for_half_a_day_at_most_and_then_forgotten(store: Store, joined: Joined):
    past = datetime.now(UTC) - timedelta(seconds=1)
    with store.reading() as conn:
        until = conn.scalars(select(schema.sessions.c.code_until)).one()
    assert abs(until - datetime.now(UTC) - timedelta(hours=12)) < timedelta(minutes=1)
    with store.writing() as conn:
        conn.execute(update(schema.sessions).values(code_until=past))
    assert store.unkept_code(joined.token) == ""
    store.erase_expired()
    with store.reading() as conn:
        assert conn.scalars(select(schema.sessions.c.code)).one() is None
    assert store.visitor(joined.token).participant == joined.participant


def test_a_new_code_takes_the_place_of_the_one_before_and_opens_the_same_texts(store, joined):
    store.save(joined.participant, written(), given(text="mine alone", reader="me"))
    elsewhere = store.recover(joined.recovery)
    code = store.renew_code(joined.token)
    assert code != joined.recovery
    assert store.unkept_code(joined.token) == code
    assert refusal(store, joined.recovery) == "replaced"
    back = store.visitor(store.recover(code).token)
    assert store.latest(back.participant, key=back.key)["risk", "reason", "before"].text
    for token in (joined.token, elsewhere.token):  # who is in stays in
        assert store.visitor(token).key == back.key
    newer = store.renew_code(elsewhere.token)
    assert store.unkept_code(joined.token) == ""  # that code is worthless by now
    assert refusal(store, code) == refusal(store, joined.recovery) == "replaced"
    assert store.recover(newer).participant == joined.participant


def test_nobody_gets_a_new_code_without_being_in(store: Store, joined: Joined):
    store.leave(joined.token)
    for token in (joined.token, "nobody"):
        with pytest.raises(RecoveryError):
            store.renew_code(token)
    assert store.recover(joined.recovery)


def test_other_visits_are_counted_and_ended_and_ones_own_stays(store: Store, workshop, joined):
    other = store.join(workshop.code, language="en", consent="")
    tokens = [store.recover(joined.recovery).token for _ in range(2)]
    visitor = store.visitor(joined.token)
    assert store.other_visits(visitor) == 2
    assert store.leave_elsewhere(visitor) == 2
    for token in tokens:
        with pytest.raises(RecoveryError):
            store.visitor(token)
    assert store.visitor(joined.token)
    assert store.visitor(other.token)
    assert store.other_visits(visitor) == 0


def test_the_page_that_was_opened_last_is_known_on_every_device(store: Store, joined: Joined):
    visitor = store.visitor(joined.token)
    assert visitor.page == ""
    store.come_to(visitor, "risk")
    store.come_to(visitor, "harm")
    assert store.visitor(store.recover(joined.recovery).token).page == "harm"


def test_who_was_erased_stays_erased_in_a_backup_from_before_a_new_code(tmp_path: Path):
    store = new(tmp_path)
    workshop = store.open_workshop()
    joined = store.join(workshop.code, language="en", consent="")
    kept = store.join(workshop.code, language="en", consent="")
    store.backup(tmp_path / "copy.sqlite")
    code = store.renew_code(joined.token)
    store.renew_code(kept.token)
    store.leave(joined.token)  # so that no cookie of the backup tells who it was
    store.erase_participant(store.visitor(store.recover(code).token).participant)
    restore(tmp_path / "copy.sqlite", store.address, replace=True)
    assert refusal(open_store(store.address), joined.recovery) == "erased"
    assert open_store(store.address).recover(kept.recovery)


@pytest.mark.parametrize("renewed", ["here", "there"])
def test_the_newer_code_counts_after_a_merge(tmp_path: Path, renewed: str):
    ours = new(tmp_path)
    joined = ours.join(ours.open_workshop().code, language="en", consent="")
    ours.backup(tmp_path / "copy.sqlite")
    restore(tmp_path / "copy.sqlite", f"sqlite:///{tmp_path}/other.sqlite")
    theirs = open_store(f"sqlite:///{tmp_path}/other.sqlite")
    code = (ours if renewed == "here" else theirs).renew_code(joined.token)
    ours.merge(theirs)
    assert ours.recover(code).participant == joined.participant
    assert refusal(ours, joined.recovery) == "replaced"
    assert sum(ours.merge(theirs).added.values()) == 0
