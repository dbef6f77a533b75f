"""A rating that a page sent: the server keeps it itself, before the page's kernel hears of it.

A rating needs nothing of what a kernel knows. So in a room that votes the receipts wait for the
store alone, and not for three hundred processes (docs/decisions/0051-ratings-first.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from myths.answer import Answer, receipt
from myths.pages import ALL, PageQuestion, answer
from myths.vocabulary import RATED, Kind, ReceiptState

_KINDS = (*RATED, Kind.CHOICE)  # a recall question keeps a first try, too


@dataclass(frozen=True)
class SentRating:
    """A rating, as it came for the `widget` with this id, still to be checked."""

    widget: str
    question: PageQuestion
    sent: Mapping[str, Any]

    @classmethod
    def of(
        cls, message: Mapping[str, Any], questions: Mapping[str, PageQuestion]
    ) -> SentRating | None:
        """Return the rating that a page's message brings; None if it brings another thing.

        `questions` are those of the page, by the ids of their widgets.
        """
        widget, data = (message["content"].get(name) for name in ("comm_id", "data"))
        question = questions.get(widget) if isinstance(widget, str) else None
        if question is None or question.asked.kind not in _KINDS or not isinstance(data, Mapping):
            return None
        state = data.get("state")
        if data.get("method") != "update" or not isinstance(state, Mapping) or len(state) != 1:
            return None
        sent = state.get("answer")
        return cls(widget, question, sent) if isinstance(sent, Mapping) else None

    @property
    def key(self) -> str:
        """The key of the answer; nothing if it has none."""
        return receipt(self.sent, ReceiptState.SAVED)["key"]

    def checked(self) -> Answer:
        """Return it as it may be kept. Raises AnswerError for what its question does not take."""
        return self.question.rules.check(Answer.read(self.sent))

    def receipt(self, state: ReceiptState) -> bytes:
        """Return the receipt that says what became of it, as a line for the page."""
        told = {"receipt": dict(receipt(self.sent, state))}
        data = {"method": "update", "state": told, "buffer_paths": []}
        return answer(ALL, "comm_msg", {"data": data, "comm_id": self.widget})
