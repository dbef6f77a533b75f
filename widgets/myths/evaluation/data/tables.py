"""The tables of a store, for somebody who has only its address or its file.

`db` is the address of a database (postgresql://…), the path of an SQLite file, or None for
$MYTHS_DB, else data/workshop.sqlite. `workshop` is one code or several, `audience` one of
`Audience` or several, None for all. All raise StoreError if the database is missing, is no
workshop's, or cannot be read, and WorkshopError (reason "unknown") for a code or an audience that
no workshop has. Rehearsal workshops are left out unless `rehearsal` is true. Every table has its
columns and dtypes also when it has no rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import pandas as pd

from myths.errors import EvaluationError
from myths.store import Store, open_store

Address = str | PathLike[str] | None
Choice = str | Iterable[str] | None
Workshops = Choice


def answers(
    db: Address = None,
    workshop: Workshops = None,
    *,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    history: bool = False,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per answer as it stands, in the order in which they were given.

    With `history` also what was changed or cleared later; a row that clears an answer has neither
    value nor text and is not declined. A question that was skipped has no row.

    Columns: workshop, participant, module, item: category; phase: ordered category (before < after
    < followup); kind: category (rating, confidence, recall, text, commitment); value: Float64, NA
    for texts and where declined; text: string, NA unless its author lets the evaluation read it;
    declined: boolean ("prefer not to say"); language, wording (hash of what was asked), audience
    (whom the workshop was for): category; rehearsal: bool; answered_at: datetime64[us, UTC];
    reader: category (me, group, evaluation), NA for numbers.

    `db`, `workshop`, `rehearsal`: the address or file (None: $MYTHS_DB, else data/workshop.sqlite),
    one code or several (None: all), also rehearsals. `audience`: only workshops for one of mixed,
    police, courts, social, womens-services, policy, or for several. `module`, `language`,
    `wording`: only these. Raises StoreError, WorkshopError (reason "unknown") for what no workshop
    has, and EvaluationError for what no answer has.
    """
    store = opened(db)
    table = store.answers(
        workshop=workshop, audience=audience, history=history, rehearsal=rehearsal
    )
    return chosen(table, module=module, language=language, wording=wording)


def participants(
    db: Address = None,
    workshop: Workshops = None,
    *,
    audience: Choice = None,
    language: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per participant, in the order in which they joined; also who answered nothing.

    Columns: workshop, participant, language, consent (hash of the words agreed to), audience (whom
    the workshop was for): category; rehearsal: bool; joined_at: datetime64[us, UTC]. Options and
    errors as in `answers`.
    """
    people = opened(db).participants(workshop=workshop, audience=audience, rehearsal=rehearsal)
    return chosen(people, language=language)


def wide(
    db: Address = None,
    workshop: Workshops = None,
    *,
    audience: Choice = None,
    module: Choice = None,
    language: Choice = None,
    wording: Choice = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per participant: workshop, participant, audience, a column for each item and phase.

    These are named `<module>.<item>.<phase>`, as in "risk.myth.before": Float64 for numbers, string
    for texts. NA where nothing was answered, where it was declined, and where the evaluation may
    not read the text; `answers` tells these apart. `language`: only who has this one; `module`,
    `wording`: only columns with such answers, and NA for others. Options and errors as in
    `answers`.
    """
    rooms: dict[str, Any] = {"audience": listed(audience), "rehearsal": rehearsal}
    workshop, language = listed(workshop), listed(language)
    said = answers(db, workshop, module=module, language=language, wording=wording, **rooms)
    table = opened(db).wide(workshop=workshop, said=said, **rooms)
    if language is None:
        return table
    people = participants(db, workshop, language=language, **rooms)
    return table[table["participant"].isin(people["participant"])].reset_index(drop=True)


def chosen(table: pd.DataFrame, **choices: Choice) -> pd.DataFrame:
    """Keep the rows that have one of the chosen values in each column; None keeps all.

    Raises EvaluationError for a value that no row of a table with rows has.
    """
    for name, choice in choices.items():
        wanted = listed(choice)
        if wanted is None:
            continue
        known = list(dict.fromkeys(table[name].astype("str")))
        for value in wanted:
            if known and value not in known:
                raise EvaluationError(
                    f"Nothing here has the {name} {value!r}: choose from {', '.join(known)}."
                )
        table = table[table[name].isin(wanted)].reset_index(drop=True)
    return table


def listed(choice: Choice) -> list[str] | None:
    """List a choice, so that it can be read more than once; None stays None."""
    return [choice] if isinstance(choice, str) else None if choice is None else [*choice]


def opened(db: Address) -> Store:
    """Open a store by its address or its file; raises StoreError."""
    place = None if db is None else fspath(db)
    if place is None or "://" in place:
        return open_store(place)
    return open_store(f"sqlite:///{Path(place).expanduser().absolute().as_posix()}")
