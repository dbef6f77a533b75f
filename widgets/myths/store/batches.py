"""Which answers were shown to a group together; by which rule is not the store's to say.

What was shown is kept, and who was in it, so that neither a restart nor a second server ever counts
a person anew: the rule, in the room `live`, needs both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from myths.store import schema
from myths.store.current import current_answers, is_given, same_cell
from myths.store.database import Database
from myths.store.schema import answers, batched, participants
from myths.store.workshops import find
from myths.vocabulary import Reader


@dataclass(frozen=True)
class QuestionKey:
    """A question as a group meets it, whatever its language."""

    module: str
    item: str
    phase: str


@dataclass(frozen=True)
class GroupAnswer:
    """What somebody says to a question now; `person` and `key` are never shown.

    `text` has words only if its author lets the group read them.
    """

    person: int
    key: str
    value: float | None
    text: str | None
    declined: bool
    reader: str | None


@dataclass(frozen=True)
class Batch:
    """Answers shown together: `counts` as shown, `members` {person: key of the answer}.

    `people` stays when a member is erased; `members` then has one less.
    """

    people: int
    counts: Mapping[str, int]
    members: Mapping[int, str]


Rule = Callable[[Sequence[GroupAnswer], Sequence[Batch], int], Batch | None]


def batches(
    database: Database, workshop: str, place: QuestionKey, *, rule: Rule
) -> tuple[list[GroupAnswer], list[Batch]]:
    """Return what is said at `place` and its batches, after keeping the one that `rule` makes now.

    `rule` is asked with both and the workshop's k, and gives the next batch or None. Two servers
    that look at once keep one batch. Raises WorkshopError (reason "unknown") and StoreError.
    """
    with database.reading() as conn:
        number, found = find(conn, workshop)
        answers_now, kept = _now(conn, number, place), _kept(conn, number, place)
    if rule(answers_now, kept, found.k) is None:
        return answers_now, kept
    with database.writing() as conn:
        conn.execute(
            select(schema.workshops.c.id).where(schema.workshops.c.id == number).with_for_update()
        )  # one look at a time, and k stays what it is meanwhile
        k = find(conn, workshop)[1].k
        answers_now, kept = _now(conn, number, place), _kept(conn, number, place)
        new = rule(answers_now, kept, k)
        if new is not None:
            _keep(conn, number, place, len(kept) + 1, new)
            kept = [*kept, new]
    return answers_now, kept


def offered(database: Database, workshop: str, place: QuestionKey) -> tuple[str, ...]:
    """Return the numbers of the options that a workshop's people could choose from, as "1".

    Those of the question as it was last answered there; if nobody's answer is left, as it was put
    last anywhere. Raises WorkshopError (reason "unknown") and StoreError.
    """
    questions = schema.questions
    with database.reading() as conn:
        number, _ = find(conn, workshop)
        people = select(participants.c.id).filter_by(workshop=number)
        here = (answers.c.question == questions.c.id) & answers.c.participant.in_(people)
        query = (
            select(questions.c.words)
            .join(answers, here, isouter=True)
            .where(questions.c.id.in_(same_cell(**vars(place))))
            .order_by(answers.c.seq.desc().nulls_last(), questions.c.id.desc())
        )
        words = conn.scalars(query.limit(1)).first()
    return tuple((words or {}).get("options") or ())


def _now(conn: Connection, workshop: int, place: QuestionKey) -> list[GroupAnswer]:
    """Return everybody's current answer, as far as it says anything the group may know of.

    Who does not contribute gave it for themselves.
    """
    people = select(participants.c.id).where(participants.c.workshop == workshop)
    people = people.where(participants.c.contributes)
    current = current_answers(people, to=same_cell(**vars(place)))
    rows = conn.execute(
        select(answers).where(answers.c.seq.in_(current), is_given()).order_by(answers.c.seq)
    )
    return [
        GroupAnswer(row.participant, row.key, row.value, _for_group(row), row.declined, row.reader)
        for row in rows
        if row.sealed is None
    ]


def _for_group(row: Row[Any]) -> str | None:
    """Return a text's words if its author lets the group read them, else an empty text."""
    return row.text if row.text is None or row.reader == Reader.GROUP else ""


def _kept(conn: Connection, workshop: int, place: QuestionKey) -> list[Batch]:
    table = schema.batches
    rows = conn.execute(
        select(table).filter_by(workshop=workshop, **vars(place)).order_by(table.c.number)
    ).all()
    inside: dict[int, dict[int, str]] = {row.id: {} for row in rows}
    for member in conn.execute(select(batched).where(batched.c.batch.in_(inside))):
        inside[member.batch][member.participant] = member.answer
    return [Batch(row.people, row.counts, inside[row.id]) for row in rows]


def _keep(conn: Connection, workshop: int, place: QuestionKey, number: int, new: Batch) -> None:
    table = schema.batches
    row = {
        "workshop": workshop,
        **vars(place),
        "number": number,
        "people": new.people,
        "counts": dict(new.counts),
    }
    batch = conn.scalars(insert(table).values(row).returning(table.c.id)).one()
    conn.execute(
        insert(batched),
        [
            {"batch": batch, "participant": person, "answer": key}
            for person, key in new.members.items()
        ],
    )
