"""The ratings of a room that votes: many people's in one go to the disk, each for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from myths.answer import Answer
from myths.errors import AnswerError, WorkshopError
from myths.store.answers import SaveReceipt, question_id, write_down
from myths.store.credentials import hash_token
from myths.store.database import Database
from myths.store.question import AskedQuestion, checked
from myths.store.schema import participants, sessions
from myths.vocabulary import Reason


class GivenRating(NamedTuple):
    """Whose rating it is, of what; with a `token` only while the visit of that cookie lasts."""

    participant: str
    asked: AskedQuestion
    answer: Answer
    token: str = ""


def save_ratings(
    database: Database, ratings: Sequence[GivenRating]
) -> list[SaveReceipt | AnswerError | WorkshopError]:
    """Save ratings as `save` does, in one transaction.

    In the place of one that is refused is what `save` would raise, or an AnswerError (reason
    "away") where its visit has ended. Raises StoreError for all.
    """
    with database.writing() as conn:
        # rows are locked in one order, so that no two servers wait for each other
        names = [str(each.asked) for each in ratings]
        asked = dict(zip(names, (each.asked for each in ratings), strict=True))
        ids = {name: question_id(conn, asked[name]) for name in sorted(asked)}
        order = sorted(range(len(ratings)), key=lambda place: ratings[place].participant)
        found = {
            place: _saved_or_refused(conn, ratings[place], ids[names[place]]) for place in order
        }
    return [found[place] for place in range(len(ratings))]


def _saved_or_refused(
    conn: Connection, rating: GivenRating, question: int
) -> SaveReceipt | AnswerError | WorkshopError:
    """Save a rating; of one that is refused nothing was written by then."""
    try:
        if rating.token:
            _see_visit(conn, rating)
        answer = checked(rating.asked, rating.answer)
        return write_down(conn, rating.participant, rating.asked, question, answer)[0]
    except (AnswerError, WorkshopError) as refused:
        return refused


def _see_visit(conn: Connection, rating: GivenRating) -> None:
    until = conn.scalar(
        select(sessions.c.expires_at)
        .join_from(sessions, participants)
        .where(sessions.c.token == hash_token(rating.token))
        .where(participants.c.name == rating.participant)
    )
    if until is None or datetime.now(UTC) >= until:
        raise AnswerError(
            "This answer was not saved, because the visit has ended: come back with your recovery "
            "code.",
            reason=Reason.AWAY,
        )
