"""The number of a recall option belongs to its words, and no longer to its place on the page.

Where the options of a question were put into another order, two wordings of it gave one number to
different options. Of each question the wording that was asked first keeps its numbers; in a later
one an option with the same words gets the number that it has there, and the answers follow. Words
that no earlier wording has keep their place as their number, or get the lowest that is free. A
wording that differs from an earlier one in nothing but the order is then the same one.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from collections import defaultdict
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

log = logging.getLogger(__name__)

_QUESTIONS = sa.table(
    "questions",
    *(sa.column(name) for name in ("id", "module", "item", "phase", "kind", "language", "wording")),
    sa.column("words", sa.JSON()),
)
_ANSWERS = sa.table("answers", *(sa.column(name) for name in ("seq", "question", "value")))
_NAMES = ("module", "item", "phase", "kind", "language")


def upgrade() -> None:
    """Number each option, and tell of answers that are none of the options."""
    conn = op.get_bind()
    recalls = sa.select(_QUESTIONS).where(_QUESTIONS.c.kind == "recall").order_by(_QUESTIONS.c.id)
    known: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for row in conn.execute(recalls).all():
        labels = _labels(row.words)
        _tell(conn, row, labels)
        numbers = known[row.module, row.item, row.language]
        new = _numbered(labels, numbers)
        for place, label in labels.items():
            numbers.setdefault(_folded(label), new[place])
        if any(place != number for place, number in new.items()):
            _renumber(conn, row, labels, new)


def _labels(words: Any) -> dict[int, str]:
    """Return the label of each place, nothing if the words do not tell."""
    options = words.get("options") if isinstance(words, dict) else None
    if not isinstance(options, dict) or not all(place.isdecimal() for place in options):
        return {}
    return {int(place): str(label) for place, label in options.items()}


def _numbered(labels: dict[int, str], known: dict[str, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for place, label in labels.items():
        number = known.get(_folded(label))
        if number is not None and number not in found.values():
            found[place] = number
    for place in labels:
        if place not in found:
            taken = set(found.values())
            found[place] = place if place not in taken else _free(taken)
    return found


def _free(taken: set[int]) -> int:
    return next(number for number in count(1) if number not in taken)


def _renumber(conn: sa.Connection, row: Any, labels: dict[int, str], new: dict[int, int]) -> None:
    mine = _ANSWERS.c.question == row.id
    numbers = sa.case(new, value=_ANSWERS.c.value, else_=_ANSWERS.c.value)
    chosen = _ANSWERS.c.value.in_(new)
    changed = conn.execute(sa.update(_ANSWERS).where(mine, chosen).values(value=numbers)).rowcount
    options = {new[place]: label for place, label in labels.items()}
    words = {
        **row.words,
        "options": {str(number): label for number, label in options.items()},
        "correct": new.get(row.words.get("correct"), row.words.get("correct")),
    }
    wording = _wording(str(row.words.get("question", "")), options)
    same = sa.select(_QUESTIONS.c.id).filter_by(
        **{name: getattr(row, name) for name in _NAMES}, wording=wording
    )
    this = _QUESTIONS.c.id == row.id
    if (there := conn.scalar(same.where(~this))) is None:
        conn.execute(sa.update(_QUESTIONS).where(this).values(words=words, wording=wording))
    else:
        conn.execute(sa.update(_ANSWERS).where(mine).values(question=there))
        conn.execute(sa.delete(_QUESTIONS).where(this))
    log.info("%s.%s had its options in another order: %d answers", row.module, row.item, changed)


def _tell(conn: sa.Connection, row: Any, labels: dict[int, str]) -> None:
    lost = conn.scalar(
        sa.select(sa.func.count())
        .where(_ANSWERS.c.question == row.id)
        .where(_ANSWERS.c.value.is_not(None), _ANSWERS.c.value.not_in([*labels]))
    )
    if lost:
        log.warning(
            "%d answers to %s.%s (wording %s) are none of the options that were asked then: they "
            "stay as they are, and nobody can say what they mean.",
            *(lost, row.module, row.item, row.wording),
        )


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _wording(question: str, options: dict[int, str]) -> str:
    """Hash what was asked, as `myths.catalog` did when this version was made."""
    in_order = sorted(options)
    told = [options[number] for number in in_order]
    if in_order != list(range(1, len(options) + 1)):
        told = [
            label if label == str(number) else f"{number} = {label}"
            for number, label in zip(in_order, told, strict=True)
        ]
    lines = map(_folded, [question, *told])
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
