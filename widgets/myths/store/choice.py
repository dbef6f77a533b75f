"""Which workshops a table is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Select, select

from myths.errors import WorkshopError
from myths.store import schema
from myths.store.workshops import find
from myths.vocabulary import Audience, Reason


class WorkshopChoice(TypedDict, total=False):
    """Which workshops tables are about: one or several codes or audiences (None: all)."""

    workshop: str | Iterable[str] | None
    audience: str | Iterable[str] | None
    rehearsal: bool  # also rehearsal workshops


def listed(choice: str | Iterable[str] | None) -> list[str] | None:
    """List a choice, so that it can be read more than once; None stays None."""
    return [choice] if isinstance(choice, str) else None if choice is None else [*choice]


def chosen_people(conn: Connection, **choice: Unpack[WorkshopChoice]) -> Select[Any]:
    """Select the row ids of the participants of the chosen workshops, also who does not contribute.

    Raises WorkshopError (reason "unknown") for a code or an audience that no workshop has.
    """
    codes, audiences = listed(choice.get("workshop")), listed(choice.get("audience"))
    workshops, people = schema.workshops.c, schema.participants.c
    rooms = select(workshops.id)
    if not choice.get("rehearsal"):
        rooms = rooms.where(~workshops.rehearsal)
    if codes is not None:
        rooms = rooms.where(workshops.id.in_([find(conn, code)[0] for code in codes]))
    if audiences is not None:
        _check_audiences(conn, rooms, audiences)
        rooms = rooms.where(workshops.audience.in_(audiences))
    return select(people.id).where(people.workshop.in_(rooms))


def _check_audiences(conn: Connection, rooms: Select[Any], wanted: list[str]) -> None:
    """Raise WorkshopError for an audience that none of the rooms has, if there are any."""
    there = set(conn.scalars(rooms.with_only_columns(schema.workshops.c.audience)))
    known = [each for each in Audience.words() if each in there or not there]
    for value in wanted:
        if value not in known:
            raise WorkshopError(
                f"No workshop here has the audience {value!r}: choose from {', '.join(known)}.",
                reason=Reason.UNKNOWN,
            )
