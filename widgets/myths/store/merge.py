"""Join the store of a room that had no network to another one, in one transaction.

The rows of two stores are numbered on their own, so each row is known by what is unique about it: a
workshop by its code and when it was opened, a participant by the random name, a question by all
that names it, an answer by its key. What is there already is not written again, and merging twice
changes nothing. Of somebody who answered in both, all answers are kept in the order of their times,
by the clocks of the two servers: the latest one counts.

Erasing is stronger than merging: who was erased in either store is erased from the result, an
answer that was emptied in either stays empty, a question to the trainer that was taken back in
either is gone, and a workshop that was erased here, or whose time is over, is not brought in. So is
keeping one's answers from the evaluation, in either store. Of a workshop whose dates or k were
changed in one of them, the stricter ones hold. Recovery codes go on working: the salt of the other
store comes along. Which roles see a workshop that is known here is said here; a role that has
another scope here gets none of theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from myths.errors import StoreError, WorkshopError
from myths.store import (
    clock,
    credentials,
    digests,
    erasure,
    form,
    inquiries,
    join_addresses,
    promises,
    row_names,
    schema,
    typed_code,
)
from myths.store.both_stores import joined_answers, verified
from myths.store.database import Database
from myths.store.digests import Row, Step, TableDigest, add_up, no_step
from myths.store.notes import beside
from myths.store.places import united
from myths.store.restore import check, lock, marked, was_erased
from myths.store.sweep import is_mark, to_sweep
from myths.vocabulary import InquiryState, Reason

# a key opens the pages of the store it was made for, and a server connects people to its own store
_OWN = (schema.staff, schema.connections)


@dataclass(frozen=True)
class Merged:
    """What came in: rows for each table, workshops left out, people erased here."""

    added: Mapping[str, int]
    left_out: tuple[str, ...]
    erased: int


def merge(
    database: Database,
    other: Database,
    *,
    rename: Mapping[str, str] | None = None,
    step: Step = no_step,
) -> Merged:
    """Bring all that `other` holds into `database`; `other` stays as it is.

    `rename` {old: new} gives workshops of `other` another code. Raises WorkshopError (reason
    "taken") when both have a workshop of one code that are not the same, and StoreError, also when
    what is read back before the end is not what was to be written; then nothing has changed.
    """
    if database.address == other.address:
        raise StoreError(f"{other.place} cannot be merged with itself: name another database.")
    with verified(other, step) as theirs, database.writing() as ours:
        lock(ours)
        gone = set(theirs.scalars(select(schema.erased.c.mark)))
        erased, taken_back = _erase_here(ours, gone), inquiries.forget(ours, gone)
        joining = _Merging(ours, theirs, other.place, step, _renamed(rename))
        for table in schema.metadata.sorted_tables:
            if table not in _OWN:
                joining.bring(table)
        for name, expected in joining.expected.items():
            table, number = joining.here[name], row_names.number(schema.metadata.tables[name])
            if digests.sum_up(ours, table, but=number, doing="reading back", step=step) != expected:
                raise StoreError(
                    f"What was written to {database.place} could not be read back, so nothing was "
                    "changed: check its disk, then try again."
                )
        if erased or taken_back or joining.took_away:
            to_sweep(ours)
    check(database)
    return Merged(joining.added, tuple(joining.left_out), erased)


@dataclass
class _Merging:
    """One merge under way; `ids` {table: {their number: our number}}, also of known rows."""

    ours: Connection
    theirs: Connection
    place: str
    step: Step
    rename: Mapping[str, str]
    ids: dict[str, dict[int, int]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)  # participants whom we had already
    rooms: set[int] = field(default_factory=set)  # workshops that we had already
    added: dict[str, int] = field(default_factory=dict)
    expected: dict[str, TableDigest] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    took_away: bool = False  # rows that stood here

    def __post_init__(self) -> None:
        self.here = digests.tables(self.ours)
        self.there = digests.tables(self.theirs)
        self.gone = set(self.ours.scalars(select(schema.erased.c.mark)))
        self.unwanted = marked(self.theirs, self.gone)
        self.lines = [dict(row) for row in self.ours.execute(select(schema.erasings)).mappings()]
        self.now = datetime.now(UTC).timestamp() * 1e6

    def bring(self, table: Table) -> None:
        """Bring in the rows of a table that are not here."""
        here, number = self.here[table.name], row_names.number(table)
        natural = row_names.natural(table)
        found: dict[str, int] = {}
        before = TableDigest()
        for part in digests.rows(self.ours, here, doing="comparing", step=self.step):
            before += add_up(part, but=number)
            found |= {row_names.key(row, natural): row[number] if number else 0 for row in part}
        ids = self.ids.setdefault(table.name, {})
        self.expected[table.name] = before
        self.added[table.name] = 0
        twice: dict[int, list[Row]] = {}  # answers of people whom we had already
        for part in digests.rows(
            self.theirs, self.there[table.name], doing="merging", step=self.step
        ):
            new = []
            for row in part:
                form.check(table.name, row, place=self.place)
                if not self._translate(table, row) or not self._wanted(table, row):
                    continue
                theirs = row.pop(number) if number else 0
                key = row_names.key(row, natural)
                if table is schema.answers and row["participant"] in self.known:
                    twice.setdefault(row["participant"], []).append(row)
                elif key in found:
                    ids[theirs] = found[key]
                    self._same(table, row, found[key])
                elif number and row_names.is_named(table):
                    made = self.ours.scalars(insert(here).values(row).returning(here.c[number]))
                    ids[theirs] = found[key] = made.one()
                    self._count(table, [row])
                else:
                    found[key] = 0
                    new.append(row)
            if new:
                self.ours.execute(insert(here), new)
                self._count(table, new)
        for person, rows in twice.items():
            self._interleave(person, rows)

    def _count(self, table: Table, rows: list[Row]) -> None:
        self.expected[table.name] += add_up(rows)
        self.added[table.name] += len(rows)

    def _translate(self, table: Table, row: Row) -> bool:
        """Turn their numbers in a row into ours; False if it hangs on a row that stays out."""
        for column in table.columns:
            for key in column.foreign_keys:
                ids = self.ids[key.column.table.name]
                if row[column.name] not in ids:
                    return False
                row[column.name] = ids[row[column.name]]
        return True

    def _wanted(self, table: Table, row: Row) -> bool:
        if table is schema.participants:
            return row["id"] not in self.unwanted
        if table is schema.inquiries:
            return credentials.hash_token(row["key"]) not in self.gone
        if table is schema.roles:
            here = select(self.here["roles"].c.scope).filter_by(name=row["name"])
            return self.ours.scalar(here) in (None, row["scope"])
        if table is schema.assignments:
            return row["workshop"] not in self.rooms
        if table is schema.meta:
            return self._take_salt(row)
        return table is not schema.workshops or self._take_workshop(row)

    def _take_workshop(self, row: Row) -> bool:
        row["code"] = self.rename.get(row["code"], row["code"])
        opened = datetime.fromtimestamp(row["opened_at"] / 1e6, UTC).date()
        if row["expires_at"] <= self.now or was_erased(row["code"], opened, self.lines):
            self.left_out.append(row["code"])
            return False
        table = self.here["workshops"]
        ours = self.ours.execute(select(table).filter_by(code=row["code"])).mappings().first()
        if ours and ours["opened_at"] != row["opened_at"]:
            raise WorkshopError(
                f"Both databases have a workshop {row['code']}, and they are not the same: give "
                f"the one that comes in another code, as in --rename {row['code']}=ROOM2.",
                reason=Reason.TAKEN,
            )
        return True

    def _take_salt(self, row: Row) -> bool:
        """Keep the salts of other stores beside ours: `participants.recover` tries each."""
        if row["key"] in (clock.KEY, join_addresses.KEY) or is_mark(row["key"]):
            return False
        if row["key"].startswith("salt"):
            table = self.here["meta"]
            ours = self.ours.scalars(select(table.c.value).where(table.c.key.startswith("salt")))
            row["key"] = f"salt.{hashlib.sha256(row['value'].encode()).hexdigest()[:16]}"
            return row["value"] not in set(ours)
        return True

    def _same(self, table: Table, row: Row, number: int) -> None:
        """Note what two rows for the same thing mean for it."""
        if table is schema.participants:
            self.known.add(number)
            self._take_code(row, number)
            if not row["contributes"]:
                self._alter(table, number, contributes=False)
            if row["places"]:
                here = select(self.here["participants"].c.places).filter_by(id=number)
                self._alter(table, number, places=united(self.ours.scalar(here), row["places"]))
        elif table is schema.inquiries:
            known = select(self.here["inquiries"].c.state).filter_by(id=number)
            both = [self.ours.scalars(known).one(), row["state"]]
            self._alter(table, number, state=max(both, key=InquiryState.words().index))
        elif table is schema.notes:
            here = select(self.here["notes"].c.text).filter_by(workshop=row["workshop"])
            texts = beside(self.ours.scalar(here) or "", row["text"])
            self._alter(table, row["workshop"], text=texts)
        elif table is schema.workshops:
            self.rooms.add(number)
            here = select(self.here["workshops"]).filter_by(id=number)
            ours = dict(self.ours.execute(here).mappings().one())
            strictest = promises.strictest(ours, row)
            self._alter(table, number, closed_at=ours["closed_at"] or row["closed_at"], **strictest)

    def _take_code(self, row: Row, number: int) -> None:
        """Take the recovery code of the other store where it was made in place of ours."""
        here, there = self.here["participants"], self.there["replaced"]
        ours = dict(self.ours.execute(select(here).filter_by(id=number)).mappings().one())
        renewed = select(there).filter_by(mark=ours["recovery"])
        if ours["public_key"] == row["public_key"] and self.theirs.execute(renewed).first():
            values = {name: row[name] for name in ("recovery", "wrapped_key")}
            self._alter(schema.participants, number, **values)

    def _alter(self, table: Table, number: int, **values: Any) -> None:
        """Write other values into a row of ours."""
        here = self.here[table.name]
        mine = here.c.workshop if table is schema.notes else here.c.id
        ours = dict(self.ours.execute(select(here).where(mine == number)).mappings().one())
        self.ours.execute(update(here).where(mine == number).values(**values))
        self.expected[table.name] += add_up([ours | values], but="id") - add_up([ours], but="id")

    def _interleave(self, person: int, theirs: list[Row]) -> None:
        """Write somebody's answers of both stores anew, in the order of their times."""
        here = self.here["answers"]
        query = select(here).where(here.c.participant == person).order_by(here.c.seq)
        ours = [dict(row) for row in self.ours.execute(query).mappings()]
        for row in ours:
            del row["seq"]
        questions = self.here["questions"].c
        names = select(questions.id, *(questions[name] for name in schema.CELL))
        places = {row.id: row[1:] for row in self.ours.execute(names)}
        both = joined_answers(ours, theirs, places)
        if both != ours:
            self.took_away = True
            self.ours.execute(delete(here).where(here.c.participant == person))
            self.ours.execute(insert(here), both)
            self.expected["answers"] += add_up(both) - add_up(ours)
            self.added["answers"] += len(
                {row["key"] for row in theirs} - {row["key"] for row in ours}
            )


def _erase_here(ours: Connection, gone: set[str]) -> int:
    """Erase who was erased in the other store."""
    people = marked(ours, gone)
    for person in people:
        them = schema.participants.c.id == person
        erasure.record_erasing(ours, them, reason="withdrawn")
        erasure.erase_chosen(ours, them)
    return len(people)


def _renamed(rename: Mapping[str, str] | None) -> dict[str, str]:
    return {
        typed_code.plain(old): credentials.chosen_code(new) for old, new in (rename or {}).items()
    }
