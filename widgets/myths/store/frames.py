"""The store's rows as tidy pandas tables.

Numbers are read from the answers table alone and labels from the small tables, once each: that is
what makes a million answers a matter of seconds. Every table has all its columns and dtypes also
when it has no rows. A text is given only if its author lets the evaluation read it; the words of an
earlier version are not in the store any more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Row, Select, case, select, type_coerce

from myths.errors import WorkshopError
from myths.store import schema
from myths.store.database import Database
from myths.store.workshops import find
from myths.vocabulary import NUMERIC, Audience, Phase, Reader, Reason

_AT_ONCE = 5_000  # rows that are Python objects at the same time
_CELL = ["module", "item", "phase"]
_ORDER = [
    *("workshop", "participant", "module", "item", "phase", "kind", "value", "text", "declined"),
    *("language", "wording", "audience", "rehearsal", "answered_at", "reader"),
]


def answers(
    store: Database,
    *,
    workshop: str | Iterable[str] | None = None,
    audience: str | Iterable[str] | None = None,
    history: bool = False,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per answer, in the order in which they were given.

    A text is given only in its latest version: what its author took out again stays out.
    `workshop`, `audience`: only these codes, only workshops for these; one or several. `history`:
    also what was changed or cleared later (a row that clears has neither value nor text and is not
    declined). `rehearsal`: also rehearsal workshops. Raises StoreError, and WorkshopError (reason
    "unknown") for what no workshop has.

    Columns: workshop, participant, module, item, phase (before < after < followup), kind, language,
    wording, audience (of the workshop), reader: categories; value: Float64; text: string; declined:
    boolean; rehearsal: bool; answered_at: datetime64[us, UTC].
    """
    with store.reading() as conn:
        chosen = _chosen(conn, workshop, audience, rehearsal=rehearsal)
        who = _people(conn, chosen)[["workshop", "participant", "audience", "rehearsal"]]
        what = _questions(conn).drop(columns="words")
        everybody = workshop is None and audience is None
        rows = _answers(conn, None if everybody else chosen)
    rows = rows[rows["participant"].isin(who.index)].reset_index(drop=True)
    table = _labelled(rows, who, what)
    cell = table.groupby(["participant", *_CELL], observed=True, sort=False).ngroup()
    latest = ~cell.duplicated(keep="last")
    table["text"] = table["text"].where(latest)
    if not history:
        table = table[latest & ~table["cleared"]].reset_index(drop=True)
    return table[_ORDER]


def participants(
    store: Database,
    *,
    workshop: str | Iterable[str] | None = None,
    audience: str | Iterable[str] | None = None,
    rehearsal: bool = False,
) -> pd.DataFrame:
    """One row per participant, in the order in which they joined; also who never answered.

    Options and errors as in `answers`. Columns: workshop, participant, language, consent (the hash
    of the words agreed to), audience (of the workshop): categories; rehearsal: bool; joined_at:
    datetime64[us, UTC].
    """
    with store.reading() as conn:
        people = _people(conn, _chosen(conn, workshop, audience, rehearsal=rehearsal))
    return people.reset_index(drop=True)


def wide(
    store: Database,
    *,
    workshop: str | Iterable[str] | None = None,
    audience: str | Iterable[str] | None = None,
    rehearsal: bool = False,
    said: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per participant: who and where, and a column `<module>.<item>.<phase>` each.

    `said`: only these rows of `answers`. Other options and errors as there. First workshop,
    participant, audience: categories. Numbers are Float64, texts are string; NA where nothing was
    answered, where it was declined, and where the evaluation may not read the text.
    """
    workshop, audience = _listed(workshop), _listed(audience)
    people = participants(store, workshop=workshop, audience=audience, rehearsal=rehearsal)
    if said is None:
        said = answers(store, workshop=workshop, audience=audience, rehearsal=rehearsal)
    names = people["participant"].astype("str")
    columns = {}
    for cell, rows in said.groupby(_CELL, observed=True):
        content = "value" if rows["kind"].isin(NUMERIC).any() else "text"
        by_name = rows[content].set_axis(rows["participant"].astype("str"))
        columns[".".join(map(str, cell))] = by_name.reindex(names).array
    return pd.concat(
        [
            people[["workshop", "participant", "audience"]],
            pd.DataFrame(columns, index=people.index),
        ],
        axis=1,
    )


def questions(store: Database) -> pd.DataFrame:
    """One row per wording of a question that was ever answered, for the codebook.

    Columns: module, item, phase, kind, language, wording: categories; words: dict (question,
    options, keyed, correct). Raises StoreError.
    """
    with store.reading() as conn:
        return _questions(conn).reset_index(drop=True)


def _chosen(
    conn: Connection,
    workshop: str | Iterable[str] | None,
    audience: str | Iterable[str] | None,
    *,
    rehearsal: bool,
) -> Select[Any]:
    """Select the row ids of the participants that a table is about."""
    workshops = schema.workshops.c
    rooms = select(workshops.id)
    if not rehearsal:
        rooms = rooms.where(~workshops.rehearsal)
    codes, wanted = _listed(workshop), _listed(audience)
    if codes is not None:
        rooms = rooms.where(workshops.id.in_([find(conn, code)[0] for code in codes]))
    if wanted is not None:
        _check_audiences(conn, rooms, wanted)
        rooms = rooms.where(workshops.audience.in_(wanted))
    people = schema.participants.c
    return select(people.id).where(people.workshop.in_(rooms))


def _listed(choice: str | Iterable[str] | None) -> list[str] | None:
    """List a choice, so that it can be read more than once; None stays None."""
    return [choice] if isinstance(choice, str) else None if choice is None else [*choice]


def _check_audiences(conn: Connection, rooms: Select[Any], wanted: list[str]) -> None:
    """Raise WorkshopError for an audience that none of the rooms has, if there are any."""
    there = set(conn.scalars(rooms.with_only_columns(schema.workshops.c.audience)))
    known = [each for each in Audience.words() if each in there or not there]
    for value in wanted:
        if value not in known:
            raise WorkshopError(
                f"No workshop here has the audience {value!r}: choose from {', '.join(known)}.",
                reason=Reason.UNKNOWN,
            )


def _people(conn: Connection, chosen: Select[Any]) -> pd.DataFrame:
    """The chosen participants, by their row id."""
    people, workshops = schema.participants, schema.workshops
    query = (
        select(people.c.id, workshops.c.code, people.c.name, people.c.language, people.c.consent)
        .add_columns(workshops.c.audience, workshops.c.rehearsal)
        .add_columns(type_coerce(people.c.joined_at, BigInteger))
        .join_from(people, workshops)
        .where(people.c.id.in_(chosen))
        .order_by(people.c.id)
    )
    rows = conn.execute(query).all()
    number, code, name, language, consent, audience, rehearsal, joined = _columns(rows, 8)
    return pd.DataFrame(
        {
            "workshop": _category(code),
            "participant": _category(name),
            "language": _category(language),
            "consent": _category(consent),
            "audience": pd.Categorical(audience, categories=Audience.words()),
            "rehearsal": np.array(rehearsal, dtype=bool),
            "joined_at": _times(joined),
        },
        index=np.array(number, dtype=np.int64),
    )


def _questions(conn: Connection) -> pd.DataFrame:
    """All questions, by their row id."""
    query = select(schema.questions).order_by(schema.questions.c.id)
    rows = conn.execute(query).all()
    number, module, item, phase, kind, language, wording, words = _columns(rows, 8)
    return pd.DataFrame(
        {
            "module": _category(module),
            "item": _category(item),
            "phase": pd.Categorical(phase, categories=Phase.words(), ordered=True),
            "kind": _category(kind),
            "language": _category(language),
            "wording": _category(wording),
            "words": np.array([*words, None], dtype=object)[:-1],
        },
        index=np.array(number, dtype=np.int64),
    )


def _answers(conn: Connection, chosen: Select[Any] | None) -> pd.DataFrame:
    """The answers of the chosen participants (None: everybody's), in order, with row ids."""
    with _collector_at_rest():
        return pd.concat([_part([]), *_parts(conn, _query(chosen))], ignore_index=True)


def _query(chosen: Select[Any] | None) -> Select[Any]:
    """Select the answers of the chosen participants (None: everybody's), in order."""
    said = schema.answers
    query = (
        select(said.c.participant, said.c.question, said.c.value)
        .add_columns(
            case((said.c.reader == Reader.EVALUATION, said.c.text))
        )  # no other leaves the database
        .add_columns(said.c.declined, said.c.reader)
        .add_columns(type_coerce(said.c.at, BigInteger))
        .order_by(said.c.seq)
    )
    return query if chosen is None else query.where(said.c.participant.in_(chosen))


def _parts(conn: Connection, query: Select[Any]) -> Iterator[pd.DataFrame]:
    parts = conn.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions()
    return map(_part, parts)


def _part(rows: Sequence[Row[Any]]) -> pd.DataFrame:
    participant, question, value, text, declined, reader, at = _columns(rows, 7)
    number = np.array(value, dtype=np.float64)  # None becomes NaN
    missing = np.isnan(number)
    refused = np.array(declined, dtype=bool)
    readers = pd.Categorical(reader, categories=Reader.words())
    return pd.DataFrame(
        {
            "participant": np.array(participant, dtype=np.int64),
            "question": np.array(question, dtype=np.int64),
            "value": pd.arrays.FloatingArray(number, missing),
            "text": pd.array(text, dtype="string"),
            "cleared": missing & ~refused & readers.isna(),
            "declined": pd.array(refused, dtype="boolean"),
            "reader": readers,
            "answered_at": _times(at),
        }
    )


def _columns(rows: Sequence[Row[Any]], width: int) -> list[Sequence[Any]]:
    """Turn rows into columns, also when there are none."""
    return list(zip(*rows, strict=True)) or [()] * width


def _labelled(rows: pd.DataFrame, who: pd.DataFrame, what: pd.DataFrame) -> pd.DataFrame:
    """Put labels in the place of row ids."""
    labels = [_spread(who, rows["participant"]), _spread(what, rows["question"])]
    return pd.concat([*labels, rows.drop(columns=["participant", "question"])], axis=1)


def _spread(labels: pd.DataFrame, row_ids: pd.Series[int]) -> pd.DataFrame:
    """Repeat the labels of each row id; a row id without labels is a KeyError."""
    return labels.loc[row_ids].reset_index(drop=True)


def _category(labels: Sequence[str]) -> pd.Categorical:
    return pd.Categorical(pd.array(labels, dtype="str"))


def _times(microseconds: Sequence[int]) -> pd.DatetimeIndex:
    moments = np.array(microseconds, dtype=np.int64).view("datetime64[us]")
    return pd.DatetimeIndex(moments).tz_localize("UTC")


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let Python's cycle collector rest while rows come in: none holds a cycle; twice as fast."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
