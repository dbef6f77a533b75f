"""Roles of staff: each sees its own workshops only, whatever is merged, restored or renewed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from myths.errors import RoleError, WorkshopError
from myths.store import COORDINATOR, StaffRole, Store, restore, schema
from myths.vocabulary import Scope
from sqlalchemy import delete, update

from tests.store.samples import days_ago
from tests.store.stores import new

NORTH = StaffRole("trainers north", Scope.OWN)
EVALUATOR = StaffRole("evaluation", Scope.READ)


def who(store: Store, key: str) -> StaffRole | None:
    return store.staff_role(store.let_staff_in(key) or "")


def codes(store: Store, role: StaffRole) -> list[str]:
    return [each.code for each in store.workshops_of(role)]


@pytest.fixture
def roles(store: Store) -> Store:
    """A store with a trainers' role and an evaluators'."""
    store.new_staff_key(NORTH.name)
    store.new_staff_key(EVALUATOR.name, scope=Scope.READ)
    return store


def test_a_key_is_its_roles_and_one_without_a_role_the_coordinators(store):
    assert who(store, store.new_staff_key()) == COORDINATOR
    assert who(store, store.new_staff_key("Trainers  North")) == NORTH
    assert who(store, store.new_staff_key("evaluation", scope=Scope.READ)) == EVALUATOR


def test_a_role_sees_what_it_opened_and_the_coordinator_sees_all(roles):
    first = roles.open_workshop()
    own = roles.open_workshop(by=NORTH.name)
    assert codes(roles, COORDINATOR) == [first.code, own.code]
    assert codes(roles, NORTH) == [own.code]
    assert codes(roles, EVALUATOR) == []
    assert roles.workshop_of(own.code, NORTH) == own
    assert roles.workshop_of(own.code.lower(), COORDINATOR) == own


def test_the_workshop_of_another_role_is_refused_like_one_that_is_not_there(roles):
    foreign = roles.open_workshop()
    for role in (NORTH, EVALUATOR, StaffRole("nobody", Scope.OWN), StaffRole("", Scope.OWN)):
        with pytest.raises(WorkshopError) as caught:
            roles.workshop_of(foreign.code, role)
        assert caught.value.reason == "unknown"


def test_a_workshop_is_given_to_several_roles_and_taken_back(roles, workshop):
    roles.assign_workshop(workshop.code, "TRAINERS north")
    roles.assign_workshop(workshop.code, NORTH.name)  # twice is once
    roles.assign_workshop(workshop.code, EVALUATOR.name)
    assert codes(roles, NORTH) == codes(roles, EVALUATOR) == [workshop.code]
    roles.unassign_workshop(workshop.code, NORTH.name)
    assert (codes(roles, NORTH), codes(roles, EVALUATOR)) == ([], [workshop.code])
    for act in (roles.assign_workshop, roles.unassign_workshop):
        with pytest.raises(RoleError, match="no role"):
            act(workshop.code, "nobody")
        with pytest.raises(WorkshopError):
            act("NOSUCH", NORTH.name)


def test_a_renewed_key_finds_the_workshops_of_the_one_that_ended(roles):
    own = roles.open_workshop(by=NORTH.name)
    with roles.writing() as conn:
        conn.execute(update(schema.staff).values(expires_at=days_ago(0)))
    assert [each.key_until for each in roles.roles()] == [None, None]
    assert codes(roles, who(roles, roles.new_staff_key(NORTH.name)) or COORDINATOR) == [own.code]
    evaluation, north = roles.roles()
    assert (evaluation.role, evaluation.key_until) == (EVALUATOR, None)
    assert (north.role, north.workshops) == (NORTH, (own.code,))
    assert north.key_until
    assert north.key_until > datetime.now(UTC)


def test_a_role_keeps_its_scope_and_none_sees_all(roles):
    for name, scope in [
        (NORTH.name, Scope.READ),
        (EVALUATOR.name, Scope.OWN),
        (NORTH.name, Scope.ALL),
        ("new", Scope.ALL),
    ]:
        with pytest.raises(RoleError):
            roles.new_staff_key(name, scope=scope)
    assert [each.role for each in roles.roles()] == [EVALUATOR, NORTH]
    assert who(roles, roles.new_staff_key(EVALUATOR.name)) == EVALUATOR


@pytest.mark.parametrize(
    "name",
    ["x", "a@b.example", "a.b", "<b>", "x" * 41, "north\u202e", "  ", "a/b", "a\0b", "🙂🙂"],
    ids=["short", "mail", "dot", "tag", "long", "turned", "empty", "slash", "null", "picture"],
)
def test_a_name_is_short_and_plain(store, name):
    with pytest.raises(RoleError, match="nobody"):
        store.new_staff_key(name)
    assert store.roles() == []


def test_revoking_a_role_ends_its_keys_and_leaves_all_others_in(roles):
    keys = [roles.new_staff_key(name) for name in (None, NORTH.name, EVALUATOR.name)]
    tokens = [roles.let_staff_in(key) or "" for key in keys]
    roles.revoke_staff(NORTH.name)
    assert [roles.staff_role(token) for token in tokens] == [COORDINATOR, None, EVALUATOR]
    assert roles.let_staff_in(keys[1]) is None
    assert [each.role for each in roles.roles()] == [EVALUATOR, NORTH]
    roles.revoke_staff()
    assert [roles.staff_role(token) for token in tokens] == [None, None, None]


def test_a_role_that_is_removed_is_out_at_once_and_its_workshops_stay(roles):
    own = roles.open_workshop(by=NORTH.name)
    key = roles.new_staff_key(NORTH.name)
    token = roles.let_staff_in(key) or ""
    roles.remove_role(NORTH.name)
    assert roles.staff_role(token) is None
    assert roles.let_staff_in(key) is None
    assert codes(roles, COORDINATOR) == [own.code]
    assert codes(roles, NORTH) == []
    roles.new_staff_key(NORTH.name)  # it begins anew
    assert codes(roles, NORTH) == []


def test_a_workshop_cannot_be_opened_by_a_role_that_is_not_there(store):
    with pytest.raises(RoleError):
        store.open_workshop(by="nobody")
    assert store.workshops() == []


def test_a_merge_brings_roles_with_new_workshops_and_gives_nobody_one_that_is_known(tmp_path: Path):
    store = new(tmp_path)
    store.new_staff_key(NORTH.name)
    store.new_staff_key("both", scope=Scope.READ)
    known = store.open_workshop()
    store.backup(tmp_path / "backup")
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/room.sqlite", replace=True)
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/other.sqlite")
    room = new(tmp_path, "other.sqlite")
    room.remove_role("both")
    room.new_staff_key("both", scope=Scope.OWN)
    room.new_staff_key("south")
    theirs = room.open_workshop(by="south")
    for name in (NORTH.name, "both", "south"):
        room.assign_workshop(known.code, name)
    room.assign_workshop(theirs.code, NORTH.name)
    room.assign_workshop(theirs.code, "both")
    for _ in range(2):
        store.merge(room)
        assert codes(store, NORTH) == [theirs.code]
        assert codes(store, StaffRole("south", Scope.OWN)) == [theirs.code]
        assert codes(store, StaffRole("both", Scope.READ)) == []
        assert codes(store, StaffRole("both", Scope.OWN)) == []


def test_a_backup_gives_no_workshop_back_that_was_taken_from_a_role(tmp_path: Path):
    store = new(tmp_path)
    store.new_staff_key(NORTH.name)
    store.new_staff_key("both", scope=Scope.READ)
    taken, gone = store.open_workshop(by=NORTH.name), store.open_workshop(by=NORTH.name)
    store.assign_workshop(taken.code, "both")
    store.backup(tmp_path / "backup")
    with store.writing() as conn:  # as if the backup were of another store, which has it still
        conn.execute(delete(schema.workshops).where(schema.workshops.c.code == gone.code))
    store.unassign_workshop(taken.code, NORTH.name)
    store.remove_role("both")
    store.new_staff_key("both", scope=Scope.OWN)
    store.new_staff_key("south")
    store.assign_workshop(taken.code, "south")
    restore(tmp_path / "backup", store.address, replace=True)
    assert codes(store, NORTH) == [gone.code]
    assert codes(store, StaffRole("south", Scope.OWN)) == [taken.code]
    assert {each.role for each in store.roles()} == {
        NORTH,
        StaffRole("both", Scope.OWN),
        StaffRole("south", Scope.OWN),
    }
    assert [each.key_until for each in store.roles()] == [None] * 3
