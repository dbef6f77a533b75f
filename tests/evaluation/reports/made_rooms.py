"""Rooms full of made-up answers, written at once: people who joined, came back, skipped or left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from myths.store import AskedQuestion, open_store, schema
from sqlalchemy import insert, select

MODULES = ("risk", "mediation", "harm")
LANGUAGES = ("en", "de")
_SCALE = {str(value): f"option {value}" for value in range(1, 6)}
_KEEN = (0.7, 0.9, 0.97, 1.0)  # how likely somebody answers at a step


def question(module: str, item: str, phase: str, language: str) -> AskedQuestion:
    """Ask in the words of a language, as the content does."""
    words: dict[str, Any] = {"question": f"{module} {item} {language}", "options": _SCALE}
    kind = "recall" if item == "recall" else "rating"
    if item in ("myth", "fact"):
        words["keyed"] = item
    if item == "recall":
        words["correct"] = 2
    return AskedQuestion(
        module=module,
        item=item,
        phase=phase,
        kind=kind,
        language=language,
        wording=f"{module}-{item}-{language}",
        words=words,
    )


def make(file: Path, seed: int) -> Path:
    """Make one to three rooms of which nearly everybody, or not, answered each question."""
    rng = np.random.default_rng([10, seed])
    store = open_store(f"sqlite:///{file}", create=True)
    rooms = range(int(rng.choice([1, 1, 2, 3])))
    codes = [store.open_workshop(code=f"ROOM{room}", pool_days=0).code for room in rooms]
    routes = [
        MODULES[: int(rng.choice([1, 2, 3]))] if rng.random() < 0.5 else MODULES for _ in rooms
    ]
    share = rng.choice([0, 0, 0.1, 0.4])  # of those who speak the second language
    asked: dict[tuple[str, ...], tuple[int, AskedQuestion]] = {}
    people: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    with store.writing() as conn:
        numbers = {
            row.code: row.id for row in conn.execute(select(schema.workshops.c["code", "id"]))
        }
        for code, route in zip(codes, routes, strict=True):
            keen = rng.choice(_KEEN)
            for _ in range(int(rng.integers(5, 26))):
                number = len(people) + 1
                language = LANGUAGES[int(rng.random() < share)]
                people.append(_person(number, numbers[code], language))
                for place in _answered(rng, route, keen):
                    new = len(asked) + 1, question(*place, language)
                    put, _ = asked.setdefault((*place, language), new)
                    said.append(_row(number, put, float(rng.integers(1, 6)), len(said)))
        conn.execute(insert(schema.participants), people)
        conn.execute(
            insert(schema.questions), [{"id": n, **asdict(each)} for n, each in asked.values()]
        )
        conn.execute(insert(schema.answers), said)
    return file


def _answered(
    rng: np.random.Generator, route: tuple[str, ...], keen: float
) -> Iterator[tuple[str, str, str]]:
    """Yield module, item and phase of what somebody answers."""
    there = rng.random() < 0.5 + keen / 2
    for module in route:
        for item in ("myth", "fact"):
            if there and rng.random() < keen:
                yield module, item, "before"
                if rng.random() < keen:
                    yield module, item, "after"
                    if rng.random() < 0.5 or keen == 1:
                        yield module, item, "followup"
        if there and rng.random() < keen:
            yield module, "recall", "before"
            if rng.random() < keen:
                yield module, "recall", "after"
    if there and rng.random() < keen:
        yield "closing", "useful", "after"


def _person(number: int, workshop: int, language: str) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"p{number}",
        "workshop": workshop,
        "language": language,
        "consent": "agreed",
        "contributes": True,
        "recovery": f"none {number}",
        "joined_at": datetime(2026, 11, 1, 9, tzinfo=UTC),
    }


def _row(person: int, question: int, value: float, number: int) -> dict[str, Any]:
    return {
        "participant": person,
        "question": question,
        "value": value,
        "key": f"{number:036}",
        "declined": False,
        "at": datetime(2026, 11, 1, 10, tzinfo=UTC),
    }
