"""The current answer: the latest that somebody gave to an item in a phase, in whatever words.

It counts, and only it keeps the words of a text. One that clears is current too: it says that there
is no answer now.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from myths.store.schema import CELL, answers, questions


def same_cell(*, module: str, item: str, phase: str) -> Select[Any]:
    """Select the row ids of a question in all its languages and wordings."""
    return select(questions.c.id).filter_by(module=module, item=item, phase=phase)


def current_answers(
    people: Select[Any] | None = None,
    *,
    to: Select[Any] | None = None,
    but: ColumnElement[bool] | None = None,
) -> Select[Any]:
    """Select the numbers of the current answers of some people to some questions (None: all).

    `people` and `to` select row ids; `to` must have a question in all its wordings. `but` are
    answers that are looked past.
    """
    cell = [questions.c[name] for name in CELL]
    cells = select(
        questions.c.id, func.min(questions.c.id).over(partition_by=cell).label("cell")
    ).subquery()
    query = select(func.max(answers.c.seq)).join(cells, cells.c.id == answers.c.question)
    if people is not None:
        query = query.where(answers.c.participant.in_(people))
    if to is not None:
        query = query.where(answers.c.question.in_(to))
    if but is not None:
        query = query.where(~but)
    return query.group_by(answers.c.participant, cells.c.cell)


def is_given() -> ColumnElement[bool]:
    """Return whether an answer says anything; one that clears or was erased does not."""
    content = (answers.c.value, answers.c.text, answers.c.sealed)
    return or_(answers.c.declined, *(column.is_not(None) for column in content))
