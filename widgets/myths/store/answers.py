"""Answers: checked, saved once however often they are sent, and read back for their participant."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from myths.errors import AnswerError
from myths.store.opening import Database
from myths.store.schema import (
    KINDS,
    NUMERIC,
    PHASES,
    READERS,
    answers,
    insert_once,
    participants,
    questions,
    workshops,
)
from myths.store.workshops import COLUMNS, Workshop, expired

LONGEST = 10_000  # letters; the content's own limit is lower
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LARGEST = 1e9


@dataclass(frozen=True)
class Asked:
    """A question as it was put: `words` has question, options, keyed, correct (JSON)."""

    module: str
    item: str
    phase: str
    kind: str
    language: str
    wording: str
    words: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """An answer as the page sends it; without value, text and declined it clears the answer."""

    key: str
    value: float | None = None
    text: str | None = None
    declined: bool = False
    reader: str | None = None

    @property
    def empty(self) -> bool:
        """Tell whether it says nothing, and so clears what was said before."""
        return self.value is None and self.text is None and not self.declined


@dataclass(frozen=True)
class Saved:
    """The proof that an answer is on the disk."""

    key: str
    at: datetime


def save(database: Database, participant: str, asked: Asked, given: Given) -> Saved:
    """Save an answer; it is on the disk when this returns.

    The same key again gives the first Saved and writes nothing. Raises AnswerError (refused: the
    page must not send it again, or its participant was erased), WorkshopError (reason "expired"),
    StoreError (send it again when `retry`).
    """
    given = _checked(asked, given)
    at = datetime.now(UTC)
    with database.writing() as conn:
        person = _present(conn, participant)
        new = insert_once(
            conn,
            answers,
            {
                "key": given.key,
                "participant": person,
                "question": _question(conn, asked),
                "value": given.value,
                "text": given.text,
                "declined": given.declined,
                "reader": given.reader,
                "at": at,
            },
        )
        return Saved(given.key, at) if new else _first(conn, given.key, person, asked)


def latest(database: Database, participant: str) -> dict[tuple[str, str, str], Given]:
    """Read a participant's answers as they stand: {(module, item, phase): Given}.

    A cleared answer is absent; so is everybody who is unknown.
    """
    said = (
        select(questions.c.module, questions.c.item, questions.c.phase, answers)
        .join_from(answers, questions)
        .join(participants)
        .where(participants.c.name == participant)
        .order_by(answers.c.seq)
    )
    with database.reading() as conn:
        found = {
            (row.module, row.item, row.phase): Given(
                row.key, row.value, row.text, row.declined, row.reader
            )
            for row in conn.execute(said)
        }
    return {place: given for place, given in found.items() if not given.empty}


def _checked(asked: Asked, given: Given) -> Given:
    """Refuse what no page of ours sends, and leave out of a text what no database can hold."""
    fault = _fault_in_question(asked) or _fault_in_answer(given) or _misfit(asked, given)
    if fault:
        raise AnswerError(
            f"This answer was not saved, because {fault}: load the page again, and if it happens "
            "again, tell the trainer."
        )
    return replace(given, text=_storable(given.text))


def _fault_in_question(asked: Asked) -> str | None:
    if not (_NAME.fullmatch(asked.module) and _NAME.fullmatch(asked.item)):
        return "its module or item has no proper name"
    if asked.phase not in PHASES:
        return f"its phase is none of {', '.join(PHASES)}"
    if asked.kind not in KINDS:
        return f"its kind is none of {', '.join(KINDS)}"
    if not (1 <= len(asked.language) <= 16 and 1 <= len(asked.wording) <= 64):
        return "its language or wording is missing or too long"
    return None


def _fault_in_answer(given: Given) -> str | None:
    if not _is_uuid(given.key):
        return "its key is no UUID"
    if given.value is not None and not _is_number(given.value):
        return "its value is no number that can be kept"
    if given.text is not None and not isinstance(given.text, str):
        return "its text is no text"
    if len(given.text or "") > LONGEST:
        return f"its text is longer than {LONGEST} letters"
    if given.reader not in (None, *READERS):
        return f"its reader is none of {', '.join(READERS)}"
    return None


def _misfit(asked: Asked, given: Given) -> str | None:
    if given.value is not None and asked.kind not in NUMERIC:
        return "a number answers a question that asks for words"
    if given.text and asked.kind in NUMERIC:
        return "words answer a question that asks for a number"
    if given.declined and (given.value is not None or given.text):
        return "it is declined and answered at once"
    return None


def _is_uuid(key: object) -> bool:
    """Accept only the written form that browsers give: 36 characters, small letters."""
    try:
        return isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    """Accept what is finite and not a truth value."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -_LARGEST <= value <= _LARGEST
    )


def _storable(text: str | None) -> str | None:
    """Mend what a typing person cannot see: NUL goes, half an emoji becomes a question mark.

    Spaces alone say nothing: None.
    """
    mended = (text or "").replace("\0", "").encode("utf-16", "surrogatepass")
    kept = mended.decode("utf-16", "replace")
    return kept if kept.strip() else None


def _present(conn: Connection, participant: str) -> int:
    """Find the row id of a participant whose workshop still takes answers."""
    row = conn.execute(
        select(participants.c.id, *COLUMNS)
        .join_from(participants, workshops)
        .where(participants.c.name == participant)
    ).first()
    if row is None:
        raise AnswerError(
            "This answer was not saved, because your answers were erased: you can join again with "
            "a workshop code."
        )
    workshop = Workshop(*row[1:])
    if workshop.state == "expired":
        raise expired(workshop)
    return int(row.id)


def _question(conn: Connection, asked: Asked) -> int:
    """Find the row id of a question, which is written down the first time it is answered."""
    named = {
        column.name: getattr(asked, column.name)
        for column in questions.c
        if column.name not in ("id", "words")
    }
    find = select(questions.c.id).filter_by(**named)
    known = conn.scalar(find)
    if known is None:
        insert_once(conn, questions, {**named, "words": dict(asked.words)})
        known = conn.scalars(find).one()
    return int(known)


def _first(conn: Connection, key: str, person: int, asked: Asked) -> Saved:
    """Give the answer that already has this key, if it is this person's answer to this item."""
    row = conn.execute(
        select(answers.c.at, answers.c.participant, questions.c.module, questions.c.item)
        .add_columns(questions.c.phase)
        .join_from(answers, questions)
        .where(answers.c.key == key)
    ).one()
    at, *owner = row
    if owner != [person, asked.module, asked.item, asked.phase]:
        raise AnswerError(
            "This answer was not saved, because its key belongs to another answer: load the page "
            "again and give the answer once more."
        )
    return Saved(key, at)
