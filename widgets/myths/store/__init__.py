"""Answers at rest: workshops, participants and all they say, on SQLite or PostgreSQL.

`open_store` is the door; everything that can be asked of the store is a method of what it gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

# by names that no method has, so that the order of the methods does not matter
from myths.store import answers as _answers
from myths.store import attendance as _attendance
from myths.store import audit as _audit
from myths.store import backup as _backup
from myths.store import batches as _batches
from myths.store import changes as _changes
from myths.store import clock as _clock
from myths.store import contribution as _contribution
from myths.store import erasure as _erasure
from myths.store import inquiries as _inquiries
from myths.store import join_addresses as _join_addresses
from myths.store import live_states as _live_states
from myths.store import merge as _merge
from myths.store import notes as _notes
from myths.store import own_answers as _own_answers
from myths.store import paper_sets as _paper_sets
from myths.store import participants as _participants
from myths.store import places as _places
from myths.store import presence as _presence
from myths.store import ratings as _ratings
from myths.store import recovery_codes as _recovery_codes
from myths.store import releases as _releases
from myths.store import roles as _roles
from myths.store import salts as _salts
from myths.store import staff as _staff
from myths.store import sweep as _sweep
from myths.store import visits as _visits
from myths.store import workshop_settings as _workshop_settings
from myths.store import workshops as _workshops
from myths.store import write_check as _write_check
from myths.store.answers import SaveReceipt
from myths.store.attendance import Attendance
from myths.store.audit import AuditLine
from myths.store.backup import Backup, read_backup
from myths.store.batches import Batch, GroupAnswer, QuestionKey
from myths.store.choice import WorkshopChoice, listed
from myths.store.clock import ClockDoubt
from myths.store.current import current_answers
from myths.store.database import Database, names_file, open_database
from myths.store.digests import Step
from myths.store.erasure import Erasing
from myths.store.inquiries import LONGEST_INQUIRY, Inquiry
from myths.store.live_states import MOST_APPROVED, LiveState, Vote
from myths.store.merge import Merged
from myths.store.notes import Notes
from myths.store.own_answers import AnswerVersion, standing_of
from myths.store.paper_sets import PaperSet, PrintedSet, TypedAnswers
from myths.store.participants import Joined, Visitor, visit_of
from myths.store.places import PagePlace
from myths.store.question import AskedQuestion
from myths.store.ratings import GivenRating
from myths.store.releases import OPEN_DATA, Mark, Release, ReleaseLog
from myths.store.restore import Restored, restore
from myths.store.roles import COORDINATOR, KnownRole, StaffRole, role_name
from myths.store.schema import CELL
from myths.store.sqlite_file import sqlite_address
from myths.store.workshop_record import Workshop
from myths.store.workshop_settings import FULL_DAY
from myths.store.zones import local_zone

if TYPE_CHECKING:
    import pandas as pd

    from myths.store.snapshot import Snapshot as Snapshot

__all__ = [
    "CELL",
    "COORDINATOR",
    "FULL_DAY",
    "LONGEST_INQUIRY",
    "MOST_APPROVED",
    "OPEN_DATA",
    "AnswerVersion",
    "AskedQuestion",
    "Attendance",
    "AuditLine",
    "Backup",
    "Batch",
    "ClockDoubt",
    "Erasing",
    "GivenRating",
    "GroupAnswer",
    "Inquiry",
    "Joined",
    "KnownRole",
    "LiveState",
    "Mark",
    "Merged",
    "Notes",
    "PagePlace",
    "PaperSet",
    "PrintedSet",
    "QuestionKey",
    "Release",
    "ReleaseLog",
    "Restored",
    "SaveReceipt",
    "StaffRole",
    "Step",
    "Store",
    "TypedAnswers",
    "Visitor",
    "Vote",
    "Workshop",
    "current_answers",
    "listed",
    "local_zone",
    "names_file",
    "open_store",
    "opened",
    "read_backup",
    "restore",
    "role_name",
    "sqlite_address",
    "standing_of",
    "visit_of",
]


class Store(Database):
    """An open store; frozen, cheap to open, with no connection of its own between two calls.

    Every method raises StoreError when the database cannot be read or written.
    """

    open_workshop = _workshop_settings.open_workshop
    change_workshop = _workshop_settings.change_workshop
    workshop = _workshops.workshop
    close_workshop = _workshops.close_workshop
    reopen_workshop = _workshops.reopen_workshop
    joined = _workshops.joined
    workshops = _workshops.workshops
    join = _participants.join
    recover = _participants.recover
    visitor = _participants.visitor
    lasting_visits = _visits.lasting_visits
    leave = _visits.leave
    other_visits = _visits.other_visits
    leave_elsewhere = _visits.leave_elsewhere
    new_paper_sets = _paper_sets.new_paper_sets
    paper_set = _paper_sets.paper_set
    enter_paper_set = _paper_sets.enter_paper_set
    typed_answers = _paper_sets.typed_answers
    come_to = _places.come_to
    speak = _participants.speak
    contribute = _contribution.contribute
    unkept_code = _recovery_codes.unkept_code
    keep_code = _recovery_codes.keep_code
    renew_code = _recovery_codes.renew_code
    tag = _salts.tag
    join_address = _join_addresses.join_address
    keep_join_address = _join_addresses.keep_join_address
    check_writing = _write_check.check_writing
    save = _answers.save
    save_ratings = _ratings.save_ratings
    warm_up = _answers.warm_up
    latest = _own_answers.latest
    answer_versions = _own_answers.answer_versions
    standing_answers = _own_answers.standing_answers
    erase_answer = _own_answers.erase_answer
    erase_participant = _erasure.erase_participant
    erase_workshop = _erasure.erase_workshop
    erase_expired = _erasure.erase_expired
    erase_due = _erasure.erase_due
    clock_doubt = _clock.clock_doubt
    sweep = _sweep.sweep
    erasings = _erasure.erasings_so_far
    batches = _batches.batches
    offered = _batches.offered
    ask = _inquiries.ask
    inquiries = _inquiries.inquiries_of
    own_inquiries = _inquiries.own_inquiries
    take_back = _inquiries.take_back
    mark_inquiries = _inquiries.mark_inquiries
    live_state = _live_states.live_state
    live_states = _live_states.live_states
    change_live_state = _live_states.change_live_state
    notes = _notes.notes
    keep_notes = _notes.keep_notes
    attendance = _attendance.attendance
    tell_connected = _attendance.tell_connected
    changes = _changes.changes
    release_log = _releases.release_log
    releasing = _releases.releasing
    backup = _backup.backup
    merge = _merge.merge
    serving = _presence.serving
    servers = _presence.servers
    meets_pooler = _presence.meets_pooler
    new_staff_key = _staff.new_staff_key
    let_staff_in = _staff.let_staff_in
    staff_role = _staff.staff_role
    let_staff_out = _staff.let_staff_out
    revoke_staff = _staff.revoke_staff
    roles = _roles.known_roles
    workshops_of = _roles.workshops_of
    workshop_of = _roles.workshop_of
    assign_workshop = _roles.assign_workshop
    unassign_workshop = _roles.unassign_workshop
    remove_role = _roles.remove_role
    audit = _audit.audit
    note_act = _audit.note_act

    # The tables load pandas, which is large, so only who asks for one loads it.

    @contextmanager
    def snapshot(self, **choice: Unpack[WorkshopChoice]) -> Iterator[Snapshot]:
        """Show tables of one unchanging state of the database, while the block runs.

        `workshop`, `audience`: only these codes, only workshops for these; one or several.
        `rehearsal`: also rehearsal workshops. Raises WorkshopError (reason "unknown") for what no
        workshop has.
        """
        from myths.store.snapshot import Snapshot

        with self.reading() as conn:
            yield Snapshot(conn, **choice)

    def answers(self, *, history: bool = False, **choice: Unpack[WorkshopChoice]) -> pd.DataFrame:
        """Return `Snapshot.answers`, or with `history` that; options as in `snapshot`."""
        with self.snapshot(**choice) as tables:
            return tables.history() if history else tables.answers()

    def participants(self, **choice: Unpack[WorkshopChoice]) -> pd.DataFrame:
        """Return `Snapshot.participants`; options as in `snapshot`."""
        with self.snapshot(**choice) as tables:
            return tables.participants()

    def questions(self) -> pd.DataFrame:
        """Return `Snapshot.questions`."""
        with self.snapshot() as tables:
            return tables.questions()


def open_store(url: str | None = None, *, create: bool = False, pooled: bool = False) -> Store:
    """Open the store at `url` (None: $MYTHS_DB, else sqlite:///data/workshop.sqlite).

    `create` makes it if it is missing and brings an older one up to date. `pooled` keeps
    connections to a PostgreSQL server open between two calls: for a process that never forks.
    Raises StoreError when it is missing, no store of ours, older or newer than this program,
    read-only, locked, or on a server that cannot be reached.
    """
    database = open_database(url, create=create, pooled=pooled)
    return Store(database.place, database.address, database.engine, database.around)


def opened(db: str | PathLike[str] | None) -> Store:
    """Open a store by its address or its file; raises StoreError as `open_store`."""
    place = None if db is None else fspath(db)
    if place is None or "://" in place:
        return open_store(place)
    return open_store(sqlite_address(Path(place)))
