"""Questions of each kind as Python has them, and what a page sends them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from myths.answer import Answer
from myths.catalog import ComponentWords
from myths.components import Question, Rating, Recall, Reflection
from myths.vocabulary import ReceiptState

POINTS = [{"value": value, "label": str(value)} for value in range(1, 6)]


class Shelf:
    """Keeps answers in memory, unless it was told to raise something."""

    def __init__(self) -> None:
        self.kept: list[Answer] = []
        self.first: list[Answer] = []
        self.error: Exception | None = None

    def save(self, answer: Answer) -> ReceiptState:
        if self.error:
            raise self.error
        self.kept.append(answer)
        return ReceiptState.SAVED

    def keep(self, answer: Answer) -> ReceiptState:
        if self.error:
            raise self.error
        self.first.append(answer)
        return ReceiptState.SAVED


def rating(words: ComponentWords, shelf: Shelf) -> Rating:
    return Rating("A statement", POINTS, words=words, item="risk.myth", save=shelf.save)


def recall(words: ComponentWords, shelf: Shelf) -> Recall:
    return Recall(
        "A question",
        [{"value": 1, "label": "one"}, {"value": 2, "label": "two"}],
        judge=lambda value: {"right": value == 2, "feedback": f"<p>{value}</p>"},
        words=words,
        item="risk.recall.after",
        save=shelf.save,
        first_item="risk.recall.before",
        keep=shelf.keep,
    )


def reflection(words: ComponentWords, shelf: Shelf) -> Reflection:
    return Reflection("A question", words=words, item="risk.learned", save=shelf.save, limit=20)


def send(question: Question, answer: object) -> Mapping[str, Any]:
    """Do what the comm does with a message of the page, and return the receipt."""
    question.set_state({"answer": answer})
    receipt: Mapping[str, Any] = question.receipt
    return receipt


def an(sent: int = 1, **parts: object) -> dict[str, object]:
    nothing = {"value": None, "text": None, "declined": False, "reader": None}
    return {"key": str(uuid.uuid4()), "sent": sent, **nothing, **parts}
