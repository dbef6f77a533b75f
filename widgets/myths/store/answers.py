"""Answers: saved once however often they are sent, and sealed where they are for "only me"."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.exc import IntegrityError

from myths.answer import Answer, NewerAnswerError
from myths.errors import AnswerError
from myths.store import encryption
from myths.store.current import is_given, same_cell
from myths.store.database import Database
from myths.store.dialects import insert_once
from myths.store.question import AskedQuestion, checked
from myths.store.schema import answers, participants, questions, workshops
from myths.store.sweep import to_sweep
from myths.store.workshop_record import COLUMNS, Workshop
from myths.store.workshops import expired
from myths.vocabulary import WRITTEN, Kind, Mode, Phase, Reader, Reason

_NOBODY = 0  # no row has this id


@dataclass(frozen=True)
class SaveReceipt:
    """The proof that an answer is on the disk."""

    key: str
    at: datetime


def save(
    database: Database,
    participant: str,
    asked: AskedQuestion,
    answer: Answer,
    *,
    mode: Mode = Mode.PAGE,
) -> SaveReceipt:
    """Save an answer; it is on the disk when this returns.

    `mode` is how it came in; what is typed in from paper takes the place of whatever stands, for
    the one who types may have made a mistake. Earlier versions of a text lose their words in the
    same moment. The same key again gives the first receipt and writes nothing. Raises AnswerError
    (refused: the page must not send it again, or its participant was erased), NewerAnswerError
    (what stands is none of those that a text was written after, or a first try at a recall
    question, which stays), WorkshopError (reason "expired"), StoreError (send it again when
    `retry`).
    """
    answer = checked(asked, answer)
    with database.writing() as conn:
        # rows are locked in one order: the question's, then the participant's
        question = question_id(conn, asked)
        saved, taken_back = write_down(conn, participant, asked, question, answer, mode)
    if taken_back:
        database.empty_log(patience=0.2)
    return saved


def write_down(
    conn: Connection,
    participant: str,
    asked: AskedQuestion,
    question: int,
    answer: Answer,
    mode: Mode = Mode.PAGE,
) -> tuple[SaveReceipt, bool]:
    """Save a checked answer within a transaction; True if readers lost words.

    `question` is the row id of what was asked. Raises what `save` does, before anything is written.
    """
    at = datetime.now(UTC)
    person, public = present(conn, participant)
    if mode is Mode.PAGE:
        _compare(conn, person, asked, answer)
    sealed = _sealed(public, participant, asked, answer) if answer.reader == Reader.ME else None
    if not _inserted(conn, person, question, answer, at, sealed, mode):
        return _first(conn, answer.key, person, asked), False
    return SaveReceipt(answer.key, at), _forget_earlier(conn, person, asked, answer)


def warm_up(database: Database, asked: AskedQuestion) -> None:
    """Do what `save` does, for nobody, and take it back: a process forked later has it at hand.

    SQLAlchemy compiles a statement when it first runs. Raises StoreError.
    """
    asked = replace(asked, kind=Kind.TEXT)
    answer = Answer("", text="-", reader=Reader.ME, after=[""])
    public, _ = encryption.new_pair()
    with database.writing() as conn:
        with suppress(AnswerError):
            present(conn, "")
        _compare(conn, _NOBODY, asked, answer)
        _forget_earlier(conn, _NOBODY, asked, answer)
        sealed = _sealed(public, "", asked, answer)
        question = question_id(conn, asked)
        with suppress(IntegrityError):
            _inserted(conn, _NOBODY, question, answer, datetime.now(UTC), sealed)
        conn.rollback()


def place(participant: str, module: str, item: str, phase: str, key: str) -> tuple[str, ...]:
    """Return what a sealed text belongs to."""
    return participant, module, item, phase, key


def seal_earlier(conn: Connection, person: int, participant: str, public: bytes) -> None:
    """Seal what somebody wrote for "only me" before there were keys (see the migration)."""
    open_texts = (
        select(answers.c.seq, answers.c.key, answers.c.text)
        .add_columns(questions.c.module, questions.c.item, questions.c.phase)
        .join_from(answers, questions)
        .where(answers.c.participant == person)
        .where(answers.c.reader == Reader.ME, answers.c.text.is_not(None))
    )
    for row in conn.execute(open_texts).all():
        belongs = place(participant, row.module, row.item, row.phase, row.key)
        conn.execute(
            update(answers)
            .where(answers.c.seq == row.seq)
            .values(text=None, sealed=encryption.seal(row.text, public, *belongs))
        )
    to_sweep(conn)


def _inserted(
    conn: Connection,
    person: int,
    question: int,
    answer: Answer,
    at: datetime,
    sealed: bytes | None,
    mode: Mode = Mode.PAGE,
) -> bool:
    """Write the answer down unless its key is known; a sealed text stands nowhere else."""
    values = {
        "key": answer.key,
        "participant": person,
        "question": question,
        "value": answer.value,
        "text": None if sealed else answer.text,
        "sealed": sealed,
        "declined": answer.declined,
        "reader": answer.reader,
        "at": at,
        "mode": mode.value,
    }
    return insert_once(conn, answers, values)


def _sealed(public: bytes | None, participant: str, asked: AskedQuestion, answer: Answer) -> bytes:
    if public is None:
        raise AnswerError(
            "This answer was not saved, because there is no key yet to encrypt it with: come back "
            "with your recovery code, and give the answer once more.",
            reason=Reason.LOCKED,
        )
    belongs = place(participant, asked.module, asked.item, asked.phase, answer.key)
    return encryption.seal(str(answer.text), public, *belongs)


def _compare(conn: Connection, person: int, asked: AskedQuestion, answer: Answer) -> None:
    """Raise NewerAnswerError if an answer would take the place of one that is to stay.

    That is a text that its author did not see, and a first try under the same words.
    """
    is_first_try = asked.kind == Kind.RECALL and asked.phase == Phase.BEFORE and not answer.empty
    if not is_first_try and (asked.kind not in WRITTEN or answer.after is None):
        return
    same = same_cell(module=asked.module, item=asked.item, phase=asked.phase)
    stands = conn.execute(
        select(answers.c.key, is_given().label("given"), questions.c.wording)
        .join_from(answers, questions)
        .where(answers.c.participant == person, answers.c.question.in_(same))
        .order_by(answers.c.seq.desc())
        .limit(1)
    ).first()
    if stands is None or stands.key == answer.key:
        return
    if is_first_try:
        stays = stands.given and stands.wording == asked.wording
    else:
        seen = answer.after or ()
        stays = stands.key not in seen and (stands.given or "" not in seen)
    if stays:
        raise NewerAnswerError


def _forget_earlier(conn: Connection, person: int, asked: AskedQuestion, answer: Answer) -> bool:
    """Take the words out of a text's earlier versions; tell whether more people could read one."""
    if asked.kind not in WRITTEN:
        return False
    same = same_cell(module=asked.module, item=asked.item, phase=asked.phase)
    earlier = conn.scalars(
        update(answers)
        .where(answers.c.participant == person, answers.c.question.in_(same))
        .where(answers.c.key != answer.key)
        .where(or_(answers.c.text.is_not(None), answers.c.sealed.is_not(None)))
        .values(text=None, sealed=None)
        .returning(answers.c.reader)
    ).all()
    keeps_it = answer.reader in (None, Reader.ME)
    taken_back = keeps_it and any(reader != Reader.ME for reader in earlier)
    if taken_back:
        to_sweep(conn)
    return taken_back


def present(conn: Connection, participant: str) -> tuple[int, bytes | None]:
    """Find the row id and the public key of a participant whose workshop still takes answers.

    Their row stays locked, so that of two versions that come at once one is the earlier.
    """
    row = conn.execute(
        select(participants.c.id, participants.c.public_key, *COLUMNS)
        .join_from(participants, workshops)
        .where(participants.c.name == participant)
        .with_for_update(of=participants)
    ).first()
    if row is None:
        raise AnswerError(
            "This answer was not saved, because your answers were erased: you can join again with "
            "a workshop code.",
            reason=Reason.ERASED,
        )
    workshop = Workshop(*row[2:])
    if workshop.state == "expired":
        raise expired(workshop)
    return row.id, row.public_key


def question_id(conn: Connection, asked: AskedQuestion) -> int:
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


def _first(conn: Connection, key: str, person: int, asked: AskedQuestion) -> SaveReceipt:
    """Return the answer that already has this key, if it is this person's answer to this item."""
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
            "again and give the answer once more.",
            reason=Reason.TAKEN,
        )
    return SaveReceipt(key, at)
