"""Roles of staff beside the coordinator: trainers, evaluators; and which workshops each sees.

A role is a name that several people may share and that none of them bears, and has one scope. Its
keys end after a week, and it stays, so that its workshops are there again with the next key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, select

from myths.errors import RoleError, WorkshopError
from myths.store import audit, dialects
from myths.store.database import Database
from myths.store.schema import assignments, roles, staff, workshops
from myths.store.workshop_record import COLUMNS, Workshop
from myths.store.workshops import find
from myths.vocabulary import Reason, Scope, StaffAct

_LONGEST = 40  # letters


@dataclass(frozen=True)
class StaffRole:
    """Who has a key; without a name, and with all workshops, the coordinator."""

    name: str = ""
    scope: str = Scope.ALL


COORDINATOR = StaffRole()


@dataclass(frozen=True)
class KnownRole:
    """A role, until when it has a key (None: it has none now), and the codes of its workshops."""

    role: StaffRole
    key_until: datetime | None
    workshops: tuple[str, ...]


def role_name(typed: str) -> str:
    """Return the one form of a name: small letters, digits, hyphens, single spaces.

    Raises RoleError for anything else, as a mail address.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    fits = all(letter.isalnum() or letter in " -" for letter in name)
    if not (fits and 2 <= len(name) <= _LONGEST):
        raise RoleError(
            f"A role is 2 to {_LONGEST} letters, digits, spaces and hyphens, as 'trainers north': "
            f"{typed[:60]!r} is not. Name what they do, and nobody."
        )
    return name


def known_roles(database: Database) -> list[KnownRole]:
    """List all roles, also those that have no key now, by their names."""
    now = datetime.now(UTC)
    keys = select(staff.c.role, func.max(staff.c.expires_at)).where(staff.c.expires_at > now)
    given = select(assignments.c.role, workshops.c.code).join_from(assignments, workshops)
    with database.reading() as conn:
        until = dict(conn.execute(keys.group_by(staff.c.role)).all())
        codes = conn.execute(given.order_by(workshops.c.id)).all()
        return [
            KnownRole(
                StaffRole(row.name, row.scope),
                until.get(row.id),
                tuple(code for role, code in codes if role == row.id),
            )
            for row in conn.execute(select(roles).order_by(roles.c.name))
        ]


def workshops_of(database: Database, role: StaffRole) -> list[Workshop]:
    """List the workshops that a role sees, oldest first."""
    query = select(*COLUMNS).order_by(workshops.c.id)
    if role.scope != Scope.ALL:
        query = query.join_from(workshops, assignments).join(roles).where(roles.c.name == role.name)
    with database.reading() as conn:
        return [Workshop(*row) for row in conn.execute(query)]


def workshop_of(database: Database, code: str, role: StaffRole) -> Workshop:
    """Find a workshop that a role sees.

    Raises WorkshopError (reason "length" or "unknown") also for the workshop of another role.
    """
    with database.reading() as conn:
        number, found = find(conn, code)
        if role.scope != Scope.ALL:
            given = select(assignments.c.role).join(roles).where(roles.c.name == role.name)
            if not conn.execute(given.where(assignments.c.workshop == number)).first():
                raise WorkshopError(
                    f"No workshop of this role has the code {found.code}.", reason=Reason.UNKNOWN
                )
    return found


def assign_workshop(database: Database, code: str, name: str) -> None:
    """Assign a workshop to a role. Raises WorkshopError (reason "unknown") and RoleError."""
    with database.writing() as conn:
        number, found = find(conn, code)
        assign(conn, number, name)
        audit.note(conn, StaffAct.ASSIGNED, by="", about=f"{found.code} {role_name(name)}")


def unassign_workshop(database: Database, code: str, name: str) -> None:
    """Take a workshop from a role. Raises WorkshopError (reason "unknown") and RoleError."""
    with database.writing() as conn:
        number, found = find(conn, code)
        role = number_of(conn, name)
        conn.execute(delete(assignments).filter_by(workshop=number, role=role))
        audit.note(conn, StaffAct.UNASSIGNED, by="", about=f"{found.code} {role_name(name)}")


def remove_role(database: Database, name: str) -> None:
    """Forget a role, with its keys; its workshops stay. Raises RoleError if there is none."""
    with database.writing() as conn:
        number = number_of(conn, name)
        conn.execute(delete(roles).where(roles.c.id == number))
        audit.note(conn, StaffAct.REMOVED, by="", about=role_name(name))


def assign(conn: Connection, workshop: int, name: str) -> None:
    """Assign the workshop of a row id to a role; once is enough. Raises RoleError."""
    row = {"workshop": workshop, "role": number_of(conn, name)}
    dialects.insert_once(conn, assignments, row)


def number_of(conn: Connection, name: str) -> int:
    """Return the row id of a role. Raises RoleError if there is none."""
    known = role_name(name)
    found = conn.scalars(select(roles.c.id).where(roles.c.name == known)).first()
    if found is None:
        raise RoleError(
            f"There is no role {known!r}: see `myths staff list`, or make its first key with "
            f'`myths staff key --role "{known}"`.'
        )
    return int(found)


def begin(conn: Connection, name: str, scope: Scope | None) -> int:
    """Return the row id of a role that gets a key, made if it is new. Raises RoleError.

    A new one has its own workshops, unless a `scope` says otherwise; a known one keeps its scope.
    """
    known = role_name(name)
    if scope == Scope.ALL:
        raise RoleError("Only the coordinator sees all workshops: make that key without a role.")
    made = {"name": known, "scope": (scope or Scope.OWN).value}
    dialects.insert_once(conn, roles, made)
    row = conn.execute(select(roles).where(roles.c.name == known)).one()
    if scope and row.scope != scope:
        raise RoleError(
            f"The role {known!r} has the scope {row.scope}, and keeps it: choose another name, or "
            f'forget it first with `myths staff remove "{known}"`.'
        )
    return int(row.id)


def assigned(conn: Connection) -> tuple[dict[str, str], dict[tuple[str, datetime], set[str]]]:
    """Return the scope of each role, and which roles see each workshop (code, when it was made)."""
    scopes = dict(conn.execute(select(roles.c.name, roles.c.scope)).all())
    seen: dict[tuple[str, datetime], set[str]] = {}
    both = (
        select(workshops.c.code, workshops.c.opened_at, roles.c.name)
        .join_from(workshops, assignments, isouter=True)
        .join(roles, isouter=True)
    )
    for code, opened, name in conn.execute(both):
        seen.setdefault((code, opened), set()).update(filter(None, [name]))
    return scopes, seen


def keep_assigned(
    conn: Connection, scopes: Mapping[str, str], seen: Mapping[tuple[str, datetime], Set[str]]
) -> None:
    """Keep what `assigned` returned of roles and workshops that are there again."""
    for row in conn.execute(select(roles)).all():
        if scopes.get(row.name, row.scope) != row.scope:
            conn.execute(delete(roles).where(roles.c.id == row.id))
    for name, scope in scopes.items():
        dialects.insert_once(conn, roles, {"name": name, "scope": scope})
    for room in conn.execute(select(workshops.c.id, workshops.c.code, workshops.c.opened_at)).all():
        if (names := seen.get((room.code, room.opened_at))) is not None:
            conn.execute(delete(assignments).where(assignments.c.workshop == room.id))
            for name in names:
                assign(conn, room.id, name)
