"""A million answers in little memory: the table of answers, some thousand rows at a time.

`frames.answers` finds the latest version of each answer among all rows; here the database finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from myths.store import frames, schema
from myths.store.database import Database

_PARTS = 4  # of `frames` in a piece


def answers_in_pieces(
    store: Database,
    *,
    workshop: str | Iterable[str] | None = None,
    audience: str | Iterable[str] | None = None,
    rehearsal: bool = False,
) -> Iterator[pd.DataFrame]:
    """Yield the rows of `frames.answers` in pieces, the first of them without rows.

    Columns, dtypes, categories, order, options and errors are the same. All pieces show one state
    of the database, which is being read until the last one was given.
    """
    with store.reading() as conn:
        chosen = frames._chosen(conn, workshop, audience, rehearsal=rehearsal)
        what = frames._questions(conn).drop(columns="words")
        people = frames._people(conn, chosen)
        who = people[[each for each in frames._ORDER if each in people and each not in what]]
        everybody = workshop is None and audience is None
        query = frames._query(None if everybody else chosen)
        parts = frames._parts(conn, query.where(schema.answers.c.seq.in_(_latest())))
        piece = [frames._part([])]
        while piece:
            rows = pd.concat(piece, ignore_index=True)
            rows = rows[~rows["cleared"] & rows["participant"].isin(who.index)]
            yield frames._labelled(rows.reset_index(drop=True), who, what)[frames._ORDER]
            with frames._collector_at_rest():
                piece = list(islice(parts, _PARTS))


def _latest() -> Select[Any]:
    """Select the number of each participant's latest answer to each item and phase."""
    said, asked = schema.answers, schema.questions
    same = func.min(asked.c.id).over(partition_by=[asked.c.module, asked.c.item, asked.c.phase])
    cells = select(asked.c.id, same.label("cell")).subquery()
    query = select(func.max(said.c.seq)).join(cells, cells.c.id == said.c.question)
    return query.group_by(said.c.participant, cells.c.cell)
