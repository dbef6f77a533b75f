"""The tables of a store, for somebody who has only its address or its file.

`db` is the address of a database (postgresql://…), the path of an SQLite file, or None for
$MYTHS_DB, else data/workshop.sqlite. `workshop` is one code or several, None for all. All raise
StoreError if the database is missing, is no workshop's, or cannot be read, and WorkshopError
(reason "unknown") for a code that no workshop has. Rehearsal workshops are left out unless
`rehearsal` is true. Every table has its columns and dtypes also when it has no rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

import pandas as pd

from myths.store import Store, open_store

Place = str | PathLike[str] | None
Workshops = str | Iterable[str] | None


def answers(
    db: Place = None,
    workshop: Workshops = None,
    *,
    history: bool = False,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per answer as it stands, in the order in which they were given.

    With `history` also what was changed or cleared later; a row that clears an answer has neither
    value nor text and is not declined. A question that was skipped has no row.

    Columns: workshop, participant, module, item: category; phase: ordered category (before < after
    < followup); kind: category (rating, confidence, recall, text, commitment); value: Float64, NA
    for texts and where declined; text: string, NA unless its author lets the evaluation read it;
    declined: boolean ("prefer not to say"); language, wording (hash of what was asked): category;
    rehearsal: bool; answered_at: datetime64[us, UTC]; reader: category (me, group, evaluation), NA
    for numbers.

    `db`, `workshop`, `rehearsal`: the address or file (None: $MYTHS_DB, else data/workshop.sqlite),
    one code or several (None: all), also rehearsals. Raises StoreError, WorkshopError ("unknown").
    """
    return opened(db).answers(workshop=workshop, history=history, rehearsal=rehearsal)


def participants(
    db: Place = None, workshop: Workshops = None, *, rehearsal: bool = False
) -> pd.DataFrame:
    """One row per participant, in the order in which they joined; also who answered nothing.

    Columns: workshop, participant, language, consent (hash of the words agreed to): category;
    rehearsal: bool; joined_at: datetime64[us, UTC]. Options and errors as in `answers`.
    """
    return opened(db).participants(workshop=workshop, rehearsal=rehearsal)


def wide(db: Place = None, workshop: Workshops = None, *, rehearsal: bool = False) -> pd.DataFrame:
    """One row per participant: workshop, participant, and a column for each item and phase.

    These are named `<module>.<item>.<phase>`, as in "risk.myth.before": Float64 for numbers, string
    for texts. NA where nothing was answered, where it was declined, and where the evaluation may
    not read the text; `answers` tells these apart. Options and errors as in `answers`.
    """
    return opened(db).wide(workshop=workshop, rehearsal=rehearsal)


def opened(db: Place) -> Store:
    """Open a store by its address or its file; raises StoreError."""
    place = None if db is None else fspath(db)
    if place is None or "://" in place:
        return open_store(place)
    return open_store(f"sqlite:///{Path(place).expanduser().absolute().as_posix()}")
