"""The store's rows as tidy pandas tables.

Numbers are read from the answers table alone and labels from the small tables, once each: that is
what makes a million answers a matter of seconds. Every table has all its columns and dtypes also
when it has no rows. Who does not contribute is in none of them. A text is given only if its author
lets the evaluation read it; the words of an earlier version are not in the store any more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Row, Select, case, func, select, type_coerce

from myths.store import schema
from myths.store.paper_sets import from_paper
from myths.store.schema import CELL
from myths.vocabulary import Audience, Mode, Phase, Reader

_AT_ONCE = 5_000  # rows that are Python objects at the same time
_PARTS = 4  # of so many rows in a piece
_ORDER = [
    *("workshop", "participant", "module", "item", "phase", "kind", "value", "text", "declined"),
    *("language", "wording", "audience", "rehearsal", "answered_at", "reader"),
    "mode",
]


def people(conn: Connection, chosen: Select[Any]) -> pd.DataFrame:
    """Return those of the chosen participants who contribute, by their row id."""
    person, room = schema.participants, schema.workshops
    query = (
        select(person.c.id, room.c.code, person.c.name, person.c.language, person.c.consent)
        .add_columns(room.c.audience, room.c.rehearsal)
        .add_columns(type_coerce(person.c.joined_at, BigInteger), from_paper().label("paper"))
        .join_from(person, room)
        .where(person.c.id.in_(chosen), person.c.contributes)
        .order_by(person.c.id)
    )
    rows = conn.execute(query).all()
    number, code, name, language, consent, audience, rehearsal, joined, paper = _columns(rows, 9)
    return pd.DataFrame(
        {
            "workshop": _category(code),
            "participant": _category(name),
            "language": _category(language),
            "consent": _category(consent),
            "audience": pd.Categorical(audience, categories=Audience.words()),
            "rehearsal": np.array(rehearsal, dtype=bool),
            "joined_at": _times(joined),
            "mode": _modes([Mode.PAPER if each else Mode.PAGE for each in paper]),
        },
        index=np.array(number, dtype=np.int64),
    )


def apart(conn: Connection, chosen: Select[Any]) -> dict[str, int]:
    """Count those of the chosen participants who do not contribute, by the codes of workshops."""
    person, room = schema.participants, schema.workshops
    query = (
        select(room.c.code, func.count(person.c.id))
        .join_from(person, room)
        .where(person.c.id.in_(chosen), ~person.c.contributes)
        .group_by(room.c.code)
    )
    return dict(conn.execute(query).all())


def questions(conn: Connection) -> pd.DataFrame:
    """Return all questions, by their row id."""
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


def answer_rows(chosen: Select[Any] | None) -> Select[Any]:
    """Select the answers of the chosen participants (None: all) who contribute, in order."""
    said, person = schema.answers, schema.participants.c
    query = (
        select(said.c.participant, said.c.question, said.c.value)
        .add_columns(
            case((said.c.reader == Reader.EVALUATION, said.c.text))
        )  # no other leaves the database
        .add_columns(said.c.declined, said.c.reader)
        .add_columns(type_coerce(said.c.at, BigInteger), said.c.mode)
        .where(said.c.participant.not_in(select(person.id).where(~person.contributes)))
        .order_by(said.c.seq)
    )
    return query if chosen is None else query.where(said.c.participant.in_(chosen))


def answers(
    conn: Connection, query: Select[Any], people: pd.DataFrame, questions: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield the answers that `answer_rows` selects in labelled pieces, the first without rows.

    Answers of nobody among the `people` are left out; these and the `questions` are by row id.
    """
    what = questions.drop(columns="words")
    own = people.columns.difference([*what, "mode"])  # of the person; an answer has its own
    who = people[[each for each in _ORDER if each in own]]
    parts = conn.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions()
    piece = [_part([])]
    while piece:
        rows = pd.concat(piece, ignore_index=True)
        rows = rows[rows["participant"].isin(who.index)]
        labels = [_spread(who, rows.pop("participant")), _spread(what, rows.pop("question"))]
        yield pd.concat([*labels, rows.reset_index(drop=True)], axis=1)[_ORDER]
        with _collector_at_rest():
            piece = [_part(part) for part in islice(parts, _PARTS)]


def cleared(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows of answers only clear what was said before."""
    return rows["value"].isna() & ~rows["declined"].astype("bool") & rows["reader"].isna()


def latest(history: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows of all answers are the latest version of theirs."""
    return ~history.duplicated(["participant", *CELL], keep="last")


def _part(rows: Sequence[Row[Any]]) -> pd.DataFrame:
    participant, question, value, text, declined, reader, at, mode = _columns(rows, 8)
    number = np.array(value, dtype=np.float64)  # None becomes NaN
    return pd.DataFrame(
        {
            "participant": np.array(participant, dtype=np.int64),
            "question": np.array(question, dtype=np.int64),
            "value": pd.arrays.FloatingArray(number, np.isnan(number)),
            "text": pd.array(text, dtype="string"),
            "declined": pd.array(np.array(declined, dtype=bool), dtype="boolean"),
            "reader": pd.Categorical(reader, categories=Reader.words()),
            "answered_at": _times(at),
            "mode": _modes(mode),
        }
    )


def _columns(rows: Sequence[Row[Any]], width: int) -> list[Sequence[Any]]:
    """Turn rows into columns, also when there are none."""
    return list(zip(*rows, strict=True)) or [()] * width


def _spread(labels: pd.DataFrame, row_ids: pd.Series[int]) -> pd.DataFrame:
    """Repeat the labels of each row id; a row id without labels is a KeyError."""
    return labels.loc[row_ids].reset_index(drop=True)


def _category(labels: Sequence[str]) -> pd.Categorical:
    return pd.Categorical(pd.array(labels, dtype="str"))


def _modes(modes: Sequence[Any]) -> pd.Categorical:
    return pd.Categorical(modes, categories=Mode.words())


def _times(microseconds: Sequence[int]) -> pd.DatetimeIndex:
    moments = np.array(microseconds, dtype=np.int64).view("datetime64[us]")
    return pd.DatetimeIndex(moments).tz_localize("UTC")


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Pause Python's cycle collector while rows come in: none holds a cycle; twice as fast."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
