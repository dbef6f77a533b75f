"""What participants ask their trainer, without a name.

A question has no time, and is listed in an order that chance has made: nothing but its words and
the page on which somebody thought of it tells whose it is. It goes with its person. Of one that is
taken back a mark stays, the hash of its key, so that neither a backup nor a merge brings it back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import Connection, delete, func, select, update

from myths.answer import is_key, storable
from myths.errors import AnswerError
from myths.store.answers import present
from myths.store.credentials import hash_token
from myths.store.database import Database
from myths.store.dialects import insert_once
from myths.store.schema import erased, inquiries, participants
from myths.store.sweep import to_sweep
from myths.store.workshops import find
from myths.vocabulary import InquiryState, Reason, is_name

LONGEST_INQUIRY = 500  # characters
MOST = 20  # that somebody may have put and that are not answered


@dataclass(frozen=True)
class Inquiry:
    """A question to the trainer: its words, where somebody was, and its state (`InquiryState`)."""

    key: str
    text: str
    page: str
    step: str
    state: str


_COLUMNS = [inquiries.c[each.name] for each in fields(Inquiry)]


def ask(
    database: Database, participant: str, text: str, *, key: str, page: str = "", step: str = ""
) -> None:
    """Keep a question; it is on the disk when this returns. The same key again writes nothing.

    Raises AnswerError: reason "key", "text" for an empty one, "long", "many", "erased", or "taken"
    for the key of somebody else; WorkshopError (reason "expired").
    """
    words = (storable(text) or "").strip()
    if not is_key(key):
        raise _refused("its key is no UUID", Reason.KEY)
    if not words:
        raise _refused("it is empty", Reason.TEXT)
    if len(words) > LONGEST_INQUIRY:
        raise _refused(
            f"it is longer than {LONGEST_INQUIRY} characters", Reason.LONG, limit=LONGEST_INQUIRY
        )
    with database.writing() as conn:
        person, _ = present(conn, participant)
        same = select(inquiries.c.participant).filter_by(key=key)
        waiting = (inquiries.c.participant == person, inquiries.c.state != InquiryState.ANSWERED)
        number = conn.scalars(select(func.count(inquiries.c.id)).where(*waiting)).one()
        if number >= MOST and conn.scalar(same) is None:
            raise _refused(f"{MOST} others are not answered yet", Reason.MANY, most=MOST)
        row = {
            "key": key,
            "participant": person,
            "text": words,
            "page": page if is_name(page) else "",
            "step": step if is_name(step) else "",
            "state": InquiryState.NEW.value,
        }
        if not insert_once(conn, inquiries, row) and conn.scalar(same) != person:
            raise _refused("its key belongs to another one", Reason.TAKEN)


def inquiries_of(database: Database, workshop: str) -> list[Inquiry]:
    """List what was asked in a workshop, in no order. Raises WorkshopError (reason "unknown")."""
    with database.reading() as conn:
        number, _ = find(conn, workshop)
        query = select(*_COLUMNS).join_from(inquiries, participants)
        mixed = query.where(participants.c.workshop == number).order_by(inquiries.c.key)
        return [Inquiry(*row) for row in conn.execute(mixed)]


def own_inquiries(database: Database, participant: str) -> list[Inquiry]:
    """List what somebody asked, the first one first."""
    query = select(*_COLUMNS).join_from(inquiries, participants)
    query = query.where(participants.c.name == participant).order_by(inquiries.c.id)
    with database.reading() as conn:
        return [Inquiry(*row) for row in conn.execute(query)]


def take_back(database: Database, participant: str, key: str) -> bool:
    """Erase somebody's question; False if they have none with this key."""
    person = select(participants.c.id).where(participants.c.name == participant)
    mine = delete(inquiries).where(inquiries.c.key == key, inquiries.c.participant.in_(person))
    with database.writing() as conn:
        gone = conn.execute(mine).rowcount > 0
        if gone:
            insert_once(conn, erased, {"mark": hash_token(key)})
            to_sweep(conn)
    if gone:
        database.empty_log()
    return gone


def mark_inquiries(
    database: Database, workshop: str, keys: Collection[str], state: InquiryState
) -> int:
    """Note what became of questions of a workshop; returns how many there are with these keys.

    Raises WorkshopError (reason "unknown").
    """
    with database.writing() as conn:
        number, _ = find(conn, workshop)
        people = select(participants.c.id).where(participants.c.workshop == number)
        theirs = inquiries.c.participant.in_(people)
        these = update(inquiries).where(inquiries.c.key.in_(keys), theirs)
        return conn.execute(these.values(state=state.value)).rowcount


def forget(conn: Connection, marks: Collection[str]) -> int:
    """Erase the questions whose marks are among those of what was taken back."""
    gone = [key for key in conn.scalars(select(inquiries.c.key)) if hash_token(key) in marks]
    conn.execute(delete(inquiries).where(inquiries.c.key.in_(gone)))
    return len(gone)


def _refused(fault: str, reason: Reason, **values: int) -> AnswerError:
    return AnswerError(
        f"This question was not sent, because {fault}: change it, then send it again.",
        reason=reason,
        **values,
    )
