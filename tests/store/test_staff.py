"""The staff key: it lets in, it ends, and nothing in the store gives it away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from myths.errors import RecoveryError
from myths.store import Store, credentials, open_store, restore, schema
from sqlalchemy import select, update

from tests.store.samples import days_ago
from tests.store.stores import new


def kept(store: Store) -> list[tuple[str, str | None]]:
    with store.reading() as conn:
        return [tuple(row) for row in conn.execute(select(schema.staff.c.mark, schema.staff.c.key))]


def wrong(store: Store, typed: str) -> bool:
    try:
        return store.let_staff_in(typed) is None
    except RecoveryError as mistyped:
        return mistyped.reason in ("mistyped", "length")


def test_a_key_lets_in_however_it_is_typed_and_nothing_else_does(store):
    key = store.new_staff_key()
    for typed in (key, key.lower().replace("-", " "), f"  {key}\n"):
        token = store.let_staff_in(typed)
        assert token
        assert store.staff_role(token)
    for typed in ("", "x", credentials.new_recovery_code(), key[:-1], key * 100, "🙂", "\0"):
        assert wrong(store, typed)
    for token in ("", key, "x" * 43, "🙂", *(mark for mark, _ in kept(store))):
        assert not store.staff_role(token)


def test_only_hashes_are_kept(store):
    key = store.new_staff_key()
    token = store.let_staff_in(key)
    marks = [mark for mark, _ in kept(store)]
    assert len(marks) == 2
    assert all(len(mark) == 64 for mark in marks)
    assert not {key, key.replace("-", ""), token} & set(marks)


def test_a_participant_is_not_staff(store, workshop):
    joined = store.join(workshop.code, language="en", consent="agreed")
    assert store.let_staff_in(joined.recovery) is None
    assert not store.staff_role(joined.token)


def test_a_second_server_turns_nobody_out(store):
    first = store.new_staff_key()
    token = store.let_staff_in(first)
    second = store.new_staff_key()
    assert store.staff_role(token)
    assert store.let_staff_in(first)
    assert store.let_staff_in(second)


def test_who_goes_is_out_and_others_stay(store):
    key = store.new_staff_key()
    gone, here = store.let_staff_in(key), store.let_staff_in(key)
    store.let_staff_out(gone)
    assert not store.staff_role(gone)
    assert store.staff_role(here)


def test_revoking_ends_every_key_and_turns_everybody_out(store):
    key = store.new_staff_key()
    token = store.let_staff_in(key)
    store.revoke_staff()
    assert not store.staff_role(token)
    assert store.let_staff_in(key) is None
    assert store.let_staff_in(store.new_staff_key())


def test_who_comes_in_while_the_keys_are_ended_is_out_too(store, monkeypatch):
    key = store.new_staff_key()

    def revoked_meanwhile() -> str:
        store.revoke_staff()
        return "late"

    monkeypatch.setattr(credentials, "new_token", revoked_meanwhile)
    assert store.let_staff_in(key) == "late"
    assert not store.staff_role("late")


@pytest.mark.parametrize("which", ["key", "cookie"])
def test_keys_and_cookies_end_by_themselves(store, which):
    key = store.new_staff_key()
    token = store.let_staff_in(key)
    table = schema.staff
    ended = table.c.key.is_(None) if which == "key" else table.c.key.is_not(None)
    with store.writing() as conn:
        conn.execute(update(table).where(ended).values(expires_at=days_ago(0)))
    assert not store.staff_role(token)
    assert (store.let_staff_in(key) is None) is (which == "key")
    store.new_staff_key()
    assert len(kept(store)) == (2 if which == "key" else 3)  # what has ended is not kept


def test_a_key_lasts_a_week_and_a_cookie_half_a_day(store):
    store.let_staff_in(store.new_staff_key())
    with store.reading() as conn:
        found = conn.execute(select(schema.staff.c.key.is_(None), schema.staff.c.expires_at)).all()
    lasts = {is_key: ends - datetime.now(UTC) for is_key, ends in found}
    assert timedelta(days=7, minutes=-5) < lasts[True] <= timedelta(days=7)
    assert timedelta(hours=12, minutes=-5) < lasts[False] <= timedelta(hours=12)


def test_no_key_comes_in_from_a_backup_or_from_another_room(tmp_path: Path):
    store, room = new(tmp_path), new(tmp_path, "other.sqlite")
    key = store.new_staff_key()
    store.backup(tmp_path / "backup")
    store.revoke_staff()
    restore(tmp_path / "backup", store.address, replace=True)
    assert open_store(store.address).let_staff_in(key) is None
    room.new_staff_key()
    mine = store.new_staff_key()
    store.merge(room)
    assert len(kept(store)) == 1
    assert store.let_staff_in(mine)
