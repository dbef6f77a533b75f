"""Answers at rest: workshops, participants and all they say, on SQLite or PostgreSQL.

`open_store` is the door; everything that can be asked of the store is a method of what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from myths.store import (
    answers,
    backup,
    batches,
    erasure,
    merge,
    own_answers,
    participants,
    presence,
    staff,
    workshops,
)
from myths.store.answers import SaveReceipt
from myths.store.backup import Backup, read_backup
from myths.store.batches import Batch, GroupAnswer, QuestionKey
from myths.store.current import current_answers
from myths.store.database import Database, open_database
from myths.store.digests import Step
from myths.store.erasure import Erasing
from myths.store.merge import Merged
from myths.store.own_answers import AnswerVersion
from myths.store.participants import Joined, Visitor
from myths.store.question import AskedQuestion
from myths.store.restore import restore
from myths.store.workshops import Workshop

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "AnswerVersion",
    "AskedQuestion",
    "Backup",
    "Batch",
    "Erasing",
    "GroupAnswer",
    "Joined",
    "Merged",
    "QuestionKey",
    "SaveReceipt",
    "Step",
    "Store",
    "Visitor",
    "Workshop",
    "current_answers",
    "open_store",
    "read_backup",
    "restore",
]


class Store(Database):
    """An open store; frozen, cheap to open, with no connection of its own between two calls.

    Every method raises StoreError when the database cannot be read or written.
    """

    open_workshop = workshops.open_workshop
    workshop = workshops.workshop
    close_workshop = workshops.close_workshop
    joined = workshops.joined
    workshops = workshops.workshops  # last of these, for it hides the module's name from here on
    join = participants.join
    recover = participants.recover
    visitor = participants.visitor
    leave = participants.leave
    save = answers.save
    warm_up = answers.warm_up
    latest = own_answers.latest
    answer_versions = own_answers.answer_versions
    erase_answer = own_answers.erase_answer
    erase_participant = erasure.erase_participant
    erase_workshop = erasure.erase_workshop
    erase_expired = erasure.erase_expired
    erasings = erasure.erasings_so_far
    batches = batches.batches
    backup = backup.backup
    merge = merge.merge
    serving = presence.serving
    new_staff_key = staff.new_staff_key
    let_staff_in = staff.let_staff_in
    is_staff = staff.is_staff
    let_staff_out = staff.let_staff_out
    revoke_staff = staff.revoke_staff

    # The tables load pandas, which is large, so only who asks for one loads it.

    def answers(
        self,
        *,
        workshop: str | Iterable[str] | None = None,
        audience: str | Iterable[str] | None = None,
        history: bool = False,
        rehearsal: bool = False,
    ) -> pd.DataFrame:
        """One row per answer, as told in `frames.answers`."""
        from myths.store import frames

        return frames.answers(
            self, workshop=workshop, audience=audience, history=history, rehearsal=rehearsal
        )

    def answers_in_pieces(
        self,
        *,
        workshop: str | Iterable[str] | None = None,
        audience: str | Iterable[str] | None = None,
        rehearsal: bool = False,
    ) -> Iterator[pd.DataFrame]:
        """Return these rows in pieces, as told in `chunks.answers_in_pieces`."""
        from myths.store import chunks

        return chunks.answers_in_pieces(
            self, workshop=workshop, audience=audience, rehearsal=rehearsal
        )

    def participants(
        self,
        *,
        workshop: str | Iterable[str] | None = None,
        audience: str | Iterable[str] | None = None,
        rehearsal: bool = False,
    ) -> pd.DataFrame:
        """One row per participant, as told in `frames.participants`."""
        from myths.store import frames

        return frames.participants(self, workshop=workshop, audience=audience, rehearsal=rehearsal)

    def wide(
        self,
        *,
        workshop: str | Iterable[str] | None = None,
        audience: str | Iterable[str] | None = None,
        rehearsal: bool = False,
        said: pd.DataFrame | None = None,
    ) -> pd.DataFrame:
        """One row per participant and a column per question, as told in `frames.wide`."""
        from myths.store import frames

        return frames.wide(
            self, workshop=workshop, audience=audience, rehearsal=rehearsal, said=said
        )

    def questions(self) -> pd.DataFrame:
        """One row per wording of a question, as told in `frames.questions`."""
        from myths.store import frames

        return frames.questions(self)


def open_store(url: str | None = None, *, create: bool = False) -> Store:
    """Open the store at `url` (None: $MYTHS_DB, else sqlite:///data/workshop.sqlite).

    `create` makes it if it is missing and brings an older one up to date. Raises StoreError when
    it is missing, no store of ours, older or newer than this program, read-only, locked, or on a
    server that cannot be reached.
    """
    database = open_database(url, create=create)
    return Store(database.place, database.address, database.engine)
