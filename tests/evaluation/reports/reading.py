"""Read a report, and let people answer what it is about."""

from __future__ import annotations

import re
from datetime import date

from myths.evaluation.reports import Report
from myths.evaluation.reports.blocks import (
    PictureBlock,
    TableBlock,
)
from myths.evaluation.words import words as spoken
from myths.store import Store

from tests.store.samples import asked, given

DAY = date(2026, 11, 22)
ENGLISH = spoken()


def words(report: Report) -> str:
    """All that the report says, in tables, pictures and paragraphs."""
    told = []
    for block in report.text.blocks:
        if isinstance(block, TableBlock):
            told += [
                block.caption,
                block.how,
                *(cell for row in (block.head, *block.rows) for cell in row),
            ]
        elif isinstance(block, PictureBlock):
            told.append(str(block.figure))
        else:
            told.append(block.text)
    return "\n".join(told)


def table(report: Report, caption: str) -> list[tuple[str, ...]]:
    found = [b for b in report.text.blocks if isinstance(b, TableBlock) and b.caption == caption]
    return list(found[0].rows) if found else []


def ends(step: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a step: "fewer than 5", "20 to 24"."""
    *low, high = map(int, re.findall(r"\d+", step))
    return (low[0], high) if low else (0, high - 1)


def is_in(people: int, step: str) -> bool:
    low, high = ends(step)
    return low <= people <= high


Answer = int | None | str  # a value, nothing, or "declined"


def rate(store: Store, code: str, answers: list[tuple[Answer, Answer]], item: str = "myth") -> None:
    """Open a workshop and let people rate a statement before and after."""
    scale = {str(value): f"option {value}" for value in range(1, 6)}
    question = {"question": f"Is <b>{item}</b> so?", "options": scale, "keyed": "myth"}
    room = store.open_workshop(code=code, pool_days=0)
    for both in answers:
        person = store.join(room.code, language="en", consent="agreed").participant
        for phase, value in zip(("before", "after"), both, strict=True):
            if value == "declined":
                store.save(person, asked(item, phase, words=question), given(declined=True))
            elif value is not None:
                store.save(person, asked(item, phase, words=question), given(value))
