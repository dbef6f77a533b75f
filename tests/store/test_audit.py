"""What staff did is written down with the act, tells nothing of anybody, and goes after a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from myths.errors import RoleError, WorkshopError
from myths.store import Store, restore, schema
from myths.vocabulary import Scope, StaffAct
from sqlalchemy import event, select, update

from tests.store.samples import days_ago
from tests.store.stores import fill, new

NORTH = "trainers north"


def told(store: Store) -> list[tuple[str, str, str]]:
    return [(each.role, each.act, each.about) for each in store.audit()]


def test_each_act_is_written_down_once_with_the_role_that_did_it(store):
    store.new_staff_key()
    store.new_staff_key(NORTH)
    code = store.open_workshop(by=NORTH).code
    store.close_workshop(code, by=NORTH)
    store.close_workshop(code, by=NORTH)  # it is closed already
    store.reopen_workshop(code)
    person = store.join(code, language="en", consent="agreed").participant
    store.erase_participant(person, by=NORTH)
    store.assign_workshop(code, NORTH)
    store.note_act(StaffAct.EXPORTED, by="evaluation", about=code)
    store.unassign_workshop(code, NORTH)
    store.erase_workshop(code, by=NORTH)
    store.revoke_staff(NORTH)
    store.remove_role(NORTH)
    store.revoke_staff()
    assert told(store) == [
        ("", "key", ""),
        ("", "key", NORTH),
        (NORTH, "opened", code),
        (NORTH, "closed", code),
        ("", "reopened", code),
        (NORTH, "erased-person", code),
        ("", "assigned", f"{code} {NORTH}"),
        ("evaluation", "exported", code),
        ("", "unassigned", f"{code} {NORTH}"),
        (NORTH, "erased", code),
        ("", "revoked", NORTH),
        ("", "removed", NORTH),
        ("", "revoked", ""),
    ]


def test_who_erases_their_own_answers_is_in_no_audit(store, workshop, person):
    store.erase_participant(person)
    assert told(store) == [("", "opened", workshop.code)]


def test_its_times_are_minutes_and_its_columns_are_known(store, workshop):
    (line,) = store.audit()
    assert (line.at.second, line.at.microsecond) == (0, 0)
    assert timedelta(0) <= datetime.now(UTC) - line.at < timedelta(minutes=2)
    assert set(schema.audit.c.keys()) == {"id", "at", "role", "act", "about"}


def test_nothing_that_was_said_and_nobody_who_said_it_is_in_it(tmp_path: Path):
    store = new(tmp_path)
    people = fill(store)
    store.erase_participant(people[0].participant, by="")
    store.erase_workshop(store.workshops()[0].code)
    written = str(store.audit())
    for each in people:
        assert each.participant not in written
    assert "Łódź" not in written


def test_what_fails_leaves_no_line_and_what_cannot_be_written_down_is_not_done(store, workshop):
    for act in (store.close_workshop, store.erase_workshop, store.reopen_workshop):
        with pytest.raises(WorkshopError):
            act("NOSUCH")
    with pytest.raises(RoleError):
        store.new_staff_key("a@b")
    assert told(store) == [("", "opened", workshop.code)]

    def fail(_conn, _cursor, statement, *_):
        if statement.startswith("INSERT INTO audit"):
            raise OSError("no space left")

    event.listen(store.engine, "before_cursor_execute", fail)
    for act in (store.close_workshop, store.erase_workshop):
        with pytest.raises(OSError, match="no space"):
            act(workshop.code)
    with pytest.raises(OSError, match="no space"):
        store.new_staff_key()
    event.remove(store.engine, "before_cursor_execute", fail)
    assert store.workshops() == [workshop]
    with store.reading() as conn:
        assert conn.execute(select(schema.staff)).all() == []


def test_a_line_goes_after_a_year_and_not_before(store, workshop):
    store.close_workshop(workshop.code)
    closed = schema.audit.c.act == "closed"
    with store.writing() as conn:
        conn.execute(update(schema.audit).where(closed).values(at=days_ago(364)))
        conn.execute(update(schema.audit).where(~closed).values(at=days_ago(366)))
    assert told(store) == [("", "closed", workshop.code)]  # not shown even before it is deleted
    store.erase_expired()
    with store.reading() as conn:
        assert [*conn.scalars(select(schema.audit.c.act))] == ["closed"]


def test_neither_a_backup_nor_a_merge_takes_a_line_away(tmp_path: Path):
    store, room = new(tmp_path), new(tmp_path, "other.sqlite")
    first = store.open_workshop().code
    store.backup(tmp_path / "backup")
    store.new_staff_key(NORTH, scope=Scope.OWN)
    store.close_workshop(first)
    restore(tmp_path / "backup", store.address, replace=True)
    mine = [("", "opened", first), ("", "key", NORTH), ("", "closed", first)]
    assert sorted(told(store)) == sorted(mine)
    theirs = room.open_workshop().code
    for _ in range(2):
        store.merge(room)
        assert sorted(told(store)) == sorted([*mine, ("", "opened", theirs)])
