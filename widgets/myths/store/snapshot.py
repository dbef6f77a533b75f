"""One moment of the store: several tables that are all of the same state of the database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Unpack

import pandas as pd
from sqlalchemy import Connection, Select, select

from myths.store import frames, schema
from myths.store.choice import WorkshopChoice, chosen_people
from myths.store.current import current_answers
from myths.store.workshop_record import COLUMNS, Workshop


class Snapshot:
    """The tables of the chosen workshops, as long as the block of `Store.snapshot` lasts.

    Raises WorkshopError (reason "unknown") for a code or an audience that no workshop has.
    """

    def __init__(self, conn: Connection, **choice: Unpack[WorkshopChoice]) -> None:
        self._conn = conn
        self._all = choice.get("workshop") is None and choice.get("audience") is None
        self._chosen = chosen_people(conn, **choice)

    def answers(self) -> pd.DataFrame:
        """Return one row per answer as it stands, in the order in which they were given.

        Columns: workshop, participant, module, item, phase (before < after < retrospective <
        followup), kind, language, wording, audience (of the workshop), reader: categories; value:
        Float64; text: string; declined: boolean; rehearsal: bool; answered_at: datetime64[us, UTC];
        mode (page or paper): category.
        """
        table = self.history()
        return table[frames.latest(table) & ~frames.cleared(table)].reset_index(drop=True)

    def history(self) -> pd.DataFrame:
        """Return the same of all answers, also of those changed or cleared later.

        A row that clears has neither value nor text and is not declined. A text is given only in
        its latest version: what its author took out again stays out.
        """
        return self._history

    def pieces(self) -> Iterator[pd.DataFrame]:
        """Yield `answers` some thousand rows at a time, the first piece without rows.

        There the latest version of each answer is found among all rows, here by the database.
        """
        query = self._rows.where(schema.answers.c.seq.in_(current_answers()))
        for piece in self._answers(query):
            yield piece[~frames.cleared(piece)].reset_index(drop=True)

    def participants(self) -> pd.DataFrame:
        """Return one row per participant, in the order of joining; also who never answered.

        Who does not contribute is not there, as in all other tables.

        Columns: workshop, participant, language, consent (the hash of the words agreed to),
        audience (of the workshop): categories; rehearsal: bool; joined_at: datetime64[us, UTC];
        mode (how they joined, page or paper): category.
        """
        return self._people.reset_index(drop=True)

    def apart(self) -> dict[str, int]:
        """Count who took part and does not contribute, by the workshop's code."""
        return frames.apart(self._conn, self._chosen)

    def questions(self) -> pd.DataFrame:
        """Return one row per wording of a question that was ever answered, anywhere.

        Columns: module, item, phase, kind, language, wording: categories; words: dict (question,
        options, keyed, correct).
        """
        return self._questions.reset_index(drop=True)

    def workshops(self) -> list[Workshop]:
        """List every workshop that is not erased, oldest first, whichever are chosen."""
        rows = self._conn.execute(select(*COLUMNS).order_by(schema.workshops.c.id))
        return [Workshop(*row) for row in rows]

    @cached_property
    def _history(self) -> pd.DataFrame:
        table = pd.concat(self._answers(self._rows), ignore_index=True)
        table["text"] = table["text"].where(frames.latest(table))
        return table

    @cached_property
    def _people(self) -> pd.DataFrame:
        return frames.people(self._conn, self._chosen)

    @cached_property
    def _questions(self) -> pd.DataFrame:
        return frames.questions(self._conn)

    @property
    def _rows(self) -> Select[Any]:
        return frames.answer_rows(None if self._all else self._chosen)

    def _answers(self, query: Select[Any]) -> Iterator[pd.DataFrame]:
        return frames.answers(self._conn, query, self._people, self._questions)
