"""Answers at rest: workshops, participants and all they say, on SQLite or PostgreSQL.

`open_store` is the door; everything that can be asked of the store is a method of what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from myths.store import (
    answers,
    batches,
    copying,
    erasing,
    merging,
    own,
    people,
    presence,
    staff,
    workshops,
)
from myths.store.answers import Saved
from myths.store.batches import Batch, Place, Reply
from myths.store.copying import Backup, read_backup
from myths.store.digests import Step
from myths.store.erasing import Erasing
from myths.store.given import Asked, Given
from myths.store.merging import Merged
from myths.store.opening import Database, open_database
from myths.store.own import Said
from myths.store.people import Joined, Visitor
from myths.store.restoring import restore
from myths.store.schema import AUDIENCES, KINDS, NUMERIC, PHASES, READERS, WRITTEN
from myths.store.workshops import Workshop

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "AUDIENCES",
    "KINDS",
    "NUMERIC",
    "PHASES",
    "READERS",
    "WRITTEN",
    "Asked",
    "Backup",
    "Batch",
    "Erasing",
    "Given",
    "Joined",
    "Merged",
    "Place",
    "Reply",
    "Said",
    "Saved",
    "Step",
    "Store",
    "Visitor",
    "Workshop",
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
    join = people.join
    recover = people.recover
    visitor = people.visitor
    leave = people.leave
    save = answers.save
    warm_up = answers.warm_up
    latest = own.latest
    said = own.said
    erase_answer = own.erase_answer
    erase_participant = erasing.erase_participant
    erase_workshop = erasing.erase_workshop
    erase_expired = erasing.erase_expired
    erasings = erasing.erasings_so_far
    batches = batches.batches
    backup = copying.backup
    merge = merging.merge
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
        """Give these rows in pieces, as told in `pieces.answers_in_pieces`."""
        from myths.store import pieces

        return pieces.answers_in_pieces(
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
