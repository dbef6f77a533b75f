"""Sheets for one person who writes by hand: their number, their code, and what was typed in.

A set is made before it is printed. Its number stands on every sheet, its recovery code only on the
strip that the person keeps; so whoever types the sheets in cannot open what this person writes for
"only me" later. Of a set that nobody types in there is nothing but random letters. With the first
sheet its person becomes a participant, under the name and the keys that were drawn with the set:
so sheets that are typed in twice, in one store or in two, are the answers of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, exists, select, update

from myths.answer import Answer
from myths.errors import RecoveryError
from myths.store import credentials, encryption
from myths.store.database import Database
from myths.store.dialects import insert_once
from myths.store.salts import salt
from myths.store.schema import answers, erased, paper_sets, participants, questions, workshops
from myths.store.workshop_record import COLUMNS, Workshop
from myths.store.workshops import expired, find
from myths.vocabulary import Mode, Reason

_NAMES = ("name", "language", "consent", "recovery", "public_key", "wrapped_key")
_CONTENT = (answers.c.value, answers.c.text, answers.c.sealed, answers.c.reader)
Cell = tuple[str, str, str]  # module, item, phase


@dataclass(frozen=True)
class PrintedSet:
    """What is printed for one person: the number of all sheets, and the code of the strip."""

    number: str
    recovery: str = field(repr=False)


@dataclass(frozen=True)
class PaperSet:
    """A set whose number somebody typed; `participant` is the name of its person.

    It is `entered` once a sheet of it was typed in; whether its person `contributes` is known then.
    """

    number: str
    workshop: Workshop
    participant: str
    language: str
    entered: bool
    contributes: bool


@dataclass(frozen=True)
class TypedAnswers:
    """What stands of somebody's answers from paper, by module, item and phase.

    `closed` are the questions that nobody else answers for them any more: they have done so on a
    page, or have erased what was typed in.
    """

    answers: Mapping[Cell, Answer]
    closed: frozenset[Cell]


def new_paper_sets(
    database: Database, workshop_code: str, *, language: str, consent: str, count: int
) -> list[PrintedSet]:
    """Make sets for so many people; `consent` is the hash of the words that they will read.

    Raises WorkshopError: reason "length", "unknown" or "expired". It takes about 50 ms for each.
    """
    with database.reading() as conn:
        _, workshop = find(conn, workshop_code)
        grain = salt(conn)
    if workshop.state == "expired":
        raise expired(workshop)
    printed = []
    for _ in range(count):
        recovery, name = credentials.new_recovery_code(), credentials.new_participant()
        mark, code_key = credentials.stretch(recovery, grain)
        public, private = encryption.new_pair()
        values = {
            "name": name,
            "language": language,
            "consent": consent,
            "recovery": mark,
            "public_key": public,
            "wrapped_key": encryption.wrap(private, code_key, name),
        }
        printed.append(PrintedSet(_kept(database, workshop_code, values), recovery))
    return printed


def paper_set(database: Database, number: str) -> PaperSet:
    """Find the set of a typed number, as long as its sheets can be typed in.

    Raises RecoveryError: reason "length", "mistyped", "nobody", "erased", or "expired" (the pooling
    date is over, after which its person could not take anything back).
    """
    number = credentials.read_set_number(number)
    query = (
        select(paper_sets, participants.c.contributes, *COLUMNS)
        .join_from(paper_sets, workshops)
        .join(participants, participants.c.name == paper_sets.c.name, isouter=True)
        .where(paper_sets.c.number == number)
    )
    with database.reading() as conn:
        row = conn.execute(query).first()
        if row is None:
            raise _refused(f"No sheets have the number {number}.", Reason.NOBODY)
        _check_kept(conn, row.recovery, number)
    workshop = Workshop(*row[len(paper_sets.c) + 1 :])
    if datetime.now(UTC) >= workshop.pooled_at:
        raise _refused(f"It is too late to type in sheets {number}.", Reason.EXPIRED)
    entered, contributes = row.contributes is not None, bool(row.contributes)
    return PaperSet(number, workshop, row.name, row.language, entered, contributes)


def enter_paper_set(database: Database, number: str, *, contributes: bool) -> PaperSet:
    """Make the person of a set a participant, or find them; gives the set as it is now.

    Of two sheets that say something else about the evaluation the "no" counts, and one that their
    person gave later on a page is never taken back here. Raises RecoveryError as `paper_set`.
    """
    found = paper_set(database, number)
    them = participants.c.name == found.participant
    with database.writing() as conn:
        row = conn.execute(select(paper_sets).where(paper_sets.c.number == found.number)).first()
        if row is None:
            raise _refused(f"No sheets have the number {number}.", Reason.NOBODY)
        _check_kept(conn, row.recovery, found.number)
        kept = {name: getattr(row, name) for name in _NAMES} | {"workshop": row.workshop}
        now = {"joined_at": datetime.now(UTC), "contributes": contributes}
        if not insert_once(conn, participants, kept | now) and not contributes:
            conn.execute(update(participants).where(them).values(contributes=False))
    return paper_set(database, found.number)


def typed_answers(database: Database, participant: str) -> TypedAnswers:
    """Read what was typed in for somebody, as far as it is still theirs alone to change."""
    query = (
        select(questions.c.module, questions.c.item, questions.c.phase, answers)
        .join_from(answers, questions)
        .join(participants, participants.c.id == answers.c.participant)
        .where(participants.c.name == participant)
        .order_by(answers.c.seq)
    )
    latest: dict[Cell, Answer] = {}
    closed: dict[Cell, bool] = {}
    with database.reading() as conn:
        for row in conn.execute(query):
            cell = (row.module, row.item, row.phase)
            said = row.declined or any(getattr(row, each.name) is not None for each in _CONTENT)
            closed[cell] = row.mode == Mode.PAGE or not (said or _is_open(closed, cell))
            latest[cell] = Answer(row.key, row.value, row.text, row.declined, row.reader)
    still = {cell: each for cell, each in latest.items() if not each.empty and not closed[cell]}
    return TypedAnswers(still, frozenset(cell for cell, is_closed in closed.items() if is_closed))


def from_paper() -> ColumnElement[bool]:
    """Return whether a participant joined on paper."""
    return exists().where(paper_sets.c.name == participants.c.name)


def _is_open(closed: Mapping[Cell, bool], cell: Cell) -> bool:
    """Return whether an earlier version said something: then an empty one only clears it."""
    return cell in closed and not closed[cell]


def _check_kept(conn: Connection, mark: str, number: str) -> None:
    """Refuse a set that a backup or a merge brought back after its person had erased everything."""
    if conn.execute(select(erased.c.mark).where(erased.c.mark == mark)).first():
        raise _refused(f"What sheets {number} said was erased.", Reason.ERASED)


def _kept(database: Database, workshop_code: str, values: Mapping[str, object]) -> str:
    """Write a set down under a number that no other has."""
    with database.writing() as conn:
        workshop, _ = find(conn, workshop_code)
        while True:
            number = credentials.new_set_number()
            row = {**values, "workshop": workshop, "number": number}
            if insert_once(conn, paper_sets, row):
                return number


def _refused(message: str, reason: Reason) -> RecoveryError:
    return RecoveryError(f"{message} Compare it with the one on the sheet.", reason=reason)
