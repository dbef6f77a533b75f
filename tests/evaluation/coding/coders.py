"""A codebook, texts and people to try coding with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from myths.evaluation.coding.codebook import Code, add
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.open_sheet import BOOK
from myths.evaluation.coding.texts import FreeText
from myths.store import Store

from tests.store.samples import given, written

DAY = date(2026, 3, 10)
WORDS = (
    "The weekend is our gap.",
    "We ask her first 👩🏽\u200d⚖️ and then write.",
    "نسأل الخدمة أولا ثم نكتب",
    "Two lines\nand <b>no</b> HTML & no \u202eturn.",
    "I doubt it.",
)


def book(folder: Path, *codes: str) -> None:
    """Write a codebook; a code that is named twice has two versions."""
    for place, code in enumerate(codes or ("gap", "ask", "doubt")):
        add(
            folder / BOOK,
            Code(
                id=code,
                version=1 + (codes[:place].count(code)),
                changed=DAY,
                name=code.title(),
                definition=f"Says {code}, said for the {place + 1}. time.",
                include=("Like this.",),
                exclude=("Not like that.",),
            ),
        )


def some_texts(words: Sequence[str] = WORDS) -> list[FreeText]:
    return [
        FreeText(
            f"p{number}/risk/learned/after",
            "risk",
            "learned" if number % 2 else "reason",
            "ar" if "\u0646" in said else "en",
            "What is new to you?",
            said,
            datetime(2026, 3, 3, 8, number, tzinfo=UTC),
        )
        for number, said in enumerate(words)
    ]


def coder(folder: Path, name: str = "ada", **options: int) -> Coder:
    return Coder(folder, name, some_texts(), **options)


def room(
    store: Store, code: str, said: Iterable[str], *, item: str = "learned", audience: str = "mixed"
) -> list[str]:
    """Open a workshop in which each of `said` is written by somebody else; gives their names."""
    workshop = store.open_workshop(code=code, audience=audience)
    names = []
    for words in said:
        name = store.join(workshop.code, language="en", consent="agreed").participant
        store.save(name, written(item, "after"), given(text=words, reader="evaluation"))
        names.append(name)
    return names
