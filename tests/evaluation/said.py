"""What people said before and later, in a store: a few words for a room full of answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from myths.store import AskedQuestion, Store

from tests.store.samples import asked, given

KEYS = {"myth": "myth", "fact": "fact", "over": "overcorrection", "confidence": None}
DECLINED = "declined"
Said = float | str | None  # a number, DECLINED, or None for no answer


def question(item: str, phase: str, **more: Any) -> AskedQuestion:
    kind = "confidence" if item == "confidence" else "rating"
    ends = ("0", "10") if kind == "confidence" else ("1", "5")
    words = {"question": item, "options": dict.fromkeys(ends, "so"), "keyed": KEYS[item]}
    usual = {"wording": f"{item}-words", "words": words}
    return asked(item, phase, kind, **(usual | more))


def say(store: Store, person: str, item: str, phase: str, value: Said, **more: Any) -> None:
    if value is not None:
        answer = {"declined": True} if value == DECLINED else {"value": float(value)}
        store.save(person, question(item, phase, **more), given(**answer))


def join(store: Store, code: str, people: int = 1, language: str = "en") -> list[str]:
    """Let people join a workshop that is open already."""
    return [
        store.join(code, language=language, consent="agreed").participant for _ in range(people)
    ]


def room(
    store: Store,
    code: str,
    pairs: Iterable[tuple[Said, Said]],
    *,
    item: str = "myth",
    phase: str = "after",
    audience: str = "mixed",
    country: str = "eu",
    **more: Any,
) -> list[str]:
    """Open a workshop where each person gives a pair, and return their names."""
    pairs = list(pairs)
    store.open_workshop(code=code, audience=audience, country=country)
    names = join(store, code, len(pairs), more.get("language", "en"))
    for name, (before, later) in zip(names, pairs, strict=True):
        say(store, name, item, "before", before, **more)
        say(store, name, item, phase, later, **more)
    return names
