"""How many are there and have answered: counts, and never names.

Each server writes now and then how many people it has connected; what it wrote some time ago no
longer counts, so a server that was killed is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Label, delete, distinct, func, literal, select

from myths.store import schema
from myths.store.current import current_answers, is_given
from myths.store.database import Database
from myths.store.schema import answers, connections, participants, questions
from myths.store.workshops import find

if TYPE_CHECKING:
    from myths.store.live_states import Vote

_LASTS = timedelta(seconds=15)


@dataclass(frozen=True)
class Attendance:
    """How many joined a workshop, are connected now, and answered all questions of a vote.

    Of those who opened a page last that is asked about, `steps` counts how many came to which of
    its steps last, "" for none yet; `elsewhere` counts those who opened another page last.
    """

    joined: int
    connected: int
    answered: int
    steps: Mapping[str, int] = field(default_factory=dict)
    elsewhere: int = 0


def attendance(
    database: Database, workshop: str, *, vote: Vote | None = None, page: str = ""
) -> Attendance:
    """Count who is there, and who of them came to which step of a page.

    Raises WorkshopError (reason "unknown").
    """
    with database.reading() as conn:
        number, _ = find(conn, workshop)
        people = select(participants.c.id).where(participants.c.workshop == number)
        where = select(participants.c.page, _step(page))
        at = where.where(participants.c.workshop == number).subquery().c
        rows = conn.execute(select(at.page, at.step, func.count()).group_by(at.page, at.step)).all()
        joined = sum(count for *_, count in rows)
        steps = {step or "": count for opened, step, count in rows if opened == page}
        elsewhere = sum(count for opened, _, count in rows if opened not in (None, page))
        now = datetime.now(UTC)
        recent = connections.c.at.between(now - _LASTS, now + _LASTS)  # a clock may be set back
        connected = select(func.coalesce(func.sum(connections.c.people), 0)).where(
            recent, connections.c.workshop == number
        )
        there = conn.scalars(connected).one()
        answered = 0
        if vote is not None:
            asked = select(questions.c.id).where(
                questions.c.module == vote.page,
                questions.c.phase == vote.phase,
                questions.c.item.in_(vote.items),
            )
            all_of_them = (
                select(answers.c.participant)
                .join(questions, questions.c.id == answers.c.question)
                .where(answers.c.seq.in_(current_answers(people, to=asked)), is_given())
                .group_by(answers.c.participant)
                .having(func.count(distinct(questions.c.item)) == len(vote.items))
            )
            answered = conn.scalars(select(func.count()).select_from(all_of_them.subquery())).one()
    return Attendance(joined, min(there, joined), answered, steps, elsewhere if page else 0)


def _step(page: str) -> Label[str]:
    """Return the column of the steps of a page that people came to last."""
    present = participants.c.places[page, "step"].as_string() if page else literal("")
    return func.coalesce(present, "").label("step")


def tell_connected(database: Database, server: str, people: Mapping[str, int]) -> None:
    """Keep how many people a server has connected now, in each workshop by its code."""
    now = datetime.now(UTC)
    with database.writing() as conn:
        conn.execute(delete(connections).where(connections.c.server == server))
        conn.execute(delete(connections).where(connections.c.at < now - 4 * _LASTS))
        ids = dict(
            conn.execute(
                select(schema.workshops.c.code, schema.workshops.c.id).where(
                    schema.workshops.c.code.in_(list(people))
                )
            ).all()
        )
        rows = [
            {"workshop": ids[code], "server": server, "people": number, "at": now}
            for code, number in people.items()
            if code in ids
        ]
        if rows:
            conn.execute(connections.insert(), rows)
