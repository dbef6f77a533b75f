"""Texts for the group: what a trainer may approve, and what is on the projector's wall."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from myths import live
from myths.catalog import Item
from myths.console.led_step import LedStep
from myths.console.plan import LedPart
from myths.live import GroupText, QuestionKey
from myths.store import LiveState, Store
from myths.vocabulary import Phase, Scene

LONGEST_CARD = 250  # characters
_COLUMNS, _LINES, _WIDTH = 3, 11.5, 25  # of the wall; lines in a column, letters in a line
_AROUND = 1.5  # lines that a card takes beside its text

Texts = Mapping[str, Sequence[GroupText]]  # by item


def texts(store: Store, code: str, part: LedPart, step: LedStep) -> dict[str, list[GroupText]]:
    """Return what was gathered of each question of a step. Raises StoreError."""
    found = {}
    for item in step.texts:
        batches = live.group_texts(store, code, place(part.slug, item.id))
        found[item.id] = [each for batch in batches for each in batch]
    return found


def place(page: str, item: str) -> QuestionKey:
    """Return the question that a text answers: all of these are asked once, after the reading."""
    return QuestionKey(page, item, Phase.AFTER)


def view(part: LedPart, step: LedStep, state: LiveState, gathered: Texts) -> list[dict[str, Any]]:
    """Return what the template shows of each question of a step that is answered in writing."""
    return [_question(part.slug, item, state, gathered[item.id]) for item in step.texts]


def cards(shown: Sequence[GroupText], approved: Sequence[str]) -> list[str]:
    """Return the texts that the wall has room for, those that were approved last before others."""
    kept: list[GroupText] = []
    for key in reversed(approved):
        more = [each for each in shown if each.key == key or each in kept]
        kept = more if _fit(more) else kept
    return [_line(each) for each in kept]


def _fit(shown: Sequence[GroupText]) -> bool:
    """Return whether cards have room in the columns, one after the other."""
    column, filled = 1, 0.0
    for each in shown:
        lines = _AROUND + math.ceil(len(_line(each)) / _WIDTH)
        column, filled = (
            (column, filled + lines) if filled + lines <= _LINES else (column + 1, lines)
        )
    return column <= _COLUMNS


def _line(text: GroupText) -> str:
    return " ".join(text.text.split())


def _question(
    page: str, item: Item, state: LiveState, gathered: Sequence[GroupText]
) -> dict[str, Any]:
    approved = [each for each in gathered if each.key in state.approved]
    on_wall = cards(approved, state.approved)
    return {
        "page": page,
        "item": item.id,
        "question": item.question,
        "shown": state.scene == Scene.WALL and state.detail == f"{page}/{item.id}",
        "any": bool(approved),
        "texts": [
            {
                "key": each.key,
                "text": each.text,
                "approved": each in approved,
                "fits": len(_line(each)) <= LONGEST_CARD,
                "has_room": _line(each) in on_wall,
            }
            for each in gathered
        ],
    }
