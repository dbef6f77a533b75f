"""A trainer's own notes on a workshop: one text, on every device of those who lead it.

It is no answer: no table of the evaluation has it, and it goes with its workshop. Two who write at
one time lose nothing: each says what they saw before they wrote, so what each did is brought into
the text that is there by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from sqlalchemy import Connection, select, update

from myths.errors import WorkshopError
from myths.store import dialects, schema
from myths.store.database import Database
from myths.store.schema import workshops
from myths.store.sweep import to_sweep
from myths.store.workshops import find
from myths.vocabulary import Reason

LONGEST = 20_000  # letters that are taken from one writer
_table = schema.notes


@dataclass(frozen=True)
class Notes:
    """The notes of a workshop; every change is a new version."""

    version: int = 0
    text: str = ""


def notes(database: Database, workshop: str) -> Notes:
    """Read the notes. Raises WorkshopError (reason "unknown")."""
    with database.reading() as conn:
        return _read(conn, find(conn, workshop)[0])


def keep_notes(database: Database, workshop: str, text: str, *, base: str) -> Notes:
    """Keep a text that was written where `base` had stood before; returns what stands there now.

    Where somebody else has written meanwhile, that is both texts. Raises WorkshopError: reason
    "unknown", or "long" for a text that is too long, of which nothing is kept then.
    """
    if max(len(text), len(base)) > LONGEST:
        raise WorkshopError(f"Notes have at most {LONGEST} letters.", reason=Reason.LONG)
    with database.writing() as conn:
        number, _ = find(conn, workshop)
        conn.execute(select(workshops.c.id).where(workshops.c.id == number).with_for_update())
        before = _read(conn, number)
        after = Notes(before.version + 1, united_texts(base, text, before.text))
        if after.text == before.text:
            return before
        values = {"version": after.version, "text": after.text}
        if not dialects.insert_once(conn, _table, values | {"workshop": number}):
            conn.execute(update(_table).where(_table.c.workshop == number).values(values))
        if not after.text.startswith(before.text):
            to_sweep(conn)  # words were taken away
    return after


def united_texts(base: str, mine: str, theirs: str) -> str:
    """Return what two have made of one text, each without the other.

    What one of them wrote is always there. What one of them took away is gone if they changed
    different places.
    """
    if theirs == base or mine == theirs:
        return mine
    if mine == base:
        return theirs
    start, end, new = _change(base, mine)
    other_start, other_end, other = _change(base, theirs)
    if end <= other_start and (start, end) != (other_start, other_end):
        return base[:start] + new + base[end:other_start] + other + base[other_end:]
    if other_end <= start:
        gap = "\n" if other_end == start and other and new and new[0] != "\n" else ""
        return base[:other_start] + other + base[other_end:start] + gap + new + base[end:]
    return f"{theirs}\n{new}" if new.strip() else theirs


def beside(ours: str, theirs: str) -> str:
    """Return both texts of two stores, of which neither knows what the other one began with."""
    if theirs in ours or ours in theirs:
        return max(ours, theirs, key=len)
    return f"{ours}\n\n{theirs}"


def _change(before: str, after: str) -> tuple[int, int, str]:
    """Return which letters of a text were replaced, from and to, and by what."""
    start = _same(before, after)
    same = _same(before[start:][::-1], after[start:][::-1])
    return start, len(before) - same, after[start : len(after) - same]


def _same(one: str, other: str) -> int:
    """Return with how many equal letters two texts begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _read(conn: Connection, number: int) -> Notes:
    row = conn.execute(select(_table).filter_by(workshop=number)).first()
    return Notes(row.version, row.text) if row else Notes()
