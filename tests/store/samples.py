"""Questions and answers to try the store with, and a quick way to fill it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from myths.answer import Answer
from myths.store import AskedQuestion, Store, Workshop, schema
from myths.store.column_types import Moment
from sqlalchemy import BigInteger, insert, select, type_coerce, update

FOREIGN_WORDS = (
    "Ich würde zuhören … «ja»",
    "لا يوجد برنامج بلا مخاطر \u202bنص\u202c",
    "👩🏽\u200d⚖️ 🇪🇺 é e\u0301",
    "two\nlines\tand a tab ' \" \\ ; -- %s %(x)s :name",
)


def asked(
    item: str = "myth", phase: str = "before", kind: str = "rating", **more: Any
) -> AskedQuestion:
    words = {"question": "Is it so?", "options": {"1": "no", "5": "yes"}, "keyed": "myth"}
    usual = {"module": "risk", "language": "en", "wording": "0123456789ab", "words": words}
    return AskedQuestion(item=item, phase=phase, kind=kind, **(usual | more))


def written(item: str = "reason", phase: str = "before", **more: Any) -> AskedQuestion:
    return asked(item, phase, "text", **more)


def given(value: float | None = None, **more: Any) -> Answer:
    return Answer(**({"key": str(uuid.uuid4()), "value": value} | more))


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def expire(store: Store, workshop: Workshop) -> None:
    """Let the time of a workshop be over."""
    table = schema.workshops
    with store.writing() as conn:
        conn.execute(
            update(table).where(table.c.code == workshop.code).values(expires_at=days_ago(1))
        )


def age(store: Store, *, days: float) -> None:
    """Make all that is in a store so much older: as if the clock had gone on."""
    gone_by, key = timedelta(days=days), schema.meta.c.key
    with store.writing() as conn:
        for table in schema.metadata.sorted_tables:
            moments = [each for each in table.c if isinstance(each.type, Moment)]
            if moments:
                micro = gone_by // timedelta(microseconds=1)
                older = {each.name: type_coerce(each, BigInteger) - micro for each in moments}
                conn.execute(update(table).values(older))
        kept = conn.scalar(select(schema.meta.c.value).where(key == "clock"))
        if kept:
            then = {
                name: at and (datetime.fromisoformat(at) - gone_by).isoformat()
                for name, at in json.loads(kept).items()
            }
            conn.execute(update(schema.meta).where(key == "clock").values(value=json.dumps(then)))


def fill(store: Store, *, people: int, answers: int) -> None:
    """Write many answers at once, three numbers to each text, 40 a person before the next round."""
    questions = 40
    with store.writing() as conn:
        conn.execute(
            insert(schema.questions),
            [
                {
                    "module": f"m{number % 7}",
                    "item": f"i{number}",
                    "phase": "before",
                    "kind": "rating" if number % 4 else "text",
                    "language": "en",
                    "wording": f"{number:012x}",
                    "words": {},
                }
                for number in range(questions)
            ],
        )
        workshop = conn.scalars(select(schema.workshops.c.id)).first()
        conn.execute(
            insert(schema.participants),
            [
                {
                    "name": f"p{number}",
                    "workshop": workshop,
                    "language": "en",
                    "consent": "",
                    "contributes": True,
                    "recovery": str(number),
                    "joined_at": datetime.now(UTC),
                }
                for number in range(people)
            ],
        )
        asked_ids = list(conn.scalars(select(schema.questions.c.id).order_by("id")))
        names = list(conn.scalars(select(schema.participants.c.id)))
        now = datetime.now(UTC)
        conn.execute(
            insert(schema.answers),
            [
                {
                    "key": str(uuid.UUID(int=number)),
                    "declined": False,
                    "at": now,
                    "participant": names[number // questions % people],
                    "question": asked_ids[number % questions],
                    "value": float(number % 5 + 1) if number % questions % 4 else None,
                    "text": None if number % questions % 4 else f"because of {number}",
                    "reader": None if number % questions % 4 else "evaluation",
                }
                for number in range(answers)
            ],
        )
