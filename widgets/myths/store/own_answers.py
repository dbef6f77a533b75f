"""What participants can do with what they said: see all of it, and erase single answers."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update

from myths.answer import Answer, StandingAnswer
from myths.store import dialects, encryption
from myths.store.answers import place
from myths.store.current import current_answers, is_given, same_cell
from myths.store.database import Database
from myths.store.schema import answers, participants, questions
from myths.store.sweep import to_sweep

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnswerVersion:
    """One version of an answer, with its question as it was put (`words` as in Asked).

    `current` tells the latest version from earlier ones. `opened` is False for a text for "only me"
    that cannot be read, because the key was not given or does not fit; then `answer.text` is None.
    `mode` is how it came in, one of `Mode`.
    """

    module: str
    item: str
    phase: str
    kind: str
    wording: str
    words: Mapping[str, Any]
    answer: Answer
    at: datetime
    current: bool
    opened: bool
    mode: str


def answer_versions(
    database: Database, participant: str, *, key: bytes | None = None, but: Collection[str] = ()
) -> list[AnswerVersion]:
    """Read all that a participant said, also what they changed later, in the order of saying it.

    `key` (from Visitor) opens their texts for "only me". Versions that hold nothing any more, and
    clearings, are left out; with `but` (keys) it is as if these answers had not been given.
    """
    with database.reading() as conn:
        rows = conn.execute(_versions_of(), {"name": participant, "but": [*but]}).all()
    return [_version(row, participant, key) for row in rows]


def standing_answers(
    database: Database, participant: str, *, key: bytes | None = None, but: Collection[str] = ()
) -> list[StandingAnswer]:
    """Read what a participant said, as it stands now and as far as `key` opens it.

    `but` as in `answer_versions`.
    """
    return standing_of(answer_versions(database, participant, key=key, but=but))


def standing_of(versions: Iterable[AnswerVersion]) -> list[StandingAnswer]:
    """Return the versions that stand and can be read."""
    return [
        StandingAnswer(each.module, each.item, each.phase, each.kind, each.wording, each.answer)
        for each in versions
        if each.current and each.opened
    ]


@cache
def _versions_of() -> Select[Any]:
    """Select the versions of the participant `name`; made once, before pages are forked."""
    person = select(participants.c.id).where(participants.c.name == bindparam("name"))
    but = answers.c.key.in_(bindparam("but", expanding=True))
    current = answers.c.seq.in_(current_answers(person, but=but)).label("current")
    return (
        select(questions.c.module, questions.c.item, questions.c.phase, questions.c.kind)
        .add_columns(questions.c.wording, questions.c.words, answers, current)
        .join_from(answers, questions)
        .where(answers.c.participant.in_(person), is_given(), ~but)
        .order_by(answers.c.seq)
    )


def latest(
    database: Database, participant: str, *, key: bytes | None = None
) -> dict[tuple[str, str, str], Answer]:
    """Read a participant's answers as they stand: {(module, item, phase): Answer}.

    A cleared answer is absent; so is a text for "only me" that `key` does not open, and everybody
    who is unknown.
    """
    return {
        (each.module, each.item, each.phase): each.answer
        for each in answer_versions(database, participant, key=key)
        if each.current and each.opened
    }


def erase_answer(
    database: Database, participant: str, *, module: str, item: str, phase: str
) -> int:
    """Erase an answer and its earlier versions; gives how many there were.

    That there was an answer, and when, stays; so does its key, and a page that sends it once more
    does not bring it back.
    """
    person = select(participants.c.id).where(participants.c.name == participant)
    same = same_cell(module=module, item=item, phase=phase)
    with database.writing() as conn:
        conn.execute(person.with_for_update())  # no other version slips in
        erased = conn.execute(
            update(answers)
            .where(answers.c.participant.in_(person), answers.c.question.in_(same))
            .values(value=None, text=None, sealed=None, declined=False, reader=None)
        ).rowcount
        to_sweep(conn)
        dialects.announce_erasing(conn, participant)
    database.empty_log()
    return erased


def _version(row: Row[Any], participant: str, key: bytes | None) -> AnswerVersion:
    text = row.text
    if row.sealed is not None and key is not None:
        text = _opened(row, participant, key)
    return AnswerVersion(
        module=row.module,
        item=row.item,
        phase=row.phase,
        kind=row.kind,
        wording=row.wording,
        words=row.words,
        answer=Answer(row.key, row.value, text, row.declined, row.reader),
        at=row.at,
        current=row.current,
        opened=row.sealed is None or text is not None,
        mode=row.mode,
    )


def _opened(row: Row[Any], participant: str, key: bytes) -> str | None:
    try:
        belongs = place(participant, row.module, row.item, row.phase, row.key)
        return encryption.unseal(row.sealed, key, *belongs)
    except encryption.UnopenedText:
        log.error("a text cannot be opened with its author's key: it was damaged or moved")
        return None
